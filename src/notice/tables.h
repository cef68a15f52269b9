// The SQL that writes notices and reminders.
#pragma once

#include <functional>
#include <map>
#include <vector>

#include "command/command.h"
#include "notice/types.h"
#include "store/store.h"

namespace huilu::notice {

// How far everything was told.
journal::Sequence followed_to(store::Connection& connection);
// What is to be told, with when it is shown.
struct Timed {
  Telling telling;
  Instant release_at;
};
// What an account was told at once, and when it is shown.
struct ToldAtOnce {
  AccountId account;
  MatterId matter;
  Instant release_at;
  bool is_urgent = false;
};
// What else is written of them, in the same transaction.
using AlsoWrite = std::function<void(store::Connection&, const std::vector<ToldAtOnce>&)>;
// Writes what was made of the entries (from, to], each for every account of its recipient as of
// today, once. False where another process was first; then nothing is written.
bool write_notices(store::Connection& connection, journal::Sequence from, journal::Sequence to,
                   const std::vector<Timed>& tellings, Date today, const AlsoWrite& also = {});
// What is older is forgotten.
void forget_before(store::Connection& connection, Instant at);

// The reminders of a matter: how many, when last.
store::Pending queue_reminded(store::Connection& connection, MatterId matter);
Reminded reminded_from(const store::Rows& rows);
void insert_reminder(command::Writing& writing, MatterId matter, std::int64_t n, Date day,
                     AccountId account, journal::Sequence sequence);

}  // namespace huilu::notice
