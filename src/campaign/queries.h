// Reads of campaigns: what evaluation needs and the lists of the API. Asks no gate: whoever calls
// has asked it.
#pragma once

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

// Rows against openings, for `huilu verify`.
std::vector<journal::Damage> verify(store::Connection& connection);

}  // namespace huilu::campaign
