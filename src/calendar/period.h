// Periods: the stretches of days that duties are owed in, by the names that everyone uses for them
// (2026, 2026-H1, 2026-Q3, 2026-11, 2026-W47). Weeks begin on Monday and belong to ISO years. A
// period is made by period_of, period_from or next, so that its name and its days agree. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace huilu::calendar {

enum class PeriodKind { year, half, quarter, month, week };

inline constexpr std::array<std::string_view, 5> period_kind_words = {"year", "half", "quarter",
                                                                      "month", "week"};

// Half-open days with the name they go by.
struct Period {
  std::string name;
  Date from;
  Date until;  // the first day after it

  Date last_day() const { return until + -1; }
  int days() const { return until - from; }
  bool contains(Date day) const { return from <= day && day < until; }
  bool operator==(const Period&) const = default;
};

Period period_of(PeriodKind kind, Date day);
// Of a name as above; nothing when it is none (a week must be one that its ISO year has).
std::optional<Period> period_from(std::string_view name);
std::optional<PeriodKind> period_kind_of(std::string_view name);
Period next(const Period& period);  // CHECKs that the period is of a kind
// In order, those that share a day with [from, until).
std::vector<Period> periods_between(PeriodKind kind, Date from, Date until);

// "n months after the 31st" is the last day of a shorter month; a year is twelve months. Beyond
// the years that a Date can have, it stays in the first or the last month that there is.
Date add_months(Date day, std::int64_t months);
Date last_of_month(int year, unsigned month);
// 0 Monday … 6 Sunday.
int weekday(Date day);

}  // namespace huilu::calendar
