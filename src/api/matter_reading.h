// Reading a matter for a request: with its history, its ballot and the policy that it is decided
// by, if the caller may see it. Used by the routes of matters and of ballots.
#pragma once

#include <optional>
#include <vector>

#include "api/call.h"
#include "matter/commands.h"

namespace huilu::api {

// The policy in force, and these units with those above them.
matter::FactsPointer matter_facts(const Call& call, const std::vector<UnitId>& units);

// With the units that a change names, so that what it leads to can be read.
std::optional<matter::Read> read_matter(const Call& call, MatterId id,
                                        const obligation::Change& change = {});

}  // namespace huilu::api
