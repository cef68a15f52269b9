// Cases: what a duty with for_each is owed for, one by one, each judged by itself with dates of its
// own, and what all of them together mean for the bearer. A duty without for_each has one case, the
// bearer in the period.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "obligation/case.h"
#include "obligation/thing.h"

namespace huilu::obligation {

// One that the duty is owed for.
struct It {
  Thing thing;                     // $it
  std::string id;                  // of an item its own; r12, p9
  policy::Label title;             // of an item; otherwise empty
  Date day;                        // the moment `case`
  Instant entered = {};            // the moment `known`, of a record
  std::optional<Date> until = {};  // of what has a day of its own and lasts: the first day after it
  bool is_plan = false;            // a record that was announced and did not happen yet
  std::optional<Date> clock_start = {};  // of a matter: of the clock that is reckoned
};

// In the order of their days; nothing, with a note, where a parameter has no value.
std::vector<It> cases_of(Context& context, const Case& one);

// What was found for one of them: the case with its own dates.
struct JudgedCase {
  It it;
  Case one;
};

struct Judgement {
  TestResult test;  // with for_each: all of the cases, a part each
  Timetable timetable;
  NotApplicable why_not = NotApplicable::none;  // where the test's result is not applicable
  std::vector<JudgedCase> cases;                // as the parts of `test`
};

Judgement judge(Context& context, const Case& one);

// The dates of the bearer: those of the case that decides on the day. Of what is not done that is
// the most pressing one, of what is done the last. Null pointer where none has the result of the
// whole.
const Timetable* deciding(const TestResult& whole, const std::vector<JudgedCase>& cases, Date at);

}  // namespace huilu::obligation
