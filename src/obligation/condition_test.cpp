#include "obligation/condition.h"

#include "obligation/testing.h"

namespace huilu::obligation {
namespace {

using testing::day;
using testing::line;
using testing::unit;
using testing::World;

constexpr std::string_view visits_head = R"(
record_types:
  act:
    title: 事
    fields:
      kind: {type: enum, of: [study, work]}
      hours: {type: decimal}
      number: {type: int}
      on_time: {type: bool}
      held: {type: date}
      topics: {type: set, of: [study, work, life]}
      people: {type: list, of: person}
      host: {type: unit}
params:
  limit:
    type: int
    clause: S0-1.1
    bind: period_start
    values: [{from: 2019-01-01, value: 3, basis: seed}]
  ratio:
    type: decimal
    clause: S0-1.1
    bind: period_start
    values: [{from: 2019-01-01, value: 1.5, basis: seed}]
  start:
    type: date
    clause: S0-1.1
    bind: period_start
    values: [{from: 2019-01-01, value: 2026-02-01, basis: seed}]
  names:
    type: list
    clause: S0-1.1
    bind: period_start
    values:
      - {from: 2019-01-01, value: [{id: study, title: 学}, {id: life, title: 生}], basis: seed}
  by_type:
    type: int
    by: unit.type
    bind: period_start
    clause: S0-1.1
    values: [{from: 2019-01-01, value: {branch: 2, else: 9}, basis: seed}]
)";

// Does a record with everything filled fit the condition?
bool fits(std::string_view condition, Value fields) {
  World world(
      std::string(visits_head) + "obligations:\n  duty:\n    clause: S0-1.1\n    title: 事\n" +
      "    who: {unit: {type: branch}}\n    every: year\n    needs: {at_least: 1, of: " +
      "{record: act, where: {" + std::string(condition) + "}}}\n    missing: counts_as_zero\n");
  world.unit(10, {"primary_committee", 4, "county", {"organ", "pilot"}});
  world.unit(1, testing::a_branch, "2000-01-01", 10);
  world.unit(2, {"general_branch", 5, "", {}}, "2000-01-01", 10);
  Record& record =
      world.record("trial/act", {UnitId{1}, UnitId{2}}, "2026-03-05", "", std::move(fields));
  record.versions[0].present = {PersonId{1}, PersonId{2}};
  record.versions[0].place = "hall";
  const Explanation one = world.ask(1, "2026", "2026-12-01");
  EXPECT_EQ(one.error, "") << condition;
  return one.verdict == Verdict::met;
}

Value full() {
  return Value::object({{"kind", "study"},
                        {"hours", "2.50"},
                        {"number", 3},
                        {"on_time", true},
                        {"held", "2026-03-05"},
                        {"topics", Value::List{"study", "life"}},
                        {"people", Value::List{"p1", "p2"}},
                        {"host", "u10"}});
}

TEST(Condition, compares_what_a_path_leads_to) {
  const std::pair<const char*, bool> rows[] = {
      {"unit: $bearer", true},
      {"unit: {ne: $bearer}", false},
      {"kind: study", true},
      {"kind: work", false},
      {"kind: [work, study]", true},
      {"kind: {ne: work}", true},
      {"kind: {ne: study}", false},
      {"hours: 2.5", true},
      {"hours: {gt: 2}", true},
      {"hours: {lt: 2.500001}", true},
      {"hours: {ge: {param: ratio}}", true},
      {"hours: {le: {param: ratio}}", false},
      {"number: {param: limit}", true},
      {"number: {lt: {param: limit}}", false},
      {"number: {between: [3, 4]}", true},
      {"number: {between: [4, 5]}", false},
      {"number: {gt: {param: by_type, for: $bearer.type}}", true},
      {"number: {lt: {param: by_type, for: host.type}}", true},
      {"on_time: true", true},
      {"on_time: {ne: true}", false},
      {"held: 2026-03-05", true},
      {"held: {gt: {param: start}}", true},
      {"held: {le: period_end}", true},
      {"held: {lt: {after: period_start, by: {months: 2}}}", false},
      {"date: {between: [2026-03-01, 2026-03-05]}", true},
      {"place: hall", true},
      {"kind: {present: true}", true},
      {"kind: {present: false}", false},
      {"topics: {has: life}", true},
      {"topics: {has: work}", false},
      {"topics: {has_all: [life, study]}", true},
      {"topics: {has_all: [life, work]}", false},
      {"topics: {has_all: {param: names}}", true},
      {"topics: {size: {ge: 2}}", true},
      {"topics: {size: {gt: 2}}", false},
      {"kind: {param: names}", true},
      {"present: {size: 2}", true},
      {"people: {size: {lt: 2}}", false},
      {"units: {has: $bearer.parent}", false},
      {"units: {size: 2}", true},
      {"host: {within: $bearer.parent}", true},
      {"unit: {within: $bearer.parent}", true},
      {"host: {within: $bearer}", false},
      {"host.rank: {ge: county}", true},
      {"host.rank: {gt: county}", false},
      {"host.rank: {lt: bureau}", true},
      {"host.level: village", false},
      {"host.level: town", true},
      {"host.tags: {has: pilot}", true},
      {"unit.type: general_branch", true},  // one of several units
      {"unit.parent: $bearer.parent", true},
      {"any_of: [{kind: work}, {number: 3}]", true},
      {"any_of: [{kind: work}, {number: 4}]", false},
      {"not: {kind: work}", true},
      {"not: {kind: study}", false},
      {"kind: study, number: 4", false},
  };
  for (const auto& [condition, expected] : rows)
    EXPECT_EQ(fits(condition, full()), expected) << condition;
}

TEST(Condition, finds_nothing_in_what_is_absent) {
  const std::pair<const char*, bool> rows[] = {
      {"kind: study", false},
      {"kind: {ne: study}", true},
      {"kind: {present: false}", true},
      {"kind: {present: true}", false},
      {"number: {lt: 9}", false},
      {"number: {gt: 0}", false},
      {"topics: {size: {ge: 1}}", false},
      {"topics: {size: 0}", true},
      {"topics: {has: study}", false},
      {"people: {present: false}", true},
      {"host.rank: {ge: county}", false},
      {"host: {within: $bearer.parent}", false},
      {"not: {kind: study}", true},
  };
  for (const auto& [condition, expected] : rows)
    EXPECT_EQ(fits(condition, Value::object({})), expected) << condition;
}

// Items are what a list holds: some, all, none, first, last.
TEST(Condition, asks_the_items_of_a_list) {
  using policy::Comparison;
  World world(testing::monthly);
  world.unit(1);
  Notes notes;
  Calendars calendars(world.facts);
  Context context{world.facts,
                  calendars,
                  world.packs.front(),
                  unit(1),
                  policy::MemberAt::home,
                  *calendar::period_from("2026"),
                  nullptr,
                  {},
                  day("2026-03-01"),
                  day("2026-03-01"),
                  testing::noon("2026-03-01"),
                  Reach::all,
                  notes};
  const auto asked = [&](Comparison comparison, Value::List items) {
    auto inner = std::make_shared<policy::Condition>();
    policy::Comparing same;
    same.path.steps = {"topic"};
    same.operands.push_back({Value("theme"), {}});
    inner->lines.push_back(same);
    policy::Condition condition;
    policy::Comparing line;
    line.path.steps = {"agenda"};
    line.comparison = comparison;
    line.inner = inner;
    condition.lines.push_back(line);
    return holds(context, Thing(Value::object({{"agenda", std::move(items)}})), condition);
  };
  const Value theme = Value::object({{"topic", "theme"}}), other = Value::object({{"topic", "x"}});
  EXPECT_TRUE(asked(Comparison::first, {theme, other}));
  EXPECT_FALSE(asked(Comparison::first, {other, theme}));
  EXPECT_TRUE(asked(Comparison::last, {other, theme}));
  EXPECT_FALSE(asked(Comparison::last, {theme, other}));
  EXPECT_TRUE(asked(Comparison::some, {other, theme}));
  EXPECT_FALSE(asked(Comparison::some, {other, other}));
  EXPECT_TRUE(asked(Comparison::all, {theme, theme}));
  EXPECT_FALSE(asked(Comparison::all, {theme, other}));
  EXPECT_TRUE(asked(Comparison::none, {other}));
  EXPECT_FALSE(asked(Comparison::none, {other, theme}));
  for (const Comparison on_nothing : {Comparison::all, Comparison::none})
    EXPECT_TRUE(asked(on_nothing, {}));
  for (const Comparison on_nothing : {Comparison::some, Comparison::first, Comparison::last})
    EXPECT_FALSE(asked(on_nothing, {}));
  EXPECT_EQ(notes.error, "");
}

// X9, X10: an error matters only where the answer hangs on it, in whatever order it is written.
TEST(Condition, an_error_does_not_spoil_what_is_decided_without_it) {
  const auto ask = [](std::string_view condition) {
    World world(
        std::string(visits_head) + "obligations:\n  duty:\n    clause: S0-1.1\n    title: 事\n" +
        "    who: {unit: {type: branch}}\n    every: year\n    needs: {at_least: 1, of: " +
        "{record: act, where: {" + std::string(condition) + "}}}\n    missing: counts_as_zero\n");
    world.unit(1);
    world.packs.front().parameters[0].values[0].value = policy::Duration{};  // `limit`
    world.record("trial/act", {UnitId{1}}, "2026-03-05", "", full());
    return line(world.ask(1, "2026", "2026-12-01"));
  };
  const std::string error = "unknown: a duration is compared with a value";
  EXPECT_EQ(ask("number: {param: limit}"), error);
  for (const auto* both :
       {"number: {param: limit}, kind: study", "kind: study, number: {param: limit}"})
    EXPECT_EQ(ask(both), error) << both;
  for (const auto* both :
       {"number: {param: limit}, kind: work", "kind: work, number: {param: limit}"})
    EXPECT_EQ(ask(both), "open") << both;
  for (const auto* both : {"any_of: [{number: {param: limit}}, {kind: study}]",
                           "any_of: [{kind: study}, {number: {param: limit}}]"})
    EXPECT_EQ(ask(both), "met") << both;
  for (const auto* both :
       {"any_of: [{number: {param: limit}}, {kind: work}]",
        "any_of: [{kind: work}, {number: {param: limit}}]", "not: {number: {param: limit}}"})
    EXPECT_EQ(ask(both), error) << both;
}

}  // namespace
}  // namespace huilu::obligation
