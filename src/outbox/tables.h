// The SQL that writes messages and what was chosen. Messages are claimed by one process at a time;
// a claim that ends without an answer is due again by itself.
#pragma once

#include <optional>
#include <vector>

#include "command/command.h"
#include "outbox/types.h"
#include "store/store.h"

namespace huilu::outbox {

// Each once under its key. Within the transaction that makes what they tell of.
void insert_messages(store::Connection& connection, const std::vector<NewMessage>& messages,
                     Instant now);
MessageId insert_message(command::Writing& writing, const NewMessage& message);

// Digests of an account that were not sent before the one under `key`.
void supersede_digests(store::Connection& connection, AccountId account, std::string_view key,
                       Instant now);

// The one that has been due for longest, until `until` for whoever called; of those that keep hours
// only where `is_open`.
std::optional<Claimed> claim(store::Connection& connection, Instant now, Instant until,
                             bool is_open);
// What came of a claim; nothing happens where the claim was lost or somebody decided meanwhile.
void settle(store::Connection& connection, const Claimed& message, State state, Instant at,
            std::string_view reason);
// Not delivered; to be tried again at `due`.
void put_back(store::Connection& connection, const Claimed& message, Instant due,
              std::string_view reason);

// One more code was typed; false: too many were.
bool count_code(store::Connection& connection, AccountId account, std::int64_t tries_max);
// What is older is forgotten.
void forget_before(store::Connection& connection, Instant at);

store::Pending queue_choice(store::Connection& connection, AccountId account);
std::optional<Choice> choice_from(const store::Rows& rows);
// Instead of what was chosen before.
void write_choice(command::Writing& writing, const Choice& choice);
void write_confirmed(command::Writing& writing, const Choice& choice, journal::Sequence sequence);

// A message that somebody decides on.
struct Decided {
  MessageId id;
  State state = State::waiting;
};
store::Pending queue_message(store::Connection& connection, MessageId id);
std::optional<Decided> message_from(const store::Rows& rows);
void write_retry(command::Writing& writing, MessageId id, journal::Sequence sequence);
void write_drop(command::Writing& writing, MessageId id, journal::Sequence sequence);

}  // namespace huilu::outbox
