#include "matter/verify_relapses.h"

#include "matter/verify_content.h"

namespace huilu::matter {

void RelapseVerification::note(MatterId matter, std::int64_t version, journal::Sequence seq,
                               const Value& content) {
  const MatterId before = version == 1 || matter != last_ ? MatterId{} : last_of_;
  last_ = matter;
  last_of_ = matter_in(content, "relapse_of");
  const Value* const deed = content.find("deed");
  if (deed == nullptr) return;
  const std::string word = text_in(*deed, "kind");
  const MatterId other = matter_in(*deed, "other");
  if (word == "relapse_confirmed" || word == "relapse_denied") {
    Pair& pair = pairs_[seq];
    pair.later = matter;
    pair.earlier = other;
    pair.is_confirmed = word == "relapse_confirmed";
    pair.stood = before == other;
    pair.fits = pair.fits && (last_of_ == other) == pair.is_confirmed;
  } else if (word == "relapsed" || word == "relapse_undone") {
    Pair& pair = pairs_[seq];
    pair.came_back = matter;
    pair.came_back_as = other;
    pair.says_relapsed = word == "relapsed";
    pair.fits = pair.fits && (matter_in(content, "relapsed_as") == other) == pair.says_relapsed;
  }
}

void RelapseVerification::check(journal::Comparison& compare) const {
  for (const auto& [seq, pair] : pairs_) {
    const bool has_two = pair.is_confirmed || pair.stood;
    const bool both_say = pair.later == pair.came_back_as && pair.earlier == pair.came_back &&
                          pair.is_confirmed == pair.says_relapsed;
    const bool one_says = !pair.came_back && pair.later;
    if (pair.fits && (has_two ? both_say : one_says)) continue;
    compare.damage("matter_version", "entry " + std::to_string(seq),
                   "the two sides of a relapse do not fit each other");
  }
}

}  // namespace huilu::matter
