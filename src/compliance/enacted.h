// What was decided for this installation, as the evaluator wants it: packs in force, values of
// parameters, calendars, campaigns, and leaves of some bearers. The only file that knows how the
// rooms enactment, campaign and exemption keep them.
#pragma once

#include <vector>

#include "obligation/facts.h"
#include "policy/pack.h"
#include "store/store.h"

namespace huilu::compliance {

void load_enacted(store::Connection& connection, const std::vector<policy::Pack>& packs,
                  obligation::Facts& facts);

void load_leaves(store::Connection& connection, const std::vector<obligation::Bearer>& bearers,
                 obligation::Facts& facts);

}  // namespace huilu::compliance
