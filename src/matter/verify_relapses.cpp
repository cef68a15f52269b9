#include "matter/verify_relapses.h"

namespace huilu::matter {

namespace {

MatterId matter_named(const Value& content, std::string_view key) {
  const Value* const member = content.find(key);
  if (member == nullptr || member->text() == nullptr) return {};
  return MatterId::parse(*member->text()).value_or(MatterId{});
}

}  // namespace

void RelapseVerification::note(MatterId matter, std::int64_t version, journal::Sequence seq,
                               const Value& content) {
  const MatterId before = version == 1 || matter != last_ ? MatterId{} : last_of_;
  last_ = matter;
  last_of_ = matter_named(content, "relapse_of");
  const Value* const deed = content.find("deed");
  const Value* const kind = deed == nullptr ? nullptr : deed->find("kind");
  if (kind == nullptr || kind->text() == nullptr) return;
  const std::string& word = *kind->text();
  const MatterId other = matter_named(*deed, "other");
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
    pair.fits = pair.fits && (matter_named(content, "relapsed_as") == other) == pair.says_relapsed;
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
