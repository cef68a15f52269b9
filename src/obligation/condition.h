// Conditions about one thing. Two-valued: what is absent equals nothing, is in no order with
// anything, and holds nothing; `ne` and `none` hold for it, `present: false` asks for it.
#pragma once

#include "obligation/thing.h"

namespace huilu::obligation {

bool holds(Context& context, const Thing& thing, const policy::Condition& condition);

// Each line of the condition with the value found on the thing: {"unit.type", "branch"}.
std::vector<std::pair<std::string, std::string>> lines_of(Context& context, const Thing& thing,
                                                          const policy::Condition& condition);

}  // namespace huilu::obligation
