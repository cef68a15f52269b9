// A round beside the ledger that it asks about, as both stand now: what its pages show, and what
// its figures are counted from when it is locked. Used by the API and the demo.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "round/queries.h"

namespace huilu::round {

// Where a reading is made: the packs that there are, and the policy in force with these units and
// those above them.
struct Ground {
  store::Connection& connection;
  const std::vector<policy::Pack>& packs;
  std::function<obligation::Facts(const std::vector<UnitId>&)> facts_of;
  Date today;
  Instant now;
};

// How these matters stand, in the order of the ids; `office`: of the round.
std::vector<Stands> stand_now(const Ground& ground, const std::vector<MatterId>& ids,
                              UnitId office);
// What a round takes in: the open matters of the subtree.
std::vector<Row> rows_to_take(const Ground& ground, std::string_view path,
                              const std::vector<std::string>& types, UnitId office);

struct Ledger {
  Whole whole;
  std::optional<Whole> previous;
  bool is_followed = false;
  std::vector<Stands> rows;            // in the order of the whole's rows
  std::vector<Present> later, before;  // see Counted
  matter::TypeCounts counts;
  std::map<std::string, const policy::MatterType*> types;  // the latest that is known

  Value figures(Date today) const;
  CountedMatters counted(const std::vector<InLedger>& ledger, Date today) const;
  std::vector<Standing> standings() const;
};
// `path`: of the round's unit today.
Ledger ledger_of(const Ground& ground, Whole whole, std::string_view path);

}  // namespace huilu::round
