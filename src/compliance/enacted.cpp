#include "compliance/enacted.h"

#include <algorithm>
#include <set>

#include "campaign/queries.h"
#include "enactment/queries.h"
#include "exemption/queries.h"

namespace huilu::compliance {

namespace {

const policy::Pack* pack_of(const std::vector<policy::Pack>& packs, std::string_view id,
                            std::string_view version) {
  const auto found = std::find_if(packs.begin(), packs.end(), [&](const policy::Pack& pack) {
    return pack.id == id && pack.version == version;
  });
  return found == packs.end() ? nullptr : &*found;
}

}  // namespace

void load_enacted(store::Connection& connection, const std::vector<policy::Pack>& packs,
                  obligation::Facts& facts) {
  for (const auto& active : enactment::activations(connection)) {
    // What cannot be read can demand nothing; the pages of policy say that it is not there.
    const auto* pack = pack_of(packs, active.pack, active.pack_version);
    if (pack == nullptr) continue;
    facts.activations.push_back({pack, active.span, active.unit, active.at, active.withdrawn});
  }
  for (const auto& decided : enactment::decided_values(connection)) {
    facts.decided.push_back(
        {decided.address(), decided.value, decided.retroactive, decided.steps.confirmed->at});
  }
  for (const auto& pack : packs) {
    facts.calendar.insert(facts.calendar.end(), pack.revisions.begin(), pack.revisions.end());
  }
  const auto imported = enactment::calendar_revisions(connection);
  facts.calendar.insert(facts.calendar.end(), imported.begin(), imported.end());
  facts.campaigns = campaign::campaigns(connection);
}

void load_leaves(store::Connection& connection, const std::vector<obligation::Bearer>& bearers,
                 obligation::Facts& facts) {
  std::set<std::int64_t> there;
  for (const auto& leave : facts.leaves) there.insert(leave.id);
  for (auto& granted : exemption::leaves_of(connection, bearers)) {
    if (there.insert(granted.leave.id).second) facts.leaves.push_back(std::move(granted.leave));
  }
}

}  // namespace huilu::compliance
