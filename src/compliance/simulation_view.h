// Simulations as JSON: the API and `--json` of the command line have them from here.
#pragma once

#include <functional>

#include "base/value.h"
#include "compliance/simulation.h"

namespace huilu::compliance {

// A unit's name, or null where it is not shown.
using NameOf = std::function<Value(UnitId)>;

// {"on", "judged", "evaluated", "changed", "duties": [{"obligation", "title", "period", "from",
// "until", "bearer", "differing", "judged", "changed", "newly_owing", "no_longer_owing", "turns",
// "homes", "homes_changed"}]}.
Value simulation_view(const Simulation& simulation, const std::vector<policy::Pack>& packs,
                      const Supposed& supposed, const SimulationOptions& options,
                      const NameOf& name_of);

// The declaration as it is supposed, or today's where it is removed.
Duty duty_of_change(const DutyChange& change, const std::vector<policy::Pack>& packs,
                    const Supposed& supposed);

}  // namespace huilu::compliance
