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

PolicyShown shown_to(const Call& call, const obligation::Facts& facts);

// The version asked for; otherwise the one in force, or the last of those that are known; null
// where there is none.
const policy::Pack* choose_pack(const PolicyShown& shown, std::string_view id,
                                const std::optional<std::string>& version);
// Each pack once, in the order in which they are known.
std::vector<const policy::Pack*> packs_shown(const PolicyShown& shown);

// As the newest activation of the version that holds today says; null where none does.
Value active_view(const PolicyShown& shown, const policy::Pack& pack);
Value pack_view(const PolicyShown& shown, const policy::Pack& pack);
Value pack_details_view(const PolicyShown& shown, const policy::Pack& pack);
Value obligation_view(const PolicyShown& shown, const policy::Pack& pack,
                      const policy::Obligation& obligation);
// Values of the packs in force that nobody has decided yet, those of today.
Value::List assumed_view(const PolicyShown& shown);

}  // namespace huilu::api
