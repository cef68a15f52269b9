// Messages that are made of what happens: of what is told at once, and the digest of a working day.
// Used by the program's round, within the transactions that make what they tell of.
#pragma once

#include <optional>
#include <vector>

#include "journal/journal.h"
#include "notice/tables.h"
#include "outbox/queries.h"
#include "outbox/setup.h"
#include "outbox/types.h"

namespace huilu::outbox {

// One message an account for all that one step tells it at once, to those who chose to be sent it.
// Reads and writes in the caller's transaction.
void write_notices(store::Connection& connection, const Setup& setup,
                   const std::vector<notice::ToldAtOnce>& told, journal::Sequence through,
                   Instant now);

// What waits for an account.
struct Agenda {
  std::int64_t things = 0;
  std::optional<Date> nearest;  // what is due first, also where that day is over
};
// Nothing where there is nothing to do, or nothing new since the last one.
std::optional<NewMessage> digest_of(AccountId account, const Choice& choice, const Agenda& agenda,
                                    const LastDigest& last, Date today, Instant now);
void write_digests(store::Connection& connection, const std::vector<NewMessage>& digests,
                   Instant now);

}  // namespace huilu::outbox
