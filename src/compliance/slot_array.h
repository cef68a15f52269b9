// One value for each of some units, by slot. Units are numbered so that those of one type stand
// together; the array covers the stretch in use, and apart from it the units that came after
// loading, so that one new unit does not cost a value for every old one.
#pragma once

#include <span>
#include <vector>

#include "compliance/links.h"

namespace huilu::compliance {

template <class T>
class SlotArray {
 public:
  // Slots from `split` on are those of later units.
  explicit SlotArray(Slot split = 0) : split_(split) {}

  T at(Slot slot) const {
    if (slot >= split_) return slot - split_ < later_.size() ? later_[slot - split_] : T{};
    // One comparison for both ends: below the first, the difference is huge.
    return slot - first_ < values_.size() ? values_[slot - first_] : T{};
  }

  void set(Slot slot, T value) {
    if (slot >= split_) {
      if (slot - split_ >= later_.size()) later_.resize(slot - split_ + 1);
      later_[slot - split_] = value;
      return;
    }
    if (values_.empty()) first_ = slot;
    if (slot < first_) {
      values_.insert(values_.begin(), first_ - slot, T{});
      first_ = slot;
    }
    if (slot - first_ >= values_.size()) values_.resize(slot - first_ + 1);
    values_[slot - first_] = value;
  }

  // Every slot that may hold a value.
  template <class Each>
  void for_each(Each each) const {
    for (std::size_t i = 0; i < values_.size(); ++i) {
      each(first_ + static_cast<Slot>(i), values_[i]);
    }
    for (std::size_t i = 0; i < later_.size(); ++i) {
      each(split_ + static_cast<Slot>(i), later_[i]);
    }
  }

  void shrink() {
    values_.shrink_to_fit();
    later_.shrink_to_fit();
  }
  Slot first() const { return first_; }
  Slot split() const { return split_; }
  std::span<const T> stretch() const { return values_; }  // from first() on
  std::span<const T> later() const { return later_; }     // from split() on
  std::size_t bytes() const { return (values_.capacity() + later_.capacity()) * sizeof(T); }

 private:
  Slot split_;
  Slot first_ = 0;
  std::vector<T> values_;
  std::vector<T> later_;
};

}  // namespace huilu::compliance
