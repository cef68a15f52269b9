#include "obligation/evaluate.h"

#include "obligation/testing.h"

namespace huilu::obligation {
namespace {

using testing::counts;
using testing::day;
using testing::evening;
using testing::line;
using testing::monthly;
using testing::noon;
using testing::person;
using testing::tenure;
using testing::unit;
using testing::World;

// A need of a parameter, over a year; visits are counted.
constexpr std::string_view yearly = R"(
params:
  visits:
    type: int
    clause: S0-1.1
    bind: period_start
    values:
      - {from: 2019-01-01, value: 2, basis: assumed}
      - {from: 2024-01-01, value: 3, basis: decision}
  grace:
    type: duration
    clause: S0-1.1
    bind: period_end
    values: [{from: 2019-01-01, value: {workdays: 5}, basis: decision}]
obligations:
  duty:
    clause: S0-1.1
    title: 走访
    who: {unit: {type: branch}}
    every: year
    needs: {at_least: {param: visits}, of: {record: visit, where: {unit: $bearer}}}
    due: {enter: {after: period_end, by: {param: grace}}, warn: {days: 60}}
    missing: counts_as_zero
    exempt: {reasons: [illness], approver: unit.parent}
    defer: {reasons: [illness], approver: unit.parent}
)";

void visit(World& world, std::string_view date, std::string_view entered = "") {
  world.record("core/visit", {UnitId{1}}, date, entered);
}

TEST(Evaluate, every_class_is_read_at_every_phase) {
  World world(monthly);
  world.unit(1);
  const auto on = [&](std::string_view at) { return line(world.ask(1, "2026-10", at)); };
  // Five working days after 31 October are over on 9 November: 7 and 8 are a weekend, 10-10 is made
  // up in October.
  EXPECT_EQ(on("2026-09-30"), "open");
  EXPECT_EQ(on("2026-10-01"), "open");
  EXPECT_EQ(on("2026-10-23"), "open");
  EXPECT_EQ(on("2026-10-24"), "at_risk");
  EXPECT_EQ(on("2026-10-31"), "at_risk");
  EXPECT_EQ(on("2026-11-01"), "in_grace");
  EXPECT_EQ(on("2026-11-06"), "in_grace");
  EXPECT_EQ(on("2026-11-07"), "failed");
  world.theme_day(1, "2026-10-12");
  for (const auto* at : {"2026-10-12", "2026-10-31", "2026-11-01", "2026-12-31"})
    EXPECT_EQ(on(at), "met") << at;
  EXPECT_EQ(on("2026-10-11"), "open") << "as of the day before";
}

// T2, T3, R6, Q6: done and entered are two questions.
TEST(Evaluate, done_in_time_but_entered_late_is_met_with_a_mark) {
  World world(monthly);
  world.unit(1);
  world.theme_day(1, "2026-10-30", "2026-11-20");
  EXPECT_EQ(line(world.ask(1, "2026-10", "2026-11-19")), "failed");
  EXPECT_EQ(line(world.ask(1, "2026-10", "2026-11-20")), "met [entered_late]");
  // T14: what was known then stays what was known then.
  EXPECT_EQ(line(world.ask(1, "2026-10", "2026-11-20", "2026-11-19")), "failed");
  // As of a day in October, with what is known now: it was done on the 30th.
  EXPECT_EQ(line(world.ask(1, "2026-10", "2026-10-29", "2026-11-20")), "at_risk");
  EXPECT_EQ(line(world.ask(1, "2026-10", "2026-10-30", "2026-11-20")), "met [entered_late]");
}

// T4: the whole day is included, in the zone of the pack.
TEST(Evaluate, the_last_day_ends_at_its_midnight) {
  World world(monthly);
  world.unit(1);
  Record& record = world.theme_day(1, "2026-10-30");
  record.versions[0].at = evening("2026-11-06");
  EXPECT_EQ(line(world.ask(1, "2026-10", "2026-11-30")), "met");
  record.versions[0].at.ms += 1;
  EXPECT_EQ(line(world.ask(1, "2026-10", "2026-11-30")), "met [entered_late]");
}

// T1: 31 December is the old year's, 1 January the new one's.
TEST(Evaluate, a_record_counts_for_the_period_of_its_day) {
  World world(yearly);
  world.unit(1);
  visit(world, "2021-12-31", "2022-01-05");
  visit(world, "2022-01-01", "2022-01-05");
  EXPECT_EQ(counts(world.ask(1, "2021", "2022-03-01")), "1/2");
  EXPECT_EQ(counts(world.ask(1, "2022", "2022-03-01")), "1/2");
}

TEST(Evaluate, the_marks_say_what_an_answer_rests_on) {
  World world(yearly);
  world.unit(1);
  EXPECT_EQ(line(world.ask(1, "2021", "2021-06-01")), "open [assumed] [provisional]")
      << "the grace is bound at the end of the year";
  EXPECT_EQ(line(world.ask(1, "2021", "2022-06-01")), "failed [assumed]");
  EXPECT_EQ(line(world.ask(1, "2024", "2025-06-01")), "failed");
}

TEST(Evaluate, an_explanation_says_everything) {
  World world(yearly);
  world.unit(1);
  visit(world, "2021-03-02", "2021-03-03");
  const Explanation one = world.ask(1, "2021", "2022-02-01");
  EXPECT_EQ(one.obligation->address, "trial/duty");
  EXPECT_EQ(one.pack_version, "1.0.0");
  EXPECT_EQ(one.period.from, day("2021-01-01"));
  EXPECT_EQ(one.period.until, day("2022-01-01"));
  EXPECT_EQ(one.schedule.act, day("2021-12-31"));
  EXPECT_EQ(one.schedule.warn, day("2021-11-01"));
  EXPECT_EQ(one.schedule.enter, day("2022-01-10"));
  std::string steps;
  for (const Date step : one.steps.enter) steps += step.text().substr(5) + " ";
  EXPECT_EQ(steps, "01-04 01-05 01-06 01-07 01-10 ");
  EXPECT_EQ(one.verdict, Verdict::failed);
  EXPECT_EQ(one.cause, Cause::short_);
  EXPECT_EQ(counts(one), "1/2");
  ASSERT_EQ(one.test.counted.size(), 1U);
  EXPECT_EQ(one.test.counted[0].date, day("2021-03-02"));
  EXPECT_EQ(one.test.counted[0].entered, noon("2021-03-03"));
  ASSERT_EQ(one.in_scope_because.size(), 1U);
  EXPECT_EQ(one.in_scope_because[0], std::pair(std::string("type"), std::string("branch")));
  ASSERT_EQ(one.parameters.size(), 2U);
  EXPECT_EQ(one.parameters[0].address, "trial/visits");
  EXPECT_EQ(one.parameters[0].bound_on, day("2021-01-01"));
  EXPECT_EQ(one.parameters[0].basis, policy::Basis::assumed);
  EXPECT_EQ(one.parameters[1].bound_on, day("2021-12-31"));
  ASSERT_TRUE(one.fix.has_value());
  EXPECT_EQ(one.fix->missing, 1);
  EXPECT_EQ(one.fix->gives, Verdict::met);
  EXPECT_EQ(one.fix->from, day("2021-01-01"));
  EXPECT_EQ(one.fix->until, day("2021-12-31"));
  ASSERT_EQ(one.fix->marks.size(), 2U);
  EXPECT_EQ(one.fix->marks[0], Mark::entered_late);
  EXPECT_FALSE(one.fix_late.has_value());
}

// V1: the version in force at the period's start; a parameter by the day that it is bound to.
TEST(Evaluate, a_new_version_begins_with_the_next_period) {
  World world(monthly);
  world.unit(1);
  std::string two(monthly);
  two.replace(two.find("at_least: 1"), 11, "at_least: 2");
  world.activate(two, {day("2026-06-15"), {}});
  EXPECT_EQ(world.ask(1, "2026-06", "2026-06-30").test.need, 1);
  EXPECT_EQ(world.ask(1, "2026-07", "2026-07-01").test.need, 2);
  // V6: the first version again, as a new activation.
  world.facts.activations.push_back({&world.packs.front(), {day("2026-08-20"), {}}, {}, {}, {}});
  EXPECT_EQ(world.ask(1, "2026-08", "2026-08-01").test.need, 2);
  EXPECT_EQ(world.ask(1, "2026-09", "2026-09-01").test.need, 1);
}

TEST(Evaluate, an_activation_holds_for_its_units_while_it_is_known_and_not_withdrawn) {
  World world(monthly);
  world.unit(1);
  world.unit(2, testing::a_branch, "2000-01-01", 1);
  world.unit(3);
  Activation& activation = world.facts.activations[0];
  activation.unit = UnitId{1};
  EXPECT_EQ(line(world.ask(2, "2026-10", "2026-10-10")), "open");
  EXPECT_EQ(line(world.ask(3, "2026-10", "2026-10-10")), "not_applicable: not_in_force");
  activation.withdrawn = noon("2026-10-12");
  EXPECT_EQ(line(world.ask(2, "2026-10", "2026-10-11")), "open");
  EXPECT_EQ(line(world.ask(2, "2026-10", "2026-10-12")), "not_applicable: not_in_force");
  activation.withdrawn.reset();
  activation.at = noon("2026-10-11");
  EXPECT_EQ(line(world.ask(2, "2026-10", "2026-10-10")), "not_applicable: not_in_force");
  EXPECT_EQ(line(world.ask(2, "2026-10", "2026-10-10", "2026-10-11")), "open");
}

// V5: it ends; what began before goes on under its own version.
TEST(Evaluate, a_duty_that_ends_is_owed_to_the_end_of_its_period) {
  World world(monthly);
  world.unit(1);
  world.facts.activations[0].span.until = day("2026-05-10");
  EXPECT_EQ(line(world.ask(1, "2026-05", "2026-06-30")), "failed");
  EXPECT_EQ(line(world.ask(1, "2026-06", "2026-06-30")), "not_applicable: not_in_force");
}

TEST(Evaluate, what_is_no_period_of_the_duty_is_not_in_force) {
  World world(monthly);
  world.unit(1);
  for (const auto* period : {"2026", "2026-W07", "campaign:c1", "phase:c1:study", "once", "", "x"})
    EXPECT_EQ(world.ask(1, period, "2026-06-30").the_class, Class::not_applicable) << period;
  EXPECT_EQ(line(world.ask(person(1), "2026-05", "2026-06-30")), "not_applicable: not_in_scope");
  EXPECT_EQ(line(world.ask(tenure(1), "2026-05", "2026-06-30")), "not_applicable: not_in_scope");
  EXPECT_EQ(line(world.ask(9, "2026-05", "2026-06-30")), "unknown: u9 is not among the facts");
}

// E2, E3.
TEST(Evaluate, an_exemption_holds_from_its_decision_until_it_is_withdrawn) {
  World world(yearly);
  world.unit(1);
  Leave& leave = world.leave(LeaveKind::exempt, unit(1), "2024", "2025-03-01");
  EXPECT_EQ(line(world.ask(1, "2024", "2025-02-28")), "failed");
  EXPECT_EQ(line(world.ask(1, "2024", "2025-03-01")), "exempt [by_reason]") << "afterwards";
  EXPECT_EQ(line(world.ask(1, "2025", "2025-03-01")), "open [provisional]") << "another period";
  EXPECT_EQ(world.ask(1, "2024", "2025-03-01").leave->reason, "illness");
  leave.withdrawn = noon("2025-04-01");
  EXPECT_EQ(line(world.ask(1, "2024", "2025-03-31")), "exempt [by_reason]");
  EXPECT_EQ(line(world.ask(1, "2024", "2025-04-01")), "failed");
  leave.withdrawn.reset();
  leave.at = noon("2024-12-31");
  EXPECT_EQ(line(world.ask(1, "2024", "2025-03-01")), "exempt");
}

// E4: it moves the dates, not the period, and keeps the time for entering.
TEST(Evaluate, a_deferral_moves_the_dates) {
  World world(yearly);
  world.unit(1);
  Leave& leave = world.leave(LeaveKind::defer, unit(1), "2024", "2024-12-01");
  leave.act = day("2025-02-28");
  const Explanation one = world.ask(1, "2024", "2025-02-01");
  EXPECT_EQ(line(one), "at_risk [deferred]");
  EXPECT_EQ(one.schedule.act, day("2025-02-28"));
  EXPECT_EQ(one.schedule.enter, day("2025-03-07")) << "five working days, as the duty grants";
  EXPECT_EQ(one.period.until, day("2025-01-01"));
  for (const auto* date : {"2024-05-01", "2025-01-20", "2025-02-28"}) visit(world, date);
  EXPECT_EQ(line(world.ask(1, "2024", "2025-02-28")), "met [deferred]");
  leave.enter = day("2025-04-30");
  EXPECT_EQ(world.ask(1, "2024", "2025-02-01").schedule.enter, day("2025-04-30"));
  leave.act = day("2024-06-30");
  EXPECT_EQ(world.ask(1, "2024", "2025-02-01").schedule.act, day("2024-12-31")) << "never earlier";
}

TEST(Evaluate, of_two_decisions_the_later_holds) {
  World world(yearly);
  world.unit(1);
  world.leave(LeaveKind::defer, unit(1), "2024", "2024-12-02").act = day("2025-03-31");
  world.leave(LeaveKind::defer, unit(1), "2024", "2024-12-01").act = day("2025-02-28");
  EXPECT_EQ(world.ask(1, "2024", "2024-12-01").schedule.act, day("2025-02-28"));
  EXPECT_EQ(world.ask(1, "2024", "2024-12-02").schedule.act, day("2025-03-31"));
  std::swap(world.facts.leaves[0], world.facts.leaves[1]);
  EXPECT_EQ(world.ask(1, "2024", "2024-12-02").schedule.act, day("2025-03-31"));
}

// X10.
TEST(Evaluate, an_error_in_the_facts_is_unknown_and_never_met) {
  World world(R"(
record_types:
  course: {title: 课程, when: held, fields: {held: {type: date}, hours: {type: decimal}}}
obligations:
  duty:
    clause: S0-1.1
    title: 课程
    who: {unit: {type: branch}}
    every: year
    needs: {at_least: 1, of: {record: course, where: {unit: $bearer}}, sum: hours}
    missing: counts_as_zero
)");
  world.unit(1);
  world.unit(2);
  const auto add = [&](std::int64_t unit, Value fields) {
    world.record("trial/course", {UnitId{unit}}, "2026-05-05", "", std::move(fields));
  };
  add(1, Value::object({{"held", "2026-05-05"}, {"hours", "1.5"}}));
  EXPECT_EQ(line(world.ask(1, "2026", "2026-06-01")), "met");
  add(1, Value::object({{"held", "2026-05-06"}, {"hours", "many"}}));
  EXPECT_EQ(line(world.ask(1, "2026", "2026-06-01")), "unknown: hours is no number");
  EXPECT_EQ(line(world.ask(2, "2026", "2026-06-01")), "open") << "another unit's error";
  add(2, Value::object({{"held", "2026-02-30"}}));
  EXPECT_EQ(line(world.ask(2, "2026", "2026-06-01")), "unknown: held is no date");
}

TEST(Evaluate, a_sum_that_does_not_fit_is_unknown) {
  World world(R"(
record_types:
  count: {title: 计数, fields: {number: {type: int}}}
obligations:
  duty:
    clause: S0-1.1
    title: 计数
    who: {unit: {type: branch}}
    every: year
    needs: {at_least: 1, of: {record: count, where: {unit: $bearer}}, sum: number}
    missing: counts_as_zero
)");
  world.unit(1);
  for (int i = 0; i < 2; ++i)
    world.record("trial/count", {UnitId{1}}, "2026-05-05", "",
                 Value::object({{"number", std::int64_t{9'000'000'000'000'000'000}}}));
  EXPECT_EQ(line(world.ask(1, "2026", "2026-06-01")), "unknown: a sum is too large");
}

}  // namespace
}  // namespace huilu::obligation
