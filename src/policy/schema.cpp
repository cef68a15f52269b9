#include "policy/schema.h"

#include <algorithm>
#include <map>
#include <set>

#include "policy/declarations.h"
#include "words/words.h"

namespace huilu::policy {

namespace {

Value::List texts(const std::vector<std::string>& words) { return {words.begin(), words.end()}; }

Value of_type(std::string_view type) { return Value::object({{"type", type}}); }

// Writes shapes as schemas; named ones once, among the definitions.
class Writing {
 public:
  explicit Writing(Language language) : language_(language) {}

  Value schema(const ShapePointer& shape) {
    if (shape->name.empty() || shape->name == "pack") return whole(*shape);
    if (!definitions_.contains(shape->name)) {
      definitions_[shape->name] = Value();  // it may come again within itself
      definitions_[shape->name] = whole(shape->make ? *shape->make() : *shape);
    }
    return Value::object({{"$ref", "#/definitions/" + shape->name}});
  }

  Value definitions() const {
    Value all{Value::Object{}};
    for (const auto& [name, definition] : definitions_) all.set(name, definition);
    return all;
  }

 private:
  Value whole(const Shape& shape) {
    switch (shape.kind) {
      case ShapeKind::anything:
        return Value{Value::Object{}};
      case ShapeKind::text: {
        Value text = of_type("string");
        if (!shape.pattern.empty()) text.set("pattern", shape.pattern);
        return text;
      }
      case ShapeKind::integer: {
        Value integer = of_type("integer");
        integer.set("minimum", shape.min);
        integer.set("maximum", shape.max);
        return integer;
      }
      case ShapeKind::decimal:
        return of_type("number");
      case ShapeKind::boolean:
        return of_type("boolean");
      case ShapeKind::word:
        return Value::object({{"enum", texts(shape.words)}});
      case ShapeKind::list: {
        Value list = of_type("array");
        list.set("items", schema(shape.item));
        if (shape.least > 0) list.set("minItems", static_cast<std::int64_t>(shape.least));
        return list;
      }
      case ShapeKind::map:
        return map(shape);
      case ShapeKind::choice:
        break;
    }
    Value::List choices;
    for (const ShapePointer& choice : shape.choices) choices.push_back(schema(choice));
    return Value::object({{"anyOf", std::move(choices)}});
  }

  Value map(const Shape& shape) {
    Value map = of_type("object");
    Value properties{Value::Object{}};
    std::vector<std::string> required;
    for (const ShapeKey& key : shape.keys) {
      properties.set(key.name, property(shape.name, key));
      if (key.is_required) required.push_back(key.name);
    }
    map.set("properties", std::move(properties));
    if (shape.item) {
      Value names{Value::Object{}};
      names.set(shape.pattern, schema(shape.item));
      map.set("patternProperties", std::move(names));
    }
    map.set("additionalProperties", false);
    // A file may hold one key of a pack alone.
    if (!required.empty() && shape.name != "pack") map.set("required", texts(required));
    if (!shape.exactly_one.empty()) {
      Value::List each;
      for (const std::string& key : shape.exactly_one)
        each.push_back(Value::object({{"required", Value::List{key}}}));
      map.set("oneOf", std::move(each));
    }
    return map;
  }

  // What may be left out may be written as null.
  Value property(const std::string& map, const ShapeKey& key) {
    Value::List choices = {schema(key.shape)};
    if (!key.is_required) choices.push_back(of_type("null"));
    const std::string meaning = key_meaning(language_, map, key.name);
    Value property{Value::Object{}};
    if (!meaning.empty()) property.set("description", meaning);
    property.set("anyOf", std::move(choices));
    return property;
  }

  Language language_;
  std::map<std::string, Value> definitions_;
};

void add_keys(const ShapePointer& shape, std::set<std::string>& seen,
              std::vector<std::pair<std::string, std::string>>& out) {
  if (!shape->name.empty() && !seen.insert(shape->name).second) return;
  const ShapePointer whole = shape->make ? shape->make() : shape;
  for (const ShapeKey& key : whole->keys) {
    const std::pair<std::string, std::string> one = {whole->name, key.name};
    if (std::find(out.begin(), out.end(), one) == out.end()) out.push_back(one);
    add_keys(key.shape, seen, out);
  }
  if (whole->item) add_keys(whole->item, seen, out);
  for (const ShapePointer& choice : whole->choices) add_keys(choice, seen, out);
}

}  // namespace

std::string key_meaning(Language language, std::string_view map, std::string_view key) {
  const auto& texts = words::all_texts(static_cast<words::Language>(language));
  const std::string prefix = "schema.";
  for (const std::string& path :
       {prefix + std::string(map) + '.' + std::string(key), prefix + std::string(key)}) {
    const auto found = texts.find(path);
    if (found != texts.end()) return found->second;
  }
  return {};
}

Value json_schema(Language language) {
  Writing writing(language);
  const Value pack = writing.schema(pack_shape());
  Value schema = Value::object({{"$schema", "http://json-schema.org/draft-07/schema#"},
                                {"title", key_meaning(language, "", "pack_format")}});
  for (const auto& [key, value] : pack.object()->members) schema.set(key, value);
  schema.set("definitions", writing.definitions());
  return schema;
}

std::vector<std::pair<std::string, std::string>> keys_of(const ShapePointer& shape) {
  std::vector<std::pair<std::string, std::string>> out;
  std::set<std::string> seen;
  add_keys(shape, seen, out);
  return out;
}

}  // namespace huilu::policy
