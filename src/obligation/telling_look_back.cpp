// Lines of a matter's story about its look-backs: what somebody found, when one is due and what the
// last one found.
#include <algorithm>

#include "obligation/look_back.h"
#include "obligation/telling_matter.h"
#include "policy/declarations.h"
#include "policy/finding.h"

namespace huilu::obligation {

namespace {

using policy::Member;
using policy::Node;
using policy::NodeKind;

constexpr std::array<std::string_view, 4> look_back_expectations = {"found", "due", "assumed",
                                                                    "times"};

std::string value_of_look_back(const std::vector<LookBackNow>& all, std::string_view key) {
  if (key == "times") return std::to_string(all.size());
  if (all.empty()) return "none";
  const LookBackNow& last = all.back();
  if (key == "found") return last.found.empty() ? "none" : last.found;
  if (key == "due") return last.due ? last.due->text() : "none";
  return last.is_assumed ? "true" : "false";
}

}  // namespace

// {look_back: relapsed}
void MatterTelling::look_back(const Node& line, const Node& found) {
  const Change change = change_of(line.members, {"day", "look_back", "actor", "expect"});
  const auto person = actor_of(line);
  if (!person) return;
  const auto all = look_backs_of(life(), steps_);
  const bool settled_it = !all.empty() && who_.at(all.back().entered) == person;
  const Attempt attempt{
      check_looking_back(life(), *matter_, found.text, change, actor(person), settled_it), {}};
  if (attempt.refusals.empty()) {
    Deed deed;
    deed.kind = DeedKind::looked_back;
    deed.found = found.text;
    stands(edited(*matter_, change), "", std::move(deed), person);
    moves_.found.insert(type_->name + ".look_back." + found.text);
  }
  expect(line, attempt, true);
}

// relapsed, or {found: none, due: 2026-03-01}
void MatterTelling::expect_look_back(const Node& node) {
  const auto all = look_backs_of(life_on(asked_on_), steps_);
  const auto hold = [&](std::string_view key, const Node& wanted) {
    const std::string found = value_of_look_back(all, key);
    check(wanted.text == found, "look_back " + std::string(key), wanted, found);
  };
  if (node.kind != NodeKind::map) return hold("found", node);
  const std::vector<std::string_view> keys(look_back_expectations.begin(),
                                           look_back_expectations.end());
  for (const Member& one : node.members)
    if (std::find(keys.begin(), keys.end(), one.key) == keys.end())
      policy::reading::unknown_key(reading_, one, keys);
    else
      hold(one.key, one.value);
}

}  // namespace huilu::obligation
