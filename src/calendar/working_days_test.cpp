#include "calendar/working_days.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "calendar/period.h"
#include "calendar/testing.h"

namespace huilu::calendar {
namespace {

using testing::any_day;
using testing::day;
using testing::excerpt;
using testing::rest;

WorkingDays known_on(const char* known, std::vector<Closure> closures = {}) {
  return {excerpt(), day(known), std::move(closures)};
}

Term workdays(int count) { return {TermUnit::workdays, count}; }
Term days(int count) { return {TermUnit::days, count}; }
Term months(int count) { return {TermUnit::months, count}; }

std::string text(const std::vector<Date>& steps) {
  std::string all;
  for (const Date step : steps) all += step.text().substr(5) + ' ';
  return all;
}

// T8.
TEST(WorkingDays, are_monday_to_friday_and_what_revisions_name) {
  const WorkingDays calendar = known_on("2022-01-01");
  const std::pair<const char*, bool> rows[] = {
      {"2019-09-27", true},   // Friday
      {"2019-09-28", false},  // Saturday
      {"2019-09-29", true},   // Sunday, made up
      {"2019-09-30", true},  {"2019-10-01", false}, {"2019-10-07", false}, {"2019-10-08", true},
      {"2019-10-12", true},  // Saturday, made up
      {"2019-10-13", false}, {"2018-12-29", true},  {"2018-12-31", false}, {"2019-01-02", true},
  };
  for (const auto& [text, worked] : rows) EXPECT_EQ(calendar.is_worked(day(text)), worked) << text;
}

// A later revision says only what it changed.
TEST(WorkingDays, a_later_revision_overrides_on_the_days_that_it_names) {
  const WorkingDays before = known_on("2020-01-26"), since = known_on("2020-01-27");
  EXPECT_TRUE(before.is_worked(day("2020-01-31")));
  EXPECT_TRUE(before.is_worked(day("2020-02-01")));  // made up, and then a rest day after all
  EXPECT_FALSE(since.is_worked(day("2020-01-31")));
  EXPECT_FALSE(since.is_worked(day("2020-02-01")));
  for (const WorkingDays* calendar : {&before, &since}) {
    EXPECT_TRUE(calendar->is_worked(day("2020-01-19")));  // made up, and not named again
    EXPECT_FALSE(calendar->is_worked(day("2020-01-30")));
    EXPECT_TRUE(calendar->is_worked(day("2020-02-03")));
  }
  EXPECT_TRUE(known_on("2019-03-21").is_worked(day("2019-05-02")));
  EXPECT_FALSE(known_on("2019-03-22").is_worked(day("2019-05-02")));
  EXPECT_FALSE(known_on("2019-03-21").is_worked(day("2019-04-28")));
  EXPECT_TRUE(known_on("2019-03-22").is_worked(day("2019-04-28")));
}

TEST(WorkingDays, a_make_up_day_stands_out_of_a_stretch_of_rest) {
  const Revision odd{
      "x", 2026, day("2026-01-01"), "", {rest("2026-03-02", "2026-03-08")}, {day("2026-03-04")}};
  const WorkingDays calendar({odd}, day("2026-01-01"));
  EXPECT_FALSE(calendar.is_worked(day("2026-03-03")));
  EXPECT_TRUE(calendar.is_worked(day("2026-03-04")));
}

TEST(WorkingDays, a_make_up_day_takes_back_a_rest_day_of_an_earlier_revision) {
  std::vector<Revision> revisions = excerpt();
  revisions.push_back({"2020-3", 2020, day("2020-01-28"), "", {}, {day("2020-01-31")}});
  EXPECT_FALSE(WorkingDays(revisions, day("2020-01-27")).is_worked(day("2020-01-31")));
  EXPECT_TRUE(WorkingDays(revisions, day("2020-01-28")).is_worked(day("2020-01-31")));
}

TEST(WorkingDays, two_revisions_of_one_day_are_in_the_order_of_their_ids) {
  const Date published = day("2026-01-01"), friday = day("2026-03-06");
  const Revision first{"2026-1", 2026, published, "", {rest("2026-03-06", "2026-03-06")}, {}};
  const Revision second{"2026-2", 2026, published, "", {}, {friday}};
  EXPECT_TRUE(WorkingDays({first, second}, published).is_worked(friday));
  EXPECT_TRUE(WorkingDays({second, first}, published).is_worked(friday));
}

// T10.
TEST(WorkingDays, of_a_year_without_revision_are_assumed) {
  const WorkingDays calendar = known_on("2022-06-01");
  const std::pair<const char*, bool> rows[] = {
      {"2018-12-28", false}, {"2018-12-29", true},  // named by the next year's
      {"2018-12-31", true},  {"2019-01-02", true},  {"2019-12-31", true},  {"2020-12-24", true},
      {"2020-12-25", false},  // may still be named by that of 2021
      {"2020-12-31", false}, {"2021-01-01", false}, {"2021-12-31", false}, {"2022-01-01", true},
      {"2022-12-24", true},  {"2022-12-31", false}, {"2023-01-03", false},
  };
  for (const auto& [text, known] : rows) EXPECT_EQ(calendar.is_known(day(text)), known) << text;
  EXPECT_TRUE(calendar.is_worked(day("2021-10-01")));  // Friday
  EXPECT_FALSE(WorkingDays({}, day("2026-01-01")).is_known(day("2026-03-04")));
  // On the eve of the publication of 2020 its days are assumed, and so is the end of 2019.
  EXPECT_FALSE(known_on("2019-11-20").is_known(day("2020-01-02")));
  EXPECT_FALSE(known_on("2019-11-20").is_known(day("2019-12-30")));
  EXPECT_TRUE(known_on("2019-11-21").is_known(day("2020-01-02")));
  EXPECT_TRUE(known_on("2019-11-21").is_known(day("2019-12-30")));
}

TEST(WorkingDays, name_the_revision_that_they_rest_on) {
  EXPECT_EQ(known_on("2020-01-26").revision_of(day("2020-01-31")), "2020-1");
  EXPECT_EQ(known_on("2020-01-27").revision_of(day("2020-01-31")), "2020-2");
  EXPECT_EQ(known_on("2020-01-27").revision_of(day("2020-06-01")), "2020-2");
  EXPECT_EQ(known_on("2020-01-27").revision_of(day("2019-06-01")), "2019-2");
  EXPECT_EQ(known_on("2020-01-27").revision_of(day("2018-12-29")), "2019-1");
  EXPECT_EQ(known_on("2020-01-27").revision_of(day("2018-12-28")), "");
  EXPECT_EQ(known_on("2022-02-01").revision_of(day("2021-12-31")), "");
  EXPECT_EQ(known_on("2022-02-01").revision_of(day("2022-01-10")), "2022-1");
}

// T11.
TEST(WorkingDays, closures_of_a_unit_come_on_top) {
  const WorkingDays calendar = known_on(
      "2020-01-01",
      {{rest("2019-09-26", "2019-09-29"), "电力检修"}, {rest("2021-03-01", "2021-03-01"), "搬迁"}});
  EXPECT_FALSE(calendar.is_worked(day("2019-09-26")));
  EXPECT_FALSE(calendar.is_worked(day("2019-09-29")));  // made up elsewhere, closed here
  EXPECT_TRUE(calendar.is_worked(day("2019-09-25")));
  EXPECT_TRUE(calendar.is_worked(day("2019-09-30")));
  EXPECT_EQ(after(calendar, day("2019-09-25"), workdays(1)).day, day("2019-09-30"));
  EXPECT_TRUE(calendar.is_known(day("2021-03-01")));  // closed, whatever is published for 2021
  EXPECT_FALSE(calendar.is_known(day("2021-03-02")));
}

TEST(WorkingDaysDeath, rest_without_end_is_a_bug) {
  const Interval open{day("2026-01-01"), {}};
  const Revision endless{"x", 2026, day("2026-01-01"), "", {open}, {}};
  EXPECT_DEATH(WorkingDays({endless}, day("2026-01-01")), "CHECK");
  EXPECT_DEATH(WorkingDays({}, day("2026-01-01"), {{open, "closed"}}), "CHECK");
}

TEST(WorkingDays, next_and_previous_are_the_day_itself_where_it_is_worked) {
  const WorkingDays calendar = known_on("2020-01-27");
  EXPECT_EQ(calendar.next_worked(day("2020-01-23")), day("2020-01-23"));
  EXPECT_EQ(calendar.next_worked(day("2020-01-24")), day("2020-02-03"));
  EXPECT_EQ(calendar.previous_worked(day("2020-02-02")), day("2020-01-23"));
  EXPECT_EQ(calendar.previous_worked(day("2020-02-03")), day("2020-02-03"));
}

struct TermCase {
  const char* known;
  const char* start;
  Term term;
  Roll roll;
  const char* end;
  const char* steps;
  bool provisional;
};

// T4 to T10, and the examples of the pack language.
TEST(Deadline, comes_after_a_term) {
  constexpr Roll roll = Roll::next_workday, none = Roll::none;
  const TermCase cases[] = {
      // An item opened before the Spring Festival, before and after it was extended (T9).
      {"2020-01-22", "2020-01-22", workdays(5), roll, "2020-02-04",
       "01-23 01-31 02-01 02-03 02-04 ", false},
      {"2020-01-27", "2020-01-22", workdays(5), roll, "2020-02-06",
       "01-23 02-03 02-04 02-05 02-06 ", false},
      // Five working days to enter what was done by 31 December.
      {"2022-02-01", "2021-12-31", workdays(5), roll, "2022-01-10",
       "01-04 01-05 01-06 01-07 01-10 ", false},
      // One step through a day that is not known is enough.
      {"2022-02-01", "2021-12-30", workdays(2), roll, "2022-01-04", "12-31 01-04 ", true},
      // The same in the December before next year's days are published (T10).
      {"2020-12-01", "2020-12-31", workdays(5), roll, "2021-01-07",
       "01-01 01-04 01-05 01-06 01-07 ", true},
      // Over a Sunday that is made up (T8).
      {"2019-09-01", "2019-09-26", workdays(3), roll, "2019-09-30", "09-27 09-29 09-30 ", false},
      // The first day does not count, whether it is worked or not (T7).
      {"2019-09-01", "2019-09-28", workdays(1), roll, "2019-09-29", "09-29 ", false},
      // The end of the same day never rolls (Q27).
      {"2019-09-01", "2019-10-01", workdays(0), roll, "2019-10-01", "", false},
      {"2019-09-01", "2019-10-01", days(0), roll, "2019-10-01", "", false},
      {"2021-01-01", "2021-05-01", months(0), roll, "2021-05-01", "", false},
      // A term in days that ends on a rest day moves on, unless it says otherwise (T7).
      {"2019-09-01", "2019-09-21", days(10), roll, "2019-10-08", "", false},
      {"2019-09-01", "2019-09-21", days(10), none, "2019-10-01", "", false},
      {"2019-09-01", "2019-09-19", days(10), roll, "2019-09-29", "", false},
      {"2019-09-01", "2019-09-18", days(10), roll, "2019-09-29", "", false},
      // Months stay within the shorter month, and then roll (T6).
      {"2019-12-01", "2020-01-31", months(1), none, "2020-02-29", "", false},
      {"2019-12-01", "2020-01-31", months(1), roll, "2020-03-02", "", false},
      {"2019-12-01", "2019-01-31", months(1), roll, "2019-02-28", "", false},
      {"2022-02-01", "2020-02-29", {TermUnit::years, 2}, none, "2022-02-28", "", false},
      {"2022-02-01", "2020-02-29", {TermUnit::years, 2}, roll, "2022-02-28", "", false},
      // What does not ask the calendar does not depend on what it lacks (T10).
      {"2020-12-01", "2020-12-01", days(60), none, "2021-01-30", "", false},
      {"2020-12-01", "2020-12-01", days(60), roll, "2021-02-01", "", true},
      {"2020-12-01", "2020-12-01", days(10), roll, "2020-12-11", "", false},
      {"2020-12-01", "2020-12-01", days(25), roll, "2020-12-28", "", true},
      {"2020-12-01", "2020-12-21", workdays(3), roll, "2020-12-24", "12-22 12-23 12-24 ", false},
      {"2020-12-01", "2020-12-21", workdays(4), roll, "2020-12-25", "12-22 12-23 12-24 12-25 ",
       true},
  };
  for (const TermCase& one : cases) {
    const Deadline deadline = after(known_on(one.known), day(one.start), one.term, one.roll);
    const std::string about = std::string(one.start) + " to " + one.end;
    EXPECT_EQ(deadline.day.text(), one.end) << about;
    EXPECT_EQ(text(deadline.steps), one.steps) << about;
    EXPECT_EQ(deadline.provisional, one.provisional) << about;
  }
}

TEST(Deadline, lies_before_an_end_and_never_rolls) {
  const TermCase cases[] = {
      {"2019-09-01", "2019-10-08", workdays(1), Roll::none, "2019-09-30", "09-30 ", false},
      {"2019-09-01", "2019-10-08", workdays(3), Roll::none, "2019-09-27", "09-30 09-29 09-27 ",
       false},
      {"2019-09-01", "2019-10-08", days(3), Roll::none, "2019-10-05", "", false},
      {"2019-12-01", "2020-03-31", months(1), Roll::none, "2020-02-29", "", false},
      {"2019-12-01", "2020-02-29", {TermUnit::years, 1}, Roll::none, "2019-02-28", "", false},
      {"2019-09-01", "2019-10-05", workdays(0), Roll::none, "2019-10-05", "", false},
      {"2022-02-01", "2022-01-04", workdays(1), Roll::none, "2021-12-31", "12-31 ", true},
  };
  for (const TermCase& one : cases) {
    const Deadline deadline = before(known_on(one.known), day(one.start), one.term);
    EXPECT_EQ(deadline.day.text(), one.end) << one.start;
    EXPECT_EQ(text(deadline.steps), one.steps) << one.start;
    EXPECT_EQ(deadline.provisional, one.provisional) << one.start;
  }
}

// T4, T5: a deadline holds to the end of its day in China.
TEST(Deadline, includes_its_whole_local_day) {
  const Date end = after(known_on("2019-09-01"), day("2019-09-26"), workdays(3)).day;
  const Instant last{SetClock(end).now().ms + 12 * 3'600'000 - 1};
  EXPECT_EQ(last.text(), "2019-09-30T15:59:59.999Z");
  EXPECT_LE(Zone{}.date_of(last), end);
  EXPECT_GT(Zone{}.date_of({last.ms + 1}), end);
}

TEST(DeadlineDeath, a_negative_term_is_a_bug) {
  EXPECT_DEATH(after(known_on("2020-01-01"), day("2020-01-01"), days(-1)), "CHECK");
  EXPECT_DEATH(before(known_on("2020-01-01"), day("2020-01-01"), workdays(-1)), "CHECK");
}

TEST(WorkingDays, between_two_days_are_counted_without_the_first) {
  const WorkingDays calendar = known_on("2020-01-27");
  EXPECT_EQ(worked_between(calendar, day("2020-01-22"), day("2020-02-06")), 5);
  EXPECT_EQ(worked_between(calendar, day("2020-01-23"), day("2020-02-02")), 0);
  EXPECT_EQ(worked_between(calendar, day("2020-01-22"), day("2020-01-23")), 1);
  EXPECT_EQ(worked_between(calendar, day("2020-01-22"), day("2020-01-22")), 0);
  EXPECT_EQ(worked_between(calendar, day("2020-01-23"), day("2020-01-22")), 0);
}

// A calendar of invented years around the days of the properties.
struct Invented {
  std::vector<Revision> revisions;
  std::vector<Closure> closures;
  Date known;
};

Interval any_rest(Date around) {
  const Date from = around + *rc::gen::inRange(-60, 60);
  return {from, from + *rc::gen::inRange(1, 12)};
}

Invented invented(Date around) {
  Invented all;
  const int count = *rc::gen::inRange(0, 6);
  for (int i = 0; i < count; ++i) {
    Revision one;
    one.id = std::to_string(i);
    one.year = around.year() + *rc::gen::inRange(-1, 2);
    one.published = around + *rc::gen::inRange(-4, 4);
    for (int n = *rc::gen::inRange(0, 4); n > 0; --n) one.rest.push_back(any_rest(around));
    for (int n = *rc::gen::inRange(0, 6); n > 0; --n)
      one.makeup.push_back(around + *rc::gen::inRange(-60, 60));
    all.revisions.push_back(one);
  }
  for (int n = *rc::gen::inRange(0, 3); n > 0; --n) all.closures.push_back({any_rest(around), ""});
  all.known = around + *rc::gen::inRange(-4, 4);
  return all;
}

// The rule as it is said: the newest publication that names a day decides.
bool is_worked_as_said(const Invented& all, Date day) {
  for (const Closure& closure : all.closures)
    if (closure.days.contains(day)) return false;
  std::pair<Date, std::string> newest;
  bool worked = weekday(day) < 5;
  for (const Revision& one : all.revisions) {
    const bool makes_up = std::count(one.makeup.begin(), one.makeup.end(), day) > 0;
    const bool rests = std::any_of(one.rest.begin(), one.rest.end(),
                                   [&](const Interval& days) { return days.contains(day); });
    if (one.published > all.known || !(makes_up || rests)) continue;
    if (newest.second.empty() || newest < std::pair(one.published, one.id)) {
      newest = {one.published, one.id};
      worked = makes_up;
    }
  }
  return worked;
}

RC_GTEST_PROP(WorkingDays, are_decided_by_the_newest_revision_that_names_the_day, ()) {
  const Date around = *any_day();
  const Invented all = invented(around);
  const WorkingDays calendar(all.revisions, all.known, all.closures);
  for (int i = -75; i < 75; ++i)
    RC_ASSERT(calendar.is_worked(around + i) == is_worked_as_said(all, around + i));
}

// X9: no rule depends on the order in a file.
RC_GTEST_PROP(WorkingDays, do_not_depend_on_the_order_of_revisions, ()) {
  const Date around = *any_day();
  const Invented all = invented(around);
  std::vector<Revision> reversed(all.revisions.rbegin(), all.revisions.rend());
  const WorkingDays one(all.revisions, all.known), other(reversed, all.known);
  for (int i = -75; i < 75; ++i) {
    RC_ASSERT(one.is_worked(around + i) == other.is_worked(around + i));
    RC_ASSERT(one.is_known(around + i) == other.is_known(around + i));
    RC_ASSERT(one.revision_of(around + i) == other.revision_of(around + i));
  }
}

RC_GTEST_PROP(Deadline, of_working_days_has_a_step_for_each, ()) {
  const Date start = *any_day();
  const Invented all = invented(start);
  const WorkingDays calendar(all.revisions, all.known, all.closures);
  const int count = *rc::gen::inRange(1, 40);
  const Deadline deadline = after(calendar, start, workdays(count));
  RC_ASSERT(deadline.steps.size() == static_cast<std::size_t>(count));
  RC_ASSERT(deadline.steps.back() == deadline.day);
  RC_ASSERT(deadline.steps.front() > start);
  RC_ASSERT(std::is_sorted(deadline.steps.begin(), deadline.steps.end()));
  for (const Date step : deadline.steps) RC_ASSERT(calendar.is_worked(step));
  RC_ASSERT(worked_between(calendar, start, deadline.day) == count);

  const Deadline back = before(calendar, start, workdays(count));
  RC_ASSERT(back.steps.back() == back.day);
  RC_ASSERT(worked_between(calendar, back.day + -1, start + -1) == count);
}

// One working day out and one back is where one was, or the working day before it.
RC_GTEST_PROP(Deadline, there_and_back_is_the_working_day_before, ()) {
  const Date start = *any_day();
  const Invented all = invented(start);
  const WorkingDays calendar(all.revisions, all.known, all.closures);
  const Term term = workdays(*rc::gen::inRange(1, 40));
  const Date end = after(calendar, start, term).day;
  RC_ASSERT(before(calendar, end, term).day == calendar.previous_worked(start));
}

RC_GTEST_PROP(Deadline, is_not_overtaken, ()) {
  const Date early = *any_day();
  const Invented all = invented(early);
  const WorkingDays calendar(all.revisions, all.known, all.closures);
  const Date late = early + *rc::gen::inRange(0, 40);
  const auto unit =
      *rc::gen::element(TermUnit::days, TermUnit::workdays, TermUnit::months, TermUnit::years);
  const auto roll = *rc::gen::element(Roll::next_workday, Roll::none);
  const Term term{unit, *rc::gen::inRange(1, 30)};
  const Term longer{unit, term.count + 1};
  RC_ASSERT(after(calendar, early, term, roll).day <= after(calendar, late, term, roll).day);
  RC_ASSERT(after(calendar, early, term, roll).day <= after(calendar, early, longer, roll).day);
  RC_ASSERT(before(calendar, early, term).day <= before(calendar, late, term).day);
  RC_ASSERT(before(calendar, early, longer).day < before(calendar, early, term).day);
  RC_ASSERT(after(calendar, early, term, roll).day >= early);
}

// More rest never brings a deadline nearer: what a unit's closure does to it.
RC_GTEST_PROP(Deadline, does_not_come_earlier_through_rest, ()) {
  const Date start = *any_day();
  Invented all = invented(start);
  const WorkingDays calendar(all.revisions, all.known, all.closures);
  all.closures.push_back({any_rest(start), ""});
  const WorkingDays closed(all.revisions, all.known, all.closures);
  const auto unit = *rc::gen::element(TermUnit::days, TermUnit::workdays, TermUnit::months);
  const Term term{unit, *rc::gen::inRange(0, 40)};
  RC_ASSERT(after(calendar, start, term).day <= after(closed, start, term).day);
}

// What is not provisional stays when the years that lacked are published, whatever they bring.
RC_GTEST_PROP(Deadline, that_is_not_provisional_stays_when_more_years_are_known, ()) {
  const Date start = *any_day();
  const Invented all = invented(start);
  const WorkingDays calendar(all.revisions, all.known, all.closures);
  const auto unit = *rc::gen::element(TermUnit::days, TermUnit::workdays, TermUnit::months);
  const Term term{unit, *rc::gen::inRange(0, 60)};
  const Deadline deadline = after(calendar, start, term);
  std::vector<Revision> more = all.revisions;
  for (int year = start.year() - 2, end = year + 8; year < end; ++year) {
    const auto has = [&](int wanted) {
      return std::any_of(more.begin(), more.end(), [&](const Revision& one) {
        return one.year == wanted && one.published <= all.known;
      });
    };
    if (has(year)) continue;
    // It turns everything around that was not named before, from 29 December on.
    Revision one{"a" + std::to_string(year), year, Date{}, "", {}, {}};
    const Date first = Date::of(year, 1, 1) + -3, last = Date::of(year, 12, 24);
    for (Date day = first; day <= last; day = day + 1) {
      if (weekday(day) < 5) one.rest.push_back({day, day + 1});
      if (weekday(day) >= 5) one.makeup.push_back(day);
    }
    one.published = Date::of(1800, 1, 1);  // older than all, so that what is named stays
    more.push_back(one);
  }
  const WorkingDays later(more, all.known, all.closures);
  if (!deadline.provisional) RC_ASSERT(after(later, start, term).day == deadline.day);
  RC_CLASSIFY(deadline.provisional, "provisional");
}

}  // namespace
}  // namespace huilu::calendar
