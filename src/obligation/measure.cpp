#include "obligation/measure.h"

#include <algorithm>

#include "obligation/condition.h"
#include "obligation/evaluate.h"
#include "obligation/measure_gathering.h"
#include "obligation/organisation.h"
#include "obligation/parameters.h"
#include "obligation/periods.h"
#include "policy/scalar.h"

namespace huilu::obligation {

namespace {

using policy::Indicator;
using policy::Measure;
using policy::RollsUp;
using Chosen = std::vector<const MeasuredFact*>;

// Every case of the duty, bearer by bearer.
std::vector<CountedCases> evaluated_cases(const Facts& facts, const MeasuredOn& on,
                                          const std::string& address, Interval days) {
  std::vector<CountedCases> all;
  const Duty duty = any_duty(facts, address, on.known);
  if (!duty) return all;
  const policy::Obligation& obligation = *duty.obligation;
  // What a campaign asked for stays to be seen when it is over.
  const Date from = obligation.of_campaign() ? Date::of(1, 1, 1) : days.from;
  Evaluator evaluator(facts);
  for (const calendar::Period& period :
       periods_of(facts, obligation, from, end_of(days), on.known)) {
    for (const Bearer& bearer : bearers_of(facts, obligation, period, on.known)) {
      const auto found = evaluator.evaluate({address, bearer, period.name, on.at, on.known});
      all.push_back(
          {bearer.text(), home_of(facts, bearer, obligation, period, on.at), found.verdict});
    }
  }
  return all;
}

std::optional<calendar::PeriodKind> kind_of(policy::MeasuredEvery every) {
  if (every == policy::MeasuredEvery::now) return {};
  return static_cast<calendar::PeriodKind>(static_cast<int>(every) - 1);
}

std::optional<Fraction> median_of(std::vector<std::int64_t> amounts) {
  std::sort(amounts.begin(), amounts.end());
  const std::size_t middle = amounts.size() / 2;
  if (amounts.size() % 2 == 1) return fraction(amounts[middle], policy::one_in_millionths);
  const auto a = fraction(amounts[middle - 1], 2 * policy::one_in_millionths);
  const auto b = fraction(amounts[middle], 2 * policy::one_in_millionths);
  return a && b ? plus(*a, *b) : std::nullopt;
}

void fail(Figure& out, std::string error) {
  out.state = FigureState::unknown;
  if (out.error.empty()) out.error = std::move(error);
}

void set(Figure& out, const std::optional<Fraction>& value) {
  if (!value) return fail(out, "a number is too large");
  out.state = FigureState::shown;
  out.value = *value;
}

// Of each unit the record that comes last; units add up.
Chosen newest_of_units(const Chosen& facts) {
  std::map<std::vector<UnitId>, const MeasuredFact*> newest;
  for (const MeasuredFact* const fact : facts) {
    const MeasuredFact*& kept = newest[fact->units];
    if (!kept || kept->day <= fact->day) kept = fact;
  }
  Chosen out;
  for (const auto& [units, fact] : newest) out.push_back(fact);
  return out;
}

void add_parameters(const std::vector<BoundParameter>& from, std::vector<BoundParameter>& to) {
  for (const BoundParameter& one : from)
    if (std::none_of(to.begin(), to.end(), [&](const BoundParameter& known) {
          return known.address == one.address && known.value == one.value;
        }))
      to.push_back(one);
}

}  // namespace

Measuring::Measuring(const Facts& facts, const MeasuredOn& on, CasesOf cases)
    : facts_(facts),
      on_(on),
      cases_(std::move(cases)),
      calendars_(std::make_unique<Calendars>(facts)) {
  if (cases_) return;
  cases_ = [this](const std::string& duty, Interval days) {
    return evaluated_cases(facts_, on_, duty, days);
  };
}

Measuring::~Measuring() = default;

const Indicator* Measuring::find(const std::string& address) const {
  for (const Indicator& one : on_.pack.indicators)
    if (one.address == address) return &one;
  return nullptr;
}

calendar::Period Measuring::period_of(const Indicator& indicator) const {
  const auto kind = kind_of(indicator.every);
  if (!kind) return {std::string(always_name), on_.at, on_.at + 1};
  const auto asked = calendar::period_of(*kind, on_.within);
  return indicator.previous ? calendar::period_of(*kind, asked.from + -1) : asked;
}

const Gathered& Measuring::gathered(const Indicator& indicator) {
  const auto known = gathered_.find(indicator.address);
  if (known != gathered_.end()) return known->second;
  Gathering gathering(facts_, *calendars_, on_, cases_, indicator, period_of(indicator));
  return gathered_.emplace(indicator.address, gathering.gathered()).first->second;
}

const std::set<UnitId>& Measuring::above(UnitId unit, Date day) {
  auto& above = above_[{unit, day}];
  if (above.empty()) {
    above.insert(unit);
    const Unit* at = find_unit(facts_, unit);
    while (at && (at = parent_on(facts_, *at, day)) && above.insert(at->id).second) {
    }
  }
  return above;
}

bool Measuring::is_below(UnitId unit, UnitId node, Date day) {
  return above(unit, day).contains(node);
}

// A unit as it is on a day.
Context Measuring::context_of(UnitId unit, Date day, Notes& notes) const {
  return {facts_,
          *calendars_,
          on_.pack,
          Bearer{unit, {}, {}},
          policy::MemberAt::home,
          {std::string(always_name), day, day + 1},
          nullptr,
          {},
          day,
          day,
          on_.known,
          Reach::all,
          notes};
}

// Whether it is one of the units that the indicator is a figure of.
bool Measuring::is_of(const Indicator& indicator, UnitId unit, Date day) {
  if (!indicator.who) return true;
  const auto key = std::pair(indicator.address, unit);
  const auto known = is_of_.find(key);
  if (known != is_of_.end()) return known->second;
  const Unit* const found = find_unit(facts_, unit);
  Notes notes;
  Context context = context_of(unit, day, notes);
  const bool is_one =
      found && holds(context, UnitThing{found, day_within(*found, day)}, *indicator.who);
  return is_of_[key] = is_one;
}

std::vector<const MeasuredFact*> Measuring::behind(const Indicator& indicator, UnitId node,
                                                   Reaching reaching) {
  const Gathered& all = gathered(indicator);
  const auto counts_for = [&](UnitId unit) {
    const bool is_there =
        reaching == Reaching::own ? unit == node : is_below(unit, node, all.as_of);
    return is_there && is_of(indicator, unit, all.as_of);
  };
  std::vector<const MeasuredFact*> found;
  for (const MeasuredFact& fact : all.facts)
    if (std::any_of(fact.units.begin(), fact.units.end(), counts_for)) found.push_back(&fact);
  return found;
}

std::vector<const UncountedFact*> Measuring::uncounted(const Indicator& indicator, UnitId node) {
  const Gathered& all = gathered(indicator);
  std::vector<const UncountedFact*> found;
  for (const UncountedFact& fact : all.uncounted)
    if (std::any_of(fact.units.begin(), fact.units.end(), [&](UnitId unit) {
          return is_below(unit, node, all.as_of) && is_of(indicator, unit, all.as_of);
        }))
      found.push_back(&fact);
  return found;
}

std::map<UnitId, std::int64_t> Measuring::counts_below(const Indicator& indicator) {
  const Gathered& all = gathered(indicator);
  const bool sums = indicator.measure == Measure::sum;
  std::map<UnitId, std::int64_t> counts;
  for (const MeasuredFact& fact : all.facts) {
    std::set<UnitId> reached;
    for (const UnitId unit : fact.units) {
      if (!is_of(indicator, unit, all.as_of)) continue;
      const auto& up = above(unit, all.as_of);
      reached.insert(up.begin(), up.end());
    }
    for (const UnitId unit : reached) counts[unit] += sums ? fact.amount : fact.count;
  }
  if (sums)
    for (auto& [unit, amount] : counts) amount /= policy::one_in_millionths;
  return counts;
}

void Measuring::measure(const Indicator& indicator, const Chosen& facts, Figure& out) {
  std::int64_t sum = 0;
  std::set<std::string> values;
  std::vector<std::int64_t> amounts;
  for (const MeasuredFact* const fact : facts) {
    out.base += fact->count;
    out.part += fact->is_part ? fact->count : 0;
    values.insert(fact->values.begin(), fact->values.end());
    amounts.push_back(fact->amount);
    if (__builtin_add_overflow(sum, fact->amount, &sum)) return fail(out, "a sum is too large");
  }
  const bool needs_one = indicator.measure == Measure::share ||
                         indicator.measure == Measure::median ||
                         indicator.measure == Measure::series || indicator.empty_not_shown;
  out.state = FigureState::empty;
  if (out.base == 0 && needs_one) return;
  switch (indicator.measure) {
    case Measure::count:
      return set(out,
                 Fraction{indicator.path ? static_cast<std::int64_t>(values.size()) : out.base, 1});
    case Measure::share:
      return set(out, fraction(out.part, out.base));
    case Measure::median:
      return set(out, median_of(std::move(amounts)));
    default:
      return set(out, fraction(sum, policy::one_in_millionths));
  }
}

void Measuring::break_down(const Indicator& indicator, const Chosen& facts, Figure& out) {
  std::map<std::vector<std::string>, Chosen> parts;
  bool is_clear = true;
  for (const MeasuredFact* const fact : facts) {
    std::vector<std::vector<std::string>> keys = {{}};
    for (const auto& words : fact->keys) {
      is_clear = is_clear && words.size() == 1;
      std::vector<std::vector<std::string>> longer;
      for (const auto& key : keys) {
        if (words.empty()) longer.push_back(key), longer.back().emplace_back();
        for (const std::string& word : words) longer.push_back(key), longer.back().push_back(word);
      }
      keys = std::move(longer);
    }
    for (auto& key : keys) parts[std::move(key)].push_back(fact);
  }
  for (const auto& [key, some] : parts) {
    Figure part;
    measure(indicator, some, part);
    out.parts.push_back({key, part.state, part.value, part.part, part.base});
  }
  if (!indicator.partition || indicator.by.empty()) return;
  std::int64_t base = 0;
  for (const FigurePart& part : out.parts) base += part.base;
  if (!is_clear || base != out.base) fail(out, "parts do not add up");
}

void Measuring::count(const Indicator& indicator, UnitId node, Reaching reaching, Figure& out) {
  const Gathered& all = gathered(indicator);
  out.parameters = all.parameters;
  if (!all.error.empty()) return fail(out, all.error);
  out.state = FigureState::no_value;
  if (all.no_value) return;
  Chosen facts = behind(indicator, node, reaching);
  if (indicator.measure == Measure::series) facts = newest_of_units(facts);
  measure(indicator, facts, out);
  if (!indicator.by.empty() && out.state == FigureState::shown) break_down(indicator, facts, out);
}

// From the figures of other indicators for the same node.
void Measuring::reckon(const Indicator& indicator, UnitId node, Reaching reaching, Figure& out) {
  std::vector<Figure> from;
  for (const std::string& address : indicator.from) {
    const Indicator* const other = find(address);
    if (!other) return fail(out, "no indicator " + address);
    from.push_back(bare(*other, node, reaching));
    add_parameters(from.back().parameters, out.parameters);
    out.base += from.back().base;
  }
  for (const Figure& one : from)
    if (one.state != FigureState::shown) {
      out.state = one.state;
      out.error = one.error;
      return;
    }
  const Fraction first = from.front().value;
  if (indicator.measure == Measure::minus) return set(out, minus(first, from.at(1).value));
  if (indicator.measure == Measure::ratio) {
    out.state = FigureState::empty;
    if (from.at(1).value.num == 0) return;
    return set(out, divided(first, from.at(1).value));
  }
  Notes notes;
  const Date day = std::min(on_.at, period_of(indicator).last_day());
  const auto less = number(*indicator.less, node, day, notes);
  add_parameters(notes.parameters, out.parameters);
  if (!notes.error.empty()) return fail(out, notes.error);
  out.state = FigureState::no_value;
  if (!less) return;
  const auto kept = minus({1, 1}, *less);
  const auto exact = kept ? times(first, *kept) : std::nullopt;
  if (!exact) return fail(out, "a number is too large");
  const std::int64_t rounded = indicator.round == policy::RoundTo::floor  ? floor_of(*exact)
                               : indicator.round == policy::RoundTo::ceil ? ceil_of(*exact)
                                                                          : nearest_to(*exact);
  set(out, Fraction{rounded, 1});
}

Figure Measuring::bare(const Indicator& indicator, UnitId node, Reaching reaching) {
  Figure out;
  if (indicator.counts_facts())
    count(indicator, node, reaching, out);
  else
    reckon(indicator, node, reaching, out);
  hold_against(indicator, node, reaching, out);
  return out;
}

Figure Measuring::figure(const Indicator& indicator, UnitId node) {
  const bool stays = indicator.roll_up == RollsUp::none;
  Figure out = bare(indicator, node, stays ? Reaching::own : Reaching::below);
  if (stays && out.base == 0 && indicator.counts_facts() &&
      !behind(indicator, node, Reaching::below).empty())
    out.state = FigureState::not_rolled_up;
  find_beyond(indicator, node, out);
  roll_up(indicator, node, out);
  apply_minimum(indicator, node, out);
  return out;
}

}  // namespace huilu::obligation
