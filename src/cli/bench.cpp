#include "cli/bench.h"

namespace huilu::cli {

const std::vector<Bench>& all_benches() {
  static const std::vector<Bench> benches = {};
  return benches;
}

}  // namespace huilu::cli
