// Schedule: the dates of one duty in one period, reckoned from the anchors of `due` in working days
// as they were known, and moved by a deferral.
//
// A deadline never moves earlier without a decision: a calendar published while it is running moves
// it later or, where it was provisional, to where it belongs; one published when it had passed does
// not touch it.
#pragma once

#include <optional>

#include "obligation/thing.h"

namespace huilu::obligation {

struct Timetable {
  Schedule schedule;
  DeadlineSteps steps;
  std::string calendar_revision;
  std::optional<Date> late_until;  // the last day on which a late act counts; absent: any day
};

// Nothing, with a note, where a parameter has no value or an anchor leads to no date.
std::optional<Timetable> timetable_of(Context& context, const policy::Obligation& obligation,
                                      const Leave* deferral);

// Of what has to be done again: the next time at the latest, so long after `last`.
void set_again(Context& context, const policy::Obligation& obligation, Date last, Timetable& out);

// The day of an anchor that is no deadline: of `during`, of a phase, in a condition. Nothing where
// a path leads to no date.
std::optional<Date> day_of(Context& context, const Thing& thing, const policy::Anchor& anchor);

}  // namespace huilu::obligation
