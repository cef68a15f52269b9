// Case: one bearer of one duty in one period, with all that can be said before anything is counted:
// whether it concerns the bearer, from which version of the pack, by which dates, with which need.
// The evaluator counts in it; the index asks it once for each bearer and counts for itself.
#pragma once

#include <optional>

#include "obligation/context.h"
#include "obligation/schedule.h"
#include "obligation/scope.h"

namespace huilu::obligation {

// The need shrinks to days/of of itself.
struct Share {
  std::int64_t days = 0;
  std::int64_t of = 1;
  policy::ProRata rule;

  // `one` is what counts as 1: a million where the need is in millionths.
  std::int64_t of_need(std::int64_t need, std::int64_t one) const;
};

struct Case {
  Question question;
  const policy::Pack* pack = nullptr;
  const policy::Obligation* obligation = nullptr;
  calendar::Period period;  // of the bearer: in a campaign the window of the home's batch
  const Campaign* campaign = nullptr;
  std::optional<Interval> window;
  UnitId home;
  Scope scope;
  Date asked_from;  // what happened earlier was not asked about
  Date day;         // on which the bearer is looked at: the last in scope, not after the question's

  NotApplicable why_not = NotApplicable::none;
  // It stopped to concern the bearer within the period, by the day that is asked about, while it
  // could still be done: only what was met or exceeded by then stays.
  NotApplicable ended = NotApplicable::none;
  Timetable timetable;  // where `why_not` is none
  std::optional<Share> share;
  std::optional<Leave> exemption;
  std::optional<Leave> deferral;
  Notes notes;  // with an error nothing else is to be relied on
};

Case case_of(const Facts& facts, Calendars& calendars, const Question& question, Reach reach);

// Why it stopped to concern the bearer within the period, while it could still be done by the
// case's dates; none where it did not.
NotApplicable end_within(const Case& one);

// Of what has to be done again and again: the dates of the first time, since the bearer was there
// and asked, and not before `begin`.
void date_from(Context& context, Case& one, Date begin);

// For what is read after the case is made.
Context context_of(const Facts& facts, Calendars& calendars, Case& one, Reach reach);

}  // namespace huilu::obligation
