// Links: who stands below whom, through time: below one parent on each day. Children and parents
// are numbered by the caller, the trees of units and of places are made of them. Before its first
// day a child stands where it began, after its last where it ended, so that what a closed unit did
// keeps its place in the sums.
#pragma once

#include <cstdint>
#include <map>
#include <unordered_map>
#include <vector>

#include "base/time.h"

namespace huilu::compliance {

using Slot = std::uint32_t;
inline constexpr Slot no_slot = 0xffffffff;

// Holds until the next one begins.
struct Stretch {
  Date from;
  Slot parent = no_slot;

  bool operator==(const Stretch&) const = default;
};
using Stretches = std::vector<Stretch>;  // by from, at least one, neighbours differ

class Links {
 public:
  // New children stand below nobody.
  void grow(std::size_t children, std::size_t parents);

  // Sets a child's history; `today` decides which of it `now` answers.
  void set(Slot child, const Stretches& history, Date today);
  Stretches history(Slot child) const;
  Slot now(Slot child) const { return now_[child]; }
  Slot on(Slot child, Date day) const {
    return changing_[child] ? on_changing(child, day) : now_[child];
  }
  // Whether a child ever changed its parent, or will.
  bool changes(Slot child) const { return changing_[child]; }

  const std::vector<Slot>& children_now(Slot parent) const;
  template <class Each>
  void for_each_child(Slot parent, Date day, Each each) const;
  // Calls each(child) for every child that stands there on some day; one may come twice.
  template <class Each>
  void for_each_child_ever(Slot parent, Each each) const;
  // Those that stand there now in this order; others behind them. Strangers are passed over.
  void set_order(Slot parent, const std::vector<Slot>& children);
  // Children whose parent changes after `day`, up to `until`.
  std::vector<Slot> changing_between(Date day, Date until) const;

 private:
  Slot on_changing(Slot child, Date day) const;
  std::vector<Slot>& list_of(Slot parent);
  void leave(Slot child, Slot parent);
  void forget_history(Slot child);

  std::vector<Slot> now_;
  std::vector<bool> changing_;
  std::vector<std::uint32_t> list_of_;  // parent → its list
  std::vector<std::vector<Slot>> lists_;
  std::map<Slot, Stretches> histories_;  // of children that change
  // Parent → children that stand there on some day; a child may be among those of now as well.
  std::unordered_multimap<Slot, Slot> sometime_;
};

template <class Each>
void Links::for_each_child(Slot parent, Date day, Each each) const {
  for (const Slot child : children_now(parent)) {
    if (on(child, day) == parent) each(child);
  }
  if (sometime_.empty()) return;
  const auto [first, last] = sometime_.equal_range(parent);
  for (auto at = first; at != last; ++at) {
    if (now_[at->second] != parent && on(at->second, day) == parent) each(at->second);
  }
}

template <class Each>
void Links::for_each_child_ever(Slot parent, Each each) const {
  for (const Slot child : children_now(parent)) each(child);
  const auto [first, last] = sometime_.equal_range(parent);
  for (auto at = first; at != last; ++at) each(at->second);
}

}  // namespace huilu::compliance
