// `huilu pack …`: what an author asks of packs before anybody uses them. Needs no data folder; core
// is in the program.
#pragma once

#include <string>
#include <vector>

#include "cli/console.h"

namespace huilu::cli {

struct PackOptions {
  std::vector<std::string> paths;  // packs, or folders of packs
};

// Every finding; and when there is none, how much there is.
Exit check_packs(const PackOptions& options, Console& console);
// Each declaration as a sentence, and the values that nobody has decided yet.
Exit read_packs(const PackOptions& options, Console& console);

}  // namespace huilu::cli
