// Reads of rounds: one with all that belongs to it, those of a unit, and how the matters of a
// ledger stand. Asks no gate: whoever calls has asked it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "matter/commands.h"
#include "round/figures.h"
#include "round/tables.h"

namespace huilu::round {

std::optional<Whole> find(store::Connection& connection, RoundId id);

// Of a unit, or those that a unit has a part in: rows, or tasks; newest first.
struct Filter {
  std::optional<UnitId> unit;
  std::optional<UnitId> party;
  std::optional<bool> open;
  RoundId before;  // 0: from the newest on
  int limit = 50;
};
std::vector<Round> list(store::Connection& connection, const Filter& filter);
// How many it took in, and how many of these ask and are unanswered; of a unit's part alone.
struct Numbers {
  std::int64_t rows = 0;
  std::int64_t asked = 0;
  std::int64_t unanswered = 0;
};
Numbers numbers_of(store::Connection& connection, RoundId id, std::optional<UnitId> party);
// The round that came after it.
std::optional<RoundId> follower_of(store::Connection& connection, RoundId id);

// The open matters of these types in the subtree, by id; at most one more than a round may take.
std::vector<MatterId> open_matters(store::Connection& connection, std::string_view path,
                                   const std::vector<std::string>& types);
// Those that were opened on this day or later and are settled.
std::vector<MatterId> settled_since(store::Connection& connection, std::string_view path,
                                    const std::vector<std::string>& types, Date from);

// Every matter of these types in the subtree, by id.
std::vector<InLedger> all_in_ledger(store::Connection& connection, std::string_view path,
                                    const std::vector<std::string>& types, Date today);
// What a figure counted when the round was locked.
std::vector<MatterId> counted_in(store::Connection& connection, RoundId id,
                                 std::string_view figure);

// A matter of the ledger as it stands, with who has to say and to confirm.
struct Stands {
  matter::Stored stored;
  Standing standing;
  Part part;
  bool is_waiting = false;  // done, and not struck off
};
// In the order of the ids. `facts`: policy in force and the matters' units with those above them;
// `office`: of the round.
std::vector<Stands> stand_of(store::Connection& connection, const obligation::Facts& facts,
                             const std::vector<policy::Pack>& packs,
                             std::vector<matter::Stored> matters, UnitId office, Date today,
                             Instant now);

// Official order of units: what they are sorted by, their ancestors' before their own.
using Position = std::vector<std::pair<std::int64_t, std::string>>;
std::map<UnitId, Position> positions_of(store::Connection& connection,
                                        const std::vector<UnitId>& units);

// Rows against openings, for `huilu verify`.
std::vector<journal::Damage> verify(store::Connection& connection);

}  // namespace huilu::round
