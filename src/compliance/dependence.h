// What the words of a duty look at, so that the index knows for whom one answer holds: units that
// are alike, units below one parent, or a single unit; and whether the day itself is among them.
#pragma once

#include "policy/pack.h"

namespace huilu::compliance {

struct Dependence {
  bool above = false;    // a unit above the bearer: unit.parent, within, a campaign's batch
  bool itself = false;   // what no two units share: the name, the day it was founded
  bool today = false;    // the day on which it is asked
  bool members = false;  // who is on the bearer's roll, or holds its posts
};

// Of an obligation of units.
Dependence dependence_of(const policy::Pack& pack, const policy::Obligation& obligation);

}  // namespace huilu::compliance
