// The relapse of a matter type: when a new matter is so like an earlier one of the same unit that
// had been settled, that somebody is asked whether the problem is back. Part of a matter type
// (policy/matter_type.h); reckoned in the room obligation (obligation/relapse.h), kept by the room
// matter as a version of both matters.
#pragma once

#include <string>
#include <vector>

#include "policy/test.h"

namespace huilu::policy {

struct MatterRelapse {
  std::vector<std::string> clauses;
  std::vector<std::string> of;     // final states in which the earlier one stands
  DurationUse within;              // of the day on which it was settled
  std::vector<std::string> same;   // fields that do not differ where both are filled
  std::vector<std::string> alike;  // texts that are compared
  Threshold at_least;              // how alike the texts are together: above 0, at most 1
  std::vector<std::string> by;     // roles; never the responsible unit's people
  Place place;
};

}  // namespace huilu::policy
