#include "identity/tables_session.h"

namespace huilu::identity {

namespace {

using store::Bytes;
using store::Rows;

Bytes bytes(const Hash& hash) { return {std::string(bytes_of(hash))}; }

}  // namespace

std::optional<Candidate> find_candidate(store::Connection& connection, std::string_view name) {
  const Rows rows = connection.query(
      "select id, case when disabled_at is null then password_hash end from account "
      "where name = ?1",
      {name});
  if (rows.empty()) return {};
  return Candidate{rows[0].id<AccountId>(0), rows[0].text_or_null(1).value_or("")};
}

Failures load_failures(store::Connection& connection, const Hash& name_hash) {
  const Rows rows =
      connection.query("select at1, at2, at3, at4, at5 from sign_in_failure where name_hash = ?1",
                       {bytes(name_hash)});
  Failures failures{};
  for (std::size_t i = 0; i < failures.size() && !rows.empty(); ++i) {
    failures[i] = rows[0].instant(i);
  }
  return failures;
}

void count_failure(store::Connection& connection, const Hash& name_hash, Instant at) {
  connection.execute(
      "insert into sign_in_failure (name_hash, at1, at2, at3, at4, at5) "
      "values (?1, ?2, 0, 0, 0, 0) on conflict (name_hash) do update set at1 = excluded.at1, "
      "at2 = sign_in_failure.at1, at3 = sign_in_failure.at2, at4 = sign_in_failure.at3, "
      "at5 = sign_in_failure.at4",
      {bytes(name_hash), at});
}

void forget_failures(store::Connection& connection, const Hash& name_hash) {
  connection.execute("delete from sign_in_failure where name_hash = ?1", {bytes(name_hash)});
}

bool hold_account(store::Connection& connection, AccountId account,
                  std::string_view password_hash) {
  // An update that changes nothing: `for update` is not in the common subset.
  return connection.execute(
             "update account set version = version "
             "where id = ?1 and password_hash = ?2 and disabled_at is null",
             {account, password_hash}) == 1;
}

void insert_session(store::Connection& connection, const SessionRow& session) {
  connection.execute(
      "insert into session (token_hash, label, account, created_at, last_seen, expires_at, "
      "long_lived) values (?1, ?2, ?3, ?4, ?4, ?5, ?6)",
      {bytes(session.token_hash), session.label, session.account, session.created_at,
       session.expires_at, session.long_lived ? 1 : 0});
}

std::optional<AccountId> delete_session(store::Connection& connection, const Hash& token_hash) {
  const Rows rows = connection.query("delete from session where token_hash = ?1 returning account",
                                     {bytes(token_hash)});
  if (rows.empty()) return {};
  return rows[0].id<AccountId>(0);
}

void queue_seen(store::Connection& connection, const Hash& token_hash, Instant at) {
  connection.queue("update session set last_seen = ?2 where token_hash = ?1 and last_seen < ?2",
                   {bytes(token_hash), at});
}

std::optional<FoundSession> find_session(store::Connection& connection, const Hash& token_hash) {
  const Rows rows = connection.query(
      "select s.account, a.name, s.label, s.last_seen, s.expires_at, s.long_lived "
      "from session s join account a on a.id = s.account where s.token_hash = ?1 and a.disabled_at "
      "is null",
      {bytes(token_hash)});
  if (rows.empty()) return {};
  return FoundSession{rows[0].id<AccountId>(0), rows[0].text(1),    rows[0].text(2),
                      rows[0].instant(3),       rows[0].instant(4), rows[0].integer(5) == 1};
}

std::optional<FoundToken> find_token(store::Connection& connection, const Hash& token_hash) {
  const Rows rows = connection.query(
      "select t.account, a.name, t.id, t.from_date, t.until_date from token t "
      "join account a on a.id = t.account "
      "where t.hash = ?1 and t.revoked_at is null and a.disabled_at is null",
      {bytes(token_hash)});
  if (rows.empty()) return {};
  return FoundToken{rows[0].id<AccountId>(0),
                    rows[0].text(1),
                    rows[0].id<TokenId>(2),
                    {rows[0].date(3), rows[0].date_or_null(4)}};
}

void insert_security_entry(store::Connection& connection, const SecurityEntry& entry) {
  connection.execute(
      "insert into security_log (id, at, account, event, detail, peer) "
      "values (?1, ?2, ?3, ?4, ?5, ?6)",
      {entry.id, entry.at, entry.account, entry.event, entry.detail, entry.peer});
}

void purge_sessions(store::Connection& connection, Instant now) {
  const auto ago = [now](std::chrono::milliseconds time) { return later(now, -time); };
  connection.queue(
      "delete from session where expires_at <= ?1 or (last_seen <= ?2 and long_lived = 0)",
      {now, ago(session_idle)});
  connection.queue("delete from sign_in_failure where at1 <= ?1", {ago(failure_window)});
  connection.queue("delete from security_log where at < ?1", {ago(security_log_kept)});
  connection.flush();
}

}  // namespace huilu::identity
