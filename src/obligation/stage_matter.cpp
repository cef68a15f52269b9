#include <algorithm>

#include "obligation/stage.h"
#include "policy/declarations.h"
#include "policy/finding.h"

namespace huilu::obligation {

namespace {

using policy::Member;
using policy::Node;

// Keys of a line that are no fields.
constexpr std::array<std::string_view, 8> said_of_line = {"day", "at",   "open",  "edit",
                                                          "id",  "unit", "state", "move"};

}  // namespace

const policy::MatterType* Stage::find_matter_type(const Node& name) {
  if (!policy::reading::is_scalar(reading, name, "name of a matter type")) return nullptr;
  std::vector<std::string_view> addresses;
  const policy::MatterType* found = nullptr;
  const auto look = [&](const policy::Pack& pack, bool by_name) {
    for (const policy::MatterType& type : pack.matter_types) {
      addresses.push_back(type.address);
      if (!found && (type.address == name.text || (by_name && type.name == name.text)))
        found = &type;
    }
  };
  look(pack_, true);
  for (const policy::Pack& other : known_) look(other, false);
  if (!found)
    reading.report(RefusalCode::pack_reference, name.place,
                   addresses.empty() ? "" : policy::nearest_or_all(name.text, addresses),
                   name.text);
  return found;
}

// What the line says of it, over what it was.
void Stage::write_matter(const Node& line, const policy::MatterType& type, Instant at,
                         Matter matter) {
  if (const Node* const unit_name = line.find("unit"))
    matter.unit = unit(*unit_name).value_or(matter.unit);
  if (const Node* const name = line.find("state")) {
    const policy::MatterState* const state = type.find_state(name->text);
    std::vector<std::string_view> ids;
    for (const policy::MatterState& one : type.states) ids.push_back(one.id);
    if (!state) return policy::reading::unknown_word(reading, *name, ids);
    matter.state = state->id;
    matter.outcome =
        state->outcome
            ? std::string(policy::outcome_words[static_cast<std::size_t>(*state->outcome)])
            : std::string();
  }
  std::string move;
  if (const Node* const name = line.find("move")) {
    std::vector<std::string_view> ids;
    for (const policy::Move& one : type.moves) ids.push_back(one.id);
    if (!type.find_move(name->text)) return policy::reading::unknown_word(reading, *name, ids);
    move = name->text;
  }
  for (const Member& member : line.members) {
    if (std::find(said_of_line.begin(), said_of_line.end(), member.key) != said_of_line.end())
      continue;
    if (member.key == "due") {
      policy::date().read(reading, member.value, matter.due.emplace());
      continue;
    }
    if (member.key == "into" || member.key == "relapse_of" || member.key == "relapsed_as") {
      const auto found = matters_.find(member.value.text);
      auto& to = member.key == "into"         ? matter.into
                 : member.key == "relapse_of" ? matter.relapse_of
                                              : matter.relapsed_as;
      if (found != matters_.end())
        to = found->second;
      else
        policy::reading::unknown_word(reading, member.value, names_of_matters());
      continue;
    }
    const policy::Field* const field = type.find_field(member.key);
    if (!field) {
      std::vector<std::string_view> words = {"unit", "state", "due",        "id",
                                             "move", "into",  "relapse_of", "relapsed_as"};
      for (const policy::Field& one : type.fields) words.push_back(one.name);
      policy::reading::unknown_key(reading, member, words);
      continue;
    }
    if (auto value = value_of(*field, member.value)) matter.fields.set(field->name, *value);
  }
  facts.matters[matter.id].steps.push_back({std::move(matter), std::move(move), {}, at});
}

void Stage::open_matter(const Node& line, Instant at, std::optional<UnitId> home) {
  const policy::MatterType* const type = find_matter_type(line.below("open"));
  if (!type) return;
  Matter matter;
  matter.id = MatterId{static_cast<std::int64_t>(facts.matters.size()) + 1};
  matter.type = type->address;
  matter.unit = home.value_or(UnitId{});
  matter.opened = Zone{}.date_of(at);
  matter.state = type->initial;
  matter.fields = Value(Value::Object{});
  const std::string id = type->address.substr(0, type->address.find('/'));
  std::string version = pack_.version;
  for (const policy::Pack& other : known_)
    if (other.id == id) version = other.version;
  facts.matters[matter.id].pack_version = id == pack_.id ? pack_.version : version;
  if (const Node* const name = line.find("id"))
    if (!matters_.emplace(name->text, matter.id).second)
      reading.report(RefusalCode::pack_duplicate_key, name->place, "", name->text);
  write_matter(line, *type, at, std::move(matter));
}

std::vector<std::string_view> Stage::names_of_matters() const {
  std::vector<std::string_view> names;
  for (const auto& [one, id] : matters_) names.push_back(one);
  return names;
}

void Stage::edit_matter(const Node& line, Instant at) {
  const Node& name = line.below("edit");
  const auto found = matters_.find(name.text);
  if (found == matters_.end()) {
    const auto names = names_of_matters();
    return reading.report(RefusalCode::pack_reference, name.place,
                          names.empty() ? "" : policy::nearest_or_all(name.text, names), name.text);
  }
  const auto& steps = facts.matters[found->second].steps;
  if (steps.empty()) return;  // it could not be opened
  Node type_name;
  type_name.kind = policy::NodeKind::scalar;
  type_name.text = steps.back().matter.type;
  type_name.place = name.place;
  if (const policy::MatterType* const type = find_matter_type(type_name))
    write_matter(line, *type, at, steps.back().matter);
}

}  // namespace huilu::obligation
