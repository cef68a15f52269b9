#include "obligation/schedule.h"

#include "obligation/testing.h"

namespace huilu::obligation {
namespace {

using testing::day;
using testing::line;
using testing::noon;
using testing::unit;
using testing::World;

std::string scheduled_duty(std::string_view due, std::string_view every = "month") {
  return "params:\n"
         "  report_day: {type: month_day, clause: S0-1.1, bind: period_start, values: [{from: "
         "2019-01-01, value: \"02-28\", basis: seed}]}\n"
         "  grace: {type: duration, clause: S0-1.1, bind: period_end, values: [{from: 2019-01-01, "
         "value: {workdays: 2}, basis: seed}]}\n"
         "obligations:\n  duty:\n    clause: S0-1.1\n    title: 事\n    who: {unit: {type: "
         "branch}}\n    every: " +
         std::string(every) +
         "\n    needs: {at_least: 1, of: {record: visit, where: {unit: $bearer}}}\n" +
         "    missing: counts_as_zero\n" +
         (due.empty() ? "" : "    due: " + std::string(due) + "\n");
}

std::string dates(const Schedule& schedule) {
  return schedule.from.text() + " " + schedule.warn.text() + " " + schedule.act.text() + " " +
         schedule.enter.text() + (schedule.late_counts ? " late_counts" : "") +
         (schedule.provisional ? " provisional" : "");
}

std::string dates(World& world, const char* period, const char* known) {
  return dates(world.ask(1, period, known).schedule);
}

TEST(Schedule, is_reckoned_from_the_anchors) {
  struct Row {
    const char* due;
    const char* every;
    const char* period;
    const char* dates;  // from, warn, act, enter
  };
  const Row rows[] = {
      // Without `warn` a duty is never at risk: the day is after the last one.
      {"", "month", "2026-02", "2026-02-01 2026-03-01 2026-02-28 2026-02-28"},
      {"", "week", "2026-W10", "2026-03-02 2026-03-09 2026-03-08 2026-03-08"},
      {"{warn: {days: 60}}", "year", "2026", "2026-01-01 2026-11-01 2026-12-31 2026-12-31"},
      {"{warn: {days: 60}}", "month", "2026-02", "2026-02-01 2026-02-01 2026-02-28 2026-02-28"},
      {"{warn: {workdays: 3}}", "month", "2026-06", "2026-06-01 2026-06-25 2026-06-30 2026-06-30"},
      {"{warn: {months: 1}}", "quarter", "2026-Q1", "2026-01-01 2026-02-28 2026-03-31 2026-03-31"},
      {"{act: {month_day: \"03-31\"}}", "year", "2026",
       "2026-01-01 2026-04-01 2026-03-31 2026-03-31 late_counts"},
      {"{act: {month_day: \"03-31\"}, after_act: too_late}", "year", "2026",
       "2026-01-01 2026-04-01 2026-03-31 2026-03-31"},
      {"{act: 2026-03-31}", "year", "2026",
       "2026-01-01 2026-04-01 2026-03-31 2026-03-31 late_counts"},
      {"{act: {month_day: \"01-20\", of: next}, from: {after: period_end, by: {days: 1}}}", "year",
       "2026", "2027-01-01 2027-01-21 2027-01-20 2027-01-20 late_counts"},
      {"{act: {month_day: {param: report_day}}}", "year", "2023",
       "2023-01-01 2023-03-01 2023-02-28 2023-02-28 late_counts"},
      // T7: a term of days that ends on a rest day moves on, one of working days cannot.
      {"{enter: {after: period_end, by: {days: 7}}}", "month", "2026-02",
       "2026-02-01 2026-03-01 2026-02-28 2026-03-09"},
      {"{enter: {after: period_end, by: {workdays: 5}}}", "month", "2026-02",
       "2026-02-01 2026-03-01 2026-02-28 2026-03-06"},
      {"{enter: {after: period_end, by: {param: grace}}}", "month", "2026-02",
       "2026-02-01 2026-03-01 2026-02-28 2026-03-03"},
      // T6.
      {"{enter: {after: period_end, by: {months: 1}}}", "month", "2026-01",
       "2026-01-01 2026-02-01 2026-01-31 2026-02-28"},
      {"{enter: {after: period_end, by: {days: 0}}}", "month", "2026-02",
       "2026-02-01 2026-03-01 2026-02-28 2026-02-28"},
      {"{act: {before: period_end, by: {workdays: 1}}}", "month", "2026-02",
       "2026-02-01 2026-02-28 2026-02-27 2026-02-27 late_counts"},
      // Entering is never due before doing.
      {"{enter: period_start}", "month", "2026-02", "2026-02-01 2026-03-01 2026-02-28 2026-02-28"},
      // Late acts of a calendar period count until the next one's begin.
      {"{after_act: counts_late}", "month", "2026-02",
       "2026-02-01 2026-03-01 2026-02-28 2026-02-28"},
      {"{act: {after: $bearer.from, by: {years: 26}}}", "year", "2026",
       "2026-01-01 2026-01-05 2026-01-04 2026-01-04 late_counts"},  // 1 to 3 January are a holiday
  };
  for (const Row& row : rows) {
    World world(scheduled_duty(row.due, row.every));
    world.unit(1);
    EXPECT_EQ(dates(world, row.period, "2026-11-26"), row.dates) << row.due << row.every;
  }
}

TEST(Schedule, of_what_is_owed_once_begins_with_the_duty) {
  World world(scheduled_duty("{act: {after: period_start, by: {months: 2}}}", "once"));
  world.unit(1);
  world.facts.activations[0].span.from = day("2026-03-10");
  EXPECT_EQ(dates(world.ask(1, "once", "2026-04-01").schedule),
            "2026-03-10 2026-05-12 2026-05-11 2026-05-11 late_counts");
  EXPECT_EQ(line(world.ask(1, "once", "2026-04-01")), "open");
  EXPECT_EQ(line(world.ask(1, "once", "2030-04-01")), "failed");
  world.record("core/visit", {UnitId{1}}, "2031-01-01");
  EXPECT_EQ(line(world.ask(1, "once", "2031-04-01")), "met_late");
  const auto periods = periods_of(world.facts, world.packs.front().obligations[0],
                                  day("2026-01-01"), day("2026-12-31"), noon("2026-04-01"));
  ASSERT_EQ(periods.size(), 1U);
  EXPECT_EQ(periods[0].name, "once");
  EXPECT_EQ(periods[0].from, day("2026-03-10"));
}

// T9: with the revision of 27 January 2020 five days of rest became eleven.
TEST(Schedule, a_calendar_published_while_it_runs_moves_it_later_and_never_earlier) {
  World world(scheduled_duty("{enter: {after: period_end, by: {workdays: 2}}}"));
  world.unit(1);
  EXPECT_EQ(dates(world, "2020-01", "2020-01-26"), "2020-01-01 2020-02-01 2020-01-31 2020-02-03");
  EXPECT_EQ(dates(world, "2020-01", "2020-01-27"), "2020-01-01 2020-02-01 2020-01-31 2020-02-04");
  EXPECT_EQ(dates(world, "2020-01", "2026-01-01"), "2020-01-01 2020-02-01 2020-01-31 2020-02-04");
  calendar::Revision earlier;
  earlier.id = "earlier";
  earlier.year = 2020;
  earlier.published = day("2020-01-29");
  earlier.makeup = {day("2020-02-01"), day("2020-02-02")};
  world.facts.calendar.push_back(earlier);
  EXPECT_EQ(dates(world, "2020-01", "2020-01-30"), "2020-01-01 2020-02-01 2020-01-31 2020-02-04");
  calendar::Revision late = earlier;
  late.id = "late";
  late.published = day("2020-02-05");
  late.makeup.clear();
  late.rest = {{day("2020-02-03"), day("2020-02-08")}};
  world.facts.calendar.push_back(late);
  EXPECT_EQ(dates(world, "2020-01", "2020-03-01"), "2020-01-01 2020-02-01 2020-01-31 2020-02-04")
      << "published when it had passed";
  world.facts.calendar.erase(world.facts.calendar.end() - 2);
  world.facts.calendar.back().published = day("2020-02-04");
  EXPECT_EQ(dates(world, "2020-01", "2020-03-01"), "2020-01-01 2020-02-01 2020-01-31 2020-02-11");
}

// T10.
TEST(Schedule, is_provisional_where_the_year_is_not_published) {
  World world(scheduled_duty("{enter: {after: period_end, by: {workdays: 5}}}"));
  world.unit(1);
  EXPECT_EQ(dates(world, "2026-12", "2026-12-05"),
            "2026-12-01 2027-01-01 2026-12-31 2027-01-07 provisional");
  EXPECT_EQ(line(world.ask(1, "2026-12", "2026-12-05")), "open [provisional]");
  calendar::Revision next;
  next.id = "2027-1";
  next.year = 2027;
  next.published = day("2026-12-10");
  next.rest = {{day("2027-01-01"), day("2027-01-04")}};
  next.makeup = {day("2027-01-09")};
  world.facts.calendar.push_back(next);
  EXPECT_EQ(dates(world, "2026-12", "2026-12-09"),
            "2026-12-01 2027-01-01 2026-12-31 2027-01-07 provisional");
  EXPECT_EQ(dates(world, "2026-12", "2026-12-10"), "2026-12-01 2027-01-01 2026-12-31 2027-01-08");
  EXPECT_EQ(world.ask(1, "2026-12", "2026-12-10").calendar_revision, "2027-1");
  // What was assumed may turn out to be too late.
  world.facts.calendar.back().rest.clear();
  world.facts.calendar.back().makeup = {day("2027-01-02"), day("2027-01-03")};
  EXPECT_EQ(dates(world, "2026-12", "2026-12-10"), "2026-12-01 2027-01-01 2026-12-31 2027-01-05");
}

// The checker lets no pack through in which this can happen.
TEST(Schedule, an_anchor_that_leads_nowhere_is_unknown) {
  World world(scheduled_duty(""));
  world.unit(1);
  policy::Due& due = world.packs.front().obligations[0].due;
  due.act = policy::Anchor{policy::Moment::campaign_end, {}};
  EXPECT_EQ(line(world.ask(1, "2026-02", "2026-02-02")), "unknown: no campaign_end");
  due.act = policy::Anchor{policy::Moment::known, {}};
  EXPECT_EQ(line(world.ask(1, "2026-02", "2026-02-02")), "unknown: no known");
  due.act = policy::Anchor{policy::Path{policy::Root::bearer, {"parent", "from"}, {}}, {}};
  EXPECT_EQ(line(world.ask(1, "2026-02", "2026-02-02")), "unknown: due: no date");
}

}  // namespace
}  // namespace huilu::obligation
