// The parts of a record's content that other rooms ask for: references, personal parts, identity.
#include "policy/field_check.h"

#include <algorithm>
#include <utility>

#include "base/members.h"
#include "base/text.h"

namespace huilu::policy {

namespace {

template <class IdType>
void collect_id(const Value& value, const std::string& where, std::vector<Reference<IdType>>& out) {
  if (const auto id = value.text() ? IdType::parse(*value.text()) : std::nullopt)
    out.push_back({*id, where});
}

void collect(const Field& field, const Value& value, const std::string& where, References& out) {
  switch (field.type) {
    case FieldType::set:
    case FieldType::list: {
      if (!value.list()) return;
      const Field item = field.item_field();
      for (std::size_t i = 0; i < value.list()->size(); ++i)
        collect(item, (*value.list())[i], where + pointer_step(std::to_string(i)), out);
      return;
    }
    case FieldType::person:
      return collect_id(value, where, out.persons);
    case FieldType::unit:
      return collect_id(value, where, out.units);
    case FieldType::post:
      return collect_id(value, where, out.posts);
    case FieldType::file:
      return collect_id(value, where, out.files);
    case FieldType::ref:
      if (const auto id = value.text() ? RecordId::parse(*value.text()) : std::nullopt)
        out.records.push_back({*id, where, field.target});
      return;
    default:
      return;
  }
}

bool is_personal(const Field& field) {
  return field.is_protected || field.type == FieldType::person || field.type == FieldType::text;
}

void separate(const Field& field, Value& value, const std::string& where,
              std::vector<PersonalField>& out) {
  if (value.is_null()) return;
  if (is_personal(field)) {
    out.push_back({where, std::exchange(value, Value())});
  } else if (field.item && value.list()) {
    const Field item = field.item_field();
    for (std::size_t i = 0; i < value.list()->size(); ++i)
      separate(item, (*value.list())[i], where + pointer_step(std::to_string(i)), out);
  }
}

template <class IdType>
Value sorted_ids(std::vector<IdType> ids) {
  std::sort(ids.begin(), ids.end());
  Value::List texts;
  for (const IdType id : ids) texts.push_back(id.text());
  return texts;
}

// What two people who mean the same type alike; null where nothing was typed.
Value comparable(const Value& value) {
  if (const std::string* text = value.text()) {
    const std::string same = folded(*text);
    return same.empty() ? Value() : Value(same);
  }
  const Value::List* const list = value.list();
  if (!list) return value;
  if (list->empty()) return {};
  Value::List items;
  for (const Value& item : *list) items.push_back(comparable(item));
  std::sort(items.begin(), items.end(),
            [](const Value& a, const Value& b) { return canonical_json(a) < canonical_json(b); });
  return items;
}

Value identity_part(const std::string& name, const RecordHeader& header, const Value& fields) {
  if (name == "date") return header.date.text();
  if (name == "place") return comparable(header.place);
  if (name == "present") return header.present.empty() ? Value() : sorted_ids(header.present);
  const Value* const value = fields.find(name);
  return value ? comparable(*value) : Value();
}

}  // namespace

References references_of(const std::vector<Field>& declared, const Value& fields,
                         const std::string& pointer) {
  References out;
  for (const Field& field : declared)
    if (const Value* const value = fields.find(field.name))
      collect(field, *value, pointer + pointer_step(field.name), out);
  return out;
}

Separated separate_personal(const std::vector<Field>& declared, const Value& fields,
                            const std::string& pointer) {
  Separated out{fields, {}};
  if (out.rest.object())
    for (auto& [name, value] : out.rest.object()->members)
      if (const auto field = std::find_if(declared.begin(), declared.end(),
                                          [&](const Field& one) { return one.name == name; });
          field != declared.end())
        separate(*field, value, pointer + pointer_step(name), out.personal);
  return out;
}

std::vector<std::string> identity_keys(const RecordType& type, const RecordHeader& header,
                                       const Value& fields) {
  if (type.identity.empty()) return {};
  Value key = Value::object({{"type", type.address}});
  Value parts{Value::Object{}};
  bool by_unit = false;
  for (const std::string& name : type.identity) {
    if (name == "units") {
      by_unit = true;
      continue;
    }
    Value part = identity_part(name, header, fields);
    if (part.is_null()) return {};
    parts.set(name, std::move(part));
  }
  key.set("identity", std::move(parts));
  if (!by_unit) return {canonical_json(key)};
  std::vector<std::string> keys;
  for (const UnitId unit : header.units) {
    key.set("unit", unit.text());
    keys.push_back(canonical_json(key));
  }
  return keys;
}

}  // namespace huilu::policy
