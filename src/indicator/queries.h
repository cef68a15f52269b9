// What is read for the figures of a subtree: the records that count at its units, type by type in
// one pass each, with no question about a single unit. Asks no gate.
#pragma once

#include <set>
#include <string>

#include "base/ids.h"
#include "base/time.h"
#include "store/store.h"

namespace huilu::indicator {

// By their present versions: records of the type at a unit that was ever at `top` or below it,
// which count on one of the days. Plans are left out.
void add_records_of(store::Connection& connection, UnitId top, const std::string& type,
                    Interval days, std::set<RecordId>& out);
// Those that name such a unit in a field, or did so, or belonged to it.
void add_records_naming(store::Connection& connection, UnitId top, std::set<RecordId>& out);

}  // namespace huilu::indicator
