#include "record/rules.h"

#include <algorithm>

#include "base/fault.h"
#include "base/hash.h"
#include "base/members.h"
#include "base/text.h"
#include "policy/field_check.h"

namespace huilu::record {

namespace {

constexpr const char* header_units = "/units/";

std::string fields_pointer(const std::string& address) { return "/fields" + pointer_step(address); }

const Value& fields_of(const Content& content, const std::string& address) {
  static const Value none{Value::Object{}};
  const Value* found = content.fields.find(address);
  return found == nullptr || found->is_null() ? none : *found;
}

// The first day of a period in its text, or the date itself.
Date day_of(const std::string& text) {
  if (const auto date = Date::parse(text)) return *date;
  const int year = std::stoi(text.substr(0, 4));
  const std::string rest = text.size() > 5 ? text.substr(5) : "";
  if (rest.starts_with("Q")) return Date::of(year, (rest[1] - '1') * 3u + 1u, 1);
  if (rest.starts_with("H")) return Date::of(year, rest[1] == '1' ? 1u : 7u, 1);
  if (rest.starts_with("W")) {
    const Date fourth = Date::of(year, 1, 4);  // always in the first week
    const int weekday = (fourth.days + 3) % 7;
    return fourth + (-weekday + 7 * (std::stoi(rest.substr(1)) - 1));
  }
  return Date::of(year, rest.empty() ? 1u : static_cast<unsigned>(std::stoi(rest)), 1);
}

Date counts_on(const Content& content, const policy::RecordType& type) {
  if (type.counts_on == "date") return content.date;
  const Value* value = fields_of(content, type.address).find(type.counts_on);
  return value == nullptr || value->text() == nullptr ? content.date : day_of(*value->text());
}

template <class T>
void refuse_repeated(const std::vector<T>& items, const std::string& pointer, Refusals& refusals) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (std::find(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(i), items[i]) !=
        items.begin() + static_cast<std::ptrdiff_t>(i)) {
      refusals.push_back({RefusalCode::duplicate, pointer + "/" + std::to_string(i), "", "", ""});
    }
  }
}

void check_type(const Content& content, const policy::RecordType& type, const std::string& where,
                Date today, Origin origin, Refusals& refusals) {
  const bool plan = content.date > today;
  for (auto& refusal : policy::check_date(type, content.date, "/date", today)) {
    if (refusal.code != RefusalCode::date_in_future || !type.plannable) {
      refusals.push_back(std::move(refusal));
    }
  }
  if (origin == Origin::entered && type.source != policy::Source::entered) {
    refusals.push_back({RefusalCode::record_not_editable, where, "", type.address, ""});
  }
  const auto pointer = fields_pointer(type.address);
  for (auto& refusal :
       policy::check_fields(type, fields_of(content, type.address), pointer, today)) {
    // A plan does not have to know yet what only the day will show.
    if (plan && refusal.code == RefusalCode::field_required) continue;
    refusals.push_back(std::move(refusal));
  }
}

void remove_repeated(Refusals& refusals) {
  Refusals unique;
  for (Refusal& refusal : refusals) {
    const bool there = std::any_of(unique.begin(), unique.end(), [&](const Refusal& earlier) {
      return earlier.code == refusal.code && earlier.where == refusal.where;
    });
    if (!there) unique.push_back(std::move(refusal));
  }
  refusals = std::move(unique);
}

void append_parts(Committed& out, const std::vector<policy::PersonalField>& personal) {
  for (const auto& [where, value] : personal) {
    const auto person = value.text() == nullptr ? std::nullopt : PersonId::parse(*value.text());
    out.parts.push_back({where, person, canonical_json(value)});
  }
}

// Each is a part of its own: free text may name somebody.
void append_reasons(const Content& content, Value& committed, Committed& out) {
  if (content.check_reasons.empty()) return;
  Value places{Value::Object{}};
  for (const auto& [check, reason] : content.check_reasons) {
    places.set(check, Value());
    append_parts(out, {{"/check_reasons" + pointer_step(check), reason}});
  }
  committed.set("check_reasons", std::move(places));
}

template <class IdType>
void check_each(const std::vector<std::pair<IdType, std::string>>& mentioned,
                const std::set<IdType>& known, RefusalCode code, Refusals& refusals) {
  for (const auto& [id, where] : mentioned) {
    if (!known.contains(id)) refusals.push_back({code, where, "", id.text(), ""});
  }
}

}  // namespace

Refusals check_content(const Content& content, const Catalog& catalog, Date today, Origin origin) {
  Refusals refusals;
  refuse_repeated(content.types, "/types", refusals);
  refuse_repeated(content.units, "/units", refusals);
  refuse_repeated(content.present, "/present", refusals);
  for (std::size_t i = 0; i < content.types.size(); ++i) {
    const std::string where = "/types/" + std::to_string(i);
    const Catalog::Type* type = catalog.find(content.types[i]);
    if (type == nullptr) {
      refusals.push_back({RefusalCode::unknown_record_type, where,
                          catalog.expected(content.types[i]), content.types[i], ""});
    } else {
      check_type(content, *type->declared, where, today, origin, refusals);
    }
  }
  for (const auto& [address, fields] : content.fields.object()->members) {
    if (std::find(content.types.begin(), content.types.end(), address) == content.types.end()) {
      refusals.push_back({RefusalCode::unknown_field, fields_pointer(address), "types", "", ""});
    }
  }
  remove_repeated(refusals);
  return refusals;
}

std::vector<UnitId> Mentioned::units_in_fields() const {
  std::set<UnitId> named;
  for (const auto& [unit, where] : units) {
    if (!where.starts_with(header_units)) named.insert(unit);
  }
  return {named.begin(), named.end()};
}

Mentioned mentioned_in(const Content& content, const Catalog& catalog) {
  Mentioned out;
  for (std::size_t i = 0; i < content.units.size(); ++i) {
    out.units.emplace_back(content.units[i], header_units + std::to_string(i));
  }
  for (std::size_t i = 0; i < content.present.size(); ++i) {
    out.persons.emplace_back(content.present[i], "/present/" + std::to_string(i));
  }
  for (const auto& address : content.types) {
    const Catalog::Type* type = catalog.find(address);
    if (type == nullptr) continue;
    const auto references = policy::references_of(*type->declared, fields_of(content, address),
                                                  fields_pointer(address));
    for (const auto& [id, where] : references.persons) out.persons.emplace_back(id, where);
    for (const auto& [id, where] : references.units) out.units.emplace_back(id, where);
    for (const auto& [id, where] : references.posts) out.posts.emplace_back(id, where);
    for (const auto& [id, where] : references.files) out.files.emplace_back(id, where);
    for (const auto& [id, where, target] : references.records) {
      out.records.emplace_back(id, where);
      out.record_types[id] = target;
    }
  }
  return out;
}

Refusals check_known(const Content& content, const Mentioned& mentioned, const Known& known,
                     RecordId self) {
  Refusals refusals;
  for (const auto& [unit, where] : mentioned.units) {
    const auto found = known.units.find(unit);
    if (found == known.units.end()) {
      refusals.push_back({RefusalCode::unknown_unit, where, "", unit.text(), ""});
    } else if (where.starts_with(header_units) && !found->second.contains(content.date)) {
      refusals.push_back({RefusalCode::unit_closed, where, "", content.date.text(), ""});
    }
  }
  check_each(mentioned.persons, known.persons, RefusalCode::unknown_person, refusals);
  check_each(mentioned.posts, known.posts, RefusalCode::unknown_post, refusals);
  check_each(mentioned.files, known.files, RefusalCode::unknown_file, refusals);
  for (const auto& [record, where] : mentioned.records) {
    const auto found = known.records.find(record);
    const auto& wanted = mentioned.record_types.at(record);
    if (found == known.records.end() ||
        std::find(found->second.begin(), found->second.end(), wanted) == found->second.end()) {
      refusals.push_back({RefusalCode::unknown_record, where, wanted, record.text(), ""});
    }
  }
  for (const auto& [hash, record] : known.identities) {
    if (record == self) continue;
    refusals.push_back(
        {RefusalCode::duplicate_record, "", "", record.text(), "/api/v1/records/" + record.text()});
  }
  remove_repeated(refusals);
  return refusals;
}

State state_on(const Content& content, Date today) {
  return content.date > today ? State::planned : State::entered;
}

std::vector<Fact> facts_of(const Content& content, const Catalog& catalog) {
  std::vector<Fact> facts;
  for (const auto& address : content.types) {
    const Catalog::Type* type = catalog.find(address);
    if (type == nullptr) continue;
    const Date day = counts_on(content, *type->declared);
    for (const UnitId unit : content.units) facts.push_back({unit, type->id, day});
  }
  return facts;
}

std::vector<std::string> identity_hashes(const Content& content, const Catalog& catalog) {
  std::vector<std::string> hashes;
  const policy::RecordHeader header{content.units, content.date, content.place, content.present};
  for (const auto& address : content.types) {
    const Catalog::Type* type = catalog.find(address);
    if (type == nullptr) continue;
    for (const auto& key :
         policy::identity_keys(*type->declared, header, fields_of(content, address))) {
      hashes.emplace_back(
          bytes_of(Sha256().add(address).add(std::string_view("\0", 1)).add(key).finish()));
    }
  }
  return hashes;
}

Committed committed_form(const Content& content, State state, const std::string& reason,
                         const Catalog& catalog) {
  Committed out;
  Value::List units, types, present;
  for (const UnitId unit : content.units) units.push_back(unit.text());
  for (const auto& type : content.types) types.push_back(type);
  for (std::size_t i = 0; i < content.present.size(); ++i) {
    present.push_back({});
    append_parts(out, {{"/present/" + std::to_string(i), content.present[i].text()}});
  }
  Value fields{Value::Object{}};
  for (const auto& [address, value] : content.fields.object()->members) {
    const Catalog::Type* type = catalog.find(address);
    CHECK(type != nullptr);
    auto separated = policy::separate_personal(*type->declared, value, fields_pointer(address));
    fields.set(address, std::move(separated.rest));
    append_parts(out, separated.personal);
  }
  if (!reason.empty()) append_parts(out, {{"/reason", reason}});
  Value committed = Value::object({{"date", content.date.text()},
                                   {"fields", std::move(fields)},
                                   {"place", content.place},
                                   {"present", std::move(present)},
                                   {"reason", Value()},
                                   {"state", word_of(state)},
                                   {"types", std::move(types)},
                                   {"units", std::move(units)}});
  append_reasons(content, committed, out);
  out.content = canonical_json(committed);
  return out;
}

Restored restored(const std::string& content, const std::vector<Part>& parts) {
  auto parsed = parse_json(content);
  if (!parsed) throw Fault(FaultKind::damaged, "the content of a record is not JSON");
  Value value = std::move(*parsed);
  for (const Part& part : parts) {
    Value* place = at_pointer(value, part.pointer);
    auto read = parse_json(part.value);
    if (place == nullptr || !read) throw Fault(FaultKind::damaged, "a record's part has no place");
    *place = std::move(*read);
  }
  Restored out;
  const auto text = [&](std::string_view key) {
    const Value* member = value.find(key);
    return member == nullptr || member->text() == nullptr ? std::string() : *member->text();
  };
  for (const Value& type : *value.find("types")->list()) out.content.types.push_back(*type.text());
  for (const Value& unit : *value.find("units")->list()) {
    out.content.units.push_back(UnitId::parse(*unit.text()).value_or(UnitId{}));
  }
  for (const Value& person : *value.find("present")->list()) {
    out.content.present.push_back(
        person.is_null() ? PersonId{} : PersonId::parse(*person.text()).value_or(PersonId{}));
  }
  out.content.date = Date::parse(text("date")).value_or(Date{});
  out.content.place = text("place");
  out.content.fields = *value.find("fields");
  if (const Value* reasons = value.find("check_reasons"); reasons != nullptr && reasons->object()) {
    for (const auto& [check, reason] : reasons->object()->members) {
      out.content.check_reasons[check] = reason.text() == nullptr ? "" : *reason.text();
    }
  }
  out.state = state_from(text("state"));
  out.reason = text("reason");
  return out;
}

}  // namespace huilu::record
