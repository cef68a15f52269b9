// What the room decides, without a database: whether a pack's campaign may be launched at a unit
// and with which batches, whether a unit may be placed, whether a campaign may end.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/value.h"
#include "campaign/types.h"
#include "command/command.h"
#include "enactment/queries.h"
#include "policy/pack.h"

namespace huilu::campaign {

// `batches` as they were given: dates of some or all of the pack's; those that are missing keep the
// pack's own.
struct NewCampaign {
  std::string pack;
  UnitId unit;
  std::vector<Batch> batches;
};

// A campaign of the same pack, wherever.
struct Other {
  CampaignId id;
  std::string path;  // of its unit
  Interval window;   // until it ends or was ended
};

struct LaunchSurroundings {
  std::vector<enactment::InForce> in_force;
  std::optional<std::string> path;  // of the unit; absent: there is none
  std::vector<Other> others;
};

// What will be launched: the version in force when the first batch begins, with every batch.
struct Plan {
  const policy::Pack* pack = nullptr;
  std::vector<Batch> batches;
};

// Codes: unknown_unit, unknown_pack, pack_not_in_force, unknown_word, duplicate, date_order,
// campaign_running.
Result<Plan> decide_launch(const NewCampaign& asked, const std::vector<policy::Pack>& packs,
                           const LaunchSurroundings& surroundings, Instant now);

struct NewPlacement {
  UnitId unit;
  std::string batch;  // empty: none
  Date from;
  std::string reason;
};

struct PlacementSurroundings {
  Launched launched;
  std::optional<std::string> campaign_path;
  std::optional<std::string> unit_path;
};
Refusals decide_placement(const NewPlacement& asked, const PlacementSurroundings& surroundings);

// `date` is the first day after it.
Refusals decide_end(const Launched& launched, std::int64_t seen, Date date,
                    std::string_view reason);

// The field "content" of the entries; rows say the same (verify.cpp).
Value launched_content(const Launched& launched);
Value placement_content(const Placement& placement);
Value ended_content(CampaignId id, std::string_view ended_on);

}  // namespace huilu::campaign
