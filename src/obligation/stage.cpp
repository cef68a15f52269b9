#include "obligation/stage.h"

#include <algorithm>

#include "obligation/context.h"
#include "obligation/organisation.h"
#include "policy/declarations.h"
#include "policy/finding.h"
#include "policy/scalar.h"
#include "policy/unfold.h"

namespace huilu::obligation {

namespace {

using policy::FieldType;
using policy::Node;

template <class Id>
std::vector<std::string_view> names_in(const std::map<std::string, Id>& names) {
  std::vector<std::string_view> all;
  for (const auto& entry : names) all.push_back(entry.first);
  return all;
}

// Words of a line that are not the record's.
bool is_of_line(std::string_view key, std::string_view action) {
  return key == "day" || key == "at" || key == "id" || key == action;
}

}  // namespace

Stage::Stage(const policy::Pack& pack, const std::vector<policy::Pack>& known,
             policy::Reading& findings)
    : reading(findings), pack_(pack), known_(known) {
  facts.activations.push_back({&pack, pack.in_force, {}, {}, {}});
  // One that tailors this pack would stand in its place.
  const auto tailors = [&](const policy::Pack& other) {
    return std::any_of(other.extends.begin(), other.extends.end(),
                       [&](const policy::Parent& one) { return one.pack == pack.id; });
  };
  for (const policy::Pack& other : known)
    if (other.id != pack.id && !tailors(other))
      facts.activations.push_back({&other, other.in_force, {}, {}, {}});
}

bool Stage::expects(const policy::Node& node) {
  if (!policy::reading::is_map(reading, node)) return false;
  if (node.members.empty() && !node.cut)
    reading.report(RefusalCode::pack_no_test, node.place, "an expectation", "");
  return true;
}

std::optional<UnitId> Stage::unit(const Node& name) {
  if (!policy::reading::is_scalar(reading, name, "name of a unit")) return {};
  const auto found = units_.find(name.text);
  if (found != units_.end()) return found->second;
  reading.report(RefusalCode::pack_reference, name.place,
                 policy::nearest_or_all(name.text, names_in(units_)), name.text);
  return {};
}

std::optional<PersonId> Stage::person(const Node& name) {
  std::string text;
  policy::id().read(reading, name, text);
  if (text.empty()) return {};
  const auto next = static_cast<std::int64_t>(persons_.size()) + 1;
  const PersonId id = persons_.emplace(text, PersonId{next}).first->second;
  facts.persons[id] = text;
  return id;
}

std::optional<RecordId> Stage::record(const Node& name) {
  if (!policy::reading::is_scalar(reading, name, "id of a record")) return {};
  const auto found = records_.find(name.text);
  if (found != records_.end()) return found->second;
  reading.report(RefusalCode::pack_reference, name.place,
                 policy::nearest_or_all(name.text, names_in(records_)), name.text);
  return {};
}

Tenure* Stage::tenure(const Node& name) {
  if (!policy::reading::is_scalar(reading, name, "id of a post")) return nullptr;
  const auto post = posts_.find(name.text);
  const auto holder = persons_.find(name.text);
  std::vector<Tenure*> found;
  std::vector<std::string_view> ids;
  for (Tenure& one : facts.tenures) {
    if (post != posts_.end() && one.id == post->second) return &one;
    if (holder != persons_.end() && one.person == holder->second) found.push_back(&one);
  }
  if (found.size() == 1) return found.front();
  for (const auto& [id, tenure] : posts_) ids.push_back(id);
  for (const auto& [id, person] : persons_)
    if (found.empty()) ids.push_back(id);
  reading.report(RefusalCode::pack_reference, name.place, policy::nearest_or_all(name.text, ids),
                 name.text);
  return nullptr;
}

std::string Stage::name_of_case(const std::string& id) const {
  // The names of two people in the order of letters.
  if (const std::size_t plus = id.find('+'); plus != std::string::npos) {
    const std::string first = name_of_case(id.substr(0, plus));
    const std::string second = name_of_case(id.substr(plus + 1));
    return std::min(first, second) + '+' + std::max(first, second);
  }
  const auto tenure = TenureId::parse(id);
  for (const auto& [name, known] : posts_)
    if (tenure && known == *tenure) return name;
  const auto record = RecordId::parse(id);
  for (const auto& [name, known] : records_)
    if (record && known == *record) return name;
  const auto person = PersonId::parse(id);
  for (const auto& [name, known] : persons_)
    if (person && known == *person) return name;
  return id;
}

std::string Stage::name_of(RecordId id) const {
  for (const auto& [name, record] : records_)
    if (record == id) return name;
  return id.text();
}

std::optional<RecordId> Stage::enter(const Node& node, std::string_view action, Instant at,
                                     std::optional<UnitId> home) {
  const Date day = zone.date_of(at);
  const bool corrects = action == "correct";
  RecordVersion version;
  RecordId id{static_cast<std::int64_t>(facts.records.size()) + 1};
  if (corrects) {
    const auto found = record(*node.find(action));
    if (!found) return {};
    id = *found;
    version = facts.records[id].versions.back();
    ++version.version;
  } else {
    for (const policy::RecordType* const type : types_of(*node.find(action)))
      version.types.push_back(type->address);
    if (home) version.units = {*home};
    date_record(node, version, day);
  }
  version.at = at;
  fill(node, action, version);
  if (!corrects || version.state == RecordState::planned)
    version.state = version.date > day ? RecordState::planned : RecordState::entered;
  if (action == "plan") version.state = RecordState::planned;
  if (action == "record" && version.state == RecordState::planned)
    reading.report(RefusalCode::pack_range, node.place, "not after " + day.text(),
                   version.date.text());
  std::string name;
  if (const Node* const written = node.find("id")) policy::id().read(reading, *written, name);
  if (!name.empty() && !records_.emplace(name, id).second && records_[name] != id)
    reading.report(RefusalCode::pack_duplicate_key, node.below("id").place, "", name);
  Record& record = facts.records[id];
  record.id = id;
  record.versions.push_back(std::move(version));
  return id;
}

void Stage::take_back(RecordId id) {
  auto& versions = facts.records[id].versions;
  if (versions.size() > 1)
    versions.pop_back();
  else
    versions.front().state = RecordState::void_;
}

// The day of the header, where the line does not say it: that which the record itself says it
// counts on, otherwise the line's.
void Stage::date_record(const Node& node, RecordVersion& version, Date day) {
  version.date = day;
  for (const std::string& address : version.types) {
    const policy::RecordType* const type = policy::find_record_type(known_, address);
    const policy::RecordType* const own =
        type ? type : pack_.find_record_type(address.substr(address.find('/') + 1));
    if (!own || own->counts_on == "date") continue;
    const Node* const written = node.find(own->counts_on);
    const auto found = written ? Date::parse(written->text) : std::nullopt;
    if (found) version.date = *found;
  }
}

void Stage::fill(const Node& node, std::string_view action, RecordVersion& version) {
  std::vector<const policy::RecordType*> types;
  for (const std::string& address : version.types) {
    Node name;
    name.kind = policy::NodeKind::scalar;
    name.text = address;
    name.place = node.place;
    if (const auto* const type = find_type(name)) types.push_back(type);
  }
  for (const policy::Member& member : node.members) {
    if (is_of_line(member.key, action) || fill_header(member, version)) continue;
    bool known = false;
    for (const policy::RecordType* const type : types) {
      const policy::Field* const field = type->find_field(member.key);
      if (!field) continue;
      known = true;
      auto value = value_of(*field, member.value);
      if (!value) continue;
      Value fields = version.fields.object() && version.fields.find(type->address)
                         ? *version.fields.find(type->address)
                         : Value(Value::Object{});
      fields.set(field->name, std::move(*value));
      version.fields.set(type->address, std::move(fields));
    }
    if (known) continue;
    std::vector<std::string_view> words = {"units", "unit", "date", "place", "present", "id"};
    for (const policy::RecordType* const type : types)
      for (const policy::Field& field : type->fields) words.push_back(field.name);
    policy::reading::unknown_key(reading, member, words);
  }
}

bool Stage::fill_header(const policy::Member& member, RecordVersion& version) {
  const Node& node = member.value;
  const std::vector<Node> one = {node};
  const std::vector<Node>& items = node.kind == policy::NodeKind::list ? node.items : one;
  if (member.key == "unit" || member.key == "units") {
    version.units.clear();
    for (const Node& item : items)
      if (const auto id = unit(item)) version.units.push_back(*id);
    return true;
  }
  if (member.key == "present") {
    version.present.clear();
    for (const Node& item : items)
      if (const auto id = person(item)) version.present.push_back(*id);
    return true;
  }
  if (member.key == "date") policy::date().read(reading, node, version.date);
  if (member.key == "place") policy::text().read(reading, node, version.place);
  return member.key == "date" || member.key == "place";
}

void Stage::void_record(const Node& name, Instant at) {
  const auto id = record(name);
  if (!id) return;
  RecordVersion version = facts.records[*id].versions.back();
  ++version.version;
  version.state = RecordState::void_;
  version.at = at;
  facts.records[*id].versions.push_back(std::move(version));
}

const policy::RecordType* Stage::find_type(const Node& name) {
  if (!policy::reading::is_scalar(reading, name, "name of a record type")) return nullptr;
  std::vector<std::string_view> addresses;
  const policy::RecordType* found = nullptr;
  const auto look = [&](const policy::Pack& pack, bool by_name) {
    for (const policy::RecordType& type : pack.record_types) {
      addresses.push_back(type.address);
      if (!found && (type.address == name.text || (by_name && type.name == name.text)))
        found = &type;
    }
  };
  look(pack_, true);
  for (const policy::Pack* const taken : policy::extended_by(pack_, known_)) look(*taken, true);
  for (const policy::Pack& other : known_) look(other, other.id == "core");
  if (!found)
    reading.report(RefusalCode::pack_reference, name.place,
                   policy::nearest_or_all(name.text, addresses), name.text);
  return found;
}

std::vector<const policy::RecordType*> Stage::types_of(const Node& names) {
  const std::vector<Node> one = {names};
  std::vector<const policy::RecordType*> types;
  for (const Node& name : names.kind == policy::NodeKind::list ? names.items : one)
    if (const auto* const type = find_type(name)) types.push_back(type);
  return types;
}

std::optional<Value> Stage::value_of(const policy::Field& field, const Node& node) {
  const auto id_text = [](const auto& id) -> std::optional<Value> {
    if (!id) return {};
    return Value(id->text());
  };
  const auto read = [&](auto form, auto value) {
    const std::size_t before = reading.findings().size();
    form.read(reading, node, value);
    return reading.findings().size() == before ? std::optional(value) : std::nullopt;
  };
  switch (field.type) {
    case FieldType::person:
      return id_text(person(node));
    case FieldType::unit:
      return id_text(unit(node));
    case FieldType::ref:
      return id_text(record(node));
    case FieldType::set:
    case FieldType::list:
      return items_of(field, node);
    case FieldType::int_: {
      const auto value =
          read(policy::integer(-1'000'000'000'000, 1'000'000'000'000), std::int64_t{0});
      return value ? std::optional(Value(*value)) : std::nullopt;
    }
    case FieldType::bool_: {
      const auto value = read(policy::boolean(), false);
      return value ? std::optional(Value(*value)) : std::nullopt;
    }
    case FieldType::date:
      return id_text(read(policy::date(), Date{}));
    case FieldType::decimal:
      if (read(policy::decimal(), policy::Decimal{})) return Value(node.text);
      return {};
    default:
      break;
  }
  if (!policy::reading::is_scalar(reading, node, std::string(policy::word_of(field.type))))
    return {};
  std::vector<std::string_view> words;
  for (const policy::Term& term : field.words) words.push_back(term.code);
  if (!words.empty() && std::find(words.begin(), words.end(), node.text) == words.end())
    policy::reading::unknown_word(reading, node, words);
  if (field.type == FieldType::period && !calendar::period_from(node.text))
    reading.report_type(node, "period");
  return Value(node.text);
}

std::optional<Value> Stage::items_of(const policy::Field& field, const Node& node) {
  const policy::Field item = field.item_field();
  Value::List values;
  const std::vector<Node> one = {node};
  for (const Node& written : node.kind == policy::NodeKind::list ? node.items : one)
    if (auto value = value_of(item, written)) values.push_back(std::move(*value));
  return Value(std::move(values));
}

UnitId Stage::top_of(UnitId unit) const {
  const Unit* at = find_unit(facts, unit);
  for (std::size_t level = 0; at && level < facts.units.size(); ++level) {
    const Unit* const above = at->parents.empty() || !at->parents.back().value
                                  ? nullptr
                                  : find_unit(facts, *at->parents.back().value);
    if (!above) return at->id;
    at = above;
  }
  return unit;
}

void Stage::launch_campaign(UnitId unit) {
  if (!pack_.campaign || !facts.campaigns.empty()) return;
  Campaign campaign;
  campaign.id = CampaignId{1};
  campaign.pack = pack_.id;
  campaign.unit = unit;
  for (const policy::Batch& batch : pack_.campaign->batches)
    campaign.batches.push_back({batch.id, batch.window});
  if (campaign.batches.empty()) campaign.batches.push_back({"all", pack_.campaign->window});
  facts.campaigns.push_back(std::move(campaign));
}

}  // namespace huilu::obligation
