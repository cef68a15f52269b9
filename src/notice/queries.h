// Reads of notices: what an account was told, how often somebody was reminded. Asks no gate.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "notice/types.h"
#include "store/store.h"

namespace huilu::notice {

struct NoticePage {
  std::vector<Notice> items;
  std::string next_cursor;  // empty: the last page
};

// What is shown to an account by now, newest first. field_type at /cursor.
Result<NoticePage> notices_of(store::Connection& connection, AccountId account, Instant now,
                              int limit, const std::string& cursor);

// Of these matters, those of which nobody was reminded left out. One statement.
std::map<MatterId, Reminded> reminded_of(store::Connection& connection,
                                         const std::vector<MatterId>& ids);

// Whom a matter waits for, or whom one of its rungs tells.
struct Waiter {
  MatterId matter;
  std::string kind, clock, rung;
  std::int64_t generation = 0;
  Recipient to;
};

// Those for whom it waits today; who is only told is none of them.
std::vector<Waiter> waiters_of(store::Connection& connection, MatterId matter, Date today);
// Those of rungs that were reached after a day and by another.
std::vector<Waiter> reached_between(store::Connection& connection, Date after, Date until);

struct Reminder {
  AccountId account;
  Instant at;
};
std::optional<Reminder> reminder(store::Connection& connection, MatterId matter, std::int64_t n);

// Rows against their entries, for `huilu verify`.
std::vector<journal::Damage> verify(store::Connection& connection);

}  // namespace huilu::notice
