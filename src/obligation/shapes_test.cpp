// Duties of rarer shapes: what others do, what comes round, what has to be done again, what may
// serve one duty only.
#include <gtest/gtest.h>

#include <tuple>

#include "obligation/testing.h"

namespace huilu::obligation {
namespace {

using testing::line;
using testing::World;

constexpr std::string_view meetings_declared = R"(
params:
  free:
    type: bool
    title: 可共用
    clause: S0-1.1
    bind: period_start
    values:
      - {from: 2019-01-01, value: false, basis: seed}
      - {from: 2027-01-01, value: true, basis: seed}
record_types:
  meeting:
    title: 会议
    plannable: true
    fields:
      special: {type: bool}
      observers: {type: list, of: person}
obligations:
)";

std::string shape_of(std::string_view duties) {
  return std::string(meetings_declared) + std::string(duties);
}

constexpr std::string_view attended = R"(
  duty:
    clause: S0-1.1
    title: 列席
    who: {unit: {type: primary_committee}}
    for_each:
      record: meeting
      where: {unit.parent: $bearer}
      announced: {before: case, by: {days: 5}}
    needs: {at_least: 1, of: {items: $it.observers, where: {unit: $bearer}}}
    due: {enter: {after: case, by: {days: 10}}}
    missing: counts_as_zero
)";

Value observed_by(std::vector<std::int64_t> people) {
  Value::List list;
  for (const std::int64_t one : people) list.emplace_back(PersonId{one}.text());
  return Value::object({{"observers", std::move(list)}});
}

// A branch 1 below committee 20, whose secretary is 7; committee 21 stands beside it.
struct Tree {
  Tree() : world(shape_of(attended)) {
    world.unit(20, {"primary_committee", 4, "", {}});
    world.unit(21, {"primary_committee", 4, "", {}});
    world.unit(1, testing::a_branch, "2000-01-01", 20);
    world.post(1, 7, 20, "secretary", "2019-01-01");
  }

  Record& plan(std::string_view date, std::string_view known) {
    Record& record = world.record("trial/meeting", {UnitId{1}}, date, known, observed_by({}));
    record.versions[0].state = RecordState::planned;
    return record;
  }

  static void hold(Record& record, std::string_view known, std::vector<std::int64_t> people) {
    RecordVersion& version = World::revise(record, known);
    version.state = RecordState::entered;
    version.fields = Value::object({{"trial/meeting", observed_by(std::move(people))}});
  }

  std::string said(std::int64_t unit, std::string_view at) {
    return line(world.ask(unit, "2026", at));
  }

  World world;
};

TEST(Shapes, what_happens_below_is_owed_above) {
  Tree tree;
  Record& meeting = tree.plan("2026-03-10", "2026-03-01");
  EXPECT_EQ(tree.said(20, "2026-03-01"), "open");
  EXPECT_EQ(tree.said(21, "2026-03-01"), "not_applicable: no_case");
  Tree::hold(meeting, "2026-03-11", {8});
  EXPECT_EQ(tree.said(20, "2026-03-12"), "in_grace");
  EXPECT_EQ(tree.said(20, "2026-03-21"), "failed");
  Tree::hold(meeting, "2026-03-22", {8, 7});
  EXPECT_EQ(tree.said(20, "2026-03-23"), "met");
}

TEST(Shapes, the_unit_above_on_the_day_owes_it) {
  Tree tree;
  Tree::hold(tree.plan("2026-03-10", "2026-03-01"), "2026-03-11", {});
  tree.world.facts.units[UnitId{1}].parents = {
      {UnitId{20}, {testing::day("2000-01-01"), testing::day("2026-03-10")}},
      {UnitId{21}, {testing::day("2026-03-10"), {}}}};
  EXPECT_EQ(tree.said(20, "2026-04-01"), "not_applicable: no_case");
  EXPECT_EQ(tree.said(21, "2026-04-01"), "failed");
}

TEST(Shapes, what_was_not_announced_in_time_is_nobodys_fault_above) {
  Tree tree;
  Tree::hold(tree.plan("2026-03-10", "2026-03-06"), "2026-03-11", {});
  EXPECT_EQ(tree.said(20, "2026-04-01"), "not_applicable: no_case");
}

// It was announced for another day; the new one is reckoned anew.
TEST(Shapes, what_is_postponed_is_announced_again) {
  Tree tree;
  Record& meeting = tree.plan("2026-03-20", "2026-03-01");
  RecordVersion& earlier = World::revise(meeting, "2026-03-08");
  earlier.date = testing::day("2026-03-10");
  EXPECT_EQ(tree.said(20, "2026-03-07"), "open");
  EXPECT_EQ(tree.said(20, "2026-03-09"), "not_applicable: no_case") << "two days before";
  RecordVersion& later = World::revise(meeting, "2026-03-09");
  later.date = testing::day("2026-03-30");
  EXPECT_EQ(tree.said(20, "2026-03-10"), "open");
  EXPECT_EQ(tree.world.ask(20, "2026", "2026-03-10").schedule.act, testing::day("2026-03-30"));
}

TEST(Shapes, a_plan_that_nobody_confirms_lapses) {
  Tree tree;
  tree.plan("2026-03-10", "2026-03-01");
  EXPECT_EQ(tree.said(20, "2026-03-20"), "in_grace");
  EXPECT_EQ(tree.said(20, "2026-03-21"), "not_applicable: no_case");
}

std::string roll_day(std::string_view leap) {
  return shape_of(R"(
  duty:
    clause: S0-1.1
    title: 周年
    who: {unit: {type: branch}}
    for_each: {members: {home: $bearer}}
    every: {anniversary: $it.from, leap: )" +
                  std::string(leap) + R"(}
    needs: {at_least: 1, of: {record: meeting, where: {present: {has: $it}}}}
    due: {from: {before: case, by: {days: 7}}, act: {after: case, by: {days: 7}}}
    missing: counts_as_zero
)");
}

// Q12, Q14.
TEST(Shapes, the_leap_day_is_said) {
  for (const auto& [leap, year, day] :
       {std::tuple{"feb28", "2023", "2023-02-28"}, std::tuple{"mar1", "2023", "2023-03-01"},
        std::tuple{"feb28", "2024", "2024-02-29"}, std::tuple{"mar1", "2024", "2024-02-29"}}) {
    World world(roll_day(leap));
    world.unit(1);
    world.member(9, 1, "2020-02-29");
    const Explanation one = world.ask(1, year, std::string(year) + "-06-01");
    ASSERT_EQ(one.cases.size(), 1U);
    EXPECT_EQ(one.cases[0].day, testing::day(day));
    EXPECT_EQ(line(one), "failed");
  }
}

TEST(Shapes, it_comes_round_from_the_next_year_on_where_the_member_is_on_the_day) {
  World world(roll_day("feb28"));
  world.unit(1);
  world.unit(2);
  world.member(9, 1, "2024-05-10", "2026-05-10");
  world.member(9, 2, "2026-05-10");
  EXPECT_EQ(line(world.ask(1, "2024", "2024-12-31")), "not_applicable: no_case");
  EXPECT_EQ(line(world.ask(1, "2025", "2025-12-31")), "failed");
  EXPECT_EQ(line(world.ask(1, "2026", "2026-12-31")), "not_applicable: no_case");
  EXPECT_EQ(world.ask(2, "2027", "2027-12-31").verdict, Verdict::failed);
}

TEST(Shapes, who_leaves_in_time_owes_nothing_any_more) {
  World world(shape_of(R"(
  duty:
    clause: S0-1.1
    title: 任职谈话
    who: {unit: {type: branch}}
    for_each: {posts: {unit: $bearer}}
    needs: {at_least: 1, of: {record: meeting, where: {present: {has: $it.holder}}}}
    due: {act: {after: case, by: {days: 30}}}
    missing: counts_as_zero
)"));
  world.unit(1);
  world.post(1, 7, 1, "secretary", "2026-03-01", "2026-03-20");
  EXPECT_EQ(line(world.ask(1, "2026", "2026-03-10")), "open");
  EXPECT_EQ(line(world.ask(1, "2026", "2026-03-20")), "not_applicable: left");
  world.facts.tenures[0].span.until = testing::day("2026-05-01");
  EXPECT_EQ(line(world.ask(1, "2026", "2026-06-01")), "failed") << "left when it was over";
  EXPECT_EQ(line(world.ask(1, "2025", "2026-06-01")), "not_applicable: no_case");
}

constexpr std::string_view shared = R"(
  duty:
    clause: S0-1.1
    title: 每年一次
    who: {unit: {type: branch}}
    every: year
    needs: {at_least: 1, of: {record: meeting, where: {unit: $bearer}}}
    sharing: {exclusive: meetings, unless: {param: free}}
    missing: counts_as_zero
  special:
    clause: S0-1.1
    title: 专题一次
    who: {unit: {type: branch}}
    every: year
    needs: {at_least: 1, of: {record: meeting, where: {unit: $bearer, special: true}}}
    due: {enter: {after: period_end, by: {days: 90}}}
    sharing: {exclusive: meetings, unless: {param: free}}
    missing: counts_as_zero
)";

struct Sharing {
  Sharing() : world(shape_of(shared)) { world.unit(1); }

  RecordId meeting(std::string_view date, bool special) {
    return world
        .record("trial/meeting", {UnitId{1}}, date, "", Value::object({{"special", special}}))
        .id;
  }
  Explanation ask(std::string_view duty, std::string_view year) {
    return evaluate(world.facts, {"trial/" + std::string(duty), testing::unit(1), std::string(year),
                                  testing::day("2027-12-01"), testing::evening("2027-12-01")});
  }

  World world;
};

// S3-15.7: one may not serve both, and as many needs as possible are met.
TEST(Shapes, a_record_serves_one_duty_of_its_group) {
  Sharing one;
  const RecordId first = one.meeting("2026-03-01", true);
  EXPECT_EQ(one.ask("duty", "2026").verdict, Verdict::met);
  const Explanation special = one.ask("special", "2026");
  EXPECT_EQ(special.verdict, Verdict::failed);
  ASSERT_EQ(special.test.rejected.size(), 1U);
  EXPECT_EQ(special.test.rejected[0].record, first);
  EXPECT_EQ(special.test.rejected[0].why, "serves_other");
  EXPECT_EQ(special.test.rejected[0].serves, "trial/duty");
  // Another one, which only the yearly duty can use, frees it.
  one.meeting("2026-10-01", false);
  EXPECT_EQ(one.ask("duty", "2026").verdict, Verdict::met);
  EXPECT_EQ(one.ask("special", "2026").verdict, Verdict::met);
}

TEST(Shapes, a_parameter_may_let_a_record_serve_both) {
  Sharing one;
  one.meeting("2027-03-01", true);
  EXPECT_EQ(one.ask("duty", "2027").verdict, Verdict::met);
  EXPECT_EQ(one.ask("special", "2027").verdict, Verdict::met);
}

}  // namespace
}  // namespace huilu::obligation
