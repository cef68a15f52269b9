// Drawing units by lot: the first draw, and one that is made anew. The seed is made in the command,
// after the list. Used by the API.
#pragma once

#include <string>
#include <vector>

#include "command/command.h"
#include "round/tables_unit_draws.h"

namespace huilu::round {

// draw_make at the unit. Replies 201 {"id", "version", "seed", "candidates", "drawn", "journal"}.
class DrawUnits : public command::Command {
 public:
  DrawUnits(NewUnitDraw asked, Drawing drawing);

  std::string_view name() const override { return "draw_units"; }
  command::Need need() const override;
  std::string where_of(UnitId) const override { return "/unit"; }
  std::vector<std::string> keys() const override { return {}; }
  void load(store::Connection&) override {}
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  NewUnitDraw asked_;
  Drawing drawing_;
};

// draw_make at the unit of the draw. Replies the same, with 200. The earlier draws stay.
class DrawUnitsAnew : public command::Command {
 public:
  DrawUnitsAnew(const UnitDraw& read, std::int64_t seen, const std::string& reason,
                Drawing drawing);

  std::string_view name() const override { return "draw_units_anew"; }
  command::Need need() const override;
  bool shows(UnitId) const override { return true; }  // who asks has read it
  std::vector<std::string> keys() const override { return {"unit_draw:" + id_.text()}; }
  void load(store::Connection& connection) override { reads_.queue(connection, id_); }
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  DrawId id_;
  UnitId unit_;
  std::int64_t seen_;
  std::string reason_;
  Drawing drawing_;
  UnitDrawReads reads_;
  std::optional<WholeUnitDraw> whole_;
};

}  // namespace huilu::round
