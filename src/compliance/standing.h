// Standing: what is shown of a node of a tree for one duty in one period, bearers by class and read
// at a day. Made by the index for today, and by whoever evaluates another day.
#pragma once

#include <cstdint>
#include <optional>

#include "base/ids.h"
#include "obligation/verdict.h"

namespace huilu::compliance {

enum class Tree { affiliation, seat };

// A node of a tree: a unit, or in the tree of seats a place.
struct Node {
  UnitId unit;
  PlaceId place;

  auto operator<=>(const Node&) const = default;
};

// Bearers below a node, of one duty in one period, by what was done. short is the rest of `due`.
struct Counts {
  std::int64_t due = 0;  // all but not applicable and exempt
  std::int64_t met = 0;
  std::int64_t met_late = 0;
  std::int64_t exempt = 0;
  std::int64_t unknown = 0;
  std::int64_t within = 0;  // at most: not exceeded
  std::int64_t over = 0;
  std::int64_t entered_late = 0;  // among met

  Counts& operator+=(const Counts& other);
  Counts& operator-=(const Counts& other);
  bool operator==(const Counts&) const = default;
};

// Figures of fewer members of a branch are figures of persons.
inline constexpr std::int64_t members_shown_apart = 5;

// Counts read at a day: failed, open, at_risk and in_grace are what is short, within and over.
struct Standing {
  Counts counts;
  std::int64_t failed = 0;
  std::int64_t in_grace = 0;
  std::int64_t at_risk = 0;
  std::int64_t open = 0;

  // Some bearers of one class, whose dates are in one phase.
  void add(obligation::Class the_class, obligation::Phase phase, std::int64_t bearers);
  Standing& operator+=(const Standing& other);

  // Met includes what stayed within a limit whose period has ended.
  std::int64_t of(obligation::Verdict verdict) const;
  std::int64_t done() const;  // met, in time or late
  // The worst verdict that somebody below has; absent: nothing is due and nobody is exempt.
  std::optional<obligation::Verdict> worst() const;
  bool operator==(const Standing&) const = default;
};

}  // namespace huilu::compliance
