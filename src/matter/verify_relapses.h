// That the two sides of every relapse say the same: where somebody confirmed one, or took it back,
// the same entry has a version of the earlier matter that says so too, and each says what it is
// now.
#pragma once

#include <map>

#include "journal/comparison.h"
#include "matter/types.h"

namespace huilu::matter {

class RelapseVerification {
 public:
  // Every version, in the order of matters and versions.
  void note(MatterId matter, std::int64_t version, journal::Sequence seq, const Value& content);
  // After all of them.
  void check(journal::Comparison& compare) const;

 private:
  // What the versions of one entry say.
  struct Pair {
    MatterId later, earlier;           // as the later says
    MatterId came_back, came_back_as;  // as the earlier says
    bool is_confirmed = false;
    bool says_relapsed = false;
    bool stood = false;  // the later was a relapse of it before
    bool fits = true;    // what they are afterwards
  };

  std::map<journal::Sequence, Pair> pairs_;
  MatterId last_;
  MatterId last_of_;
};

}  // namespace huilu::matter
