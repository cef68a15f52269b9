// Questions about many ids at once: "… where unit in ({ids})" for a list of any length. Used by the
// rooms that load what many commands or bearers need in one round trip.
#pragma once

#include <string_view>
#include <vector>

#include "store/store.h"

namespace huilu::store {

// Queues `sql` once for each part of `values`, with "?1,?2,…" in every place where it says {ids}.
// The number of places is a power of two, so that few texts are prepared; a repeated value fills
// the rest. Nothing is queued for an empty list. Each answer is in its own order.
std::vector<Pending> queue_in(Connection& connection, std::string_view sql, const Params& values);

}  // namespace huilu::store
