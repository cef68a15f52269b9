// Who would take part: the units of a campaign's subtree by batch, counted in one pass over the
// tree as it stands today. Used before a launch and in the list of campaigns.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "obligation/facts.h"
#include "store/store.h"

namespace huilu::campaign {

struct Parts {
  std::map<std::string, std::int64_t> units;  // by batch
  std::int64_t in_none = 0;
};

// `policy`: what is in force; its units are not read. `path`: of the campaign's unit.
Parts count_parts(store::Connection& connection, const obligation::Facts& policy,
                  const obligation::Campaign& campaign, const std::string& path, Date today,
                  Instant now);

}  // namespace huilu::campaign
