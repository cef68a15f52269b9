// What identity decides, without a database: names, passwords, reasons, who may be given which
// grant, when a name is locked out, when a session has ended. Used by commands and sessions.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/refusal.h"
#include "base/value.h"
#include "command/command.h"
#include "identity/types.h"

namespace huilu::identity {

// As names are stored and compared: folded (base/text.h).
std::string login_name(std::string_view typed);
Refusals check_login_name(std::string_view name);    // 2 to 64 characters, at "/name"
Refusals check_display_name(std::string_view name);  // 1 to 64 characters, at "/display_name"

// At least 12 characters, not the account's name, not on the list of the commonest, more than four
// different characters. No rules of composition (ASVS 5.0, 6.2.5). At "/password".
inline constexpr std::size_t password_characters_min = 12;
Refusals check_password(std::string_view password, std::string_view account_name);

// Accounts, grants and tokens as a command loads them.
struct AccountState {
  AccountId id;
  std::string name;
  AccountKind kind;
  std::optional<PersonId> person;
  std::optional<Duty> duty;
  bool disabled = false;
  std::int64_t version = 0;
  journal::Sequence sequence = 0;
};

struct GrantState {
  GrantId id;
  AccountId account;
  std::optional<UnitId> unit;
  bool ended = false;
  std::int64_t version = 0;
  journal::Sequence sequence = 0;
};

struct TokenState {
  TokenId id;
  AccountId account;
  bool revoked = false;
  std::int64_t version = 0;
  journal::Sequence sequence = 0;
};

struct NewGrant {
  AccountId account;
  Role role = Role::member;
  std::optional<UnitId> unit;
  Scope scope = Scope::subtree;
  Interval days;
  std::string reason;
};

// The field "content" of the entries that make a row: the row says the same (queries.h, verify).
Value account_content(AccountId id, AccountKind kind);
Value grant_content(GrantId id, const NewGrant& grant);
Value token_content(TokenId id, AccountId account, const Interval& days, std::string_view hash);

// What the decision about a grant knows besides it.
struct GrantSurroundings {
  std::optional<AccountState> account;
  std::optional<AccountState> granter;  // absent: the program
  bool unit_exists = false;
  std::vector<std::pair<GrantId, Interval>> same;  // same account, role and unit, not ended
};

Refusals decide_grant(const NewGrant& grant, const GrantSurroundings& surroundings,
                      const command::Context& context);

// Five failures within the window lock a name for as long again, counted from the fifth.
inline constexpr std::size_t failures_max = 5;
inline constexpr std::chrono::minutes failure_window{15};
using Failures = std::array<Instant, failures_max>;  // the latest, newest first; 0: none
bool is_locked(const Failures& failures, Instant now);

inline constexpr std::chrono::hours session_idle{12};
inline constexpr std::chrono::hours session_lasts{12};
inline constexpr std::chrono::hours session_lasts_long{30 * 24};  // stay_signed_in
// A session of one's own phone (stay_signed_in) ends by its date alone.
enum class Kept { while_used, long_lived };
bool is_over(Instant last_seen, Instant expires, Kept kept, Instant now);

inline constexpr std::chrono::hours security_log_kept{180 * 24};

Instant later(Instant at, std::chrono::milliseconds by);

}  // namespace huilu::identity
