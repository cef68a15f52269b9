// Bench of a large ledger, for `huilu bench ledger`: fills an installation that stands with matters
// of all units, opened and moved down the road. Lists and counts of them are then measured over
// HTTP (bench/ledger.mjs).
#pragma once

#include <string>
#include <vector>

#include "cli/console.h"

namespace huilu::cli {

// Arguments: DATA POSTGRES MATTERS; POSTGRES is a URL, or empty. `rectification` is in force.
Exit bench_ledger(const std::vector<std::string>& arguments, Console& console);

}  // namespace huilu::cli
