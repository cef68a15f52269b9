// Deadline of a clock: reckoned from the day it began in working days or calendar days, moved by
// the days on which the clock was paused. Pure; obligation/clock.h tells which days these are.
#pragma once

#include <optional>
#include <vector>

#include "calendar/working_days.h"

namespace huilu::obligation {

// From the day after `from` up to `until`, when it goes on; absent: it is paused still. The days
// are not counted.
struct Pause {
  Date from;
  std::optional<Date> until = {};
};

// What a deadline is reckoned from. Without term and day there is none yet.
struct Basis {
  Date from;                                // not counted
  std::optional<calendar::Term> term = {};  // otherwise:
  std::optional<Date> day = {};             // the last day itself, as somebody set it
  std::vector<Pause> pauses = {};           // since `from`, in order, not overlapping
};

// Nothing where it is paused, and where nothing is set. A pause that begins behind the deadline
// does not move it; one that it ends in leaves the day on which the clock goes on.
std::optional<calendar::Deadline> deadline_of(const Basis& basis,
                                              const calendar::WorkingDays& calendar);

// How many days were left when the last pause began: working days where the term is of working
// days, otherwise days. 0 where nothing is set.
int left_at_pause(const Basis& basis, const calendar::WorkingDays& calendar);

// What a deadline becomes when a calendar is published: it never moves earlier unless it was
// provisional, and not at all when it has passed. True where it changed.
bool revise(calendar::Deadline& deadline, const calendar::Deadline& revised, Date published);

}  // namespace huilu::obligation
