// The next last day that a row keeps, and for whom it waits, are as of the newest version of its
// matter. A calendar that is published, a value that is decided for what runs already, or a unit
// that moves in the tree makes them other ones without a version. Here such rows are found and put
// right, slice by slice, by the program's own round.
#pragma once

#include <optional>
#include <vector>

#include "matter/queries.h"
#include "matter/waits.h"
#include "policy/pack.h"

namespace huilu::matter {

// A matter of which something else is kept than its clocks and roles say.
struct Reckoned {
  MatterId id;
  std::int64_t version = 0;  // as of which it was reckoned
  Kept kept;
};

// Of these matters; `facts` has the policy in force and their units. The same number of statements
// however many they are.
std::vector<Reckoned> reckoned_otherwise(store::Connection& connection,
                                         const obligation::Facts& facts,
                                         const std::vector<policy::Pack>& packs,
                                         const std::vector<Stored>& matters, Date today,
                                         Instant now);

// Writes them where nobody has changed the matter since. No entry in the journal: nobody decided
// anything.
void keep_reckoned(store::Connection& connection, const std::vector<Reckoned>& rows);

}  // namespace huilu::matter
