// Reads of calendar feeds. Asks no gate: a token shows by itself whose feed it is.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "feed/types.h"
#include "journal/journal.h"
#include "store/store.h"

namespace huilu::feed {

std::optional<Feed> feed_of(store::Connection& connection, AccountId account);
// Whose token it is, while the account is in use. One indexed statement.
std::optional<Feed> feed_with(store::Connection& connection, std::string_view token);
std::vector<Event> events_of(store::Connection& connection, AccountId account);

// Rows against their entries, for `huilu verify`.
std::vector<journal::Damage> verify(store::Connection& connection);

}  // namespace huilu::feed
