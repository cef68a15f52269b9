// Reads of the outbox: what an account chose, messages as an administrator sees them, for whom a
// digest is to be made, how much waits. Asks no gate.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "journal/journal.h"
#include "outbox/types.h"
#include "store/store.h"

namespace huilu::outbox {

// Of an account that is in use; nothing where it never chose.
std::optional<Choice> choice_of(store::Connection& connection, AccountId account);

struct MessageFilter {
  std::optional<State> state;
  int limit = 50;
  std::string cursor;
};
struct MessagePage {
  std::vector<Message> items;
  std::string next_cursor;  // empty: the last page
};
// Newest first. field_type at /cursor.
Result<MessagePage> messages(store::Connection& connection, const MessageFilter& filter);

// Accounts in use that want a digest and can be reached, after one of them, in the order of ids.
std::vector<AccountId> digest_accounts(store::Connection& connection, AccountId after, int limit);

// What decides whether a digest says something new.
struct LastDigest {
  bool is_made = false;  // today's
  std::int64_t things = 0;
  std::optional<Date> nearest;
  bool has_news = false;  // notices were shown since
};
LastDigest last_digest(store::Connection& connection, AccountId account, Date today, Instant now);

struct Waiting {
  std::int64_t waiting = 0;
  std::int64_t dead = 0;
  std::optional<Instant> oldest;  // when the oldest that waits was due
};
Waiting how_much_waits(store::Connection& connection);

// Rows against their entries, for `huilu verify`.
std::vector<journal::Damage> verify(store::Connection& connection);

}  // namespace huilu::outbox
