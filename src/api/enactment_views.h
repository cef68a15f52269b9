// Views of what is enacted, launched and granted: how it looks in JSON. `by` is an account's id, or
// null for the program itself.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/call.h"
#include "api/views.h"
#include "campaign/types.h"
#include "enactment/types.h"
#include "exemption/types.h"
#include "policy/pack.h"

namespace huilu::api {

// The text of a label in the language of the call.
std::string label_in(const policy::Label& label, words::Language language);

Value actor_or_null(AccountId account);
Value interval_view(const Interval& span);  // {"from", "until"}

Value activation_view(const enactment::Activation& activation,
                      const std::vector<policy::Pack>& packs, words::Language language);
Value decided_view(const enactment::Decided& decided, const std::vector<policy::Pack>& packs,
                   words::Language language);
// `pack`: which carries it; empty: it was imported.
Value revision_view(const calendar::Revision& revision, std::string_view pack,
                    const std::optional<enactment::Step>& imported);

// Those in force at the unit today, each in the version that holds there.
std::vector<const policy::Pack*> packs_at(const Call& call, UnitId unit);

// The roots, once it is clear that the account may act there: what concerns the whole installation
// (no unit) is asked for at every unit without one above it; at a unit the gate of the command
// answers.
Result<std::vector<UnitId>> roots_for(const Call& call, command::Permission permission,
                                      const std::optional<UnitId>& unit);

}  // namespace huilu::api
