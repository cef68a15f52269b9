// What the routes of matters read before they ask for a change: the policy in force with the units
// concerned, and a matter with its history and its ballot, for whoever may see it.
#pragma once

#include <optional>
#include <vector>

#include "api/call.h"
#include "base/members.h"
#include "matter/commands.h"

namespace huilu::api {

// The policy in force, and these units with those above them.
matter::FactsPointer facts_at(const Call& call, const std::vector<UnitId>& units);

obligation::Change read_matter_change(Members& in);
// Its type, unit, campaign and change; a parent stands elsewhere.
matter::NewMatter read_new_matter(Members& in);

// A matter is seen where its unit's matters are, where its roles are, by persons in a role, and by
// those who are asked to rate it.
bool may_read_matter(const Call& call, const matter::Read& read);

// With the units that a change names, so that what it leads to can be read. Nothing for one that
// does not exist or may not be seen.
std::optional<matter::Read> read_matter(const Call& call, MatterId id,
                                        const obligation::Change& change = {});

// The same of many at once, with one reading of the policy.
struct MatterAsked {
  MatterId id;
  obligation::Change change;
};
std::vector<std::optional<matter::Read>> read_matters(const Call& call,
                                                      const std::vector<MatterAsked>& asked);

}  // namespace huilu::api
