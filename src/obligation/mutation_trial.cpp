// Every mutation is tried on the stories that it may concern.
#include "obligation/mutation.h"
#include "obligation/mutation_reach.h"
#include "obligation/story.h"

namespace huilu::obligation {

using policy::Pack;

MutationReport try_mutations(const Pack& pack, const std::vector<Pack>& known) {
  Pack bare = pack;
  bare.files.clear();
  const auto all = mutations_of(bare);
  MutationReport report{all.size(), {}};
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Reached reached = reached_by(bare, all[i]);
    const auto concerned = [&](const policy::Node& story) { return reached.concerns(story); };
    if (stories_hold(mutated(bare, i), known, concerned)) report.survivors.push_back(all[i]);
  }
  return report;
}

}  // namespace huilu::obligation
