#include "obligation/mutation_values.h"

#include <algorithm>
#include <array>

namespace huilu::obligation {

std::optional<policy::Comparison> neighbour(policy::Comparison one) {
  using enum policy::Comparison;
  constexpr std::array<std::array<policy::Comparison, 2>, 3> pairs = {
      {{lt, le}, {gt, ge}, {some, all}}};
  for (const auto& pair : pairs)
    if (one == pair[0] || one == pair[1]) return one == pair[0] ? pair[1] : pair[0];
  return {};
}

bool needs_more_than(const policy::Pack& pack, const policy::Obligation& one, std::int64_t number) {
  const auto& threshold = one.needs.threshold.what;
  if (const auto* const written = std::get_if<std::int64_t>(&threshold)) return *written > number;
  const auto* const use = std::get_if<policy::ParameterUse>(&threshold);
  const policy::Parameter* const parameter = use ? pack.find_parameter(use->name) : nullptr;
  if (!parameter) return false;
  const auto settings = policy::settings_of(*parameter);
  return std::any_of(settings.begin(), settings.end(), [&](const policy::Setting* setting) {
    const auto* const value = std::get_if<std::int64_t>(setting);
    return value && *value > number;
  });
}

}  // namespace huilu::obligation
