// Reviews: a move may say what whoever makes it has looked through. What changes afterwards nobody
// has looked at, and it is stale until it is reviewed again. Pure, from the versions of a matter.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "obligation/lifecycle.h"

namespace huilu::obligation {

struct ReviewNow {
  std::size_t step = 0;              // of the history: the move that reviewed it
  std::vector<std::string> changed;  // of what it reviewed: fields, or evidence
  std::optional<std::size_t> since;  // the step that first changed one of them

  bool is_stale() const { return !changed.empty(); }
};

// The newest review that stands: while the matter is in the state that the move led to, or in a
// final one. What goes back to be worked on is reviewed anew, and nothing of it is stale.
std::optional<ReviewNow> review_of(const Lifecycle& life, const std::vector<MatterStep>& history);

}  // namespace huilu::obligation
