#include "obligation/mutation_reach.h"

#include <algorithm>

#include "policy/uses.h"

namespace huilu::obligation {

namespace {

using policy::Pack;

// Those that are changed, that use what is changed, and those reckoned from them.
template <class Uses>
void reach_indicators(const Pack& pack, const Mutation& mutation, const Uses& uses_it,
                      Reached& reached) {
  const auto names = [](const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  };
  std::set<std::string> addresses;
  for (std::size_t before = addresses.size() + 1; before != addresses.size();) {
    before = addresses.size();
    for (const policy::Indicator& one : pack.indicators) {
      const bool counts_it = names(one.of.names, mutation.declaration);
      const bool rests_on_one =
          std::any_of(one.from.begin(), one.from.end(),
                      [&](const std::string& other) { return addresses.contains(other); }) ||
          (one.against && addresses.contains(one.against->indicator));
      if (one.address != mutation.declaration && !uses_it(one) && !counts_it && !rests_on_one)
        continue;
      addresses.insert(one.address);
      reached.indicators.insert(one.name);
    }
  }
}

}  // namespace

bool Reached::concerns(const policy::Node& story) const {
  const auto is_one = [&](const char* key, const std::set<std::string>& names) {
    const policy::Node* const name = story.find(key);
    return name && names.contains(name->text);
  };
  return is_one("obligation", duties) || is_one("check", checks) || is_one("matter", matters) ||
         is_one("indicator", indicators) || is_one("draw", draws) || is_one("view", views);
}

Reached reached_by(const Pack& pack, const Mutation& mutation) {
  Reached reached;
  const auto uses_it = [&](const auto& one) {
    const auto uses = policy::parameters_of(one);
    return std::any_of(uses.begin(), uses.end(), [&](const policy::ParameterUse* use) {
      return pack.id + '/' + use->name == mutation.declaration;
    });
  };
  for (const policy::Check& one : pack.checks)
    if (one.address == mutation.declaration || uses_it(one)) reached.checks.insert(one.name);
  for (const policy::Obligation& one : pack.obligations) {
    const auto types = policy::record_types_of(one.needs);
    const bool counts_it =
        std::find(types.begin(), types.end(), mutation.declaration) != types.end() ||
        (one.for_each && !one.for_each->records.names.empty() &&
         one.for_each->records.names.front() == mutation.declaration);
    const bool is_in_campaign = mutation.declaration == pack.id && one.of_campaign();
    if (one.address == mutation.declaration || uses_it(one) || counts_it || is_in_campaign)
      reached.duties.insert(one.name);
  }
  for (const policy::MatterType& one : pack.matter_types)
    if (one.address == mutation.declaration || uses_it(one)) reached.matters.insert(one.name);
  reach_indicators(pack, mutation, uses_it, reached);
  for (const policy::Draw& one : pack.draws) {
    const bool is_weighed = one.weight.size() > pack.id.size() &&
                            reached.indicators.contains(one.weight.substr(pack.id.size() + 1));
    if (one.address == mutation.declaration || uses_it(one) || is_weighed)
      reached.draws.insert(one.name);
  }
  for (const policy::View& one : pack.views)
    if (one.address == mutation.declaration || uses_it(one)) reached.views.insert(one.name);
  return reached;
}

}  // namespace huilu::obligation
