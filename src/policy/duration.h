// Duration: a number of one unit of time, as a pack or a record writes it: {workdays: 5}. Working
// time is data (a calendar), so a duration is never turned into a length here.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace huilu::policy {

enum class DurationUnit { hours, workhours, days, workdays, months, years };

inline constexpr std::array<std::string_view, 6> duration_units = {
    "hours", "workhours", "days", "workdays", "months", "years"};
inline constexpr std::int64_t duration_count_max = 100'000;

struct Duration {
  DurationUnit unit = DurationUnit::days;
  std::int64_t count = 0;

  bool operator==(const Duration&) const = default;
};

}  // namespace huilu::policy
