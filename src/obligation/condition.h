// Conditions about one thing. Two-valued: what is absent equals nothing, is in no order with
// anything, and holds nothing; `ne` and `none` hold for it, `present: false` asks for it.
#pragma once

#include "obligation/thing.h"

namespace huilu::obligation {

bool holds(Context& context, const Thing& thing, const policy::Condition& condition);

// Where the item is that should be the first or last of a list, from 1; 0: nowhere. Nothing where
// the condition asks for no such item, or has it.
std::optional<std::int64_t> misplaced(Context& context, const Thing& thing,
                                      const policy::Condition& condition);

// Each line of the condition with the value found on the thing: {"unit.type", "branch"}.
std::vector<std::pair<std::string, std::string>> lines_of(Context& context, const Thing& thing,
                                                          const policy::Condition& condition);

}  // namespace huilu::obligation
