// Whom records concern: what they name, and what the records that hang together with them name.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/value.h"
#include "obligation/facts.h"

namespace huilu::compliance {

// Whatever has the form of an id in a record's fields, at any depth.
struct Named {
  std::set<UnitId> units;
  std::set<PersonId> persons;
  std::set<RecordId> records;

  void add(const Value& value);
};

// Records that name each other, in whichever versions, taken together.
struct Concern {
  std::set<std::string> types;
  Named named;  // with their own units and whoever was present
};
std::vector<Concern> concerns_of(const std::map<RecordId, obligation::Record>& records);

}  // namespace huilu::compliance
