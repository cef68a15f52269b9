// The organisation among the facts, read on a day: who is above whom, who holds what, whose roll
// somebody stands on. Every part of the evaluator asks through these.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "obligation/facts.h"
#include "policy/obligation.h"

namespace huilu::obligation {

// Ends of intervals that have none.
inline constexpr Date last_date = {2932896};  // 9999-12-31

inline Date end_of(const Interval& span) { return span.until.value_or(last_date); }

// The part of `span` within [from, until); nothing where they share no day.
std::optional<Interval> part_of(const Interval& span, Date from, Date until);

// Null pointer where the facts do not have it.
const Unit* find_unit(const Facts& facts, UnitId id);
const Tenure* find_tenure(const Facts& facts, TenureId id);

// The day, or the nearest one on which the unit stands: a unit that was closed is read as it last
// was, one that is to be founded as it will begin.
Date day_within(const Unit& unit, Date day);

const Unit* parent_on(const Facts& facts, const Unit& unit, Date day);
// Is it `top`, or below it? Each unit of the chain is read on the day.
bool is_within(const Facts& facts, UnitId unit, UnitId top, Date day);

// The row that a membership is counted in; no unit where the rule gives none.
UnitId unit_of(const Membership& membership, policy::MemberAt at);
// The membership that counts on a day: of several the earliest begun. Null pointer: no member.
const Membership* membership_on(const Facts& facts, PersonId person, policy::MemberAt at, Date day);

// Days within (from, until) on which something about the unit or those above it becomes different.
void add_changes(const Facts& facts, const Unit& unit, Date from, Date until, std::set<Date>& days);

}  // namespace huilu::obligation
