#include "org/content.h"

#include <algorithm>

#include "base/value.h"

namespace huilu::org {

namespace {

void set(Value& object, const char* key, const std::optional<std::string>& value) {
  if (value) object.set(key, *value);
}

void set(Value& object, const char* key, const std::optional<std::int64_t>& value) {
  if (value) object.set(key, *value);
}

void set(Value& object, const char* key, const std::optional<Date>& value) {
  if (value) object.set(key, value->text());
}

template <char Prefix>
void set(Value& object, const char* key, const std::optional<Id<Prefix>>& value) {
  if (value) object.set(key, value->text());
}

void set(Value& object, const Interval& span) {
  object.set("from", span.from.text());
  set(object, "until", span.until);
}

void set(Value& object, const Kind& kind) {
  object.set("type", kind.type);
  object.set("level", kind.level);
  set(object, "rank", kind.rank);
  Value::List tags(kind.tags.begin(), kind.tags.end());
  object.set("tags", std::move(tags));
}

std::string text_of(const Target& target) {
  if (target.unit) return target.unit.text();
  if (target.place) return target.place.text();
  return target.post.text();
}

template <class T, class Each>
Value list_of(const std::vector<T>& items, Each each) {
  Value::List list;
  list.reserve(items.size());
  for (const T& item : items) {
    Value object;
    each(object, item);
    list.push_back(std::move(object));
  }
  return list;
}

template <char Prefix>
std::string versioned(Id<Prefix> id, std::int64_t version) {
  return id.text() + "." + std::to_string(version);
}

}  // namespace

std::string content_of(const Unit& unit) {
  Value value;
  value.set("unit", unit.id.text());
  value.set("version", unit.version);
  set(value, "code", unit.code);
  set(value, "code_system", unit.code_system);
  set(value, "official_order", unit.official_order);
  set(value, "go_live", unit.go_live);
  set(value, unit.span);
  value.set("names", list_of(unit.names, [](Value& object, const Dated<std::string>& entry) {
              object.set("name", entry.value);
              set(object, entry.span);
            }));
  value.set("kinds", list_of(unit.kinds, [](Value& object, const Dated<Kind>& entry) {
              set(object, entry.value);
              set(object, entry.span);
            }));
  value.set("parents",
            list_of(unit.parents, [](Value& object, const Dated<std::optional<UnitId>>& entry) {
              set(object, "parent", entry.value);
              set(object, entry.span);
            }));
  auto relations = unit.relations;
  std::sort(relations.begin(), relations.end(),
            [](const Relation& a, const Relation& b) { return a.id < b.id; });
  value.set("relations", list_of(relations, [](Value& object, const Relation& relation) {
              object.set("id", relation.id);
              object.set("kind", word_of(relation.kind));
              object.set("target", text_of(relation.target));
              set(object, relation.span);
            }));
  return canonical_json(value);
}

std::string content_of(const Person& person) {
  return canonical_json(Value::object({{"person", person.id.text()}, {"version", person.version}}));
}

std::string content_of(const Membership& membership) {
  Value value = Value::object({{"membership", membership.id.text()},
                               {"version", membership.version},
                               {"person", membership.person.text()},
                               {"unit", membership.unit.text()},
                               {"kind", word_of(membership.kind)},
                               {"floating", membership.floating}});
  set(value, "host_unit", membership.host_unit);
  set(value, membership.span);
  return canonical_json(value);
}

std::string content_of(const Employment& employment) {
  Value value = Value::object({{"employment", employment.id},
                               {"version", employment.version},
                               {"person", employment.person.text()},
                               {"unit", employment.unit.text()}});
  set(value, employment.span);
  return canonical_json(value);
}

std::string content_of(const Post& post) {
  Value value = Value::object({{"post", post.id.text()},
                               {"version", post.version},
                               {"unit", post.unit.text()},
                               {"kind", post.kind},
                               {"title", post.title}});
  set(value, "official_order", post.official_order);
  set(value, post.span);
  return canonical_json(value);
}

std::string content_of(const Tenure& tenure) {
  Value value = Value::object({{"tenure", tenure.id.text()},
                               {"version", tenure.version},
                               {"post", tenure.post.text()},
                               {"person", tenure.person.text()},
                               {"acting", tenure.holding == Holding::acting}});
  set(value, tenure.span);
  return canonical_json(value);
}

std::string subject_of(const Unit& unit) { return versioned(unit.id, unit.version); }
std::string subject_of(const Person& person) { return versioned(person.id, person.version); }
std::string subject_of(const Membership& membership) {
  return versioned(membership.id, membership.version);
}
std::string subject_of(const Employment& employment) {
  return "employment" + std::to_string(employment.id) + "." + std::to_string(employment.version);
}
std::string subject_of(const Post& post) { return versioned(post.id, post.version); }
std::string subject_of(const Tenure& tenure) { return versioned(tenure.id, tenure.version); }

std::vector<journal::Field> fields_of(const Person& person, const std::string& suffix) {
  std::vector<journal::Field> fields = {{"content" + suffix, content_of(person)},
                                        {"name" + suffix, person.name}};
  if (person.external_key) fields.push_back({"external_key" + suffix, *person.external_key});
  return fields;
}

}  // namespace huilu::org
