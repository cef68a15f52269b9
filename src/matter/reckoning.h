// The next last day that a row keeps is as of the newest version of its matter. A calendar that is
// published, or a value that is decided for what runs already, makes it another day without a
// version. Here such rows are found and put right, slice by slice, by the program's own round.
#pragma once

#include <optional>
#include <vector>

#include "matter/queries.h"
#include "policy/pack.h"

namespace huilu::matter {

// A row whose day is not what its clocks say.
struct Reckoned {
  MatterId id;
  std::int64_t version = 0;  // as of which it was reckoned
  std::optional<Date> next_due;
};

// Of these matters; `facts` has the policy in force and their units. Types without clocks are
// passed over.
std::vector<Reckoned> reckoned_otherwise(store::Connection& connection,
                                         const obligation::Facts& facts,
                                         const std::vector<policy::Pack>& packs,
                                         const std::vector<Stored>& matters, Date today,
                                         Instant now);

// Writes the days where nobody has changed the matter since. No entry in the journal: nobody
// decided anything.
void keep_next_due(store::Connection& connection, const std::vector<Reckoned>& rows);

}  // namespace huilu::matter
