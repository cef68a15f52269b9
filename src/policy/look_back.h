// The look-back of a matter type: whoever did not settle a matter looks again, some time later,
// whether what was done still holds. Part of a matter type (policy/matter_type.h); reckoned in the
// room obligation (obligation/look_back.h), kept by the room matter as a version of the matter.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "policy/test.h"

namespace huilu::policy {

// What was found. `not_done`: what was reported as done never was; `relapsed`: it was, and the
// problem is back.
inline constexpr std::array<std::string_view, 4> look_back_outcome_words = {"holds", "partly",
                                                                            "not_done", "relapsed"};
enum class LookBackOutcome { holds, partly, not_done, relapsed };

struct MatterLookBack {
  std::vector<std::string> clauses;
  std::vector<std::string> starts;  // YAML `start: {enter}`: final states
  DurationUse after;                // the day on which it enters is not counted
  std::vector<std::string> by;      // roles; never the responsible unit's people
  std::vector<LookBackOutcome> outcomes;
  Place place;
};

}  // namespace huilu::policy
