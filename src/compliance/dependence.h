// What the words of a duty look at, so that the index knows for whom one answer holds: units that
// are alike, units below one parent, or a single unit; and whether the day itself is among them.
#pragma once

#include <set>
#include <string>

#include "policy/pack.h"

namespace huilu::compliance {

struct Dependence {
  bool above = false;    // a unit above the bearer: unit.parent, within, a campaign's batch
  bool itself = false;   // what no two units share: the name, the day it was founded
  bool today = false;    // the day on which it is asked
  bool members = false;  // who is on the bearer's roll, or holds its posts
  int below = 0;         // records of units so many levels below the bearer
  bool dates = false;    // of a duty of members: the day on which the membership began
};

// What either looks at.
Dependence joined(const Dependence& a, const Dependence& b);

// Of an obligation of units or members.
Dependence dependence_of(const policy::Pack& pack, const policy::Obligation& obligation);

// The types of records of units below the bearer that a duty looks at, and how far below: deep
// enough where it says `within`.
struct Below {
  std::set<std::string> types;
  int levels = 0;
};
void add_below(const policy::Obligation& obligation, Below& out);

}  // namespace huilu::compliance
