// Fix: what would turn a cell that is short, reckoned from what was counted and never promising
// what would not hold.
#pragma once

#include "obligation/case.h"

namespace huilu::obligation {

// Fills `fix` and `fix_late` of an explanation that is otherwise complete.
void add_fixes(Context& context, const Case& one, Explanation& explanation);

struct JudgedCase;

// The same of a duty with for_each: what each of its cases lacks.
void add_fixes(Context& context, const std::vector<JudgedCase>& cases, Explanation& explanation);

}  // namespace huilu::obligation
