#include "compliance/roll_up.h"

namespace huilu::compliance {

bool RollUp::is_large(Slot holder, Date day) const {
  std::size_t below = 0;
  for_each_unit(holder, day, [&](Slot) { ++below; });
  return below >= 2 * large_;
}

void RollUp::number_rows(std::size_t units, std::size_t holders) {
  grow(holders);
  std::vector<std::uint32_t> below(holders, 0);
  for (Slot unit = 0; unit < units; ++unit) {
    for (Slot at = seats_ ? seats_->now(unit) : unit; at != no_slot; at = above_.now(at)) {
      ++below[at];
    }
  }
  // A unit is its own holder and not its own descendant.
  const std::size_t least = large_ + (seats_ ? 0 : 1);
  for (Slot holder = 0; holder < holders; ++holder) {
    if (below[holder] >= least && row_[holder] == no_slot) add_row(holder);
  }
}

Slot RollUp::add_row(Slot holder) {
  row_[holder] = static_cast<Slot>(holder_of_row_.size());
  holder_of_row_.push_back(holder);
  return row_[holder];
}

bool RollUp::is_below(Slot unit, Slot holder, Date day) const {
  for (Slot at = this->holder(unit, day); at != no_slot; at = above_.on(at, day)) {
    if (at == holder) return true;
  }
  return false;
}

}  // namespace huilu::compliance
