// Draws: which units are checked is left to a lot that anyone can draw again. Parsed and checked
// here, drawn by the rooms obligation (draw.h, sampling.h) and round, read aloud by
// policy/sentence.h.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/indicator.h"

namespace huilu::policy {

// What the sample takes its share from each of: nothing, or what a unit is on the day.
enum class DrawStrata { none, type, level, rank, parent };

inline constexpr std::array<std::string_view, 5> draw_strata_words = {
    "none", "unit.type", "unit.level", "unit.rank", "unit.parent"};

struct Draw {
  std::string name;     // "checked_units"
  std::string address;  // "standing-duties/checked_units"
  std::vector<std::string> clauses;
  Label title;
  std::optional<Label> guide;
  Indicator of;           // the units that may be drawn, counted: which they are is behind it
  NumberUse amount;       // how many
  bool is_share = false;  // or which part of them
  std::string weight;     // address of an indicator; empty: all have the same chance
  DrawStrata strata = DrawStrata::none;
  bool may_redraw = false;
  Place place;
};

}  // namespace huilu::policy
