// What a written value could be instead, and whether the change would be one. Used by mutation.cpp
// only.
#pragma once

#include <cstdint>
#include <optional>

#include "policy/pack.h"

namespace huilu::obligation {

// The comparison that is next to it; nothing where none is.
std::optional<policy::Comparison> neighbour(policy::Comparison one);

// Whether what is written, or some value of the parameter that is, is above the number.
bool needs_more_than(const policy::Pack& pack, const policy::Obligation& one, std::int64_t number);

}  // namespace huilu::obligation
