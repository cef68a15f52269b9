// One tree that figures are rolled up in. A unit counts at a holder (in the tree of affiliations
// itself, in the tree of seats the place where it sits) and at every holder above. Large holders
// have a row of kept counts in each column; what lies below small ones is counted when it is asked
// for.
#pragma once

#include <vector>

#include "compliance/links.h"

namespace huilu::compliance {

class RollUp {
 public:
  // `seats`: unit → holder; a null pointer where a unit is its own holder. `above`: holder →
  // holder. Both must outlive it. Holders with `large` units below them or more have rows.
  RollUp(const Links* seats, const Links& above, std::size_t large)
      : seats_(seats), above_(above), large_(large) {}

  // Gives a row to every holder that is large; rows are never taken away.
  void number_rows(std::size_t units, std::size_t holders);
  // Whether a holder without a row has come to have many more.
  bool is_large(Slot holder, Date day) const;
  // New holders have no row.
  void grow(std::size_t holders) { row_.resize(holders, no_slot); }
  std::size_t rows() const { return holder_of_row_.size(); }
  Slot row(Slot holder) const { return row_[holder]; }
  Slot holder_of_row(Slot row) const { return holder_of_row_[row]; }
  Slot add_row(Slot holder);

  // The holder at which a unit counts on a day; none: it is not in this tree.
  Slot holder(Slot unit, Date day) const { return seats_ ? seats_->on(unit, day) : unit; }
  Slot above(Slot holder, Date day) const { return above_.on(holder, day); }

  // Rows from a holder up to the root.
  template <class Each>
  void for_each_row(Slot holder, Date day, Each each) const {
    for (; holder != no_slot; holder = above_.on(holder, day)) {
      if (row_[holder] != no_slot) each(row_[holder]);
    }
  }
  // Whether the unit counts at the holder or below it.
  bool is_below(Slot unit, Slot holder, Date day) const;
  // What counts at the holder: rows of large holders as they are met (nothing below them is
  // visited then), units otherwise.
  template <class EachRow, class EachUnit>
  void visit(Slot holder, Date day, EachRow each_row, EachUnit each_unit) const;
  // Every unit that counts at the holder.
  template <class EachUnit>
  void for_each_unit(Slot holder, Date day, EachUnit each_unit) const;

  // Those that count at the holder and at none below it; the holders right below it.
  template <class EachUnit>
  void for_each_own_unit(Slot holder, Date day, EachUnit each_unit) const {
    if (seats_) {
      seats_->for_each_child(holder, day, each_unit);
    } else {
      each_unit(holder);
    }
  }
  template <class Each>
  void for_each_holder_below(Slot holder, Date day, Each each) const {
    above_.for_each_child(holder, day, each);
  }

 private:
  const Links* seats_;
  const Links& above_;
  std::size_t large_;
  std::vector<Slot> row_;  // of each holder
  std::vector<Slot> holder_of_row_;
};

template <class EachRow, class EachUnit>
void RollUp::visit(Slot holder, Date day, EachRow each_row, EachUnit each_unit) const {
  if (row_[holder] != no_slot) {
    each_row(row_[holder]);
    return;
  }
  for_each_own_unit(holder, day, each_unit);
  above_.for_each_child(holder, day, [&](Slot below) { visit(below, day, each_row, each_unit); });
}

template <class EachUnit>
void RollUp::for_each_unit(Slot holder, Date day, EachUnit each_unit) const {
  for_each_own_unit(holder, day, each_unit);
  above_.for_each_child(holder, day, [&](Slot below) { for_each_unit(below, day, each_unit); });
}

}  // namespace huilu::compliance
