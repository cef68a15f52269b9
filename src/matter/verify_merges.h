// That the two sides of every merge say the same: for each entry that merges, or takes out again,
// there is a version of either matter, and what is merged now is merged into one that stays.
#pragma once

#include <map>
#include <optional>

#include "journal/comparison.h"
#include "matter/types.h"
#include "store/store.h"

namespace huilu::matter {

class MergeVerification {
 public:
  explicit MergeVerification(store::Connection& connection) : connection_(connection) {}

  // Every version, in the order of matters and versions.
  void note(MatterId matter, std::int64_t version, journal::Sequence seq, const Value& content);
  // After all of them.
  void check(journal::Comparison& compare);

 private:
  // What the versions of one entry say.
  struct Pair {
    MatterId merged, into;  // as the one that was merged says
    MatterId other, stays;  // as the one that stays says
    bool is_undone = false;
    bool says_undone = false;
  };

  store::Connection& connection_;
  std::map<journal::Sequence, Pair> pairs_;
  MatterId last_;
  std::optional<MatterId> last_into_;
};

}  // namespace huilu::matter
