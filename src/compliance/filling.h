// Filling: all units in all duties and periods at once. Units are taken in blocks, so that their
// facts are read from memory once for everything; where no fact lies near a period, what holds
// without facts is put down unseen.
#pragma once

#include <cstdint>
#include <vector>

#include "compliance/fact_store.h"
#include "compliance/organisation.h"
#include "compliance/sheet.h"
#include "compliance/terms.h"

namespace huilu::compliance {

// Neighbours of one profile.
struct Run {
  Slot first = 0;
  Slot last = 0;  // behind them
};

class Filling {
 public:
  // All must outlive it; `sources`: the numbers that facts have for their type lie below.
  Filling(const Organisation& organisation, const FactStore& facts, std::size_t sources);

  // The next block begins here; last() is where it ends.
  void take(Slot first);
  Slot last() const { return last_; }
  const std::vector<Run>& runs() const { return runs_; }

  // The run's cells by terms that all of it has. False where each unit has to be looked at by
  // itself; some may have been put down then.
  bool fill(const Terms& terms, const Run& run, Sheet& sheet, Date today) const;

 private:
  using Days = std::uint64_t;  // a bit for each stretch of days on which a fact counts

  Days days_from(Date from, std::optional<Date> until) const;
  unsigned stretch_of(Date day) const;
  Days& days(Slot unit, std::size_t source) { return days_[(unit - first_) * sources_ + source]; }
  Days days(Slot unit, std::size_t source) const {
    return days_[(unit - first_) * sources_ + source];
  }

  const Organisation& organisation_;
  const FactStore& facts_;
  const std::size_t sources_;
  Slot first_ = 0;
  Slot last_ = 0;
  std::vector<Run> runs_;
  std::vector<Days> days_;
};

}  // namespace huilu::compliance
