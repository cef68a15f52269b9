#include "identity/tables.h"

#include "base/check.h"

namespace huilu::identity {

using store::ColumnType;
using store::Row;
using store::Rows;

const store::Table account_table{"account",
                                 {{"id", ColumnType::integer},
                                  {"name", ColumnType::text},
                                  {"display_name", ColumnType::text},
                                  {"kind", ColumnType::text},
                                  {"person", ColumnType::integer},
                                  {"password_hash", ColumnType::text},
                                  {"created_at", ColumnType::integer},
                                  {"version", ColumnType::integer},
                                  {"seq", ColumnType::integer},
                                  {"latest_seq", ColumnType::integer}}};

const store::Table role_grant_table{"role_grant",
                                    {{"id", ColumnType::integer},
                                     {"account", ColumnType::integer},
                                     {"duty", ColumnType::text},
                                     {"role", ColumnType::text},
                                     {"unit", ColumnType::integer},
                                     {"scope", ColumnType::text},
                                     {"from_date", ColumnType::text},
                                     {"until_date", ColumnType::text},
                                     {"reason", ColumnType::text},
                                     {"granted_by", ColumnType::integer},
                                     {"granted_at", ColumnType::integer},
                                     {"version", ColumnType::integer},
                                     {"seq", ColumnType::integer}}};

const store::Table token_table{"token",
                               {{"id", ColumnType::integer},
                                {"hash", ColumnType::bytes},
                                {"account", ColumnType::integer},
                                {"name", ColumnType::text},
                                {"from_date", ColumnType::text},
                                {"until_date", ColumnType::text},
                                {"issued_at", ColumnType::integer},
                                {"version", ColumnType::integer},
                                {"seq", ColumnType::integer}}};

const store::Table opened_names_table{"opened_names",
                                      {{"id", ColumnType::integer},
                                       {"account", ColumnType::integer},
                                       {"session", ColumnType::text},
                                       {"unit", ColumnType::integer},
                                       {"reason", ColumnType::text},
                                       {"at", ColumnType::integer},
                                       {"seq", ColumnType::integer}}};

store::Pending queue_account(store::Connection& connection, AccountId account) {
  return connection.queue_query(
      "select id, name, kind, person, duty, disabled_at is not null, version, latest_seq "
      "from account where id = ?1",
      {account});
}

store::Pending queue_account_named(store::Connection& connection, std::string_view name) {
  return connection.queue_query(
      "select id, name, kind, person, duty, disabled_at is not null, version, latest_seq "
      "from account where name = ?1",
      {name});
}

std::optional<AccountState> account_from(const Rows& rows) {
  if (rows.empty()) return {};
  const Row row = rows[0];
  const auto kind = account_kind_from(row.text(2));
  CHECK(kind.has_value());
  std::optional<Duty> duty;
  if (const auto word = row.text_or_null(4)) duty = duty_from(*word);
  return AccountState{
      row.id<AccountId>(0), row.text(1),    *kind,         row.id_or_null<PersonId>(3), duty,
      row.integer(5) != 0,  row.integer(6), row.integer(7)};
}

store::Pending queue_unit(store::Connection& connection, UnitId unit) {
  return connection.queue_query("select id from unit where id = ?1", {unit});
}

store::Pending queue_same_grants(store::Connection& connection, const NewGrant& grant) {
  return connection.queue_query(
      "select id, from_date, until_date from role_grant where account = ?1 and role = ?2 "
      "and coalesce(unit, 0) = ?3 and ended_at is null order by id",
      {grant.account, word_of(grant.role), grant.unit.value_or(UnitId{})});
}

std::vector<std::pair<GrantId, Interval>> same_grants_from(const Rows& rows) {
  std::vector<std::pair<GrantId, Interval>> same;
  for (const Row row : rows) {
    same.emplace_back(row.id<GrantId>(0), Interval{row.date(1), row.date_or_null(2)});
  }
  return same;
}

store::Pending queue_grant(store::Connection& connection, GrantId grant) {
  return connection.queue_query(
      "select id, account, unit, ended_at is not null, version, seq from role_grant where id = ?1",
      {grant});
}

std::optional<GrantState> grant_from(const Rows& rows) {
  if (rows.empty()) return {};
  const Row row = rows[0];
  return GrantState{row.id<GrantId>(0),  row.id<AccountId>(1), row.id_or_null<UnitId>(2),
                    row.integer(3) != 0, row.integer(4),       row.integer(5)};
}

store::Pending queue_token(store::Connection& connection, TokenId token) {
  return connection.queue_query(
      "select id, account, revoked_at is not null, version, seq from token where id = ?1", {token});
}

std::optional<TokenState> token_from(const Rows& rows) {
  if (rows.empty()) return {};
  const Row row = rows[0];
  return TokenState{row.id<TokenId>(0), row.id<AccountId>(1), row.integer(2) != 0, row.integer(3),
                    row.integer(4)};
}

void write_disabled(command::Writing& writing, const AccountState& account,
                    journal::Sequence sequence) {
  writing.rows.before(
      "update account set disabled_at = ?2, version = ?3, latest_seq = ?4 where id = ?1",
      {account.id, writing.at(), account.version + 1, sequence});
  writing.rows.before("delete from session where account = ?1", {account.id});
}

void write_password(command::Writing& writing, const AccountState& account, std::string_view hash,
                    journal::Sequence sequence) {
  writing.rows.before(
      "update account set password_hash = ?2, version = ?3, latest_seq = ?4 where id = ?1",
      {account.id, hash, account.version + 1, sequence});
  writing.rows.before("delete from session where account = ?1", {account.id});
}

void write_duty(command::Writing& writing, AccountId account, Duty duty) {
  writing.rows.before("update account set duty = ?2 where id = ?1", {account, word_of(duty)});
}

void write_grant_end(command::Writing& writing, const GrantState& grant, AccountId by,
                     std::string_view reason, journal::Sequence sequence) {
  writing.rows.before(
      "update role_grant set ended_at = ?2, ended_by = ?3, end_reason = ?4, version = ?5, "
      "ended_seq = ?6 where id = ?1",
      {grant.id, writing.at(), by, reason, grant.version + 1, sequence});
}

void write_token_revoked(command::Writing& writing, const TokenState& token,
                         journal::Sequence sequence) {
  writing.rows.before(
      "update token set revoked_at = ?2, version = ?3, revoked_seq = ?4 where id = ?1",
      {token.id, writing.at(), token.version + 1, sequence});
}

}  // namespace huilu::identity
