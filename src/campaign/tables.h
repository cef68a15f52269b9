// The SQL of the commands of campaigns: what they load, and what they write into the road's batch.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "campaign/rules.h"
#include "campaign/types.h"
#include "command/command.h"
#include "store/store.h"

namespace huilu::campaign {

extern const store::Table campaign_table;
extern const store::Table campaign_batch_table;
extern const store::Table campaign_placement_table;

// What the …_from functions read; `c` is the campaign.
extern const std::string launched_columns;
extern const std::string placement_columns;
Launched launched_from(const store::Row& row);  // without its batches
Placement placement_from(const store::Row& row);

struct LaunchedLoad {
  void queue(store::Connection& connection, CampaignId id);
  std::optional<Launched> launched() const;  // with its batches

  store::Pending row, batches;
};
// What a launch has to know.
struct LaunchLoad {
  void queue(store::Connection& connection, const std::string& pack, UnitId unit);
  LaunchSurroundings surroundings() const;

  store::Pending in_force, path, others;
};

store::Pending queue_path(store::Connection& connection, UnitId unit);
std::optional<std::string> path_from(const store::Rows& rows);

std::vector<Batch> batches_from(const store::Rows& rows);

void insert_launched(command::Writing& writing, const Launched& launched);
void insert_placement(command::Writing& writing, const Placement& placement);
void write_ended(command::Writing& writing, const Launched& launched, Date ended_on, AccountId by,
                 std::string_view reason, journal::Sequence sequence);

}  // namespace huilu::campaign
