// Views of policy: packs with what they declare, duties, parameters with their values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/enactment_views.h"
#include "obligation/facts.h"

namespace huilu::api {

// What the pages of policy are drawn from.
struct PolicyShown {
  const std::vector<policy::Pack>& packs;
  const obligation::Facts& facts;  // what is in force and decided
  words::Language language;
  Date today;
  Instant now;
};

// As the newest activation of the version that holds today says; null where none does.
Value active_view(const PolicyShown& shown, const policy::Pack& pack);
Value pack_view(const PolicyShown& shown, const policy::Pack& pack);
Value pack_details_view(const PolicyShown& shown, const policy::Pack& pack);
Value obligation_view(const PolicyShown& shown, const policy::Pack& pack,
                      const policy::Obligation& obligation);

}  // namespace huilu::api
