#include "compliance/explain.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "journal/queries.h"
#include "obligation/context.h"
#include "obligation/organisation.h"
#include "obligation/periods.h"
#include "record/rules.h"

namespace huilu::compliance {

namespace {

using obligation::Bearer;
using obligation::Class;
using obligation::Explanation;
using obligation::Facts;
using obligation::Phase;
using obligation::TestResult;

// How far back a duty is looked for that was not done and may still be.
constexpr int looking_back_days = 400;

using Duties = std::vector<const policy::Obligation*>;

// In force on one of the days; the order is that of the later ones.
Duties duties_on(const Facts& facts, const std::set<Date>& days, Instant known) {
  Duties out;
  for (auto day = days.rbegin(); day != days.rend(); ++day) {
    for (const auto* duty : obligation::obligations_on(facts, *day, known)) {
      const bool there = std::any_of(out.begin(), out.end(), [&](const auto* other) {
        return other->address == duty->address;
      });
      if (!there) out.push_back(duty);
    }
  }
  return out;
}

// Every bearer with a home among these, of every duty and period; several share an evaluator.
template <class Each>
void for_each_bearer(const Facts& facts, const Duties& duties, Date from, Date until, Date at,
                     Instant known, Each each) {
  for (const auto* duty : duties) {
    for (const auto& period : obligation::periods_of(facts, *duty, from, until, known)) {
      for (const auto& bearer : obligation::bearers_of(facts, *duty, period, known)) {
        each(*duty, period, bearer, obligation::home_of(facts, bearer, *duty, period, at));
      }
    }
  }
}

bool is_person(const Facts& facts, const Bearer& bearer, PersonId person) {
  if (!person) return false;
  if (bearer.person) return bearer.person == person;
  const auto* tenure = obligation::find_tenure(facts, bearer.tenure);
  return tenure != nullptr && tenure->person == person;
}

// Owed for what others have announced, who is to know of it at once and not on its day.
bool is_announced(const Explanation& one) {
  return one.obligation != nullptr && one.obligation->for_each &&
         one.obligation->for_each->announced.has_value();
}

// Something can be done about it: there is time, or late acts count.
bool can_be_done(const Explanation& one) {
  if (one.phase == Phase::ahead && !is_announced(one)) return false;
  const bool time = one.phase != Phase::ended || obligation::may_still_be_done(one.schedule);
  return time && (one.the_class == Class::short_ || one.the_class == Class::unknown);
}

std::int64_t missing_in(const Explanation& one) {
  const auto& fix = one.fix ? one.fix : one.fix_late;
  if (fix) return fix->parts.empty() ? fix->missing : std::int64_t(fix->parts.size());
  return std::max<std::int64_t>(0, one.test.need - one.test.have);
}

ToDo to_do_of(const Explanation& one, UnitId home) {
  return {one.obligation,   one.question.period, home,          one.question.bearer,
          one.verdict,      one.test.need,       one.test.have, missing_in(one),
          one.test.decimal, one.schedule,        one.marks};
}

// The members of a branch in one line: how many owe it, and how many have done it.
class MembersTogether {
 public:
  void add(const Explanation& one, UnitId home) {
    if (one.the_class == Class::not_applicable || one.the_class == Class::exempt) return;
    auto& together = lines_[{one.question.obligation, one.question.period, home}];
    ++together.due;
    if (!can_be_done(one)) {
      together.done += one.the_class == Class::met || one.the_class == Class::met_late ? 1 : 0;
      return;
    }
    const bool first = together.line.missing == 0;
    if (first || one.schedule < together.line.schedule) {
      const auto missing = together.line.missing;
      together.line = to_do_of(one, home);
      together.line.missing = missing;
    }
    together.line.verdict = std::min(together.line.verdict, one.verdict);
    ++together.line.missing;
  }

  void move_to(std::vector<ToDo>& out) {
    for (auto& [key, together] : lines_) {
      if (together.line.missing == 0) continue;
      together.line.bearer.reset();
      together.line.need = together.due;
      together.line.have = together.done;
      together.line.decimal = false;
      out.push_back(std::move(together.line));
    }
  }

 private:
  struct Together {
    ToDo line;
    std::int64_t due = 0;
    std::int64_t done = 0;
  };
  std::map<std::tuple<std::string, std::string, UnitId>, Together> lines_;
};

const obligation::CountedRecord* counted_in(const TestResult& test, RecordId record) {
  for (const auto& one : test.counted) {
    if (one.record == record) return &one;
  }
  for (const auto& part : test.parts) {
    if (const auto* found = counted_in(part, record)) return found;
  }
  return nullptr;
}

const obligation::RejectedRecord* rejected_in(const TestResult& test, RecordId record) {
  for (const auto& one : test.rejected) {
    if (one.record == record) return &one;
  }
  for (const auto& part : test.parts) {
    if (const auto* found = rejected_in(part, record)) return found;
  }
  return nullptr;
}

// The record as if it had been entered now; its number is none.
obligation::Record as_entered(const record::Content& content, Date today, Instant now) {
  const bool plan = record::state_on(content, today) == record::State::planned;
  return {RecordId{},
          {{1, plan ? obligation::RecordState::planned : obligation::RecordState::entered,
            content.types, content.units, content.date, content.place, content.present,
            content.fields, now}}};
}

// Everything that the record may concern: its units, and the persons that it names.
Facts facts_around(store::Connection& connection, const std::vector<policy::Pack>& packs,
                   const record::Catalog& catalog, const record::Content& content,
                   std::set<PersonId>& persons) {
  Facts facts = load_policy(connection, packs);
  const auto mentioned = record::mentioned_in(content, catalog);
  std::set<UnitId> units(content.units.begin(), content.units.end());
  for (const auto& [person, where] : mentioned.persons) persons.insert(person);
  for (const PersonId person : persons) {
    for (const UnitId unit : units_of(connection, {{}, {}, person})) units.insert(unit);
  }
  std::set<RecordId> records;
  for (const auto& [record, where] : mentioned.records) records.insert(record);
  load_units(connection, {units.begin(), units.end()}, Names::loaded, facts);
  load_records_whole(connection, records, facts);
  return facts;
}

// Not a word about a duty that the record has nothing to do with.
bool is_worth_telling(const obligation::RejectedRecord* rejected) {
  return rejected != nullptr && rejected->why != "outside_period" && rejected->why != "too_late";
}

}  // namespace

std::optional<Instant> moment_of(store::Connection& connection, const std::string& text) {
  if (const auto date = Date::parse(text)) return obligation::end_of_day(*date);
  if (const auto instant = Instant::parse(text)) return instant;
  journal::Sequence number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < 1) return {};
  const auto entries = journal::entries_after(connection, number - 1, 1);
  if (entries.empty() || entries.front().sequence != number) return {};
  return entries.front().at;
}

std::optional<Answer> explain(store::Connection& connection, const std::vector<policy::Pack>& packs,
                              const obligation::Question& question, Names names) {
  return explain_by(connection, load_policy(connection, packs), question, names);
}

std::optional<Answer> explain_by(store::Connection& connection, const obligation::Facts& policy,
                                 const obligation::Question& question, Names names) {
  const auto units = units_of(connection, question.bearer);
  if (units.empty()) return {};
  Answer answer{policy, {}, units.front()};
  load_units(connection, units, names, answer.facts);
  if (question.bearer.unit && !answer.facts.units.contains(question.bearer.unit)) return {};
  const auto duty = obligation::any_duty(answer.facts, question.obligation, question.known);
  if (!duty) return {};
  answer.explanation = obligation::evaluate(answer.facts, question);
  const UnitId home = obligation::home_of(answer.facts, question.bearer, *duty.obligation,
                                          answer.explanation.period, question.at);
  if (home) answer.home = home;
  return answer;
}

Date ToDo::next_date(Date today) const {
  if (today <= schedule.act) return schedule.act;
  return today <= schedule.enter ? schedule.enter : schedule.act;
}

namespace {

// What one of those who ask has been found so far.
class ToDoOfOne {
 public:
  explicit ToDoOfOne(const Whose& whose)
      : person_(whose.person), asked_(whose.homes.begin(), whose.homes.end()) {}

  // Every home in which something of his may be found.
  std::set<UnitId> homes(store::Connection& connection) const {
    auto homes = asked_;
    if (!person_) return homes;
    for (const UnitId unit : units_of(connection, {{}, {}, person_})) homes.insert(unit);
    return homes;
  }

  // Whether it is his, looked at in this home; his own once, wherever that is.
  bool wants(const Facts& facts, const policy::Obligation& duty, const calendar::Period& period,
             const Bearer& bearer, UnitId home, UnitId here) {
    is_own_ = is_person(facts, bearer, person_);
    if (!is_own_) return home == here && asked_.contains(home);
    return own_seen_.emplace(duty.address, period.name, bearer).second;
  }
  // What he wanted last.
  void take(const Explanation& one, UnitId home) {
    if (one.question.bearer.person && !is_own_) return members_.add(one, home);
    if (can_be_done(one)) items_.push_back(to_do_of(one, home));
  }

  std::vector<ToDo> end(Date today) {
    members_.move_to(items_);
    std::stable_sort(items_.begin(), items_.end(), [&](const ToDo& a, const ToDo& b) {
      return a.next_date(today) < b.next_date(today);
    });
    return std::move(items_);
  }

 private:
  PersonId person_;
  std::set<UnitId> asked_;
  std::set<std::tuple<std::string, std::string, Bearer>> own_seen_;
  bool is_own_ = false;
  MembersTogether members_;
  std::vector<ToDo> items_;
};

}  // namespace

ToDoLists to_do_of_many(store::Connection& connection, const std::vector<policy::Pack>& packs,
                        const std::vector<Whose>& asking, Date today, Instant now) {
  const Facts policy = load_policy(connection, packs);
  ToDoLists out{policy, {}};
  std::vector<ToDoOfOne> all(asking.begin(), asking.end());
  std::map<UnitId, std::vector<ToDoOfOne*>> homes;
  for (ToDoOfOne& one : all)
    for (const UnitId home : one.homes(connection)) homes[home].push_back(&one);
  const Date from = today + -looking_back_days;
  // A home at a time: the evaluator looks through all that it is given, and desks have many homes.
  for (const auto& home_of : homes) {
    const UnitId here = home_of.first;
    const auto& who = home_of.second;
    Facts facts = policy;
    load_units(connection, {here}, Names::loaded, facts);
    obligation::Evaluator evaluator(facts);
    const auto each = [&](const policy::Obligation& duty, const calendar::Period& period,
                          const Bearer& bearer, UnitId home) {
      std::optional<Explanation> one;
      for (ToDoOfOne* const asker : who) {
        if (!asker->wants(facts, duty, period, bearer, home, here)) continue;
        if (!one) one = evaluator.evaluate({duty.address, bearer, period.name, today, now});
        asker->take(*one, home);
      }
    };
    for_each_bearer(facts, duties_on(facts, {from, today}, now), from, today + 1, today, now, each);
    out.facts.units.merge(facts.units);
    out.facts.persons.merge(facts.persons);
    out.facts.tenures.insert(out.facts.tenures.end(), facts.tenures.begin(), facts.tenures.end());
  }
  for (ToDoOfOne& one : all) out.items.push_back(one.end(today));
  return out;
}

ToDoList to_do(store::Connection& connection, const std::vector<policy::Pack>& packs,
               const Whose& whose, Date today, Instant now) {
  auto lists = to_do_of_many(connection, packs, {whose}, today, now);
  return {std::move(lists.facts), std::move(lists.items.front())};
}

Effects would_count(store::Connection& connection, const std::vector<policy::Pack>& packs,
                    const record::Catalog& catalog, const record::Content& content, Date today,
                    Instant now) {
  std::set<PersonId> persons;
  const Facts before = facts_around(connection, packs, catalog, content, persons);
  Effects out{before, {}};
  out.facts.records.emplace(RecordId{}, as_entered(content, today, now));
  obligation::Evaluator with(out.facts);
  obligation::Evaluator without(before);
  const std::set<UnitId> units(content.units.begin(), content.units.end());
  const auto concerned = [&](const Bearer& bearer, UnitId home) {
    if (bearer.person) return persons.contains(bearer.person);
    const auto* tenure = obligation::find_tenure(before, bearer.tenure);
    return units.contains(home) || (tenure != nullptr && persons.contains(tenure->person));
  };
  const auto each = [&](const policy::Obligation& duty, const calendar::Period& period,
                        const Bearer& bearer, UnitId home) {
    if (!concerned(bearer, home)) return;
    const obligation::Question question{duty.address, bearer, period.name, today, now};
    auto after = with.evaluate(question);
    const bool counts = counted_in(after.test, RecordId{}) != nullptr;
    const auto* rejected = counts ? nullptr : rejected_in(after.test, RecordId{});
    if (!counts && !is_worth_telling(rejected)) return;
    auto why = rejected == nullptr ? std::nullopt : std::optional(*rejected);
    out.items.push_back(
        {without.evaluate(question), std::move(after), bearer, home, std::move(why)});
  };
  const Date from = std::min(content.date, today) + -looking_back_days;
  const Date until = std::max(content.date, today) + 1;
  for_each_bearer(before, duties_on(before, {content.date, today}, now), from, until, today, now,
                  each);
  return out;
}

}  // namespace huilu::compliance
