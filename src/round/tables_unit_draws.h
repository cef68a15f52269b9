// The SQL of draws of units: what their commands load and write, and what their pages read.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "command/command.h"
#include "round/unit_draw.h"
#include "store/store.h"

namespace huilu::round {

// What unit_draw_from reads.
extern const std::string unit_draw_columns;
UnitDraw unit_draw_from(const store::Row& row);

// A draw with all that was made, its reads queued together.
class UnitDrawReads {
 public:
  void queue(store::Connection& connection, DrawId id);
  std::optional<WholeUnitDraw> whole() const;  // after a flush

 private:
  store::Pending draw_, made_, units_;
};
std::optional<WholeUnitDraw> find_unit_draw(store::Connection& connection, DrawId id);
// The list of one draw, by id.
std::vector<DrawnUnit> units_of(store::Connection& connection, DrawId id, std::int64_t n);

// Those of the unit, newest first; `before` 0: from the newest on.
std::vector<UnitDraw> unit_draws_of(store::Connection& connection, UnitId unit, DrawId before,
                                    int limit);

void insert_unit_draw(command::Writing& writing, const UnitDraw& draw);
void insert_made(command::Writing& writing, DrawId draw, const MadeDraw& made,
                 const std::vector<DrawnUnit>& units);
// After a redraw.
void write_redrawn(command::Writing& writing, const UnitDraw& draw);

// Rows against openings and against what the seed draws, for `huilu verify`.
std::vector<journal::Damage> verify_unit_draws(store::Connection& connection);

}  // namespace huilu::round
