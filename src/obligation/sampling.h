// Sampling: the units from which a draw takes, the chances that each has, and how many are drawn.
// Pure; the draw itself is obligation/draw.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "obligation/draw.h"
#include "obligation/measure.h"
#include "policy/draw.h"

namespace huilu::obligation {

// Above this nobody would check the list of a draw, and hashing it would keep others waiting.
inline constexpr std::int64_t tickets_max = 200'000;

struct Drawable {
  UnitId unit;
  std::string stratum;                 // a word of core, or the unit above; empty: one for all
  std::optional<std::int64_t> weight;  // what is counted for it; nothing: no figure, or no weight
  std::int64_t tickets = 1;            // one for being there, and one more for each that is counted

  bool operator==(const Drawable&) const = default;
};

struct Sampling {
  std::vector<Drawable> units;  // by id
  std::size_t size = 0;         // of them
  std::vector<BoundParameter> parameters;
  bool no_value = false;  // the parameter for the size has none
  std::string error;
};

// Below the node, as `measuring` sees it; it is of the pack that has the draw.
Sampling sampling_of(const Facts& facts, Measuring& measuring, const policy::Pack& pack,
                     const policy::Draw& draw, UnitId node, Date day);

// In their order.
std::vector<Lot> draw_units(const std::vector<Drawable>& units, std::string_view seed,
                            std::size_t size);

}  // namespace huilu::obligation
