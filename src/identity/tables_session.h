// The SQL of sessions, failures and the security log: what is not on the road. Used by Sessions;
// the writes want an open transaction.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "identity/rules.h"
#include "store/store.h"

namespace huilu::identity {

struct Candidate {
  AccountId account;
  std::string password_hash;  // empty: disabled, or without password
};
std::optional<Candidate> find_candidate(store::Connection& connection, std::string_view name);

Failures load_failures(store::Connection& connection, const Hash& name_hash);
void count_failure(store::Connection& connection, const Hash& name_hash, Instant at);
void forget_failures(store::Connection& connection, const Hash& name_hash);

// Locks the account's row until the transaction ends. False: it was disabled, or its password was
// changed, since `password_hash` was read. Whoever changes either waits, and then ends the session
// that this transaction makes.
bool hold_account(store::Connection& connection, AccountId account, std::string_view password_hash);

struct SessionRow {
  Hash token_hash;
  std::string label;
  AccountId account;
  Instant created_at;
  Instant expires_at;
  bool long_lived;
};
void insert_session(store::Connection& connection, const SessionRow& session);
std::optional<AccountId> delete_session(store::Connection& connection, const Hash& token_hash);
void queue_seen(store::Connection& connection, const Hash& token_hash, Instant at);

struct FoundSession {
  AccountId account;
  std::string name;
  std::string label;
  Instant last_seen;
  Instant expires_at;
  bool long_lived;
};
std::optional<FoundSession> find_session(store::Connection& connection, const Hash& token_hash);

struct FoundToken {
  AccountId account;
  std::string name;
  TokenId id;
  Interval days;
};
// Neither revoked nor of a disabled account.
std::optional<FoundToken> find_token(store::Connection& connection, const Hash& token_hash);

struct SecurityEntry {
  std::int64_t id;
  Instant at;
  std::optional<AccountId> account;
  std::string_view event;
  std::string detail;
  std::string peer;
};
void insert_security_entry(store::Connection& connection, const SecurityEntry& entry);

// What is over: sessions, failures older than their window, the log older than its time.
void purge_sessions(store::Connection& connection, Instant now);

}  // namespace huilu::identity
