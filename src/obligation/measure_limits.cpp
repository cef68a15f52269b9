// What a figure is held against: control figures and their pace, floors and ceilings, and what
// follows from these for a unit with all below it.
#include <algorithm>

#include "obligation/measure.h"
#include "obligation/organisation.h"
#include "obligation/parameters.h"
#include "obligation/periods.h"
#include "policy/scalar.h"

namespace huilu::obligation {

namespace {

using policy::Indicator;
using policy::RollsUp;

std::optional<Fraction> elapsed(const calendar::Period& period, Date day, policy::Pace pace) {
  if (day < period.from) return Fraction{};
  if (day >= period.last_day()) return Fraction{1, 1};
  if (pace == policy::Pace::linear_by_day) return fraction(day - period.from + 1, period.days());
  // Whole months: a month is over with its last day.
  std::int64_t over = 0, all = 0;
  for (Date first = period.from; first < period.until; first = calendar::add_months(first, 1)) {
    ++all;
    if (calendar::add_months(first, 1) <= day + 1) ++over;
  }
  return fraction(over, all);
}

void merge(const std::vector<BoundParameter>& from, std::vector<BoundParameter>& to) {
  for (const BoundParameter& one : from)
    if (std::none_of(to.begin(), to.end(), [&](const BoundParameter& known) {
          return known.address == one.address && known.value == one.value;
        }))
      to.push_back(one);
}

}  // namespace

Date Measuring::as_of(const Indicator& indicator) const {
  return std::min(on_.at, period_of(indicator).last_day());
}

std::optional<Fraction> Measuring::number(const policy::NumberUse& use, UnitId unit, Date day,
                                          Notes& notes) {
  if (const auto* const written = std::get_if<policy::Decimal>(&use))
    return fraction(written->millionths, policy::one_in_millionths);
  Context context = context_of(unit, day, notes);
  const policy::Setting* const setting = bound(context, std::get<policy::ParameterUse>(use));
  if (!setting) return {};
  if (const auto* const whole = std::get_if<std::int64_t>(setting)) return Fraction{*whole, 1};
  const auto* const decimal = std::get_if<policy::Decimal>(setting);
  return decimal ? fraction(decimal->millionths, policy::one_in_millionths) : std::nullopt;
}

// Nothing where some unit has none: half a control figure is none.
std::optional<Fraction> Measuring::control_of(const Indicator& indicator, UnitId node,
                                              Reaching reaching, Figure& out) {
  const policy::Control& control = *indicator.against;
  if (!control.parameter) {
    const Indicator* const other = find(control.indicator);
    if (!other) return {};
    const Figure found = bare(*other, node, reaching);
    merge(found.parameters, out.parameters);
    return found.state == FigureState::shown ? std::optional(found.value) : std::nullopt;
  }
  const Date day = as_of(indicator);
  std::optional<Fraction> sum;
  const std::vector<UnitId> units =
      reaching == Reaching::own ? std::vector<UnitId>{node} : units_with(indicator, node);
  for (const UnitId unit : units) {
    Notes notes;
    const auto own = number(*control.parameter, unit, day, notes);
    merge(notes.parameters, out.parameters);
    sum = own ? plus(sum.value_or(Fraction{}), *own) : std::nullopt;
    if (!sum) return {};
  }
  return sum;
}

void Measuring::hold_against(const Indicator& indicator, UnitId node, Reaching reaching,
                             Figure& out) {
  if (!indicator.against || out.state != FigureState::shown) return;
  out.control = control_of(indicator, node, reaching, out);
  if (!out.control) return;
  out.use = divided(out.value, *out.control);
  out.rest = minus(*out.control, out.value);
  const bool is_over = order(out.value, *out.control) > 0;
  out.pace = is_over ? PaceState::exceeded : PaceState::within;
  if (!indicator.pace) return;
  const calendar::Period period = period_of(indicator);
  out.planned = elapsed(period, as_of(indicator), *indicator.pace);
  const auto by_now = out.planned ? times(*out.control, *out.planned) : std::nullopt;
  if (!is_over && by_now && order(out.value, *by_now) > 0) out.pace = PaceState::ahead;
}

// Those that it is a figure of, or where it does not say so those that have facts.
std::vector<UnitId> Measuring::units_with(const Indicator& indicator, UnitId node) {
  const Date day = as_of(indicator);
  std::set<UnitId> units;
  if (indicator.who) {
    for (const auto& [id, unit] : facts_.units)
      if (unit.span.contains(day) && is_below(id, node, day) && is_of(indicator, id, day))
        units.insert(id);
  } else if (indicator.counts_facts()) {
    for (const MeasuredFact* const fact : behind(indicator, node))
      for (const UnitId unit : fact->units)
        if (is_below(unit, node, day)) units.insert(unit);
  } else {
    for (const std::string& address : indicator.from)
      if (const Indicator* const other = find(address))
        for (const UnitId unit : units_with(*other, node)) units.insert(unit);
  }
  return {units.begin(), units.end()};
}

void Measuring::find_beyond(const Indicator& indicator, UnitId node, Figure& out) {
  const auto& limit = indicator.floor ? indicator.floor : indicator.ceiling;
  if (!limit && !indicator.against) return;
  const Date day = as_of(indicator);
  if (limit) {
    Notes notes;
    out.limit = number(*limit, node, day, notes);
    merge(notes.parameters, out.parameters);
  }
  for (const UnitId unit : units_with(indicator, node)) {
    const Figure own = bare(indicator, unit, Reaching::own);
    if (own.state != FigureState::shown) continue;
    if (!limit) {
      if (own.pace >= PaceState::ahead) out.beyond.push_back(unit);
      continue;
    }
    Notes notes;
    const auto number_of_unit = number(*limit, unit, day, notes);
    if (!number_of_unit) continue;
    const auto found = order(own.value, *number_of_unit);
    if (indicator.floor ? found < 0 : found > 0) out.beyond.push_back(unit);
  }
}

void Measuring::roll_up(const Indicator& indicator, UnitId node, Figure& out) {
  if (out.state != FigureState::shown && out.state != FigureState::empty) return;
  if (indicator.roll_up == RollsUp::count_of_failed) {
    out.state = FigureState::shown;
    out.value = {static_cast<std::int64_t>(out.beyond.size()), 1};
    out.base = static_cast<std::int64_t>(units_with(indicator, node).size());
    out.parts.clear();
    return;
  }
  if (indicator.roll_up != RollsUp::worst) return;
  std::optional<Figure> worst;
  for (const UnitId unit : units_with(indicator, node)) {
    Figure own = bare(indicator, unit, Reaching::own);
    if (own.state != FigureState::shown) continue;
    const Fraction value = own.use.value_or(own.value);
    const bool is_worse =
        !worst || (indicator.floor ? order(value, worst->use.value_or(worst->value)) < 0
                                   : order(value, worst->use.value_or(worst->value)) > 0);
    if (is_worse) worst = std::move(own);
  }
  if (!worst) return;
  worst->beyond = std::move(out.beyond);
  worst->limit = out.limit;
  merge(out.parameters, worst->parameters);
  out = std::move(*worst);
}

void Measuring::apply_minimum(const Indicator& indicator, UnitId node, Figure& out) {
  if (!indicator.min_base) return;
  Notes notes;
  const auto least = number(*indicator.min_base, node, as_of(indicator), notes);
  merge(notes.parameters, out.parameters);
  const auto is_small = [&](std::int64_t base) { return least && order({base, 1}, *least) < 0; };
  for (FigurePart& part : out.parts)
    if (part.state == FigureState::shown && is_small(part.base)) part.state = FigureState::too_few;
  if (out.state == FigureState::shown && is_small(out.base)) out.state = FigureState::too_few;
}

}  // namespace huilu::obligation
