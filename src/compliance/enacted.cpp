#include "compliance/enacted.h"

namespace huilu::compliance {

void load_enacted(store::Connection&, const std::vector<policy::Pack>& packs,
                  obligation::Facts& facts) {
  for (const auto& pack : packs) {
    facts.calendar.insert(facts.calendar.end(), pack.revisions.begin(), pack.revisions.end());
  }
}

void load_leaves(store::Connection&, const std::set<UnitId>&, obligation::Facts&) {}

}  // namespace huilu::compliance
