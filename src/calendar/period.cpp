#include "calendar/period.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"

namespace huilu::calendar {

namespace {

constexpr int year_min = 1, year_max = 9999;

unsigned month_of(Date day) { return static_cast<unsigned>(day.ymd().month()); }

// The period of `months` months in which the day lies, counted from January.
Period months_around(Date day, unsigned months, std::string name) {
  const int year = day.year();
  const unsigned first = (month_of(day) - 1) / months * months + 1;
  const unsigned last = first + months - 1;
  return {std::move(name), Date::of(year, first, 1), last_of_month(year, last) + 1};
}

// The ISO year of a week is that of its Thursday.
Period week_around(Date day) {
  const Date monday = day + -weekday(day);
  const Date thursday = monday + 3;
  const int year = thursday.year();
  const int number = (thursday - Date::of(year, 1, 1)) / 7 + 1;
  return {fmt::format("{:04}-W{:02}", year, number), monday, monday + 7};
}

std::optional<unsigned> number(std::string_view digits) {
  if (digits.empty()) return {};
  unsigned value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return {};
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value;
}

struct Named {
  PeriodKind kind;
  Date day;  // one of its days
};

// What a text would name, were it a period's name.
std::optional<Named> read(std::string_view name) {
  constexpr std::size_t longest = 8;  // 2026-W47
  if (name.size() < 4 || name.size() > longest) return {};
  const auto year = number(name.substr(0, 4));
  if (!year || *year < year_min) return {};
  const Date january = Date::of(static_cast<int>(*year), 1, 1);
  std::string_view rest = name.substr(4);
  if (rest.empty()) return Named{PeriodKind::year, january};
  if (rest.size() < 3 || rest[0] != '-') return {};
  const char letter = rest[1];
  const bool is_month = letter >= '0' && letter <= '9';
  const auto count = number(rest.substr(is_month ? 1 : 2));
  if (!count || *count < 1) return {};
  if (letter == 'W')
    return Named{PeriodKind::week, january + 3 + 7 * (static_cast<int>(*count) - 1)};
  const unsigned months = letter == 'H' ? 6 : letter == 'Q' ? 3 : 1;
  if (*count > 12 / months) return {};
  const Date day = Date::of(static_cast<int>(*year), (*count - 1) * months + 1, 1);
  if (is_month) return Named{PeriodKind::month, day};
  if (letter == 'H') return Named{PeriodKind::half, day};
  if (letter == 'Q') return Named{PeriodKind::quarter, day};
  return {};
}

}  // namespace

Period period_of(PeriodKind kind, Date day) {
  const std::string year = fmt::format("{:04}", day.year());
  const unsigned month = month_of(day);
  switch (kind) {
    case PeriodKind::year:
      return months_around(day, 12, year);
    case PeriodKind::half:
      return months_around(day, 6, fmt::format("{}-H{}", year, (month + 5) / 6));
    case PeriodKind::quarter:
      return months_around(day, 3, fmt::format("{}-Q{}", year, (month + 2) / 3));
    case PeriodKind::month:
      return months_around(day, 1, fmt::format("{}-{:02}", year, month));
    case PeriodKind::week:
      return week_around(day);
  }
  CHECK(false);
}

std::optional<Period> period_from(std::string_view name) {
  const auto named = read(name);
  if (!named) return {};
  Period period = period_of(named->kind, named->day);
  if (period.name != name) return {};  // 2025-W53, 2026-H01
  return period;
}

std::optional<PeriodKind> period_kind_of(std::string_view name) {
  if (!period_from(name)) return {};
  return read(name)->kind;
}

Period next(const Period& period) {
  const auto kind = period_kind_of(period.name);
  CHECK(kind.has_value());
  return period_of(*kind, period.until);
}

std::vector<Period> periods_between(PeriodKind kind, Date from, Date until) {
  std::vector<Period> periods;
  for (Date day = from; day < until; day = periods.back().until)
    periods.push_back(period_of(kind, day));
  return periods;
}

Date add_months(Date day, std::int64_t months) {
  const auto date = day.ymd();
  const std::int64_t january = static_cast<int>(date.year()) * std::int64_t{12};
  const std::int64_t wanted = january + static_cast<unsigned>(date.month()) - 1 + months;
  const std::int64_t month = std::clamp<std::int64_t>(wanted, year_min * 12, year_max * 12 + 11);
  const int year = static_cast<int>(month / 12);
  const auto number = static_cast<unsigned>(month % 12 + 1);
  const unsigned last = static_cast<unsigned>(last_of_month(year, number).ymd().day());
  return Date::of(year, number, std::min(static_cast<unsigned>(date.day()), last));
}

Date last_of_month(int year, unsigned month) {
  const std::chrono::year_month_day_last last{
      std::chrono::year{year}, std::chrono::month_day_last{std::chrono::month{month}}};
  CHECK(last.ok());
  return Date::of(year, month, static_cast<unsigned>(last.day()));
}

int weekday(Date day) {
  constexpr int first = 3;  // 1970-01-01 was a Thursday
  return ((day.days + first) % 7 + 7) % 7;
}

}  // namespace huilu::calendar
