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
// overrides an earlier one on the days that it names, and on no other: a make-up day that it does
// not name stays one. Within a revision a make-up day stands out of a stretch of rest days.
struct Revision {
  std::string id;  // "2020-2"
  int year = 0;    // whose days it completes: from it on, the year is known
  Date published;
  std::string source;          // what was published, as a reference
  std::vector<Interval> rest;  // each ends
  std::vector<Date> makeup;
};

// Rest days of one unit on top, with a reason; a day is worked when it is worked in both. It ends:
// a unit that rests for good is closed.
struct Closure {
  Interval days;
  std::string reason;
};

class WorkingDays {
 public:
  // Revisions in any order; those published after `known` are not used. Two of one day are in the
  // order of their ids. CHECKs that rest days and closures end.
  WorkingDays(std::vector<Revision> revisions, Date known, std::vector<Closure> closures = {});

  bool is_worked(Date day) const;
  // False where Monday to Friday is assumed: on days that no revision names, of a year that none
  // completes, and likewise in the last week of a year while the next one is not known, because
  // its revision arranges New Year back to 29 December.
  bool is_known(Date day) const;
  // The newest revision in use that completes the year of the day or names the day; may be empty.
  std::string revision_of(Date day) const;

  Date next_worked(Date day) const;      // the day itself where it is worked
  Date previous_worked(Date day) const;  // likewise

 private:
  struct Named {  // a day that a revision names
    Date day;
    bool worked;
    std::size_t revision;
  };

  const Named* find_named(Date day) const;
  bool is_closed(Date day) const;
  std::optional<std::size_t> completing(int year) const;  // the newest that does

  std::vector<Revision> revisions_;  // newest first
  std::vector<Named> named_;         // by day, once each
  std::vector<Closure> closures_;
};

enum class TermUnit { days, workdays, months, years };
enum class Roll { next_workday, none };

struct Term {
  TermUnit unit = TermUnit::days;
  int count = 0;  // not negative
};

// A deadline with how it came about.
struct Deadline {
  Date day;                  // the last day on which it can be kept
  std::vector<Date> steps;   // of a term in working days: each one counted
  bool provisional = false;  // rests on a day that is not known
};

// The first day is not counted; `count` 0 is the end of the same day and never rolls. A day, month
// or year term that ends on a rest day moves on to the next working day where `roll` says so; a
// term in working days cannot.
Deadline after(const WorkingDays& calendar, Date start, Term term, Roll roll = Roll::next_workday);
// The day so long before `end`; never rolls.
Deadline before(const WorkingDays& calendar, Date end, Term term);

// Working days in (from, until]; none where until is not after from.
int worked_between(const WorkingDays& calendar, Date from, Date until);

}  // namespace huilu::calendar
