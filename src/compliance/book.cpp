#include "compliance/book.h"

#include <algorithm>
#include <tuple>

#include "compliance/duty.h"
#include "compliance/filling.h"
#include "compliance/shares.h"
#include "obligation/context.h"
#include "obligation/evaluate.h"
#include "obligation/organisation.h"
#include "obligation/periods.h"
#include "policy/uses.h"

namespace huilu::compliance {

namespace {

using obligation::Class;

// Whether every record of the set is one of the bearer's own unit, or names the bearer or its
// holder: a change of another's record does not matter then.
bool is_own(const policy::Set& set) {
  return std::any_of(
      set.where.lines.begin(), set.where.lines.end(), [](const policy::Comparing& line) {
        return std::any_of(line.operands.begin(), line.operands.end(), [](const auto& operand) {
          const auto* path = std::get_if<policy::Path>(&operand.what);
          return path && path->root == policy::Root::bearer;
        });
      });
}

void add_types(const policy::Test& test, std::set<std::string>& types, bool& own) {
  if (test.counts()) {
    types.insert(test.of.names.begin(), test.of.names.end());
    own = own && is_own(test.of);
  }
  for (const policy::Test& part : test.parts) add_types(part, types, own);
}

bool are_exclusive(const policy::Obligation& a, const policy::Obligation& b) {
  return a.sharing && b.sharing && a.sharing->group == b.sharing->group;
}

Histogram histogram_of(Judged judged) {
  return Cell(judged.the_class, judged.entered_late, 0).histogram();
}

}  // namespace

Book::Book(obligation::Facts policy, const record::Catalog& catalog, const Basis& basis,
           const std::set<std::string>* only)
    : policy_(std::move(policy)),
      catalog_(catalog),
      basis_(basis),
      organisation_(basis.organisation),
      calendars_(policy_),
      counting_(policy_, catalog, only) {
  find_duties(only);
  for (const auto& activation : policy_.activations) named_.insert(activation.unit);
  for (const auto& campaign : policy_.campaigns) {
    named_.insert(campaign.unit);
    for (const auto& placed : campaign.placed) named_.insert(placed.unit);
  }
}

// Whether another pack stands in its place at some unit.
bool Book::is_tailored(const policy::Pack& pack) const {
  return std::ranges::any_of(policy_.activations, [&](const auto& one) {
    return std::ranges::any_of(
        one.pack->extends, [&](const policy::Parent& parent) { return parent.pack == pack.id; });
  });
}

void Book::find_duties(const std::set<std::string>* only) {
  for (const auto& activation : policy_.activations) {
    for (const auto& obligation : activation.pack->obligations) {
      if (only && !only->contains(obligation.address)) continue;
      auto duty = std::find_if(duties_.begin(), duties_.end(),
                               [&](const Duty& one) { return one.address == obligation.address; });
      if (duty == duties_.end()) {
        duties_.push_back(
            {obligation.address, obligation.who.kind, {}, {}, true, false, nullptr, {}, {}});
        duty = duties_.end() - 1;
      }
      auto dependence = dependence_of(*activation.pack, obligation);
      dependence.above = dependence.above || activation.unit || is_tailored(*activation.pack);
      duty->dependence = joined(duty->dependence, dependence);
      duty->campaigns = duty->campaigns || obligation.of_campaign() || obligation.sharing;
      add_types(obligation.needs, duty->types, duty->own);
      add_parameters(*activation.pack, obligation, duty->parameters);
      // What another duty takes is not this one's.
      for (const auto& other : activation.pack->obligations) {
        if (!are_exclusive(obligation, other)) continue;
        add_types(other.needs, duty->types, duty->own);
        add_parameters(*activation.pack, other, duty->parameters);
      }
      if (obligation.for_each) {
        const auto& names = obligation.for_each->records.names;
        duty->types.insert(names.begin(), names.end());
      }
      auto& versions = duty->versions;
      if (std::find(versions.begin(), versions.end(), &obligation) == versions.end()) {
        versions.push_back(&obligation);
      }
    }
  }
  // Versions that disagree on who bears the duty are judged as the newest says.
  const Instant always = obligation::end_of_day(obligation::last_date);
  for (Duty& duty : duties_) {
    const auto newest = obligation::any_duty(policy_, duty.address, always);
    duty.newest = newest ? newest.obligation : duty.versions.back();
    if (newest) duty.bearer = newest.obligation->who.kind;
  }
}

bool Book::is_by_person(const Duty& duty) const {
  return duty.bearer == policy::BearerKind::member &&
         std::all_of(duty.versions.begin(), duty.versions.end(), [&](const auto* version) {
           return version->who.kind == policy::BearerKind::member && !version->sharing &&
                  counting_.rule(*version).own;
         });
}

// A campaign's phases and batches may use any parameter of the pack.
void Book::add_parameters(const policy::Pack& pack, const policy::Obligation& obligation,
                          std::set<std::string>& out) const {
  const std::string prefix = pack.id + '/';
  if (obligation.of_campaign()) out.insert(prefix);
  for (const auto* use : policy::parameters_of(obligation)) out.insert(prefix + use->name);
  for (const std::string& address : record_types_of(obligation)) {
    const auto* const type = catalog_.find(address);
    if (!type) continue;
    for (const auto* use : policy::parameters_of(*type->declared)) out.insert(prefix + use->name);
  }
}

bool Book::is_decided_by(const std::set<std::string>& parameters,
                         const std::string& obligation) const {
  const auto duty = std::find_if(duties_.begin(), duties_.end(),
                                 [&](const Duty& one) { return one.address == obligation; });
  return duty == duties_.end() ||
         std::any_of(parameters.begin(), parameters.end(), [&](const std::string& address) {
           return duty->parameters.contains(address) ||
                  duty->parameters.contains(address.substr(0, address.find('/') + 1));
         });
}

bool Book::looks_at_campaigns(const std::string& obligation) const {
  const auto duty = std::find_if(duties_.begin(), duties_.end(),
                                 [&](const Duty& one) { return one.address == obligation; });
  return duty == duties_.end() || duty->campaigns;
}

Ledger* Book::find(const std::string& obligation, const std::string& period) const {
  const auto found = by_name_.find({obligation, period});
  return found == by_name_.end() ? nullptr : found->second;
}

std::vector<std::unique_ptr<Ledger>> Book::opened(Date from, Date until) const {
  std::vector<std::unique_ptr<Ledger>> out;
  const Instant known = obligation::end_of_day(until + -1);
  for (const Duty& duty : duties_) {
    std::map<std::string, calendar::Period> periods;
    for (const auto* version : duty.versions) {
      for (auto& period : obligation::periods_of(policy_, *version, from, until, known)) {
        periods.emplace(period.name, period);
      }
    }
    for (auto& [name, period] : periods) {
      if (find(duty.address, name)) continue;
      out.push_back(std::make_unique<Ledger>(
          Ledger{Sheet(duty.address, period, duty.bearer, organisation_.split()),
                 duty.newest,
                 duty.dependence,
                 duty.types,
                 duty.own,
                 is_by_person(duty),
                 {},
                 {},
                 {},
                 {},
                 {}}));
    }
  }
  return out;
}

void Book::keep(std::vector<std::unique_ptr<Ledger>> ledgers) {
  for (auto& ledger : ledgers) {
    by_name_[{ledger->sheet.obligation(), ledger->sheet.period().name}] = ledger.get();
    ledgers_.push_back(std::move(ledger));
  }
  const auto place = [&](const std::unique_ptr<Ledger>& ledger) {
    const auto duty = std::find_if(duties_.begin(), duties_.end(), [&](const Duty& one) {
      return one.address == ledger->sheet.obligation();
    });
    return std::tuple(duty - duties_.begin(), ledger->sheet.period().from,
                      ledger->sheet.period().name);
  };
  std::stable_sort(ledgers_.begin(), ledgers_.end(),
                   [&](const auto& a, const auto& b) { return place(a) < place(b); });
}

void Book::drop_before(Date from) {
  std::erase_if(ledgers_, [&](const auto& ledger) {
    if (ledger->sheet.period().until > from) return false;
    by_name_.erase({ledger->sheet.obligation(), ledger->sheet.period().name});
    return true;
  });
}

bool Book::is_placed_alone(const Ledger& ledger, Slot unit) const {
  return ledger.dependence.above &&
         (organisation_.affiliation().changes(unit) || named_.contains(organisation_.id(unit)));
}

bool Book::has_leave(const Ledger& ledger, const Leaves::BySlot& leaves, Slot bearer) const {
  const auto found = leaves.find(bearer);
  return found != leaves.end() &&
         std::any_of(found->second.begin(), found->second.end(), [&](const auto& leave) {
           return leave.obligation == ledger.sheet.obligation() &&
                  leave.period == ledger.sheet.period().name;
         });
}

bool Book::is_alone(const Ledger& ledger, Slot unit) const {
  return ledger.dependence.itself || is_placed_alone(ledger, unit) ||
         has_leave(ledger, basis_.leaves.of_units, unit);
}

// Whether units of one profile that are not alone have the same terms.
bool Book::is_by_profile(const Ledger& ledger) const {
  return !ledger.dependence.itself && !ledger.dependence.above &&
         ledger.sheet.period().from >= organisation_.clip();
}

void Book::add_unit(Slot unit, bool with_above) {
  const auto [added, is_new] =
      policy_.units.emplace(organisation_.id(unit), organisation_.unit(unit));
  if (!is_new) return;
  if (!with_above) {
    added->second.parents.clear();
    return;
  }
  for (const Stretch& stretch : organisation_.affiliation().history(unit)) {
    if (stretch.parent != no_slot) add_unit(stretch.parent, with_above);
  }
}

TermsKey Book::key_of(const Ledger& ledger, Slot unit) const {
  TermsKey key;
  key.profile = organisation_.profile(unit);
  if (is_by_profile(ledger)) return key;
  const UnitRow& row = organisation_.row(unit);
  key.parent = organisation_.affiliation().now(unit);
  key.from = row.span.from;
  key.go_live = row.go_live.value_or(Date{});
  return key;
}

// By whatever `policy_` has of the bearer now, which is taken out again.
Terms Book::asked_terms(const Ledger& ledger, const obligation::Bearer& bearer, Date today) {
  const obligation::Question question{ledger.sheet.obligation(), bearer, ledger.sheet.period().name,
                                      today, obligation::end_of_day(today)};
  Terms terms = terms_of(policy_, calendars_, counting_, question);
  policy_.units.clear();
  policy_.memberships.clear();
  policy_.tenures.clear();
  policy_.leaves.clear();
  return terms;
}

TermsPointer Book::make_terms(Ledger& ledger, Slot unit, bool alone, Date today) {
  const std::lock_guard lock(making_);
  add_unit(unit, ledger.dependence.above);
  const auto leaves = basis_.leaves.of_units.find(unit);
  if (alone && leaves != basis_.leaves.of_units.end()) policy_.leaves = leaves->second;
  return std::make_unique<const Terms>(
      asked_terms(ledger, {organisation_.id(unit), {}, {}}, today));
}

const Terms& Book::terms(Ledger& ledger, Slot unit, Date today) {
  const auto known = [&](TermsPointer& terms, bool alone) -> const Terms& {
    if (!terms) terms = make_terms(ledger, unit, alone, today);
    return *terms;
  };
  if (is_alone(ledger, unit)) return known(ledger.of_unit[unit], true);
  if (!is_by_profile(ledger)) return known(ledger.of_key[key_of(ledger, unit)], false);
  const std::uint32_t profile = organisation_.profile(unit);
  if (ledger.of_profile.size() <= profile) ledger.of_profile.resize(profile + 1);
  return known(ledger.of_profile[profile], false);
}

HomeAnswer Book::answer(Ledger& ledger, Slot home, Date today) {
  if (ledger.is_of_members()) return answer_members(ledger, home, today);
  if (!ledger.of_units()) return answer_posts(ledger, home, today);
  HomeAnswer out;
  const auto found = judge(terms(ledger, home, today), basis_.unit_facts.of(home), today);
  if (!found) {
    out.ask_all = true;
  } else if (found->judged.the_class != Class::not_applicable) {
    out.counted.push_back({found->terms->schedule, histogram_of(found->judged)});
  }
  return out;
}

void Book::fill(const std::vector<Ledger*>& ledgers, Date today, ToAsk& asked) {
  std::mutex merging;
  for_shares(ledgers, [&](const std::vector<Ledger*>& share) {
    std::vector<Ledger*> of_units;
    ToAsk of_share;
    for (Ledger* const ledger : share) {
      if (ledger->of_units()) of_units.push_back(ledger);
      for (const Slot home : homes_of(*ledger)) fill_home(*ledger, home, today, of_share);
    }
    if (!of_units.empty()) fill_units(of_units, today, of_share);
    const std::lock_guard lock(merging);
    for (auto& [home, its] : of_share) {
      std::move(its.begin(), its.end(), std::back_inserter(asked[home]));
    }
  });
}

void Book::fill_units(const std::vector<Ledger*>& ledgers, Date today, ToAsk& asked) {
  Filling filling(organisation_, basis_.unit_facts, counting_.sources());
  const auto& leaves = basis_.leaves.of_units;
  for (Slot first = 0; first < organisation_.units(); first = filling.last()) {
    filling.take(first);
    for (Ledger* const ledger : ledgers) {
      for (const Run& run : filling.runs()) {
        const bool with_leaves = leaves.lower_bound(run.first) != leaves.lower_bound(run.last);
        if (is_by_profile(*ledger) && !with_leaves &&
            filling.fill(terms(*ledger, run.first, today), run, ledger->sheet, today)) {
          continue;
        }
        for (Slot unit = run.first; unit < run.last; ++unit) fill_one(*ledger, unit, today, asked);
      }
    }
  }
}

void Book::fill_one(Ledger& ledger, Slot unit, Date today, ToAsk& asked) {
  const auto found = judge(terms(ledger, unit, today), basis_.unit_facts.of(unit), today);
  if (!found) {
    asked[unit].push_back({&ledger, {{}, {}, true}});
  } else if (found->judged.the_class != Class::not_applicable) {
    ledger.sheet.put(
        unit, Share{{ledger.sheet.column_of(found->terms->schedule), histogram_of(found->judged)}});
  }
}

void Book::forget_terms(Slot unit) {
  for (auto& ledger : ledgers_) {
    ledger->of_unit.erase(unit);
    ledger->forget_members();
  }
}

void Book::forget_terms_of_profiles(const std::set<std::uint32_t>& profiles) {
  for (auto& ledger : ledgers_) {
    for (const std::uint32_t profile : profiles) {
      if (profile < ledger->of_profile.size()) ledger->of_profile[profile].reset();
    }
    std::erase_if(ledger->of_key,
                  [&](const auto& entry) { return profiles.contains(entry.first.profile); });
    if (!profiles.empty()) ledger->forget_members();
  }
}

void Book::forget_terms_above() {
  for (auto& ledger : ledgers_) {
    if (!ledger->dependence.above) continue;
    ledger->of_key.clear();
    ledger->of_unit.clear();
    ledger->forget_members();
  }
}

}  // namespace huilu::compliance
