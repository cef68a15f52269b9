#include "round/unit_draw.h"

#include <algorithm>

#include "command/parts.h"

namespace huilu::round {

namespace {

using command::append;
using command::refuse;

constexpr std::size_t draw_name_max = 60;

void check_sampling(const obligation::Sampling& sampling, Refusals& refusals) {
  std::int64_t tickets = 0;
  for (const obligation::Drawable& one : sampling.units) tickets += one.tickets;
  if (sampling.units.size() > drawable_max)
    return refuse(refusals, RefusalCode::field_range, "/unit",
                  "at most " + std::to_string(drawable_max), std::to_string(sampling.units.size()));
  if (tickets > obligation::tickets_max)
    return refuse(refusals, RefusalCode::field_range, "/unit",
                  "at most " + std::to_string(obligation::tickets_max), std::to_string(tickets));
  if (sampling.units.empty()) return refuse(refusals, RefusalCode::draw_empty, "/unit");
  if (sampling.no_value || !sampling.error.empty())
    refuse(refusals, RefusalCode::pack_no_value, "/draw", "", sampling.error);
}

}  // namespace

journal::Sequence WholeUnitDraw::latest() const { return made.back().seq; }

Refusals decide_unit_draw(const NewUnitDraw& asked, const obligation::Sampling& sampling) {
  Refusals refusals = command::check_length(asked.name, 1, draw_name_max, "/name");
  check_sampling(sampling, refusals);
  return refusals;
}

Refusals decide_redraw(const UnitDraw& draw, std::int64_t seen, std::string_view reason,
                       const Drawing& drawing) {
  Refusals refusals;
  if (!drawing.may_redraw) {
    refuse(refusals, RefusalCode::draw_final, "");
    return refusals;
  }
  command::check_version(draw.version, seen, refusals);
  append(refusals, command::check_reason(reason));
  check_sampling(drawing.sampling, refusals);
  return refusals;
}

std::vector<DrawnUnit> drawn_units(const std::vector<obligation::Drawable>& units,
                                   std::string_view seed, std::int64_t size) {
  const auto lots = obligation::draw_units(units, seed, static_cast<std::size_t>(size));
  std::vector<DrawnUnit> out;
  for (std::size_t i = 0; i < units.size(); ++i) out.push_back({units[i], lots[i].place});
  return out;
}

Value unit_draw_content(const UnitDraw& draw) {
  return Value::object({{"declared", draw.declared},
                        {"draw", draw.id.text()},
                        {"drawn", draw.drawn.text()},
                        {"unit", draw.unit.text()}});
}

Value made_content(const UnitDraw& draw, const MadeDraw& made) {
  return Value::object(
      {{"draw", draw.id.text()}, {"n", made.n}, {"seed", made.seed}, {"size", made.size}});
}

Value units_content(const std::vector<DrawnUnit>& units) {
  Value::List list;
  for (const DrawnUnit& one : units)
    list.push_back(Value::object({{"place", static_cast<std::int64_t>(one.place)},
                                  {"stratum", one.of.stratum},
                                  {"tickets", one.of.tickets},
                                  {"unit", one.of.unit.text()},
                                  {"weight", one.of.weight ? Value(*one.of.weight) : Value()}}));
  return list;
}

}  // namespace huilu::round
