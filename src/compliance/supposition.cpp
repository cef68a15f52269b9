#include "compliance/supposition.h"

#include <algorithm>

#include "compliance/duty.h"
#include "obligation/context.h"
#include "obligation/periods.h"
#include "policy/difference.h"
#include "policy/uses.h"

namespace huilu::compliance {

namespace {

const Date first_date = Date::of(1, 1, 1);

// A supposed version has always been one, and its first values have always held.
policy::Pack as_if_always(policy::Pack pack) {
  pack.in_force = {first_date, {}};
  for (policy::Parameter& parameter : pack.parameters) {
    const auto first =
        std::min_element(parameter.values.begin(), parameter.values.end(),
                         [](const auto& a, const auto& b) { return a.from < b.from; });
    if (first != parameter.values.end()) first->from = first_date;
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
    decide(*supposition.value);
  }
}

void Supposed::put_in_force(const std::vector<policy::Pack>& packs, const policy::Pack& pack,
                            Date on) {
  packs_.push_back(as_if_always(pack));
  for (const policy::Pack& other : packs) {
    if (other.id != pack.id) packs_.push_back(other);
  }
  const policy::Pack* const supposed = &packs_.front();
  std::vector<const policy::Pack*> before;
  bool in_force = false;
  for (obligation::Activation& one : facts_.activations) {
    if (one.pack == nullptr || one.pack->id != pack.id) continue;
    if (std::find(before.begin(), before.end(), one.pack) == before.end())
      before.push_back(one.pack);
    in_force = in_force || !one.withdrawn;
    one.span = obligation::in_force(one);
    one.pack = supposed;
  }
  if (!in_force) {
    const Date from = Date::of(on.year() - 1, 1, 1);
    facts_.activations.push_back({supposed, {from, {}}, {}, Instant{}, {}});
  }
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

void Supposed::decide(const SupposedValue& value) {
  obligation::Decided decided{value.parameter, value.value, true, Instant{}};
  decided.value.from = first_date;
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
