#include "obligation/scope.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "obligation/condition.h"
#include "obligation/organisation.h"
#include "obligation/parameters.h"

namespace huilu::obligation {

namespace {

// The tenures whose days count together.
std::vector<const Tenure*> merged(const Context& context, const Tenure& tenure) {
  std::vector<const Tenure*> all;
  for (const Tenure& one : context.facts.tenures)
    if (one.person == tenure.person) all.push_back(&one);
  return all;
}

// Finds the days of a scope, stretch by stretch between two changes of the organisation.
class Search {
 public:
  Search(Context& context, const policy::Who& who) : context_(context), who_(who) {}

  // Without the selector: on which the bearer is there.
  enum class Asks { selector, presence };
  std::vector<Interval> days(Asks asks) {
    const Date from = context_.period.from, until = context_.period.until;
    std::set<Date> starts = changes(from, until);
    starts.insert(from);
    std::vector<Interval> days;
    for (auto start = starts.begin(); start != starts.end(); ++start) {
      const auto next = std::next(start);
      const Date end = next == starts.end() ? until : *next;
      if (asks == Asks::selector ? !matches(*start) : !exists(*start)) continue;
      if (!days.empty() && *days.back().until == *start)
        days.back().until = end;
      else
        days.push_back({*start, end});
    }
    return days;
  }

  // Is the bearer there at all, whatever the selector says?
  bool exists(Date day) const {
    const Bearer& bearer = context_.bearer;
    if (bearer.unit) return stands(bearer.unit, day);
    if (bearer.tenure) return tenure_on(day) != nullptr;
    const Membership* const membership = membership_on(context_.facts, bearer.person, who_.at, day);
    return membership && stands(unit_of(*membership, who_.at), day);
  }

  bool matches(Date day) {
    if (!exists(day)) return false;
    context_.day = day;
    return holds(context_, thing_on(day), who_.condition);
  }

  Thing thing_on(Date day) {
    context_.day = day;
    if (!context_.bearer.tenure) return bearer_of(context_);
    const Tenure* const tenure = tenure_on(day);
    return tenure ? Thing(TenureThing{tenure, day}) : bearer_of(context_);
  }

  const Tenure* tenure_on(Date day) const {
    const Tenure* const own = find_tenure(context_.facts, context_.bearer.tenure);
    if (!own) return nullptr;
    if (is_held(*own, day)) return own;
    if (!who_.merge_posts) return nullptr;
    for (const Tenure* const one : merged(context_, *own))
      if (is_held(*one, day)) return one;
    return nullptr;
  }

 private:
  bool stands(UnitId id, Date day) const {
    const Unit* const unit = find_unit(context_.facts, id);
    return unit && unit->span.contains(day);
  }

  bool is_held(const Tenure& tenure, Date day) const {
    return tenure.span.contains(day) && stands(tenure.unit, day);
  }

  void add_unit(UnitId id, Date from, Date until, std::set<Date>& days) const {
    if (const Unit* const unit = find_unit(context_.facts, id))
      add_changes(context_.facts, *unit, from, until, days);
  }

  static void add_ends(const Interval& span, Date from, Date until, std::set<Date>& days) {
    for (const Date day : {span.from, end_of(span)})
      if (from < day && day < until) days.insert(day);
  }

  std::set<Date> changes(Date from, Date until) const {
    std::set<Date> days;
    const Bearer& bearer = context_.bearer;
    if (bearer.unit) add_unit(bearer.unit, from, until, days);
    if (bearer.tenure) {
      const Tenure* const own = find_tenure(context_.facts, bearer.tenure);
      if (!own) return days;
      for (const Tenure* const one :
           who_.merge_posts ? merged(context_, *own) : std::vector<const Tenure*>{own}) {
        add_ends(one->span, from, until, days);
        add_unit(one->unit, from, until, days);
      }
    }
    for (const Membership& one : context_.facts.memberships) {
      if (!bearer.person || one.person != bearer.person) continue;
      add_ends(one.span, from, until, days);
      add_unit(one.unit, from, until, days);
      if (one.host) add_unit(*one.host, from, until, days);
    }
    return days;
  }

  Context& context_;
  const policy::Who& who_;
};

// How many days of the period a duration is.
std::optional<int> days_of(Context& context, const policy::DurationUse& duration) {
  const auto term = term_of(context, duration);
  if (!term) return {};
  const auto& calendar = context.calendars.known_on(zone.date_of(context.known));
  const Date from = context.period.from;
  return calendar::after(calendar, from, *term, calendar::Roll::none).day - from;
}

bool matches_as_asked(const Context& context, policy::ScopeDay on, Search& search) {
  switch (on) {
    case policy::ScopeDay::period_start:
      return search.matches(context.period.from);
    case policy::ScopeDay::period_end:
      return search.matches(context.period.last_day());
    case policy::ScopeDay::any_day:
      break;
  }
  return !search.days(Search::Asks::selector).empty();
}

// Where the duty says on which day the selector has to match, it concerns all days of the bearer
// or none.
void find_days(Context& context, const policy::Who& who, Search& search, Scope& scope) {
  const bool on_a_day = who.in_scope && !who.in_scope->at_least;
  scope.days = search.days(on_a_day ? Search::Asks::presence : Search::Asks::selector);
  scope.in_scope = !scope.days.empty();
  if (!who.in_scope || !scope.in_scope) return;
  if (on_a_day) {
    scope.in_scope = matches_as_asked(context, who.in_scope->on, search);
    return;
  }
  const auto least = days_of(context, *who.in_scope->at_least);
  scope.in_scope = least && scope.count() >= *least;
}

NotApplicable why_ended(const Context& context, const policy::Who& who, const Search& search,
                        Date until) {
  if (until >= context.period.until) return NotApplicable::none;
  if (search.exists(until)) return NotApplicable::not_in_scope;
  UnitId home = context.bearer.unit;
  if (const Tenure* const tenure = search.tenure_on(until + -1); context.bearer.tenure && tenure)
    home = tenure->unit;
  if (context.bearer.person) {
    const Membership* const last =
        membership_on(context.facts, context.bearer.person, who.at, until + -1);
    home = last ? unit_of(*last, who.at) : UnitId{};
  }
  const Unit* const unit = find_unit(context.facts, home);
  return unit && unit->span.until == until ? NotApplicable::closed : NotApplicable::left;
}

}  // namespace

int Scope::count() const {
  int sum = 0;
  for (const Interval& stretch : days) sum += *stretch.until - stretch.from;
  return sum;
}

int Scope::count_from(Date day) const {
  int sum = 0;
  for (const Interval& stretch : days)
    if (const auto part = part_of(stretch, day, last_date)) sum += *part->until - part->from;
  return sum;
}

Scope scope_of(Context& context, const policy::Who& who) {
  Search search(context, who);
  Scope scope;
  find_days(context, who, search, scope);
  Date last = context.period.from;
  if (!scope.days.empty()) {
    last = scope.until() + -1;
    scope.ended = why_ended(context, who, search, scope.until());
    if (const Tenure* const tenure = context.bearer.tenure ? search.tenure_on(last) : nullptr)
      scope.acting = tenure->acting;
  }
  const Thing thing = search.thing_on(last);
  scope.because = lines_of(context, thing, who.condition);
  if (who.in_scope && who.in_scope->at_least)
    scope.because.emplace_back("days", fmt::format("{}/{}", scope.count(), context.period.days()));
  return scope;
}

bool bears(const Context& context, const policy::Who& who, const Tenure& tenure) {
  if (!who.merge_posts) return true;
  const Tenure* first = nullptr;
  for (const Tenure* const one : merged(context, tenure)) {
    if (!part_of(one->span, context.period.from, context.period.until)) continue;
    Context its = context;
    its.bearer = Bearer{{}, one->id, {}};
    policy::Who alone = who;
    alone.merge_posts = false;
    if (Search(its, alone).days(Search::Asks::selector).empty()) continue;
    const auto order = [](const Tenure& t) { return std::pair(t.span.from, t.id); };
    if (!first || order(*one) < order(*first)) first = one;
  }
  return !first || first->id == tenure.id;
}

}  // namespace huilu::obligation
