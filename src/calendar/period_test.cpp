#include "calendar/period.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "calendar/testing.h"

namespace huilu::calendar {
namespace {

using testing::any_day;
using testing::day;

constexpr std::array kinds = {PeriodKind::year, PeriodKind::half, PeriodKind::quarter,
                              PeriodKind::month, PeriodKind::week};

rc::Gen<PeriodKind> any_kind() { return rc::gen::elementOf(kinds); }

struct Row {
  PeriodKind kind;
  const char* day;
  const char* name;
  const char* from;
  const char* last;
};

TEST(Period, of_a_day_has_a_name_and_days) {
  constexpr auto year = PeriodKind::year, half = PeriodKind::half, quarter = PeriodKind::quarter,
                 month = PeriodKind::month, week = PeriodKind::week;
  const Row rows[] = {
      {year, "2026-01-01", "2026", "2026-01-01", "2026-12-31"},
      {year, "2026-12-31", "2026", "2026-01-01", "2026-12-31"},
      {year, "0001-01-01", "0001", "0001-01-01", "0001-12-31"},
      {year, "9999-12-31", "9999", "9999-01-01", "9999-12-31"},
      {half, "2026-06-30", "2026-H1", "2026-01-01", "2026-06-30"},
      {half, "2026-07-01", "2026-H2", "2026-07-01", "2026-12-31"},
      {quarter, "2024-02-29", "2024-Q1", "2024-01-01", "2024-03-31"},
      {quarter, "2026-09-30", "2026-Q3", "2026-07-01", "2026-09-30"},
      {quarter, "2026-10-01", "2026-Q4", "2026-10-01", "2026-12-31"},
      {month, "2026-11-26", "2026-11", "2026-11-01", "2026-11-30"},
      {month, "2024-02-01", "2024-02", "2024-02-01", "2024-02-29"},
      {month, "2023-02-28", "2023-02", "2023-02-01", "2023-02-28"},
      {month, "2026-12-31", "2026-12", "2026-12-01", "2026-12-31"},
      {week, "2026-11-22", "2026-W47", "2026-11-16", "2026-11-22"},
      {week, "2026-11-23", "2026-W48", "2026-11-23", "2026-11-29"},
      {week, "2025-12-29", "2026-W01", "2025-12-29", "2026-01-04"},
      {week, "2027-01-03", "2026-W53", "2026-12-28", "2027-01-03"},
      {week, "2027-01-04", "2027-W01", "2027-01-04", "2027-01-10"},
      {week, "2021-01-01", "2020-W53", "2020-12-28", "2021-01-03"},
      {week, "2022-01-01", "2021-W52", "2021-12-27", "2022-01-02"},
      {week, "0001-01-01", "0001-W01", "0001-01-01", "0001-01-07"},
  };
  for (const Row& row : rows) {
    const Period period = period_of(row.kind, day(row.day));
    EXPECT_EQ(period.name, row.name) << row.day;
    EXPECT_EQ(period.from.text(), row.from) << row.day;
    EXPECT_EQ(period.last_day().text(), row.last) << row.day;
    EXPECT_EQ(period_kind_of(row.name), row.kind) << row.name;
  }
}

TEST(Period, is_read_only_by_the_name_that_it_is_written_with) {
  for (const char* bad :
       {"",         "202",        "26",       "0000",     "20260",   "2026-",   "2026-H0",
        "2026-H3",  "2026-H",     "2026-H01", "2026-Q0",  "2026-Q5", "2026-Q",  "2026-0",
        "2026-1",   "2026-00",    "2026-13",  "2026-001", "2026-W",  "2026-W0", "2026-W1",
        "2026-W00", "2026-W54",   "2025-W53", "2026-w47", "2026-h1", "2026-X1", "2026_11",
        "2026/11",  "2026-11-01", " 2026",    "2026 ",    "+026",    "-001",    "2026-+1",
        "2026-W+1", "2026-Q1x",   "2026-W1x", "2026-H１"}) {
    EXPECT_FALSE(period_from(bad)) << bad;
    EXPECT_FALSE(period_kind_of(bad)) << bad;
  }
  // A year has 53 weeks where it begins or, a leap year, ends on a Thursday.
  EXPECT_TRUE(period_from("2026-W53"));
  EXPECT_TRUE(period_from("2020-W53"));
  EXPECT_FALSE(period_from("2024-W53"));
}

// T1: the last day of December is the old year's, the first of January the new one's.
TEST(Period, is_half_open) {
  const Period year = *period_from("2026");
  EXPECT_TRUE(year.contains(day("2026-12-31")));
  EXPECT_FALSE(year.contains(day("2027-01-01")));
  EXPECT_FALSE(year.contains(day("2025-12-31")));
  EXPECT_EQ(year.days(), 365);
  EXPECT_EQ(period_from("2024")->days(), 366);
  EXPECT_EQ(next(year).name, "2027");
}

TEST(Period, those_between_two_days_share_a_day_with_them) {
  const auto names = [](PeriodKind kind, const char* from, const char* until) {
    std::string all;
    for (const Period& period : periods_between(kind, day(from), day(until)))
      all += period.name + ' ';
    return all;
  };
  EXPECT_EQ(names(PeriodKind::month, "2025-11-30", "2026-02-01"), "2025-11 2025-12 2026-01 ");
  EXPECT_EQ(names(PeriodKind::month, "2025-11-30", "2026-02-02"),
            "2025-11 2025-12 2026-01 2026-02 ");
  EXPECT_EQ(names(PeriodKind::week, "2026-12-27", "2027-01-05"), "2026-W52 2026-W53 2027-W01 ");
  EXPECT_EQ(names(PeriodKind::year, "2026-05-01", "2026-05-02"), "2026 ");
  EXPECT_EQ(names(PeriodKind::year, "2026-05-01", "2026-05-01"), "");
  EXPECT_EQ(names(PeriodKind::year, "2026-05-02", "2026-05-01"), "");
}

TEST(PeriodDeath, next_of_what_is_no_period_is_a_bug) {
  EXPECT_DEATH(next({"five_ones/1", day("2026-01-01"), day("2026-02-01")}), "CHECK");
}

RC_GTEST_PROP(Period, is_found_again_by_its_name, ()) {
  const PeriodKind kind = *any_kind();
  const Date any = *any_day();
  const Period period = period_of(kind, any);
  RC_ASSERT(period.contains(any));
  RC_ASSERT(period_from(period.name) == period);
  RC_ASSERT(period_kind_of(period.name) == kind);
  RC_ASSERT(period_of(kind, period.from) == period);
  RC_ASSERT(period_of(kind, period.last_day()) == period);
}

RC_GTEST_PROP(Period, the_next_begins_where_one_ends, ()) {
  const Period period = period_of(*any_kind(), *any_day());
  const Period following = next(period);
  RC_ASSERT(following.from == period.until);
  RC_ASSERT(following.name > period.name);  // names sort as the periods do
  RC_ASSERT(following.days() >= 7);
}

RC_GTEST_PROP(Period, weeks_of_an_iso_year_follow_each_other, ()) {
  const Period week = period_of(PeriodKind::week, *any_day());
  RC_ASSERT(weekday(week.from) == 0);
  RC_ASSERT(week.days() == 7);
  // 4 January always lies in the first week of its year.
  const std::string year = week.name.substr(0, 4);
  const Period first = period_of(PeriodKind::week, *Date::parse(year + "-01-04"));
  RC_ASSERT(first.name == year + "-W01");
  RC_ASSERT((week.from - first.from) / 7 + 1 == std::stoi(week.name.substr(6)));
}

RC_GTEST_PROP(Period, those_between_cover_every_day_once, ()) {
  const PeriodKind kind = *any_kind();
  const Date from = *any_day();
  const Date until = from + *rc::gen::inRange(1, 1500);
  const auto periods = periods_between(kind, from, until);
  RC_ASSERT(periods.front().contains(from));
  RC_ASSERT(periods.back().contains(until + -1));
  for (std::size_t i = 1; i < periods.size(); ++i)
    RC_ASSERT(periods[i].from == periods[i - 1].until);
}

// T6.
TEST(Months, stay_within_a_shorter_month) {
  struct Case {
    const char* from;
    int months;
    const char* to;
  };
  const Case cases[] = {
      {"2023-01-31", 1, "2023-02-28"},         {"2024-01-31", 1, "2024-02-29"},
      {"2024-01-29", 1, "2024-02-29"},         {"2023-01-29", 1, "2023-02-28"},
      {"2024-02-29", 12, "2025-02-28"},        {"2024-02-29", 48, "2028-02-29"},
      {"2024-02-29", -12, "2023-02-28"},       {"2024-02-29", 1, "2024-03-29"},
      {"2026-05-31", 1, "2026-06-30"},         {"2026-05-31", -3, "2026-02-28"},
      {"2026-12-31", 2, "2027-02-28"},         {"2026-12-15", 1, "2027-01-15"},
      {"2026-01-15", -1, "2025-12-15"},        {"2026-03-31", 0, "2026-03-31"},
      {"1900-01-31", 1, "1900-02-28"},         {"2000-01-31", 1, "2000-02-29"},
      {"2026-11-26", 2'000'000, "9999-12-26"}, {"2026-11-26", -2'000'000, "0001-01-26"},
  };
  for (const Case& one : cases)
    EXPECT_EQ(add_months(day(one.from), one.months).text(), one.to)
        << one.from << " " << one.months;
  EXPECT_EQ(last_of_month(2024, 2).text(), "2024-02-29");
  EXPECT_EQ(last_of_month(1900, 2).text(), "1900-02-28");
  EXPECT_EQ(last_of_month(2026, 12).text(), "2026-12-31");
}

RC_GTEST_PROP(Months, keep_the_day_or_take_the_last_one, ()) {
  const Date from = *any_day();
  const int months = *rc::gen::inRange(-600, 600);
  const auto before = from.ymd(), after = add_months(from, months).ymd();
  const std::chrono::year_month wanted =
      before.year() / before.month() + std::chrono::months(months);
  RC_ASSERT((after.year() / after.month() == wanted));
  RC_ASSERT((after.day() == before.day() || after == wanted / std::chrono::last));
  RC_ASSERT(after.day() <= before.day());
}

RC_GTEST_PROP(Months, do_not_overtake, ()) {
  const Date early = *any_day();
  const Date late = early + *rc::gen::inRange(0, 100);
  const int months = *rc::gen::inRange(-60, 60);
  RC_ASSERT(add_months(early, months) <= add_months(late, months));
  RC_ASSERT(add_months(early, months) < add_months(early, months + 1));
}

TEST(Weekday, counts_from_monday) {
  EXPECT_EQ(weekday(day("1970-01-01")), 3);
  EXPECT_EQ(weekday(day("2026-11-23")), 0);
  EXPECT_EQ(weekday(day("2026-11-22")), 6);
  EXPECT_EQ(weekday(day("0001-01-01")), 0);
  EXPECT_EQ(weekday(day("1969-12-28")), 6);
}

}  // namespace
}  // namespace huilu::calendar
