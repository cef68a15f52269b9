// What is told of a version of a matter, when it is shown, and when somebody may be reminded again.
// Pure.
#pragma once

#include <vector>

#include "calendar/working_days.h"
#include "matter/types.h"
#include "notice/types.h"
#include "obligation/lifecycle.h"

namespace huilu::notice {

// Of the newest version in `history`; `life` is as of then, with its steps. Of one reader the first
// is what he is told; the others say less.
std::vector<Telling> tellings_of(const obligation::Lifecycle& life,
                                 const std::vector<matter::Version>& history);

// What is urgent at once. Otherwise from 8:30 to 18:00 on a working day at once; otherwise, and
// what is not immediate, at 8:30 of the next working day.
Instant release_of(Kind kind, Instant at, const calendar::WorkingDays& calendar,
                   bool is_urgent = false);

// A reminder of the same matter takes so many working days.
inline constexpr int reminder_workdays = 3;
// The first day on which it may be sent again.
Date next_reminder(Date last, const calendar::WorkingDays& calendar);

}  // namespace huilu::notice
