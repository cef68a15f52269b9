// Reads of rounds of look-backs: those of a unit, those in which a unit looks, and what a draw is
// made from. Asks no gate: whoever calls has asked it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "round/ledger.h"
#include "round/tables_look_backs.h"

namespace huilu::round {

// Of a unit, or those in which a unit looks; newest first.
struct LookBackRoundFilter {
  std::optional<UnitId> unit;
  std::optional<UnitId> looker;
  std::optional<bool> open;
  RoundId before;  // 0: from the newest on
  int limit = 50;
};
std::vector<LookBackRound> list(store::Connection& connection, const LookBackRoundFilter& filter);

// How many were drawn, and how many of these somebody has looked at; of those that a unit looks at.
struct LookBackNumbers {
  std::int64_t drawn = 0;
  std::int64_t looked = 0;
};
LookBackNumbers numbers_of(store::Connection& connection, const LookBackRound& round,
                           std::optional<UnitId> looker);

// What was settled in the subtree by a state that begins a look-back, stands so still, and may be
// looked at until the day. One more than a round may take says that there are too many.
DrawGround draw_ground(const Ground& ground, std::string_view path, UnitId unit,
                       const std::vector<std::string>& types, Strata strata, Date until);

// Rows against openings and against what the seed draws, for `huilu verify`.
std::vector<journal::Damage> verify_look_backs(store::Connection& connection);

}  // namespace huilu::round
