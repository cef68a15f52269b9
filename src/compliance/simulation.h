// Simulation: what a changed or new pack, or another value of a parameter, would do on the data
// that is there, before anybody puts it in force: as if it had been in force over all days of
// today's version. Duty by duty and period by period, whose verdict would be another, where and
// why. Nothing is written. Of today the two sides are counted by two books in memory; single
// bearers that these cannot judge, and every other day, are the evaluator's.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "compliance/because.h"
#include "compliance/index.h"
#include "compliance/supposition.h"
#include "record/catalog.h"

namespace huilu::compliance {

// Of bearers: today's verdict and the supposed one. Not applicable: nothing is owed.
struct Turn {
  obligation::Verdict today = obligation::Verdict::not_applicable;
  obligation::Verdict supposed = obligation::Verdict::not_applicable;

  bool is_change() const { return today != supposed; }
  auto operator<=>(const Turn&) const = default;
};

struct TurnCount {
  Turn turn;
  std::int64_t bearers = 0;
  std::vector<Reason> because;  // of a change: found in the explanations of a few of its bearers
};

// A home in which somebody's verdict would be another.
struct HomeChange {
  UnitId home;
  obligation::Bearer bearer;  // one of those that change, to be explained
  Turn worst;                 // of its turns the one with the worst supposed verdict
  std::int64_t changed = 0;   // bearers
  std::int64_t judged = 0;
};

struct DutyChange {
  std::string obligation;  // address
  std::string period;
  Date from;
  Date until;
  policy::BearerKind bearer = policy::BearerKind::unit;
  std::vector<std::string> differing;  // keys of the declaration, see policy/difference.h
  std::vector<TurnCount> turns;        // worst supposed verdict first; also what stays
  std::vector<HomeChange> homes;       // worst first, as many as were asked for
  std::int64_t homes_changed = 0;      // all of them

  std::int64_t judged() const;
  std::int64_t changed() const;
  std::int64_t newly_owing() const;
  std::int64_t no_longer_owing() const;
};

struct Simulation {
  std::vector<DutyChange> duties;  // in the supposed order; those removed follow
  std::int64_t judged = 0;         // bearers, each in every duty and period
  std::int64_t evaluated = 0;      // of these by the evaluator and not counted in memory
};

struct SimulationOptions {
  Date on;                     // the end of this day, as it was known then
  Date today;                  // where it is `on`, books count
  UnitId below;                // it and what lies below it; none: everywhere
  std::size_t homes_max = 20;  // listed of a duty in a period
  words::Language language = words::Language::zh_cn;
  std::function<void(std::int64_t done, std::int64_t total)> progress = {};  // homes evaluated
};

// Reads one snapshot, which must be open. `policy` as load_policy gives it of `packs`.
Simulation simulate(store::Connection& snapshot, const obligation::Facts& policy,
                    const std::vector<policy::Pack>& packs, const Supposed& supposed,
                    const SimulationOptions& options);

}  // namespace huilu::compliance
