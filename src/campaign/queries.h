// Reads of campaigns: what evaluation needs and the lists of the API. Asks no gate: whoever calls
// has asked it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "campaign/types.h"
#include "obligation/facts.h"
#include "store/store.h"

namespace huilu::campaign {

// Every campaign with its batches and placements, also those that have ended; by id.
std::vector<obligation::Campaign> campaigns(store::Connection& connection);
std::optional<obligation::Campaign> campaign_of(store::Connection& connection, CampaignId id);

std::optional<Launched> find(store::Connection& connection, CampaignId id);
// A page in the order of ids, after `after`.
std::vector<Launched> list(store::Connection& connection, CampaignId after, int limit);
std::vector<Placement> placements(store::Connection& connection, CampaignId id);

// Units at and below the path and those above it, in the order of their paths: as they are today.
struct UnitToday {
  std::string path;
  obligation::Unit unit;  // one kind and one parent over the whole of its life
};
void for_each_unit_today(store::Connection& connection, const std::string& path,
                         const std::function<void(const UnitToday&)>& each);

// Rows against openings, for `huilu verify`.
std::vector<journal::Damage> verify(store::Connection& connection);

}  // namespace huilu::campaign
