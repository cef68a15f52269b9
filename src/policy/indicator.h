// Indicators: a set measured. A count, a sum, a share, a median, a figure that records carry, or
// what is reckoned from other indicators, of a unit with all below it, in a period. Parsed and
// checked here, measured in the room obligation (indicator.h), read aloud by policy/sentence.h. A
// loaded pack promises that every name in one resolves and that indicators do not stand in a
// circle. Nothing in one is about a person: what is ordered or compared are units.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "policy/record_type.h"
#include "policy/test.h"

namespace huilu::policy {

enum class Measure { count, sum, share, median, series, minus, ratio, reduce };

inline constexpr std::array<std::string_view, 8> measure_words = {
    "count", "sum", "share", "median", "series", "minus", "ratio", "reduce"};

// Calendar periods; `now`: not written, it is what there is on the day.
enum class MeasuredEvery { now, year, half, quarter, month, week };

inline constexpr std::array<std::string_view, 6> measured_every_words = {
    "", "year", "half", "quarter", "month", "week"};

enum class RoundTo { floor, ceil, half_up };

inline constexpr std::array<std::string_view, 3> round_to_words = {"floor", "ceil", "half_up"};

// How what lies below becomes a unit's figure. `together`: of a median, over all that lies below.
enum class RollsUp { sum, sum_then_divide, worst, count_of_failed, none, together };

inline constexpr std::array<std::string_view, 6> rolls_up_words = {
    "sum", "sum_then_divide", "worst", "count_of_failed", "none", "together"};

enum class Pace { linear_by_month, linear_by_day };

inline constexpr std::array<std::string_view, 2> pace_words = {"linear_by_month", "linear_by_day"};

// What may be used up: another indicator's value, or a parameter's of each of the units of `who`.
struct Control {
  std::string indicator;  // address; empty: the parameter
  std::optional<ParameterUse> parameter;
  Place place;
};

// A number that is written out, or one that a parameter holds.
using NumberUse = std::variant<Decimal, ParameterUse>;

struct Indicator {
  std::string name;     // "study_coverage"
  std::string address;  // "second-batch/study_coverage"
  std::vector<std::string> clauses;
  Label title;
  std::optional<Label> guide;
  std::optional<Label> unit;  // of the number: 份
  Measure measure = Measure::count;
  Set of;                         // of the first five
  std::optional<Path> path;       // of sum, median and series: a number; of count: YAML `distinct`
  Condition share;                // of share
  std::vector<std::string> from;  // of the last three: addresses of indicators
  std::optional<NumberUse> less;  // of reduce: the part that is taken off
  RoundTo round = RoundTo::half_up;  // likewise
  std::optional<Path> at;            // the units in whose row a fact counts; absent: its own
  std::optional<Condition> who;      // the units that it is a figure of; absent: those with facts
  MeasuredEvery every = MeasuredEvery::now;
  bool previous = false;   // of the period before the one that is asked for
  std::vector<Path> by;    // broken down
  bool partition = false;  // every fact stands in exactly one part
  std::optional<Control> against;
  std::optional<Pace> pace;  // of `against`
  std::optional<NumberUse> floor;
  std::optional<NumberUse> ceiling;
  RollsUp roll_up = RollsUp::sum;
  bool empty_not_shown = false;       // nothing at all is not shown as 0
  std::optional<NumberUse> min_base;  // below it only how many they are is shown
  Visible visible;
  Place place;

  bool counts_facts() const { return measure <= Measure::series; }
  bool is_fraction() const { return measure == Measure::share || measure == Measure::ratio; }
};

}  // namespace huilu::policy
