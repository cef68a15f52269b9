// Nearest rows: for each unit the large holder of a tree that it counts at first. Found once for a
// day; days between which nobody changed places share one answer.
#pragma once

#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "compliance/organisation.h"
#include "compliance/standing.h"

namespace huilu::compliance {

class NearestRows {
 public:
  // The organisation must outlive it and not change meanwhile.
  NearestRows(const Organisation& organisation, Date today)
      : organisation_(organisation), today_(today) {}

  const Organisation& organisation() const { return organisation_; }
  Date today() const { return today_; }
  // By unit; no_slot: it is below no large holder. `day` is not after today.
  const std::vector<Slot>& on(Tree tree, Date day);

 private:
  std::vector<Slot> found_on(Tree tree, Date day) const;

  const Organisation& organisation_;
  Date today_;
  std::mutex mutex_;  // answers are shared by threads, and stay where they are
  std::map<std::pair<Tree, Date>, std::vector<Slot>> by_day_;
};

}  // namespace huilu::compliance
