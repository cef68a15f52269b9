// How indicators and their figures look in JSON.
#pragma once

#include <optional>
#include <set>

#include "api/names.h"
#include "indicator/board.h"

namespace huilu::api {

// What an indicator is, whatever its figure.
Value indicator_view(const Call& call, indicator::Board& board, const indicator::Board::Line& line);
// `names`: those of the units beyond a limit; null pointer: only how many they are. `withheld`: a
// figure of so few members is one of persons.
Value figure_view(const Call& call, const indicator::Board::Line& line,
                  const obligation::Figure& figure, UnitNames* names, bool withheld = false);

}  // namespace huilu::api
