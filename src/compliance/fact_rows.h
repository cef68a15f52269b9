// Fact rows: the facts of everybody, or of some records, from the tables into memory, as one way of
// counting remembers them. Used by the index when it loads and follows, and by simulations.
#pragma once

#include <vector>

#include "compliance/counting.h"
#include "compliance/fact_store.h"
#include "compliance/organisation.h"
#include "compliance/people.h"
#include "store/store.h"

namespace huilu::compliance {

class FactLoading {
 public:
  // All must outlive it. Units and persons that are not known are passed over.
  FactLoading(const Organisation& organisation, const People& people, Counting& counting,
              FactStore& of_units, FactStore& of_persons)
      : organisation_(organisation),
        people_(people),
        counting_(counting),
        of_units_(of_units),
        of_persons_(of_persons) {}

  // Into stores that hold nothing yet and have grown.
  void all(store::Connection& snapshot);
  // Whatever is there of these records makes place for what the tables say of them.
  void of(store::Connection& snapshot, const std::vector<RecordId>& records);
  void add(const obligation::Record& record);

 private:
  const Organisation& organisation_;
  const People& people_;
  Counting& counting_;
  FactStore& of_units_;
  FactStore& of_persons_;
};

}  // namespace huilu::compliance
