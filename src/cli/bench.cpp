#include "cli/bench.h"

#include "cli/bench_draft.h"
#include "cli/bench_ledger.h"
#include "cli/bench_move.h"
#include "cli/bench_standing.h"

namespace huilu::cli {

const std::vector<Bench>& all_benches() {
  static const std::vector<Bench> benches = {
      {"draft", "duties read from documents, against those labelled by hand", bench_draft},
      {"ledger", "a large ledger: matters of all units, opened and moved", bench_ledger},
      {"move", "a unit with all below it, from one parent to another", bench_move},
      {"standing", "the compliance index: loads, a table, writes until they are seen",
       bench_standing},
  };
  return benches;
}

}  // namespace huilu::cli
