#include "matter/rules.h"

#include <algorithm>

#include "base/fault.h"
#include "obligation/look_back.h"
#include "obligation/organisation.h"
#include "obligation/review.h"
#include "policy/field_check.h"

namespace huilu::matter {

namespace {

std::string_view name_in(std::string_view address) { return address.substr(address.find('/') + 1); }

std::string_view pack_in(std::string_view address) { return address.substr(0, address.find('/')); }

bool is_in_force(const obligation::Activation& one, Date today, Instant now) {
  return one.pack != nullptr && one.span.contains(today) && one.at <= now &&
         (!one.withdrawn || now < *one.withdrawn);
}

bool reaches(const obligation::Facts& facts, const obligation::Activation& one, UnitId unit,
             Date today) {
  return !one.unit || obligation::is_within(facts, unit, one.unit, today);
}

Value text_or_null(const std::string& text) { return text.empty() ? Value() : Value(text); }

template <class IdType>
Value id_or_null(const std::optional<IdType>& id) {
  return id ? Value(id->text()) : Value();
}

template <class IdType>
Value::List id_list(const std::vector<IdType>& ids) {
  Value::List list;
  for (const IdType id : ids) list.push_back(id.text());
  return list;
}

template <class IdType>
std::vector<IdType> ids_in(const Value* list) {
  std::vector<IdType> ids;
  if (list == nullptr || list->list() == nullptr) return ids;
  for (const Value& one : *list->list()) {
    if (const auto id = IdType::parse(*one.text())) ids.push_back(*id);
  }
  return ids;
}

Value date_or_null(const std::optional<Date>& date) { return date ? Value(date->text()) : Value(); }

Value merge_value(const obligation::Deed& deed) {
  Value::List dues;
  for (const auto& one : deed.dues) {
    dues.push_back(Value::object({{"clock", one.clock}, {"until", one.until.text()}}));
  }
  return Value::object({{"dues", std::move(dues)},
                        {"kind", obligation::deed_words[static_cast<std::size_t>(deed.kind)]},
                        {"other", deed.other->text()},
                        {"until", date_or_null(deed.until)}});
}

bool is_of_relapse(obligation::DeedKind kind) {
  return kind == obligation::DeedKind::relapse_confirmed ||
         kind == obligation::DeedKind::relapse_denied || kind == obligation::DeedKind::relapsed ||
         kind == obligation::DeedKind::relapse_undone;
}

Value deed_value(const obligation::Deed& deed) {
  if (is_of_relapse(deed.kind)) {
    return Value::object({{"kind", obligation::deed_words[static_cast<std::size_t>(deed.kind)]},
                          {"other", deed.other->text()}});
  }
  if (deed.other) return merge_value(deed);
  if (deed.kind == obligation::DeedKind::looked_back) {
    return Value::object({{"found", deed.found},
                          {"kind", obligation::deed_words[static_cast<std::size_t>(deed.kind)]}});
  }
  Value value =
      Value::object({{"clock", deed.clock},
                     {"generation", deed.generation},
                     {"kind", obligation::deed_words[static_cast<std::size_t>(deed.kind)]},
                     {"rung", text_or_null(deed.rung)},
                     {"until", date_or_null(deed.until)}});
  if (!deed.units.empty()) value.set("units", id_list(deed.units));
  return value;
}

std::string text_of(const Value& value, std::string_view key) {
  const Value* const member = value.find(key);
  return member == nullptr || member->text() == nullptr ? std::string() : *member->text();
}

std::optional<obligation::Deed> deed_from(const Value& value) {
  const Value* const member = value.find("deed");
  if (member == nullptr || member->is_null()) return {};
  const auto& words = obligation::deed_words;
  const auto kind = std::ranges::find(words, text_of(*member, "kind"));
  if (kind == words.end()) throw Fault(FaultKind::damaged, "a matter's deed is of no known kind");
  const Value* const generation = member->find("generation");
  std::vector<obligation::ClockDue> dues;
  const Value* const written = member->find("dues");
  if (written != nullptr && written->list() != nullptr) {
    for (const Value& one : *written->list()) {
      const auto until = Date::parse(text_of(one, "until"));
      if (until) dues.push_back({text_of(one, "clock"), *until});
    }
  }
  return obligation::Deed{
      static_cast<obligation::DeedKind>(kind - words.begin()),
      text_of(*member, "clock"),
      text_of(*member, "rung"),
      generation != nullptr && generation->integer() != nullptr ? *generation->integer() : 0,
      Date::parse(text_of(*member, "until")),
      text_of(*member, "found"),
      MatterId::parse(text_of(*member, "other")),
      std::move(dues),
      ids_in<UnitId>(member->find("units"))};
}

void add_part(Committed& out, std::string pointer, const Value& value) {
  const auto person = value.text() == nullptr ? std::nullopt : PersonId::parse(*value.text());
  out.parts.push_back({std::move(pointer), person, canonical_json(value)});
}

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const auto& word : words) all += (all.empty() ? "" : ", ") + word;
  return all;
}

template <class IdType>
void check_each(const std::vector<std::pair<IdType, std::string>>& mentioned,
                const std::set<IdType>& known, RefusalCode code, Refusals& refusals) {
  for (const auto& [id, where] : mentioned) {
    if (!known.contains(id)) refusals.push_back({code, where, "", id.text(), ""});
  }
}

// Of a unit on a day; empty before it was anything.
std::string type_on(const Known& known, UnitId unit, Date day) {
  const auto types = known.unit_types.find(unit);
  if (types == known.unit_types.end()) return {};
  const auto after = types->second.upper_bound(day);
  return after == types->second.begin() ? std::string() : std::prev(after)->second;
}

}  // namespace

const policy::Pack* pack_in_force(const obligation::Facts& facts, std::string_view type,
                                  UnitId unit, Date today, Instant now) {
  const policy::Pack* found = nullptr;
  for (const auto& one : facts.activations) {
    if (is_in_force(one, today, now) && one.pack->id == pack_in(type) &&
        one.pack->find_matter_type(name_in(type)) != nullptr && reaches(facts, one, unit, today)) {
      found = one.pack;
    }
  }
  return found;
}

std::vector<const policy::MatterType*> types_in_force(const obligation::Facts& facts, Date today,
                                                      Instant now) {
  std::map<std::string_view, const policy::MatterType*> by_address;
  for (const auto& one : facts.activations) {
    if (!is_in_force(one, today, now)) continue;
    for (const auto& type : one.pack->matter_types) by_address[type.address] = &type;
  }
  std::vector<const policy::MatterType*> types;
  for (const auto& [address, type] : by_address) types.push_back(type);
  return types;
}

const policy::Pack& pack_of(const std::vector<policy::Pack>& packs, std::string_view type,
                            std::string_view version) {
  for (const auto& pack : packs) {
    if (pack.id == pack_in(type) && pack.version == version &&
        pack.find_matter_type(name_in(type)) != nullptr) {
      return pack;
    }
  }
  throw Fault(FaultKind::damaged,
              "no pack has the matter type " + std::string(type) + " " + std::string(version));
}

const policy::MatterType& type_in(const policy::Pack& pack, std::string_view type) {
  return *pack.find_matter_type(name_in(type));
}

Mentioned mentioned_in(const policy::MatterType& type, const obligation::Change& change) {
  Mentioned out;
  if (change.unit) out.units.emplace_back(*change.unit, "/unit");
  for (std::size_t i = 0; i < change.evidence.size(); ++i) {
    out.files.emplace_back(change.evidence[i], "/evidence/" + std::to_string(i));
  }
  const auto references = policy::references_of(type.fields, change.fields, "/fields");
  for (const auto& [id, where] : references.units) {
    out.units.emplace_back(id, where);
    for (const policy::Field& field : type.fields) {
      const std::string pointer = "/fields/" + field.name;
      if (where != pointer && !where.starts_with(pointer + "/")) continue;
      auto kinds = kinds_of(field);
      if (!kinds.empty()) out.kinds[where] = std::move(kinds);
    }
  }
  for (const auto& [id, where] : references.persons) out.persons.emplace_back(id, where);
  for (const auto& [id, where] : references.posts) out.posts.emplace_back(id, where);
  for (const auto& [id, where] : references.files) out.files.emplace_back(id, where);
  for (const auto& [id, where, target] : references.records) out.records.emplace_back(id, where);
  return out;
}

Refusals check_known(const Mentioned& mentioned, const Known& known, Date today) {
  Refusals refusals;
  for (const auto& [unit, where] : mentioned.units) {
    const auto found = known.units.find(unit);
    if (found == known.units.end()) {
      refusals.push_back({RefusalCode::unknown_unit, where, "", unit.text(), ""});
    } else if (where == "/unit" && !found->second.contains(today)) {
      refusals.push_back({RefusalCode::unit_closed, where, "", today.text(), ""});
    } else if (const auto kinds = mentioned.kinds.find(where); kinds != mentioned.kinds.end()) {
      const std::string type = type_on(known, unit, today);
      if (std::ranges::find(kinds->second, type) == kinds->second.end())
        refusals.push_back({RefusalCode::unknown_word, where, joined(kinds->second), type, ""});
    }
  }
  check_each(mentioned.persons, known.persons, RefusalCode::unknown_person, refusals);
  check_each(mentioned.posts, known.posts, RefusalCode::unknown_post, refusals);
  check_each(mentioned.files, known.files, RefusalCode::unknown_file, refusals);
  check_each(mentioned.records, known.records, RefusalCode::unknown_record, refusals);
  return refusals;
}

std::vector<std::string> kinds_of(const policy::Field& field) {
  std::vector<std::string> kinds;
  const auto unit = policy::FieldType::unit;
  if (field.type != unit && field.item != unit) return kinds;
  for (const auto& word : field.words) kinds.push_back(word.code);
  return kinds;
}

std::vector<UnitId> units_of(const Matter& matter, const policy::MatterType& type) {
  std::set<UnitId> units = {matter.unit};
  for (const auto& [id, where] : policy::references_of(type.fields, matter.fields, "").units) {
    units.insert(id);
  }
  return {units.begin(), units.end()};
}

std::vector<std::string> demanded_by(const policy::MatterType& type,
                                     const std::vector<std::string>& moves) {
  std::set<std::string> demanded;
  for (const auto& id : moves) {
    const policy::Move* const move = type.find_move(id);
    if (move != nullptr) demanded.insert(move->fields.begin(), move->fields.end());
  }
  return {demanded.begin(), demanded.end()};
}

obligation::MatterStep step_of(const Version& version) {
  return {version.matter, version.move, version.deed, version.at};
}

std::vector<obligation::MatterStep> steps_of(const std::vector<Version>& history) {
  std::vector<obligation::MatterStep> steps;
  for (const Version& one : history) steps.push_back(step_of(one));
  return steps;
}

Kept kept_after(const obligation::Facts& facts, const policy::Pack& pack,
                const policy::MatterType& type, const std::vector<obligation::MatterStep>& steps) {
  const Instant now = steps.back().at;
  return kept_now({facts, pack, type, obligation::zone.date_of(now), now, nullptr, &steps});
}

std::vector<KeptLookBack> kept_look_backs(const obligation::Lifecycle& life) {
  const auto& history = *life.history;
  const auto awaited = obligation::awaited_look_back(life, history.back().matter, history);
  std::vector<KeptLookBack> kept;
  for (const auto& one : obligation::look_backs_of(life, history)) {
    const Matter& settled = history[one.entered].matter;
    const bool is_open = awaited && awaited->entered == one.entered;
    kept.push_back({settled.unit, settled.type, one.since, one.due, is_open, one.found});
  }
  return kept;
}

Kept kept_now(const obligation::Lifecycle& life) {
  const Matter& matter = life.history->back().matter;
  const auto clocks = obligation::clocks_of(life, *life.history);
  const auto review = obligation::review_of(life, *life.history);
  return {obligation::next_due(life, matter, clocks), obligation::waits_of(life, matter, clocks),
          kept_look_backs(life), review && review->is_stale()};
}

Committed committed_form(const Version& version, const policy::MatterType& type) {
  const Matter& matter = version.matter;
  Committed out;
  auto separated = policy::separate_personal(type.fields, matter.fields, "/fields");
  for (const auto& [where, value] : separated.personal) add_part(out, where, value);
  if (!version.reason.empty()) add_part(out, "/reason", version.reason);
  Value content = Value::object({{"campaign", id_or_null(matter.campaign)},
                                 {"due", date_or_null(matter.due)},
                                 {"evidence", id_list(matter.evidence)},
                                 {"fields", std::move(separated.rest)},
                                 {"matter", matter.id.text()},
                                 {"move", text_or_null(version.move)},
                                 {"opened", matter.opened.text()},
                                 {"outcome", text_or_null(matter.outcome)},
                                 {"pack_version", version.pack_version},
                                 {"parent", id_or_null(matter.parent)},
                                 {"reason", Value()},
                                 {"state", matter.state},
                                 {"type", matter.type},
                                 {"unit", matter.unit.text()}});
  if (matter.into) content.set("into", matter.into->text());
  if (!matter.alike.empty()) content.set("alike", id_list(matter.alike));
  if (matter.relapse_of) content.set("relapse_of", matter.relapse_of->text());
  if (matter.relapsed_as) content.set("relapsed_as", matter.relapsed_as->text());
  if (version.deed) content.set("deed", deed_value(*version.deed));
  if (version.numbered) {
    content.set("ledger", version.numbered->ledger.text());
    content.set("number", version.numbered->number);
  }
  out.content = canonical_json(content);
  return out;
}

void restore(std::string_view content, const std::vector<Part>& parts, Version& version) {
  auto parsed = parse_json(content);
  if (!parsed) throw Fault(FaultKind::damaged, "the content of a matter is not JSON");
  Value value = std::move(*parsed);
  for (const Part& part : parts) {
    Value* const place = at_pointer(value, part.pointer);
    auto read = parse_json(part.value);
    if (place == nullptr || !read) throw Fault(FaultKind::damaged, "a matter's part has no place");
    *place = std::move(*read);
  }
  const auto text = [&](std::string_view key) { return text_of(value, key); };
  Matter& matter = version.matter;
  matter.id = MatterId::parse(text("matter")).value_or(MatterId{});
  matter.type = text("type");
  matter.unit = UnitId::parse(text("unit")).value_or(UnitId{});
  matter.parent = MatterId::parse(text("parent"));
  matter.campaign = CampaignId::parse(text("campaign"));
  matter.opened = Date::parse(text("opened")).value_or(Date{});
  matter.due = Date::parse(text("due"));
  matter.into = MatterId::parse(text("into"));
  matter.alike = ids_in<MatterId>(value.find("alike"));
  matter.relapse_of = MatterId::parse(text("relapse_of"));
  matter.relapsed_as = MatterId::parse(text("relapsed_as"));
  matter.state = text("state");
  matter.outcome = text("outcome");
  matter.evidence = ids_in<FileId>(value.find("evidence"));
  matter.fields = *value.find("fields");
  if (const auto ledger = UnitId::parse(text("ledger"))) {
    version.numbered = Numbered{*ledger, text("number")};
  }
  version.pack_version = text("pack_version");
  version.move = text("move");
  version.deed = deed_from(value);
  version.reason = text("reason");
}

}  // namespace huilu::matter
