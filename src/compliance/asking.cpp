#include "compliance/asking.h"

#include <algorithm>
#include <set>

#include "compliance/load_facts.h"
#include "obligation/context.h"
#include "obligation/periods.h"

namespace huilu::compliance {

namespace {

using obligation::Bearer;
using obligation::Class;
using obligation::Facts;

bool has(const obligation::Explanation& explanation, obligation::Mark mark) {
  return std::find(explanation.marks.begin(), explanation.marks.end(), mark) !=
         explanation.marks.end();
}

// Every day that is named anywhere.
class DaysAhead {
 public:
  explicit DaysAhead(Date today) : today_(today) {}

  void add(std::optional<Date> day) {
    if (day && *day > today_ && (!first_ || *day < *first_)) first_ = day;
  }
  void add(const Interval& span) {
    add(span.from);
    add(span.until);
  }
  void add(const Value& value) {
    if (const auto* text = value.text()) {
      const auto day = Date::parse(*text);
      add(day);
      if (day) add(*day + 1);  // both days of a field "until" are tried
    } else if (const auto* list = value.list()) {
      for (const Value& item : *list) add(item);
    } else if (const auto* object = value.object()) {
      for (const auto& [key, member] : object->members) add(member);
    }
  }
  std::optional<Date> first() const { return first_; }

 private:
  Date today_;
  std::optional<Date> first_;
};

}  // namespace

std::vector<Bearer> bearers_at(const Facts& facts, UnitId home,
                               const policy::Obligation& obligation, const Asked& asked,
                               Date today) {
  std::set<Bearer> all;
  switch (obligation.who.kind) {
    case policy::BearerKind::unit:
      return {{home, {}, {}}};
    case policy::BearerKind::post:
      for (const auto& tenure : facts.tenures) all.insert({{}, tenure.id, {}});
      break;
    case policy::BearerKind::member:
      for (const auto& membership : facts.memberships) {
        if (!asked.persons || asked.persons->contains(membership.person)) {
          all.insert({{}, {}, membership.person});
        }
      }
      break;
  }
  std::vector<Bearer> here;
  std::copy_if(all.begin(), all.end(), std::back_inserter(here), [&](const Bearer& bearer) {
    return obligation::home_of(facts, bearer, obligation, asked.period, today) == home;
  });
  return here;
}

Asking::Asking(store::Connection& connection, const Facts& policy, Date today)
    : connection_(connection), facts_(policy), today_(today), evaluator_(facts_) {}

// Of some persons only what they need.
void Asking::load(UnitId home, const std::vector<Asked>& asked) {
  std::set<PersonId> persons;
  for (const Asked& one : asked) {
    if (!one.persons) return load_units(connection_, {home}, Names::left_out, facts_);
    persons.insert(one.persons->begin(), one.persons->end());
  }
  load_persons(connection_, persons, facts_);
}

std::vector<std::vector<Answered>> Asking::of(UnitId home, const std::vector<Asked>& asked) {
  load(home, asked);
  std::vector<std::vector<Answered>> out;
  out.reserve(asked.size());
  for (const Asked& one : asked) out.push_back(answer(home, one));
  find_next_change();
  case_days_.clear();
  facts_.units.clear();
  facts_.memberships.clear();
  facts_.tenures.clear();
  facts_.records.clear();
  facts_.leaves.clear();
  return out;
}

std::vector<Answered> Asking::answer(UnitId home, const Asked& asked) {
  const Instant known = obligation::end_of_day(today_);
  std::vector<Answered> out;
  const auto duty = obligation::any_duty(facts_, asked.obligation, known);
  if (!duty) return out;
  for (const Bearer& bearer : bearers_at(facts_, home, *duty.obligation, asked, today_)) {
    const auto found =
        evaluator_.evaluate({asked.obligation, bearer, asked.period.name, today_, known});
    add_days(found);
    if (found.the_class == Class::not_applicable) continue;
    const bool entered_late =
        found.the_class == Class::met && has(found, obligation::Mark::entered_late);
    add_to(out, {found.schedule, Cell(found.the_class, entered_late, 0).histogram()});
  }
  return out;
}

// Which case decides changes with the days.
void Asking::add_days(const obligation::Explanation& found) {
  for (const obligation::CaseResult& one : found.cases) {
    const obligation::Schedule& schedule = one.schedule;
    case_days_.insert(case_days_.end(),
                      {schedule.from, schedule.warn, schedule.act + 1, schedule.enter + 1});
  }
}

void Asking::find_next_change() {
  DaysAhead days(today_);
  for (const Date day : case_days_) days.add(day);
  for (const auto& [id, unit] : facts_.units) {
    days.add(unit.span);
    days.add(unit.go_live);
    for (const auto& kind : unit.kinds) days.add(kind.span);
    for (const auto& parent : unit.parents) days.add(parent.span);
  }
  for (const auto& membership : facts_.memberships) days.add(membership.span);
  for (const auto& tenure : facts_.tenures) days.add(tenure.span);
  for (const auto& [id, record] : facts_.records) {
    for (const auto& version : record.versions) {
      days.add(version.date);
      days.add(version.fields);
    }
  }
  next_change_ = days.first();
}

}  // namespace huilu::compliance
