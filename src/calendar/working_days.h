// Working days: which days are worked, as data with revisions (a year's holidays are published the
// autumn before and sometimes changed), and terms reckoned in them. What a deadline was derived
// from can be told day by day. Pure; the road hands in what was known at a moment.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"

namespace huilu::calendar {

// One publication: days that become rest days or, on a weekend, working days. A later revision
// overrides an earlier one on the days that it names.
struct Revision {
  std::string id;  // "2020-2"
  int year = 0;    // whose days it completes: from it on, the year is known
  Date published;
  std::string source;  // what was published, as a reference
  std::vector<Interval> rest;
  std::vector<Date> makeup;
};

// Rest days of one unit on top, with a reason; a day is worked when it is worked in both.
struct Closure {
  Interval days;
  std::string reason;
};

class WorkingDays {
 public:
  // Revisions in any order; those published after `known` are not used.
  WorkingDays(std::vector<Revision> revisions, Date known, std::vector<Closure> closures = {});

  bool is_worked(Date day) const;
  // False for a day of a year that no revision completes: Monday to Friday is assumed.
  bool is_known(Date day) const;
  // The newest revision in use that says something about the year of the day; may be empty.
  std::string revision_of(Date day) const;

  Date next_worked(Date day) const;      // the day itself where it is worked
  Date previous_worked(Date day) const;  // likewise

 private:
  std::vector<Revision> revisions_;  // newest first
  std::vector<Closure> closures_;
};

enum class TermUnit { days, workdays, months, years };
enum class Roll { next_workday, none };

struct Term {
  TermUnit unit = TermUnit::days;
  int count = 0;
};

// A deadline with how it came about.
struct Deadline {
  Date day;                  // the last day on which it can be kept
  std::vector<Date> steps;   // of a term in working days: each one counted
  bool provisional = false;  // reached into a year without data
};

// The first day is not counted; `count` 0 is the end of the same day and never rolls. A day, month
// or year term that ends on a rest day moves on to the next working day where `roll` says so; a
// term in working days cannot.
Deadline after(const WorkingDays& calendar, Date start, Term term, Roll roll = Roll::next_workday);
// The day so long before `end`; never rolls.
Deadline before(const WorkingDays& calendar, Date end, Term term);

// Working days in (from, until].
int worked_between(const WorkingDays& calendar, Date from, Date until);

}  // namespace huilu::calendar
