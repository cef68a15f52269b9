// The words of judgement. A class says what records and decisions did to a cell and knows no clock;
// a phase is a schedule read at a date; the verdict is both together (docs/architecture.md). The
// compliance index stores classes only. Words are the glossary's, in code, SQL and JSON.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace huilu::obligation {

enum class Class { not_applicable, exempt, unknown, short_, met_late, met, within, over };

inline constexpr std::array<std::string_view, 8> class_words = {
    "not_applicable", "exempt", "unknown", "short", "met_late", "met", "within", "over"};

// Enough was done, whether in time or not.
constexpr bool is_done(Class the_class) {
  return the_class == Class::met || the_class == Class::met_late;
}

enum class Phase { ahead, running, warning, grace, ended };

inline constexpr std::array<std::string_view, 5> phase_words = {"ahead", "running", "warning",
                                                                "grace", "ended"};

// Worst first, as lists stand. `at_risk` and `in_grace` are shades of open.
enum class Verdict {
  failed,
  unknown,
  in_grace,
  at_risk,
  open,
  met_late,
  met,
  exempt,
  not_applicable,
};

inline constexpr std::array<std::string_view, 9> verdict_words = {
    "failed",   "unknown", "in_grace", "at_risk",       "open",
    "met_late", "met",     "exempt",   "not_applicable"};

enum class Cause { none, short_, over, nonconforming };

inline constexpr std::array<std::string_view, 4> cause_words = {"", "short", "over",
                                                                "nonconforming"};

// Beside the verdict, never instead of it.
enum class Mark {
  entered_late,
  assumed,
  provisional,
  acting,
  deferred,
  approximate,
  by_reason,
  changed_since
};

inline constexpr std::array<std::string_view, 8> mark_words = {
    "entered_late", "assumed",     "provisional", "acting",
    "deferred",     "approximate", "by_reason",   "changed_since"};

// The dates of one duty in one period. All days are included; warn ≤ act ≤ enter.
struct Schedule {
  Date from;   // from here on it can be done
  Date warn;   // from here on it is at risk while short; later than `act`: never
  Date act;    // the last day for doing it
  Date enter;  // the last day for entering what was done by `act`
  // Done after `act` counts as late, otherwise not at all.
  bool late_counts = false;
  bool provisional = false;  // a date reached into a year without holiday data

  auto operator<=>(const Schedule&) const = default;
};

// Before `from` nothing is owed yet; the period is shown as open from its start.
Phase phase_on(const Schedule& schedule, Date day);

Verdict verdict_of(Class the_class, Phase phase);

// May it still be done late? Then failed reads 已逾期, otherwise 未完成.
inline bool may_still_be_done(const Schedule& schedule) { return schedule.late_counts; }

std::string_view word_of(Class value);
std::string_view word_of(Phase value);
std::string_view word_of(Verdict value);
std::string_view word_of(Mark value);
std::optional<Verdict> verdict_from(std::string_view word);

}  // namespace huilu::obligation
