#include "round/commands_unit_draws.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "command/parts.h"

namespace huilu::round {

using command::Context;
using command::kept_text;
using command::Need;
using command::Permission;
using command::Reply;
using command::Writing;

namespace {

constexpr std::size_t unit_draw_seed_bytes = 32;

MadeDraw made_by_chance(std::int64_t n, const Drawing& drawing, const Context& context,
                        Writing& writing) {
  MadeDraw made;
  made.n = n;
  made.seed = hex(random_bytes(unit_draw_seed_bytes));
  made.size = static_cast<std::int64_t>(drawing.sampling.size);
  made.account = context.account;
  made.at = writing.at();
  made.seq = writing.next_sequence();
  return made;
}

Reply made_reply(int status, const UnitDraw& draw, const MadeDraw& made,
                 const std::vector<DrawnUnit>& units) {
  Reply reply = command::reply_of(status, draw.id.text(), draw.version);
  reply.body.set("seed", made.seed);
  reply.body.set("candidates", static_cast<std::int64_t>(units.size()));
  reply.body.set("drawn",
                 std::int64_t{std::count_if(units.begin(), units.end(),
                                            [](const auto& one) { return one.place > 0; })});
  reply.body.set("journal", made.seq);
  return reply;
}

}  // namespace

DrawUnits::DrawUnits(NewUnitDraw asked, Drawing drawing)
    : asked_(std::move(asked)), drawing_(std::move(drawing)) {
  asked_.name = kept_text(asked_.name);
}

Need DrawUnits::need() const { return {Permission::draw_make, {asked_.unit}}; }

Refusals DrawUnits::decide(const Context&) { return decide_unit_draw(asked_, drawing_.sampling); }

Reply DrawUnits::write(const Context& context, Writing& writing) {
  UnitDraw draw;
  draw.id = DrawId{writing.issue_id()};
  draw.unit = asked_.unit;
  draw.declared = asked_.declared;
  draw.pack_version = drawing_.pack_version;
  draw.name = asked_.name;
  draw.drawn = context.today;
  const MadeDraw made = made_by_chance(1, drawing_, context, writing);
  const auto units = drawn_units(drawing_.sampling.units, made.seed, made.size);
  auto entry =
      command::entry_of("unit_draw_made", draw.id.text(), context, unit_draw_content(draw));
  entry.unit = draw.unit;
  entry.fields.push_back({"name", draw.name});
  entry.fields.push_back({"units", canonical_json(units_content(units))});
  entry.fields.push_back({"draw", canonical_json(made_content(draw, made))});
  entry.touched.push_back({"unit_draw", draw.id.value, 1});
  draw.seq = writing.append(std::move(entry));
  insert_unit_draw(writing, draw);
  insert_made(writing, draw.id, made, units);
  return made_reply(201, draw, made, units);
}

DrawUnitsAnew::DrawUnitsAnew(const UnitDraw& read, std::int64_t seen, const std::string& reason,
                             Drawing drawing)
    : id_(read.id),
      unit_(read.unit),
      seen_(seen),
      reason_(kept_text(reason)),
      drawing_(std::move(drawing)) {}

Need DrawUnitsAnew::need() const { return {Permission::draw_make, {unit_}}; }

Refusals DrawUnitsAnew::decide(const Context&) {
  whole_ = reads_.whole();
  if (!whole_) return {command::not_found(id_.text())};
  return decide_redraw(whole_->draw, seen_, reason_, drawing_);
}

Reply DrawUnitsAnew::write(const Context& context, Writing& writing) {
  UnitDraw& draw = whole_->draw;
  const auto previous = whole_->latest();
  ++draw.version;
  ++draw.draws;
  draw.pack_version = drawing_.pack_version;
  MadeDraw made = made_by_chance(draw.draws, drawing_, context, writing);
  made.reason = reason_;
  const auto units = drawn_units(drawing_.sampling.units, made.seed, made.size);
  auto entry =
      command::entry_of("unit_draw_made_anew", id_.text(), context, made_content(draw, made));
  entry.unit = draw.unit;
  entry.previous = previous;
  entry.fields.push_back({"units", canonical_json(units_content(units))});
  entry.fields.push_back({"reason", made.reason});
  entry.touched.push_back({"unit_draw", id_.value, draw.version});
  writing.append(std::move(entry));
  insert_made(writing, draw.id, made, units);
  write_redrawn(writing, draw);
  return made_reply(200, draw, made, units);
}

}  // namespace huilu::round
