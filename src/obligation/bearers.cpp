#include <algorithm>
#include <set>

#include "obligation/organisation.h"
#include "obligation/periods.h"
#include "obligation/scope.h"

namespace huilu::obligation {

namespace {

std::vector<Bearer> everybody(const Facts& facts, policy::BearerKind kind) {
  std::set<Bearer> all;
  switch (kind) {
    case policy::BearerKind::unit:
      for (const auto& [id, unit] : facts.units) all.insert({id, {}, {}});
      break;
    case policy::BearerKind::post:
      for (const Tenure& tenure : facts.tenures) all.insert({{}, tenure.id, {}});
      break;
    case policy::BearerKind::member:
      for (const Membership& one : facts.memberships) all.insert({{}, {}, one.person});
      break;
  }
  return {all.begin(), all.end()};
}

UnitId home_of_person(const Facts& facts, PersonId person, policy::MemberAt at, Date day) {
  if (const Membership* const now = membership_on(facts, person, at, day)) return unit_of(*now, at);
  // Who has left is counted where he was last, who is to come where he will be first.
  const Membership* last = nullptr;
  const Membership* next = nullptr;
  for (const Membership& one : facts.memberships) {
    if (one.person != person || !unit_of(one, at)) continue;
    if (end_of(one.span) <= day && (!last || end_of(last->span) < end_of(one.span))) last = &one;
    if (one.span.from > day && (!next || one.span.from < next->span.from)) next = &one;
  }
  const Membership* const found = last ? last : next;
  return found ? unit_of(*found, at) : UnitId{};
}

}  // namespace

UnitId home_of(const Facts& facts, const Bearer& bearer, const policy::Obligation& obligation,
               const calendar::Period& period, Date at) {
  if (bearer.unit) return bearer.unit;
  if (bearer.tenure) {
    const Tenure* const tenure = find_tenure(facts, bearer.tenure);
    return tenure ? tenure->unit : UnitId{};
  }
  return home_of_person(facts, bearer.person, obligation.who.at, std::min(at, period.last_day()));
}

std::vector<Bearer> bearers_of(const Facts& facts, const policy::Obligation& obligation,
                               const calendar::Period& period, Instant known) {
  std::vector<Bearer> found;
  Calendars calendars(facts);
  for (const Bearer& bearer : everybody(facts, obligation.who.kind)) {
    const UnitId home = home_of(facts, bearer, obligation, period, period.last_day());
    const Duty duty =
        obligation.is_always()
            ? any_duty(facts, obligation.address, known)
            : duty_for(facts, obligation.address, home, period.from, period.until, known).duty;
    if (!home || !duty || !find_unit(facts, home)) continue;
    Notes notes;
    const Context context{
        facts, calendars,   *duty.activation->pack, bearer, obligation.who.at, period, nullptr,
        {},    period.from, period.last_day(),      known,  Reach::all,        notes};
    const Tenure* const tenure = find_tenure(facts, bearer.tenure);
    Context searched = context;
    if (scope_of(searched, duty.obligation->who).days.empty()) continue;
    if (!tenure || bears(context, duty.obligation->who, *tenure)) found.push_back(bearer);
  }
  return found;
}

}  // namespace huilu::obligation
