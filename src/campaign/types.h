// The nouns of campaigns (专题工作): a pack's campaign as it was launched at a unit, with the dates
// of its batches, and units that were placed into another batch. Used by the room's commands and
// queries, and the API.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "journal/journal.h"

namespace huilu::campaign {

// `id` as in the pack; of a pack without batches `whole`.
struct Batch {
  std::string id;
  Interval window;  // until is set
};

// The one batch of a campaign whose pack declares none.
inline constexpr std::string_view whole = "all";

struct Launched {
  CampaignId id;
  std::string pack;
  std::string pack_version;
  UnitId unit;  // the organiser: it and what lies below take part
  std::vector<Batch> batches;
  AccountId launched_by;
  Instant launched_at;
  std::optional<Date> ended_on;  // the first day after it
  std::optional<AccountId> ended_by;
  std::optional<Instant> ended_at;
  std::string end_reason;
  std::int64_t version = 1;
  journal::Sequence seq = 0;
  std::optional<journal::Sequence> ended_seq;

  Interval window() const;  // over all its batches
};

// A unit, with all below it, from a day on; batch "" is none.
struct Placement {
  std::int64_t id = 0;
  CampaignId campaign;
  UnitId unit;
  std::string batch;
  Date from;
  std::string reason;
  AccountId placed_by;
  Instant placed_at;
  journal::Sequence seq = 0;
};

}  // namespace huilu::campaign
