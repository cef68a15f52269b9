#include "obligation/organisation.h"

#include <algorithm>

namespace huilu::obligation {

namespace {

constexpr int levels_max = 64;  // of a tree; a circle in the facts ends here

void add_ends(const Interval& span, Date from, Date until, std::set<Date>& days) {
  for (const Date day : {span.from, end_of(span)})
    if (from < day && day < until) days.insert(day);
}

// Two units that changed places stood above each other, each on its days: nobody is asked twice.
void add_changes_of(const Facts& facts, const Unit& unit, Date from, Date until,
                    std::set<UnitId>& asked, std::set<Date>& days) {
  if (!asked.insert(unit.id).second) return;
  add_ends(unit.span, from, until, days);
  for (const auto& kind : unit.kinds) add_ends(kind.span, from, until, days);
  for (const auto& parent : unit.parents) {
    add_ends(parent.span, from, until, days);
    const Unit* const above = parent.value ? find_unit(facts, *parent.value) : nullptr;
    if (above) add_changes_of(facts, *above, from, until, asked, days);
  }
}

}  // namespace

std::optional<Interval> part_of(const Interval& span, Date from, Date until) {
  const Date first = std::max(span.from, from);
  const Date end = std::min(end_of(span), until);
  if (end <= first) return {};
  return Interval{first, end};
}

const Unit* find_unit(const Facts& facts, UnitId id) {
  const auto found = facts.units.find(id);
  return found == facts.units.end() ? nullptr : &found->second;
}

const Tenure* find_tenure(const Facts& facts, TenureId id) {
  const auto found = std::find_if(facts.tenures.begin(), facts.tenures.end(),
                                  [&](const Tenure& tenure) { return tenure.id == id; });
  return found == facts.tenures.end() ? nullptr : &*found;
}

Date day_within(const Unit& unit, Date day) {
  const Date last = end_of(unit.span) + -1;
  return std::max(unit.span.from, std::min(day, last));
}

const Unit* parent_on(const Facts& facts, const Unit& unit, Date day) {
  const auto* const parent = value_on(unit.parents, day_within(unit, day));
  return parent && *parent ? find_unit(facts, **parent) : nullptr;
}

bool is_within(const Facts& facts, UnitId unit, UnitId top, Date day) {
  const Unit* at = find_unit(facts, unit);
  for (int level = 0; at && level < levels_max; ++level) {
    if (at->id == top) return true;
    at = parent_on(facts, *at, day);
  }
  return unit == top;
}

UnitId unit_of(const Membership& membership, policy::MemberAt at) {
  switch (at) {
    case policy::MemberAt::home:
      return membership.unit;
    case policy::MemberAt::host:
      return membership.host.value_or(UnitId{});
    case policy::MemberAt::host_else_home:
      break;
  }
  return membership.host.value_or(membership.unit);
}

const Membership* membership_on(const Facts& facts, PersonId person, policy::MemberAt at,
                                Date day) {
  const Membership* found = nullptr;
  for (const Membership& one : facts.memberships) {
    if (one.person != person || !one.span.contains(day) || !unit_of(one, at)) continue;
    const auto order = [](const Membership& m) { return std::pair(m.span.from, m.unit); };
    if (!found || order(one) < order(*found)) found = &one;
  }
  return found;
}

void add_changes(const Facts& facts, const Unit& unit, Date from, Date until,
                 std::set<Date>& days) {
  std::set<UnitId> asked;
  add_changes_of(facts, unit, from, until, asked, days);
}

}  // namespace huilu::obligation
