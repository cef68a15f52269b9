// What identity reads: the standing of an account (one statement, also the gate's), where it may
// read, how near names are open, and the pages of accounts, grants, tokens, opened names and the
// security log. Used by the gate, the API and every room's lists through the API.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "identity/permissions.h"
#include "identity/types.h"
#include "journal/journal.h"
#include "store/store.h"

namespace huilu::identity {

// An account with its grants (ended ones left out; dates are for the caller) and the paths of the
// units that were asked for. A disabled or unknown account is not alive and has no grants.
struct Standing {
  bool alive = false;
  std::optional<PersonId> person;
  Grants grants;
  std::vector<std::pair<UnitId, std::string>> units;  // those that exist

  const std::string* path_of(UnitId unit) const;
};

store::Pending queue_standing(store::Connection& connection, AccountId account,
                              const std::vector<UnitId>& units);
Standing standing_from(const store::Rows& rows);

// Where an account may read on a day: for lists, searches and counts. Empty ranges and no person
// give an empty list, never a whole one.
struct Visible {
  std::vector<Range> ranges;
  std::optional<PersonId> person;  // also what concerns this person, wherever it stands
};

// not_permitted when the permission is held nowhere. Account 0 sees everything.
Result<Visible> visible_subtrees(store::Connection& connection, AccountId account,
                                 command::Permission permission, Date today);

// Whether the ranges hold every unit that is seated today at or below a place, by its path.
bool covers_place(store::Connection& connection, const std::vector<Range>& ranges,
                  std::string_view place_path);

// "(unit.path >= ?3 and unit.path < ?4) or …" for the ranges, with the parameters appended; never
// true when there is no range. `path` is the column.
std::string path_condition(const std::vector<Range>& ranges, std::string_view path,
                           store::Params& params);

// Which names are open to a session: two levels below what is granted, and below every unit for
// which the session has given its reason.
class OpenNames {
 public:
  OpenNames(Standing standing, std::vector<std::string> opened, Date today);

  static constexpr int open_levels = 2;
  // As identity::levels_below.
  std::optional<int> levels_below(std::string_view path) const;
  bool open(std::string_view path) const;
  // Something is granted at this very unit today.
  bool granted(std::string_view path) const;

 private:
  Standing standing_;
  std::vector<std::string> opened_;
  Date today_;
};

OpenNames open_names(store::Connection& connection, AccountId account, std::string_view session,
                     Date today);

// For one unit: not_found when it is not visible, reason_required when its names are not open.
Refusals check_names(store::Connection& connection, AccountId account, std::string_view session,
                     UnitId unit, Date today);

struct AccountRow {
  AccountId id;
  std::string name;
  std::string display_name;
  AccountKind kind;
  std::optional<PersonId> person;
  bool has_password;
  Instant created_at;
  std::optional<Instant> disabled_at;
  std::int64_t version;
};

struct GrantRow {
  GrantId id;
  AccountId account;
  Role role;
  std::optional<UnitId> unit;
  Scope scope;
  Interval days;
  std::string reason;
  AccountId granted_by;
  Instant granted_at;
  std::optional<Instant> ended_at;
  std::optional<AccountId> ended_by;
  std::string end_reason;
  std::int64_t version;
};

struct TokenRow {
  TokenId id;
  AccountId account;
  std::string name;
  Interval days;
  Instant issued_at;
  std::optional<Instant> revoked_at;
  std::int64_t version;
};

struct OpenedNamesRow {
  std::int64_t id;
  AccountId account;
  std::string account_name;  // display name
  std::string reason;
  Instant at;
};

struct SecurityLogRow {
  std::int64_t id;
  Instant at;
  std::optional<AccountId> account;
  std::string event;
  std::string detail;
  std::string peer;
};

struct Me {
  AccountRow account;
  std::vector<GrantRow> grants;  // in force today
  std::vector<command::Permission> permissions;
};

std::optional<Me> me(store::Connection& connection, AccountId account, Date today);
std::optional<AccountRow> find_account(store::Connection& connection, AccountId account);
std::optional<AccountRow> find_account_named(store::Connection& connection, std::string_view name);

// Pages in the order of ids, after `after`.
std::vector<AccountRow> accounts(store::Connection& connection, AccountId after, int limit);

struct GrantFilter {
  std::optional<AccountId> account;
  std::optional<UnitId> unit;
};
std::vector<GrantRow> grants(store::Connection& connection, const GrantFilter& filter,
                             GrantId after, int limit);
std::vector<TokenRow> tokens(store::Connection& connection, AccountId account);

// Newest first, before `before` (absent: from the newest).
struct LogPosition {
  Instant at;
  std::int64_t id;
};
std::vector<OpenedNamesRow> opened_names(store::Connection& connection, UnitId unit,
                                         std::optional<LogPosition> before, int limit);
std::vector<SecurityLogRow> security_log(store::Connection& connection,
                                         std::optional<LogPosition> before, int limit);

// Accounts, grants, tokens and traces against what the journal has of them: changed rows, rows
// without an entry, rows that are gone, endings that were taken back. What was erased is passed
// over. For `huilu verify`, beside journal::verify.
std::vector<journal::Damage> verify(store::Connection& connection);

}  // namespace huilu::identity
