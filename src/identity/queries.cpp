#include "identity/queries.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "base/check.h"

namespace huilu::identity {

namespace {

using command::Permission;
using store::Params;
using store::Row;
using store::Rows;

// "?2, ?3, ?4" for values that are appended to the parameters.
template <class Values>
std::string append_list(const Values& values, Params& params) {
  std::string list;
  for (const auto& value : values) {
    params.emplace_back(value);
    list += fmt::format("{}?{}", list.empty() ? "" : ", ", params.size());
  }
  return list;
}

Interval days_of(const Row& row, std::size_t from_column) {
  return {row.date(from_column), row.date_or_null(from_column + 1)};
}

Role role_of(const Row& row, std::size_t column) {
  const auto role = role_from(row.text(column));
  CHECK(role.has_value());
  return *role;
}

Scope scope_of(const Row& row, std::size_t column) {
  const auto scope = scope_from(row.text(column));
  CHECK(scope.has_value());
  return *scope;
}

std::optional<Instant> instant_or_null(const Row& row, std::size_t column) {
  if (row.is_null(column)) return {};
  return row.instant(column);
}

constexpr std::string_view account_columns =
    "id, name, display_name, kind, person, password_hash is not null, created_at, disabled_at, "
    "version";

AccountRow account_row(const Row& row) {
  const auto kind = account_kind_from(row.text(3));
  CHECK(kind.has_value());
  return {row.id<AccountId>(0),
          row.text(1),
          row.text(2),
          *kind,
          row.id_or_null<PersonId>(4),
          row.integer(5) != 0,
          row.instant(6),
          instant_or_null(row, 7),
          row.integer(8)};
}

constexpr std::string_view grant_columns =
    "id, account, role, unit, scope, from_date, until_date, reason, granted_by, granted_at, "
    "ended_at, ended_by, end_reason, version";

GrantRow grant_row(const Row& row) {
  return {row.id<GrantId>(0),
          row.id<AccountId>(1),
          role_of(row, 2),
          row.id_or_null<UnitId>(3),
          scope_of(row, 4),
          days_of(row, 5),
          row.text(7),
          row.id<AccountId>(8),
          row.instant(9),
          instant_or_null(row, 10),
          row.id_or_null<AccountId>(11),
          row.text_or_null(12).value_or(""),
          row.integer(13)};
}

template <class Item, class From>
std::vector<Item> items_of(const Rows& rows, From from) {
  std::vector<Item> items;
  items.reserve(rows.size());
  for (const Row row : rows) items.push_back(from(row));
  return items;
}

LogPosition newest() {
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  return {Instant{most}, most};
}

}  // namespace

const std::string* Standing::path_of(UnitId unit) const {
  const auto found = std::ranges::find(units, unit, &std::pair<UnitId, std::string>::first);
  return found == units.end() ? nullptr : &found->second;
}

// unit(id, path) belongs to org and is described in docs/data.md: the path is today's affiliation
// tree. Dates are left to the caller, who knows today.
store::Pending queue_standing(store::Connection& connection, AccountId account,
                              const std::vector<UnitId>& units) {
  std::string sql =
      "select 'grant', g.id, g.role, g.scope, g.from_date, g.until_date, u.path "
      "from role_grant g join account a on a.id = g.account left join unit u on u.id = g.unit "
      "where g.account = ?1 and g.ended_at is null and a.disabled_at is null "
      "union all select 'account', coalesce(a.person, 0), '', '', '', null, null "
      "from account a where a.id = ?1 and a.disabled_at is null";
  Params params = {account};
  if (!units.empty()) {
    sql += fmt::format(
        " union all select 'unit', u.id, '', '', '', null, u.path from unit u where u.id in ({})",
        append_list(units, params));
  }
  return connection.queue_query(sql, std::move(params));
}

Standing standing_from(const Rows& rows) {
  Standing standing;
  for (const Row row : rows) {
    const std::string& kind = row.text(0);
    if (kind == "grant") {
      standing.grants.push_back(
          {role_of(row, 2), row.text_or_null(6), scope_of(row, 3), days_of(row, 4)});
    } else if (kind == "account") {
      standing.alive = true;
      if (row.integer(1) != 0) standing.person = row.id<PersonId>(1);
    } else {
      standing.units.emplace_back(row.id<UnitId>(1), row.text(6));
    }
  }
  return standing;
}

Result<Visible> visible_subtrees(store::Connection& connection, AccountId account,
                                 Permission permission, Date today) {
  if (!account) return Visible{{{"", "~"}}, {}};
  const auto rows = queue_standing(connection, account, {});
  connection.flush();
  const Standing standing = standing_from(*rows);
  if (!role_anywhere(standing.grants, permission, today)) {
    return Refusal{RefusalCode::not_permitted, "", std::string(command::word_of(permission)), "",
                   ""};
  }
  Visible visible{ranges_of(standing.grants, permission, today), {}};
  if (holds_for_person(standing.grants, permission, today)) visible.person = standing.person;
  return visible;
}

bool covers_place(store::Connection& connection, const std::vector<Range>& ranges,
                  std::string_view place_path) {
  if (ranges == std::vector<Range>{{"", "~"}}) return true;
  Params params = {place_path};
  const std::string condition = path_condition(ranges, "u.path", params);
  return connection
      .query(
          "select 1 from place d join unit u on u.seat = d.id "
          "where d.path >= ?1 and d.path < ?1 || '~' and not (" +
              condition + ") limit 1",
          params)
      .empty();
}

std::string path_condition(const std::vector<Range>& ranges, std::string_view path,
                           Params& params) {
  if (ranges.empty()) return "1 = 0";
  std::string condition;
  for (const Range& range : ranges) {
    params.emplace_back(range.from);
    params.emplace_back(range.until);
    condition += fmt::format("{}{} >= ?{} and {} < ?{}", condition.empty() ? "(" : " or ", path,
                             params.size() - 1, path, params.size());
  }
  return condition + ")";
}

OpenNames::OpenNames(Standing standing, std::vector<std::string> opened, Date today)
    : standing_(std::move(standing)), opened_(std::move(opened)), today_(today) {}

std::optional<int> OpenNames::levels_below(std::string_view path) const {
  return identity::levels_below(standing_.grants, path, today_);
}

bool OpenNames::open(std::string_view path) const {
  const auto levels = levels_below(path);
  if (!levels) return false;
  return *levels <= open_levels || std::ranges::any_of(opened_, [&](const std::string& top) {
    return path.starts_with(top);
  });
}

bool OpenNames::granted(std::string_view path) const {
  return std::ranges::any_of(standing_.grants, [&](const Grant& grant) {
    return grant.path == path && grant.days.contains(today_);
  });
}

namespace {

struct NamesQuestion {
  store::Pending standing;
  store::Pending opened;
};

NamesQuestion queue_names(store::Connection& connection, AccountId account,
                          std::string_view session, const std::vector<UnitId>& units) {
  return {queue_standing(connection, account, units),
          connection.queue_query("select u.path from opened_names o join unit u on u.id = o.unit "
                                 "where o.session = ?1 and o.account = ?2",
                                 {session, account})};
}

OpenNames names_from(Standing standing, const Rows& opened, Date today) {
  return {std::move(standing),
          items_of<std::string>(opened, [](const Row& row) { return row.text(0); }), today};
}

}  // namespace

OpenNames open_names(store::Connection& connection, AccountId account, std::string_view session,
                     Date today) {
  const NamesQuestion question = queue_names(connection, account, session, {});
  connection.flush();
  return names_from(standing_from(*question.standing), *question.opened, today);
}

Refusals check_names(store::Connection& connection, AccountId account, std::string_view session,
                     UnitId unit, Date today) {
  const NamesQuestion question = queue_names(connection, account, session, {unit});
  connection.flush();
  Standing standing = standing_from(*question.standing);
  const std::string* found = standing.path_of(unit);
  const std::string path = found ? *found : "";
  const OpenNames names = names_from(std::move(standing), *question.opened, today);
  if (!found || !names.levels_below(path)) {
    return {{RefusalCode::not_found, unit.text(), "", "", ""}};
  }
  if (!names.open(path)) {
    return {{RefusalCode::reason_required, unit.text(), "Huilu-Reason", "", ""}};
  }
  return {};
}

std::optional<AccountRow> find_account(store::Connection& connection, AccountId account) {
  const Rows rows = connection.query(
      fmt::format("select {} from account where id = ?1", account_columns), {account});
  return rows.empty() ? std::nullopt : std::optional(account_row(rows[0]));
}

std::optional<AccountRow> find_account_named(store::Connection& connection, std::string_view name) {
  const Rows rows = connection.query(
      fmt::format("select {} from account where name = ?1", account_columns), {name});
  return rows.empty() ? std::nullopt : std::optional(account_row(rows[0]));
}

std::optional<Me> me(store::Connection& connection, AccountId account, Date today) {
  const auto standing_rows = queue_standing(connection, account, {});
  auto row = find_account(connection, account);
  if (!row || row->disabled_at) return {};
  Me answer{std::move(*row), {}, {}};
  const Rows rows = connection.query(
      fmt::format("select {} from role_grant where account = ?1 and ended_at is null order by id",
                  grant_columns),
      {account});
  answer.grants = items_of<GrantRow>(rows, grant_row);
  std::erase_if(answer.grants, [&](const GrantRow& grant) { return !grant.days.contains(today); });
  answer.permissions = permissions_of(standing_from(*standing_rows).grants, today);
  return answer;
}

std::vector<AccountRow> accounts(store::Connection& connection, AccountId after, int limit) {
  return items_of<AccountRow>(
      connection.query(
          fmt::format("select {} from account where id > ?1 order by id limit ?2", account_columns),
          {after, limit}),
      account_row);
}

std::vector<GrantRow> grants(store::Connection& connection, const GrantFilter& filter,
                             GrantId after, int limit) {
  std::string where = "id > ?1";
  Params params = {after, limit};
  if (filter.account) {
    params.emplace_back(*filter.account);
    where += fmt::format(" and account = ?{}", params.size());
  }
  if (filter.unit) {
    params.emplace_back(*filter.unit);
    where += fmt::format(" and unit = ?{}", params.size());
  }
  return items_of<GrantRow>(
      connection.query(fmt::format("select {} from role_grant where {} order by id limit ?2",
                                   grant_columns, where),
                       params),
      grant_row);
}

std::vector<TokenRow> tokens(store::Connection& connection, AccountId account) {
  return items_of<TokenRow>(
      connection.query("select id, account, name, from_date, until_date, issued_at, revoked_at, "
                       "version from token where account = ?1 order by id",
                       {account}),
      [](const Row& row) {
        return TokenRow{row.id<TokenId>(0), row.id<AccountId>(1),    row.text(2),   days_of(row, 3),
                        row.instant(5),     instant_or_null(row, 6), row.integer(7)};
      });
}

std::vector<OpenedNamesRow> opened_names(store::Connection& connection, UnitId unit,
                                         std::optional<LogPosition> before, int limit) {
  const Rows found = connection.query("select path from unit where id = ?1", {unit});
  if (found.empty()) return {};
  // Names are opened for a whole subtree, so a unit sees what was opened at any unit above it too.
  std::vector<std::string> chain;
  const std::string& path = found[0].text(0);
  for (std::size_t size = path_label; size <= path.size(); size += path_label) {
    chain.push_back(path.substr(0, size));
  }
  const LogPosition position = before.value_or(newest());
  Params params = {position.at, position.id, limit};
  const std::string sql = fmt::format(
      "select o.id, o.account, a.display_name, o.reason, o.at from opened_names o "
      "join unit u on u.id = o.unit join account a on a.id = o.account where u.path in ({}) "
      "and (o.at, o.id) < (?1, ?2) order by o.at desc, o.id desc limit ?3",
      append_list(chain, params));
  return items_of<OpenedNamesRow>(connection.query(sql, params), [](const Row& row) {
    return OpenedNamesRow{row.integer(0), row.id<AccountId>(1), row.text(2), row.text(3),
                          row.instant(4)};
  });
}

std::vector<SecurityLogRow> security_log(store::Connection& connection,
                                         std::optional<LogPosition> before, int limit) {
  const LogPosition position = before.value_or(newest());
  return items_of<SecurityLogRow>(
      connection.query("select id, at, account, event, detail, peer from security_log "
                       "where (at, id) < (?1, ?2) order by at desc, id desc limit ?3",
                       {position.at, position.id, limit}),
      [](const Row& row) {
        return SecurityLogRow{row.integer(0), row.instant(1), row.id_or_null<AccountId>(2),
                              row.text(3),    row.text(4),    row.text(5)};
      });
}

}  // namespace huilu::identity
