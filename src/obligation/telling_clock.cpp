// Lines of a matter's story about its clocks: more time that is asked for and decided about, steps
// that are signed or dismissed, and how clocks and ladders are expected to stand.
#include <algorithm>

#include "obligation/deed.h"
#include "obligation/telling_matter.h"
#include "policy/declarations.h"
#include "policy/finding.h"

namespace huilu::obligation {

namespace {

using policy::Member;
using policy::Node;
using policy::NodeKind;

constexpr std::array<std::string_view, 7> clock_expectations = {
    "status", "due", "first_due", "left", "generation", "assumed", "provisional"};

std::string day_text(const std::optional<Date>& day) { return day ? day->text() : "none"; }

std::string value_of_clock(const ClockNow& now, std::string_view key) {
  if (key == "status") return std::string(clock_status_words[static_cast<std::size_t>(now.status)]);
  if (key == "due") return day_text(now.due);
  if (key == "first_due") return day_text(now.first_due);
  if (key == "left") return std::to_string(now.left);
  if (key == "generation") return std::to_string(now.generation);
  return (key == "assumed" ? now.is_assumed : now.is_provisional) ? "true" : "false";
}

std::string joined_sorted(std::vector<std::string> words) {
  std::sort(words.begin(), words.end());
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : ", ") + word;
  return all.empty() ? "none" : all;
}

// answer.high
struct NamedRung {
  std::string clock, rung;
};
NamedRung named_rung(const Node& name) {
  const std::string clock = name.text.substr(0, name.text.find('.'));
  return {clock, name.text.substr(std::min(clock.size() + 1, name.text.size()))};
}

const Asked* waiting_for(const std::vector<ClockNow>& clocks, std::string_view clock) {
  for (const ClockNow& one : clocks)
    if (one.clock->id == clock) return one.waiting();
  return nullptr;
}

}  // namespace

void MatterTelling::tell_deed(const Node& line) {
  if (const Node* const clock = line.find("extend")) return ask(line, *clock);
  if (const Node* const clock = line.find("grant")) return decide(line, *clock, true);
  if (const Node* const clock = line.find("refuse")) return decide(line, *clock, false);
  if (const Node* const name = line.find("sign")) return step(line, *name, true);
  if (const Node* const name = line.find("acknowledge")) return acknowledge(line, *name);
  if (const Node* const found = line.find("look_back")) return look_back(line, *found);
  if (const Node* const name = line.find("confirm_relapse")) return say_relapse(line, *name, true);
  if (const Node* const name = line.find("deny_relapse")) return say_relapse(line, *name, false);
  step(line, line.below("dismiss"), false);
}

void MatterTelling::ask(const Node& line, const Node& clock) {
  const Change change = change_of(line.members, {"day", "extend", "until", "actor", "expect"});
  const auto person = actor_of(line);
  const Node* const until = line.find("until");
  if (!until) reading_.report(RefusalCode::pack_missing_key, line.place, "until", "");
  if (!person || !until) return;
  Date day;
  policy::date().read(reading_, *until, day);
  const Attempt attempt{check_asking(life(), *matter_, clock.text, day, change, actor(person)), {}};
  if (attempt.refusals.empty())
    stands(edited(*matter_, change), "", Deed{DeedKind::extension_asked, clock.text, "", 0, day},
           person);
  expect(line, attempt, true);
}

void MatterTelling::decide(const Node& line, const Node& clock, bool grants) {
  const Change change = change_of(line.members, {"day", "grant", "refuse", "actor", "expect"});
  const auto person = actor_of(line);
  if (!person) return;
  const auto clocks = clocks_of(life(), steps_);
  const Asked* const asked = waiting_for(clocks, clock.text);
  const bool by_asker = asked && who_.at(asked->step) == person;
  const Attempt attempt{
      check_deciding(life(), *matter_, clock.text, grants, change, actor(person), by_asker), {}};
  if (attempt.refusals.empty()) {
    const auto kind = grants ? DeedKind::extension_granted : DeedKind::extension_refused;
    stands(grants ? extended(*type_, *matter_, clock.text, asked->until) : *matter_, "",
           Deed{kind, clock.text, "", 0, asked->until}, person);
    if (grants) moves_.extended.insert(type_->name + '.' + clock.text);
  }
  expect(line, attempt, true);
}

void MatterTelling::step(const Node& line, const Node& name, bool signs) {
  const Change change = change_of(line.members, {"day", "sign", "dismiss", "actor", "expect"});
  const auto person = actor_of(line);
  if (!person) return;
  const auto [clock, rung] = named_rung(name);
  const Attempt attempt{check_step(life(), *matter_, clock, rung, signs, change, actor(person)),
                        {}};
  if (attempt.refusals.empty()) {
    Deed deed{signs ? DeedKind::step_signed : DeedKind::step_dismissed, clock, rung};
    for (const ClockNow& one : clocks_of(life(), steps_))
      if (one.clock->id == clock) deed.generation = one.generation;
    if (signs) deed.units = reached_by(life(), *matter_, *type_->find_rung(clock, rung));
    stands(*matter_, "", std::move(deed), person);
  }
  expect(line, attempt, true);
}

void MatterTelling::acknowledge(const Node& line, const Node& name) {
  const Change change = change_of(line.members, {"day", "acknowledge", "actor", "expect"});
  const auto person = actor_of(line);
  if (!person) return;
  const auto [clock, rung] = named_rung(name);
  const auto found = check_acknowledging(life(), clock, rung, change.unit, actor(person));
  if (found.refusals.empty()) {
    Deed deed{DeedKind::step_acknowledged, clock, rung, found.generation};
    deed.units = {found.unit};
    stands(*matter_, "", std::move(deed), person);
    moves_.acknowledged.insert(type_->name + '.' + name.text);
  }
  expect(line, {found.refusals, {}}, true);
}

// {fix.high: 2024-03-05}, or none: the steps that some unit has not acknowledged, by when.
void MatterTelling::expect_unacknowledged(const Node& node) {
  std::vector<std::string> wanted, found;
  for (const Member& one : node.members) wanted.push_back(one.key + ' ' + one.value.text);
  if (node.kind != NodeKind::map) wanted.push_back(node.text);
  for (const ClockNow& clock : clocks_of(life_on(asked_on_), steps_))
    for (const RungNow& one : clock.rungs)
      if (one.is_unacknowledged())
        found.push_back(clock.clock->id + '.' + one.rung->id + ' ' + day_text(one.acknowledge_by));
  const std::string got = joined_sorted(found);
  check(joined_sorted(wanted) == got, "unacknowledged", node, got);
}

void MatterTelling::expect_clocks(const Member& member) {
  const auto clocks = clocks_of(life_on(asked_on_), steps_);
  if (member.key != "clocks") return expect_rungs(member, clocks);
  if (!policy::reading::is_map(reading_, member.value)) return;
  for (const Member& one : member.value.members) expect_clock(one, clocks);
}

// {answer: late}, {answer: {status: running, due: 2024-03-05}}
void MatterTelling::expect_clock(const Member& member, const std::vector<ClockNow>& clocks) {
  const auto found = std::find_if(clocks.begin(), clocks.end(),
                                  [&](const ClockNow& one) { return one.clock->id == member.key; });
  if (found == clocks.end()) {
    std::vector<std::string_view> ids;
    for (const ClockNow& one : clocks) ids.push_back(one.clock->id);
    policy::reading::unknown_key(reading_, member, ids);
    return;
  }
  const auto hold = [&](std::string_view key, const Node& node) {
    const std::string value = value_of_clock(*found, key);
    check(node.text == value, member.key + ' ' + std::string(key), node, value);
    if (key != "status" || node.text != value) return;
    const std::string name = type_->name + '.' + member.key;
    if (found->status == ClockStatus::in_time) moves_.kept.insert(name);
    if (found->status == ClockStatus::late || found->status == ClockStatus::expired)
      moves_.late.insert(name);
  };
  if (member.value.kind != NodeKind::map) return hold("status", member.value);
  const std::vector<std::string_view> keys(clock_expectations.begin(), clock_expectations.end());
  for (const Member& one : member.value.members)
    if (std::find(keys.begin(), keys.end(), one.key) == keys.end())
      policy::reading::unknown_key(reading_, one, keys);
    else
      hold(one.key, one.value);
}

// The rungs of the present deadlines that are reached, or the proposals that wait: all of them.
void MatterTelling::expect_rungs(const Member& member, const std::vector<ClockNow>& clocks) {
  const bool proposed = member.key == "proposed";
  std::vector<std::string> wanted, found;
  if (member.value.kind == NodeKind::list)
    for (const Node& item : member.value.items) wanted.push_back(item.text);
  else
    wanted.push_back(member.value.text);
  for (const ClockNow& clock : clocks)
    for (const RungNow& one : clock.rungs) {
      const bool stands =
          proposed ? one.is_open
                   : one.reached && !one.is_premature && one.generation == clock.generation;
      if (!stands) continue;
      found.push_back(clock.clock->id + '.' + one.rung->id);
      moves_.reached.insert(type_->name + '.' + found.back());
    }
  const std::string got = joined_sorted(found);
  check(joined_sorted(wanted) == got, member.key, member.value, got);
}

}  // namespace huilu::obligation
