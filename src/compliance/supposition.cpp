#include "compliance/supposition.h"

#include <algorithm>

#include "compliance/duty.h"
#include "obligation/context.h"
#include "obligation/periods.h"
#include "policy/difference.h"
#include "policy/uses.h"

namespace huilu::compliance {

namespace {

// No period that is looked at began so many years ago.
constexpr int years_back = 10;

// A supposed version has been one since that day, and its first values have held as long.
policy::Pack in_force_since(policy::Pack pack, Date since) {
  pack.in_force = {std::min(pack.in_force.from, since), {}};
  for (policy::Parameter& parameter : pack.parameters) {
    const auto first =
        std::min_element(parameter.values.begin(), parameter.values.end(),
                         [](const auto& a, const auto& b) { return a.from < b.from; });
    if (first != parameter.values.end()) first->from = std::min(first->from, since);
  }
  return pack;
}

}  // namespace

Supposed::Supposed(const obligation::Facts& policy, const std::vector<policy::Pack>& packs,
                   const Supposition& supposition, Date on)
    : facts_(policy) {
  if (supposition.pack != nullptr) {
    put_in_force(packs, *supposition.pack, on);
  } else {
    packs_ = packs;
    decide(*supposition.value, on);
  }
}

void Supposed::put_in_force(const std::vector<policy::Pack>& packs, const policy::Pack& pack,
                            Date on) {
  std::vector<obligation::Activation*> replaced;
  for (obligation::Activation& one : facts_.activations) {
    if (one.pack != nullptr && one.pack->id == pack.id) replaced.push_back(&one);
  }
  Date since = Date::of(on.year() - 1, 1, 1);
  for (auto* const one : replaced) since = std::min(since, obligation::in_force(*one).from);
  packs_.push_back(in_force_since(pack, since));
  for (const policy::Pack& other : packs) {
    if (other.id != pack.id) packs_.push_back(other);
  }
  const policy::Pack* const supposed = &packs_.front();
  std::vector<const policy::Pack*> before;
  bool in_force = false;
  for (auto* const one : replaced) {
    if (std::find(before.begin(), before.end(), one->pack) == before.end())
      before.push_back(one->pack);
    in_force = in_force || !one->withdrawn;
    one->span = obligation::in_force(*one);
    one->pack = supposed;
  }
  if (!in_force) facts_.activations.push_back({supposed, {since, {}}, {}, Instant{}, {}});
  find_differing(before);
}

void Supposed::find_differing(const std::vector<const policy::Pack*>& before) {
  const policy::Pack& after = packs_.front();
  const std::string prefix = after.id + '/';
  bool types = false;
  for (const policy::Pack* const one : before) {
    const policy::PackDifference difference(*one, after);
    types = types || difference.of_record_types();
    for (const policy::Pack* const pack : {one, &after}) {
      for (const policy::Obligation& duty : pack->obligations) {
        auto& keys = differing_[duty.address];
        for (std::string& key : difference.of(duty.name)) {
          if (std::find(keys.begin(), keys.end(), key) == keys.end())
            keys.push_back(std::move(key));
        }
      }
    }
  }
  for (const policy::Obligation& duty : after.obligations) {
    if (before.empty()) differing_[duty.address] = {std::string(policy::key_of_new)};
  }
  std::erase_if(differing_, [](const auto& entry) { return entry.second.empty(); });
  if (!types) return;
  // Duties of other packs that count its records.
  for (const obligation::Activation& one : facts_.activations) {
    if (one.pack == nullptr || one.pack == &after) continue;
    for (const policy::Obligation& duty : one.pack->obligations) {
      for (const std::string& type : record_types_of(duty)) {
        if (type.starts_with(prefix)) differing_[duty.address] = {"record_types"};
      }
    }
  }
}

void Supposed::decide(const SupposedValue& value, Date on) {
  obligation::Decided decided{value.parameter, value.value, true, Instant{}};
  decided.value.from = Date::of(on.year() - years_back, 1, 1);
  std::erase_if(facts_.decided,
                [&](const obligation::Decided& one) { return one.parameter == value.parameter; });
  facts_.decided.push_back(std::move(decided));
  const auto cut = value.parameter.find('/');
  const std::string id = value.parameter.substr(0, cut), name = value.parameter.substr(cut + 1);
  const auto names_it = [&](const policy::ParameterUse* use) { return use->name == name; };
  for (const obligation::Activation& one : facts_.activations) {
    if (one.pack == nullptr || one.pack->id != id) continue;
    const auto of_types = [&] {
      return std::any_of(one.pack->record_types.begin(), one.pack->record_types.end(),
                         [&](const policy::RecordType& type) {
                           const auto its = policy::parameters_of(type);
                           return std::any_of(its.begin(), its.end(), names_it);
                         });
    }();
    for (const policy::Obligation& duty : one.pack->obligations) {
      const auto uses = policy::parameters_of(duty);
      if (duty.of_campaign() || of_types || duty.sharing ||
          std::any_of(uses.begin(), uses.end(), names_it))
        differing_[duty.address] = {"params." + name};
    }
  }
}

}  // namespace huilu::compliance
