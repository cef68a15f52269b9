// What a pack says of a campaign: windows, batches and phases as defaults that a launch sets, and
// bundles, named sets of obligations that are complete or not for each unit.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "policy/obligation.h"

namespace huilu::policy {

enum class LateJoiner { full, shortened };

inline constexpr std::array<std::string_view, 2> late_joiner_words = {"full", "shortened"};

struct Batch {
  std::string id;
  Label title;
  Condition who;  // of units
  Interval window;
  LateJoiner late_joiner = LateJoiner::shortened;
  Place place;
};

struct Phase {
  std::string id;
  Label title;
  Anchor from;   // campaign_start, campaign_end or a date; the campaign is the unit's batch
  Anchor until;  // both days are included
  Place place;
};

// A strand or a goal of a campaign: what its duties serve, side by side; none waits for another.
struct Aim {
  std::string id;
  Label title;
  std::vector<std::string> clauses;
  Place place;
};

struct Campaign {
  std::vector<std::string> clauses;
  Label title;
  Interval window;
  std::vector<Batch> batches;  // none: one batch of every unit, over the window
  std::vector<Phase> phases;
  std::vector<Aim> strands;  // each is served by a duty of the pack
  std::vector<Aim> goals;    // likewise
  Place place;
};

// How the duties of members and posts count for their unit.
struct Fold {
  std::optional<Decimal> at_least;  // absent: all of them
};

// Null pointer where none has the id.
const Aim* find_aim(const std::vector<Aim>& aims, std::string_view id);

struct Bundle {
  std::string name;
  std::string address;
  std::vector<std::string> clauses;
  Label title;
  Condition per;                         // of units
  std::vector<std::string> obligations;  // addresses, in the order of the columns
  Fold fold;
  Place place;
};

}  // namespace huilu::policy
