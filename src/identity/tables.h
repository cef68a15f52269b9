// The SQL of identity's commands: what they load, and what they write into the road's batch.
#pragma once

#include <optional>
#include <string_view>

#include "command/command.h"
#include "identity/rules.h"
#include "identity/types.h"
#include "store/store.h"

namespace huilu::identity {

extern const store::Table account_table;
extern const store::Table role_grant_table;
extern const store::Table token_table;
extern const store::Table opened_names_table;

store::Pending queue_account(store::Connection& connection, AccountId account);
store::Pending queue_account_named(store::Connection& connection, std::string_view name);
std::optional<AccountState> account_from(const store::Rows& rows);

// A row when the unit exists.
store::Pending queue_unit(store::Connection& connection, UnitId unit);

store::Pending queue_same_grants(store::Connection& connection, const NewGrant& grant);
std::vector<std::pair<GrantId, Interval>> same_grants_from(const store::Rows& rows);

store::Pending queue_grant(store::Connection& connection, GrantId grant);
std::optional<GrantState> grant_from(const store::Rows& rows);

store::Pending queue_token(store::Connection& connection, TokenId token);
std::optional<TokenState> token_from(const store::Rows& rows);

// Each changes one row of version `version` to version + 1; `sequence` is its journal entry.
// Disabling and a new password also end every session; the account's row comes first, because a
// sign-in that is just finishing locks it (tables_session.h).
void write_disabled(command::Writing& writing, const AccountState& account,
                    journal::Sequence sequence);
void write_password(command::Writing& writing, const AccountState& account, std::string_view hash,
                    journal::Sequence sequence);
void write_duty(command::Writing& writing, AccountId account, Duty duty);
void write_grant_end(command::Writing& writing, const GrantState& grant, AccountId by,
                     std::string_view reason, journal::Sequence sequence);
void write_token_revoked(command::Writing& writing, const TokenState& token,
                         journal::Sequence sequence);

}  // namespace huilu::identity
