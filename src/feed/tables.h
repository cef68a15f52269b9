// The SQL of calendar feeds that writes, and what commands load.
#pragma once

#include <optional>
#include <vector>

#include "command/command.h"
#include "feed/rules.h"
#include "feed/types.h"
#include "store/store.h"

namespace huilu::feed {

store::Pending queue_feed(store::Connection& connection, AccountId account);
std::optional<Feed> feed_from(const store::Rows& rows);
// Instead of what was there before.
void write_feed(command::Writing& writing, const Feed& feed);

// What the feed tells anew; whoever is first of several gives an event its uid.
void keep_changes(store::Connection& connection, AccountId account, const Changes& changes);

}  // namespace huilu::feed
