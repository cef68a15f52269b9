#include "obligation/review.h"

#include <algorithm>

namespace huilu::obligation {

namespace {

bool differs(const Matter& one, const Matter& other, const std::string& field) {
  if (field == "evidence") return one.evidence != other.evidence;
  const Value* const before = one.fields.find(field);
  const Value* const after = other.fields.find(field);
  const Value nothing;
  return (before ? *before : nothing) != (after ? *after : nothing);
}

std::vector<std::string> changed_between(const Matter& one, const Matter& other,
                                         const std::vector<std::string>& fields) {
  std::vector<std::string> changed;
  for (const std::string& field : fields)
    if (differs(one, other, field)) changed.push_back(field);
  return changed;
}

}  // namespace

std::optional<ReviewNow> review_of(const Lifecycle& life, const std::vector<MatterStep>& history) {
  std::optional<ReviewNow> now;
  const policy::Move* review = nullptr;
  for (std::size_t i = 0; i < history.size(); ++i) {
    const MatterStep& step = history[i];
    if (step.at > life.now || zone.date_of(step.at) > life.today) break;
    const policy::Move* const move = step.move.empty() ? nullptr : life.type.find_move(step.move);
    if (move && !move->reviews.empty()) {
      review = move;
      now = ReviewNow{i, {}, {}};
      continue;
    }
    if (!now) continue;
    const policy::MatterState* const state = life.type.find_state(step.matter.state);
    const bool stands = step.matter.state == review->to || (state && state->final);
    if (!stands) {
      now.reset();
      continue;
    }
    now->changed = changed_between(history[now->step].matter, step.matter, review->reviews);
    if (now->changed.empty())
      now->since.reset();
    else if (!now->since)
      now->since = i;
  }
  return now;
}

}  // namespace huilu::obligation
