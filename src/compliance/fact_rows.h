// Fact rows: the facts of everybody, or of some records, from the tables into memory, as one way of
// counting remembers them. Used by the index when it loads and follows, and by simulations.
#pragma once

#include <vector>

#include "compliance/counting.h"
#include "compliance/fact_store.h"
#include "compliance/organisation.h"
#include "store/store.h"

namespace huilu::compliance {

// Of every unit; `facts` holds none yet and has grown to the organisation.
void load_facts(store::Connection& snapshot, const Organisation& organisation, Counting& counting,
                FactStore& facts);
// Whatever is there of these records makes place for what the tables say of them.
void load_facts_of(store::Connection& snapshot, const std::vector<RecordId>& records,
                   const Organisation& organisation, Counting& counting, FactStore& facts);

}  // namespace huilu::compliance
