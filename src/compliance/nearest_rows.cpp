#include "compliance/nearest_rows.h"

#include <algorithm>

namespace huilu::compliance {

namespace {

bool changes(const Links& links, Date day, Date until) {
  return !links.changing_between(day, until).empty();
}

}  // namespace

const std::vector<Slot>& NearestRows::on(Tree tree, Date day) {
  const bool moved = tree == Tree::affiliation
                         ? changes(organisation_.affiliation(), day, today_)
                         : changes(organisation_.seats(), day, today_) ||
                               changes(organisation_.place_tree(), day, today_);
  const Date known = moved ? day : today_;
  const std::lock_guard lock(mutex_);
  const auto found = by_day_.find({tree, known});
  if (found != by_day_.end()) return found->second;
  return by_day_.emplace(std::pair(tree, known), found_on(tree, known)).first->second;
}

std::vector<Slot> NearestRows::found_on(Tree tree, Date day) const {
  const RollUp& roll =
      tree == Tree::affiliation ? organisation_.by_affiliation() : organisation_.by_seat();
  std::vector<Slot> nearest(organisation_.units(), no_slot);
  for (Slot unit = 0; unit < organisation_.units(); ++unit) {
    Slot holder = roll.holder(unit, day);
    while (holder != no_slot && roll.row(holder) == no_slot) holder = roll.above(holder, day);
    if (holder != no_slot) nearest[unit] = roll.row(holder);
  }
  return nearest;
}

}  // namespace huilu::compliance
