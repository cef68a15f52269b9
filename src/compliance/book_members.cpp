// The book's members and posts. Most members of a home are alike: what the duty asks of one, it
// asks of the next, and only their facts differ. Of posts the terms tell whom the duty concerns;
// what was done is the evaluator's.
#include <algorithm>

#include "compliance/book.h"
#include "obligation/context.h"
#include "obligation/evaluate.h"
#include "obligation/organisation.h"
#include "obligation/periods.h"

namespace huilu::compliance {

using obligation::Class;

namespace {

Answered answered(const Judgement& found) {
  const auto& [judged, terms] = found;
  return {terms->schedule, Cell(judged.the_class, judged.entered_late, 0).histogram()};
}

}  // namespace

// One home's members, one after another: of those who are like the one before, nothing is looked up
// again.
class Book::Roll {
 public:
  Roll(Book& book, Ledger& ledger, Slot home, Date today)
      : book_(book), ledger_(ledger), home_(home), today_(today) {}

  HomeAnswer answer() {
    book_.basis_.people.for_each_at(home_, [&](Slot person) { add(person); });
    return std::move(out_);
  }

 private:
  void add(Slot person) {
    const bool alone = book_.has_leave(ledger_, book_.basis_.leaves.of_persons, person);
    if (alone || !is_like_last(person)) look_up(person);
    if (alone) last_.clear();
    if (!terms_) return;
    const auto found = judge(*terms_, book_.basis_.person_facts.of(person), today_);
    if (!found) {
      out_.ask.insert(book_.basis_.people.id(person));
    } else if (found->judged.the_class != Class::not_applicable) {
      add_to(out_.counted, answered(*found));
    }
  }

  void look_up(Slot person) {
    const auto all = book_.basis_.people.memberships(person);
    last_.assign(all.begin(), all.end());
    const bool here = book_.home_of(ledger_, person, today_) == home_;
    terms_ = here ? &book_.terms_of_member(ledger_, person, today_) : nullptr;
  }

  bool is_like_last(Slot person) const {
    const auto all = book_.basis_.people.memberships(person);
    return std::equal(all.begin(), all.end(), last_.begin(), last_.end(),
                      [&](const PackedMembership& a, const PackedMembership& b) {
                        return a.unit == b.unit && a.host == b.host && a.until == b.until &&
                               a.flags == b.flags && (a.from == b.from || are_both_before(a, b));
                      });
  }

  bool are_both_before(const PackedMembership& a, const PackedMembership& b) const {
    const Date clip = book_.organisation_.clip();
    return !ledger_.dependence.dates && std::max(a.from, b.from) <= clip &&
           ledger_.sheet.period().from >= clip;
  }

  Book& book_;
  Ledger& ledger_;
  const Slot home_;
  const Date today_;
  HomeAnswer out_;
  std::vector<PackedMembership> last_;  // of whoever was looked up last; nobody's is empty
  const Terms* terms_ = nullptr;        // null pointer: counted elsewhere
};

// What looks at more than what a member and a home are is the evaluator's.
HomeAnswer Book::answer_members(Ledger& ledger, Slot home, Date today) {
  if (ledger.dependence.itself) return {{}, {}, true};
  HomeAnswer answer = Roll(*this, ledger, home, today).answer();
  if (!answer.ask.empty() && !ledger.by_person) return {{}, {}, true};
  return answer;
}

std::vector<Slot> Book::homes_of(const Ledger& ledger) const {
  if (ledger.of_units()) return {};
  if (ledger.is_of_members()) return basis_.people.homes();
  std::vector<Slot> homes;
  for (const UnitId unit : basis_.holders.homes()) homes.push_back(organisation_.find(unit));
  return homes;
}

void Book::fill_home(Ledger& ledger, Slot home, Date today, ToAsk& asked) {
  HomeAnswer found = answer(ledger, home, today);
  if (found.ask_all || !found.ask.empty()) {
    asked[home].push_back({&ledger, std::move(found)});
  } else {
    ledger.sheet.put(home, ledger.sheet.share_of(found.counted));
  }
}

HomeAnswer Book::answer_posts(Ledger& ledger, Slot home, Date today) {
  HomeAnswer out;
  const UnitId unit = organisation_.id(home);
  for (const PersonId person : basis_.holders.at(unit)) {
    for (const auto& tenure : basis_.holders.tenures_of(person)) {
      if (tenure.unit != unit) continue;
      const Terms terms = terms_of_tenure(ledger, tenure, today);
      const auto facts = facts_of_tenure(ledger, tenure, terms);
      const auto found = facts ? judge(terms, *facts, today) : std::nullopt;
      if (!found) return {{}, {}, true};
      if (found->judged.the_class == Class::not_applicable) continue;
      add_to(out.counted, answered(*found));
    }
  }
  return out;
}

// What the holder did on the days of the post, or of all posts where the duty is one for all; where
// the evaluator would be asked, whatever the holder did. Nothing where it hangs on versions of a
// record of which only some were of these days.
std::optional<std::vector<Fact>> Book::facts_of_tenure(const Ledger& ledger,
                                                       const obligation::Tenure& tenure,
                                                       const Terms& terms) const {
  const Rule* const rule = terms.rule || !terms.before ? terms.rule : terms.before->rule;
  const bool counted = rule && rule->exact;
  const auto is_held = [&](Date day) {
    if (!counted || tenure.span.contains(day)) return true;
    const auto& all = basis_.holders.tenures_of(tenure.person);
    return ledger.newest->who.merge_posts &&
           std::any_of(all.begin(), all.end(),
                       [&](const auto& one) { return one.span.contains(day); });
  };
  std::vector<Fact> facts;
  const Slot person = basis_.people.find(tenure.person);
  if (person == no_slot) return facts;
  bool is_whole = true;
  for (const Fact& fact : basis_.person_facts.of(person)) {
    const bool held = is_held(fact.counts_on());
    if (held) facts.push_back(fact);
    const bool of_versions = (fact.mask & Fact::older) != 0;
    is_whole = is_whole && (held || !of_versions);
  }
  return is_whole ? std::optional(std::move(facts)) : std::nullopt;
}

// With whatever else the holder is and holds: posts may bear a duty together.
Terms Book::terms_of_tenure(const Ledger& ledger, const obligation::Tenure& tenure, Date today) {
  const std::lock_guard lock(making_);
  policy_.tenures = basis_.holders.tenures_of(tenure.person);
  for (const auto& one : policy_.tenures) {
    add_unit(organisation_.find(one.unit), ledger.dependence.above);
  }
  add_person(basis_.people.find(tenure.person), ledger.dependence.above);
  const auto leaves = basis_.leaves.of_tenures.find(tenure.id);
  if (leaves != basis_.leaves.of_tenures.end()) policy_.leaves = leaves->second;
  return asked_terms(ledger, {{}, tenure.id, {}}, today);
}

const Terms& Book::terms_of_member(Ledger& ledger, Slot person, Date today) {
  TermsPointer& terms = has_leave(ledger, basis_.leaves.of_persons, person)
                            ? ledger.of_person[person]
                            : ledger.of_members[key_of_member(ledger, person)];
  if (!terms) terms = make_member_terms(ledger, person, today);
  return *terms;
}

void Book::add_person(Slot person, bool with_above) {
  if (person == no_slot) return;
  for (const PackedMembership& one : basis_.people.memberships(person)) {
    add_unit(one.unit, with_above);
    if (one.host != no_slot) add_unit(one.host, with_above);
  }
  basis_.people.add_memberships(person, policy_.memberships);
}

TermsPointer Book::make_member_terms(Ledger& ledger, Slot person, Date today) {
  const std::lock_guard lock(making_);
  add_person(person, ledger.dependence.above);
  const auto leaves = basis_.leaves.of_persons.find(person);
  if (leaves != basis_.leaves.of_persons.end()) policy_.leaves = leaves->second;
  return std::make_unique<const Terms>(
      asked_terms(ledger, {{}, {}, basis_.people.id(person)}, today));
}

MemberKey Book::key_of_member(const Ledger& ledger, Slot person) const {
  const auto key_of_unit = [&](Slot unit) {
    if (unit == no_slot) return TermsKey{0xffffffff, no_slot, {}, {}, no_slot};
    TermsKey key = key_of(ledger, unit);
    if (is_placed_alone(ledger, unit)) key.alone = unit;
    return key;
  };
  const Date clip = organisation_.clip();
  const bool clipped = !ledger.dependence.dates && ledger.sheet.period().from >= clip;
  const auto all = basis_.people.memberships(person);
  // Which of them are of one unit matters, whichever it is.
  const auto first_at = [&](Slot unit) {
    const auto is_there = [&](const auto& one) { return one.unit == unit || one.host == unit; };
    return static_cast<std::uint32_t>(std::find_if(all.begin(), all.end(), is_there) - all.begin());
  };
  MemberKey key;
  for (const PackedMembership& one : all) {
    key.push_back({key_of_unit(one.unit), key_of_unit(one.host),
                   clipped ? std::max(one.from, clip) : one.from, one.until, one.flags,
                   first_at(one.unit), first_at(one.host)});
  }
  return key;
}

void Book::forget_member(Slot person) {
  for (auto& ledger : ledgers_) ledger->of_person.erase(person);
}

void Book::forget_members() {
  for (auto& ledger : ledgers_) ledger->forget_members();
}

// As the evaluator finds it.
Slot Book::home_of(const Ledger& ledger, Slot person, Date today) const {
  obligation::Facts facts;
  basis_.people.add_memberships(person, facts.memberships);
  const UnitId home = obligation::home_of(facts, {{}, {}, basis_.people.id(person)}, *ledger.newest,
                                          ledger.sheet.period(), today);
  return home ? organisation_.find(home) : no_slot;
}

}  // namespace huilu::compliance
