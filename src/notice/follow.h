// Making notices: follows the journal from where it was left, and reads which rungs are reached
// today. Every notice is made once, whichever of several processes makes it, and however often.
// Called by the program's round with what it has read of the policy.
#pragma once

#include <functional>
#include <vector>

#include "notice/tables.h"
#include "obligation/facts.h"
#include "policy/pack.h"
#include "store/store.h"

namespace huilu::notice {

// What a step of following is decided by, as the caller has read it.
struct World {
  const std::vector<policy::Pack>& packs;
  Date today;
  Instant now;
  bool with_rungs = true;  // also those that are reached
  // The policy in force with these units and those above them.
  std::function<obligation::Facts(const std::vector<UnitId>& units)> facts_of;
};

// What is to be told next.
struct Step {
  journal::Sequence from = 0;
  journal::Sequence to = 0;  // the same where nothing is new
  std::vector<Timed> tellings;

  bool goes_on = false;  // there is more
  bool is_empty() const { return from == to && tellings.empty(); }
};
Step next_step(store::Connection& snapshot, const World& world);

}  // namespace huilu::notice
