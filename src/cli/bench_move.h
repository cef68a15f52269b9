// Bench of moving a unit with all below it, for `huilu bench move`: the command goes down the road
// of an installation that stands, to one parent and back to the other.
#pragma once

#include <string>
#include <vector>

#include "cli/console.h"

namespace huilu::cli {

// Arguments: DATA CODE_SYSTEM UNIT PARENT OTHER_PARENT RUNS, units by their codes.
Exit bench_move(const std::vector<std::string>& arguments, Console& console);

}  // namespace huilu::cli
