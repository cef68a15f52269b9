// Benches: the measurements that `huilu bench NAME` runs and bench/run.sh puts into its table. A
// measurement is a function of its own file, named in the list of bench.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/console.h"

namespace huilu::cli {

struct Bench {
  std::string_view name;
  std::string_view summary;
  // Its own arguments; prints one JSON object with what it measured.
  Exit (*run)(const std::vector<std::string>& arguments, Console& console);
};

const std::vector<Bench>& all_benches();

}  // namespace huilu::cli
