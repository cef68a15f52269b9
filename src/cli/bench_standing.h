// Bench of the compliance index, for `huilu bench standing`: the open periods alone, a load from
// the tables and one from its file, the table of a country's provinces, and how long what is
// written takes to be seen above.
#pragma once

#include <string>
#include <vector>

#include "cli/console.h"

namespace huilu::cli {

// Arguments: DATA PACK_FOLDER CODE_SYSTEM ROOT COUNTY OTHER_CITY BRANCH RUNS, units by their codes;
// the first four measure the open periods only. Prints the table's numbers as well, for whoever
// counts again.
Exit bench_standing(const std::vector<std::string>& arguments, Console& console);

}  // namespace huilu::cli
