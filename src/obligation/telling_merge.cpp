// Lines of a matter's story about another one, and what is expected of the two where one is merged
// into the other or taken out again.
#include <algorithm>

#include "obligation/merge.h"
#include "obligation/telling_matter.h"
#include "policy/declarations.h"
#include "policy/finding.h"

namespace huilu::obligation {

namespace {

using policy::Member;
using policy::Node;

constexpr std::int64_t first_other = 1000;

}  // namespace

// {other: twin, state: fixing, due: 2024-03-10}: as it stands from this day on.
void MatterTelling::other(const Node& line, const Node& name) {
  std::string id;
  policy::id().read(reading_, name, id);
  const Change change = change_of(line.members, {"day", "other", "state"});
  auto found = std::find_if(others_.begin(), others_.end(),
                            [&](const Other& one) { return one.name == id; });
  Matter matter;
  if (found == others_.end()) {
    if (!matter_ && !change.unit)
      return reading_.report(RefusalCode::pack_missing_key, line.place, "unit", "");
    if (matter_) matter = steps_.front().matter;
    matter.type = type_->address;
    matter.state = type_->initial;
    matter.outcome.clear();
    matter.alike.clear();
    matter.id = MatterId{first_other + static_cast<std::int64_t>(others_.size())};
    matter.opened = today_;
    matter.due.reset();
    matter.fields = Value(Value::Object{});
    found = others_.insert(others_.end(), Other{id, {}});
  } else {
    matter = found->steps.back().matter;
  }
  matter = edited(matter, change);
  if (const Node* const state = line.find("state")) put_into(matter, *type_, *state);
  found->steps.push_back({std::move(matter), "", {}, end_of_day(today_)});
}

MatterTelling::Other* MatterTelling::find_other(const Node& name) {
  if (!policy::reading::is_scalar(reading_, name, "name of another matter")) return nullptr;
  std::vector<std::string_view> names;
  for (Other& one : others_) {
    if (one.name == name.text) return &one;
    names.push_back(one.name);
  }
  reading_.report(RefusalCode::pack_reference, name.place,
                  names.empty() ? "" : policy::nearest_or_all(name.text, names), name.text);
  return nullptr;
}

// The one that stays, where this move merges or takes out again.
MatterTelling::Other* MatterTelling::other_of(const policy::Move& move, const Change& change) {
  const auto id = move.merges() ? change.into : matter_->into;
  const auto found = std::find_if(others_.begin(), others_.end(), [&](const Other& one) {
    return id && one.steps.back().matter.id == *id;
  });
  return found == others_.end() ? nullptr : &*found;
}

std::vector<Matter> MatterTelling::merged_into(const Other& other) const {
  if (matter_->into == other.steps.back().matter.id) return {*matter_};
  return {};
}

Lifecycle MatterTelling::life_of(const Other& other, const std::vector<Matter>& merged) const {
  return {stage_.facts, pack_,        *type_,  today_, end_of_day(today_),
          nullptr,      &other.steps, nullptr, &merged};
}

Refusals MatterTelling::check_other(const policy::Move& move, const Change& change,
                                    const Actor& actor) {
  const Other* const found = other_of(move, change);
  if (!found) return {};
  const auto merged = merged_into(*found);
  const auto mine = life();
  const auto theirs = life_of(*found, merged);
  const MergeSide stays{theirs, found->steps.back().matter};
  return move.merges() ? check_merging({mine, *matter_}, move, stays, actor)
                       : check_unmerging(move, stays, actor);
}

void MatterTelling::change_other(const policy::Move& move, const Change& change) {
  Other* const found = other_of(move, change);
  if (!found) return;
  const auto merged = merged_into(*found);
  const auto mine = life();
  const auto theirs = life_of(*found, merged);
  const MergeSide one{mine, *matter_};
  const MergeSide stays{theirs, found->steps.back().matter};
  Deed deed;
  Matter after;
  if (move.merges()) {
    deed = merging_deed(one, stays);
    after = merged_in(one, move, stays, deed);
  } else {
    deed.kind = DeedKind::merge_undone;
    deed.other = matter_->id;
    after = merge_undone(one, stays);
  }
  found->steps.push_back({std::move(after), "", std::move(deed), end_of_day(today_)});
}

// twin, or none
void MatterTelling::expect_into(const Node& node) {
  std::string found = "none";
  for (const Other& one : others_)
    if (matter_->into == one.steps.back().matter.id) found = one.name;
  check(node.text == found, "into", node, found);
}

// {twin: {state: fixing, due: 2024-03-10, raised_by: [chen, wu]}}
void MatterTelling::expect_others(const Node& node) {
  if (!policy::reading::is_map(reading_, node)) return;
  for (const Member& member : node.members) {
    Node name;
    name.kind = policy::NodeKind::scalar;
    name.text = member.key;
    name.place = member.place;
    if (const Other* const found = find_other(name)) expect_other(*found, member.value);
  }
}

void MatterTelling::expect_other(const Other& other, const Node& node) {
  if (!policy::reading::is_map(reading_, node)) return;
  const Matter& matter = other.steps.back().matter;
  for (const Member& member : node.members) {
    const std::string key = other.name + '.' + member.key;
    if (member.key == "state") {
      check(member.value.text == matter.state, key, member.value, matter.state);
    } else if (member.key == "due") {
      const std::string due = matter.due ? matter.due->text() : std::string("none");
      check(member.value.text == due, key, member.value, due);
    } else if (member.key == "relapsed") {
      const std::string found = matter.relapsed_as ? "true" : "false";
      check(member.value.text == found, key, member.value, found);
    } else if (const policy::Field* const field = type_->find_field(member.key)) {
      const Value* const value = matter.fields.find(field->name);
      const Value found = value ? *value : Value();
      const bool is_empty =
          member.value.kind == policy::NodeKind::scalar && member.value.text == "none";
      const auto wanted = is_empty ? std::optional(Value()) : stage_.value_of(*field, member.value);
      if (wanted) check(*wanted == found, key, member.value, to_json(found));
    } else {
      std::vector<std::string_view> words = {"state", "due", "relapsed"};
      for (const policy::Field& one : type_->fields) words.push_back(one.name);
      policy::reading::unknown_key(reading_, member, words);
    }
  }
}

}  // namespace huilu::obligation
