#include "obligation/sampling.h"

#include <algorithm>

#include "obligation/organisation.h"
#include "policy/pack.h"

namespace huilu::obligation {

namespace {

std::string stratum_of(const Facts& facts, UnitId id, policy::DrawStrata strata, Date day) {
  using policy::DrawStrata;
  const Unit* const unit = find_unit(facts, id);
  if (!unit || strata == DrawStrata::none) return {};
  if (strata == DrawStrata::parent) {
    const Unit* const parent = parent_on(facts, *unit, day_within(*unit, day));
    return parent ? parent->id.text() : std::string();
  }
  const Kind* const kind = value_on(unit->kinds, day_within(*unit, day));
  if (!kind) return {};
  if (strata == DrawStrata::type) return kind->type;
  if (strata == DrawStrata::rank) return kind->rank;
  const policy::Level* const level = policy::core_pack().vocabulary.level(kind->level);
  return level ? level->code : std::string();
}

void weigh(Measuring& measuring, const policy::Indicator& indicator, Sampling& out) {
  const Gathered& all = measuring.gathered(indicator);
  if (!all.error.empty() || all.no_value) return;  // no figure: all have the same chance
  const auto counts = measuring.counts_below(indicator);
  for (Drawable& one : out.units) {
    const auto found = counts.find(one.unit);
    if (found == counts.end() && indicator.empty_not_shown) continue;
    one.weight = found == counts.end() ? 0 : found->second;
    one.tickets = 1 + std::max<std::int64_t>(*one.weight, 0);
  }
}

}  // namespace

Sampling sampling_of(const Facts& facts, Measuring& measuring, const policy::Pack& pack,
                     const policy::Draw& draw, UnitId node, Date day) {
  Sampling out;
  for (const MeasuredFact* const fact : measuring.behind(draw.of, node)) {
    const UnitId unit = fact->units.front();
    out.units.push_back({unit, stratum_of(facts, unit, draw.strata, day), {}, 1});
  }
  std::sort(out.units.begin(), out.units.end(),
            [](const Drawable& a, const Drawable& b) { return a.unit < b.unit; });
  out.error = measuring.gathered(draw.of).error;
  if (!draw.weight.empty())
    if (const auto* const indicator = pack.find_indicator(draw.weight.substr(pack.id.size() + 1)))
      weigh(measuring, *indicator, out);
  Notes notes;
  const auto amount = measuring.number(draw.amount, node, day, notes);
  out.parameters = std::move(notes.parameters);
  if (out.error.empty()) out.error = std::move(notes.error);
  out.no_value = !amount;
  if (!amount) return out;
  const auto all = static_cast<std::int64_t>(out.units.size());
  const auto exact = draw.is_share ? times(*amount, {all, 1}) : amount;
  out.size =
      exact ? static_cast<std::size_t>(std::clamp<std::int64_t>(ceil_of(*exact), 0, all)) : 0;
  return out;
}

std::vector<Lot> draw_units(const std::vector<Drawable>& units, std::string_view seed,
                            std::size_t size) {
  std::vector<InDraw> list;
  for (const Drawable& one : units) list.push_back({one.unit.text(), one.stratum, one.tickets});
  return drawn_of(list, unit_lots, seed, size);
}

}  // namespace huilu::obligation
