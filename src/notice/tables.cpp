#include "notice/tables.h"

#include <cstring>
#include <set>

#include "base/hash.h"
#include "store/lists.h"

namespace huilu::notice {

namespace {

using store::ColumnType;
using store::Row;

const store::Table notice_table{"notice",
                                {{"id", ColumnType::integer},
                                 {"account", ColumnType::integer},
                                 {"key", ColumnType::text},
                                 {"kind", ColumnType::text},
                                 {"matter", ColumnType::integer},
                                 {"at", ColumnType::integer},
                                 {"release_at", ColumnType::integer}},
                                "on conflict (account, key) do nothing"};
const store::Table reminder_table{"reminder",
                                  {{"matter", ColumnType::integer},
                                   {"n", ColumnType::integer},
                                   {"on_day", ColumnType::text},
                                   {"account", ColumnType::integer},
                                   {"at", ColumnType::integer},
                                   {"seq", ColumnType::integer}}};

// Those who act for a unit: the roles that change matters of their own unit (identity's table).
constexpr std::string_view acting_roles =
    "('branch_secretary', 'unit_editor', 'delegate', 'campaign_office')";

std::int64_t random_id() {
  std::uint64_t bits = 0;
  const std::string bytes = random_bytes(sizeof(bits));
  std::memcpy(&bits, bytes.data(), sizeof(bits));
  return static_cast<std::int64_t>(bits >> 1) | 1;
}

// Accounts by recipient, in a fixed number of statements.
std::map<Recipient, std::set<AccountId>> accounts_of(store::Connection& connection,
                                                     const std::vector<Timed>& tellings,
                                                     Date today) {
  std::set<std::int64_t> units, posts, persons;
  std::set<Recipient> recipients;
  for (const auto& one : tellings) {
    const Recipient& to = one.telling.to;
    recipients.insert(to);
    if (to.person) persons.insert(to.person.value);
    if (to.unit) (to.post.empty() ? units : posts).insert(to.unit.value);
  }
  const std::string day = today.text();
  const auto params = [](const std::set<std::int64_t>& ids) {
    return store::Params(ids.begin(), ids.end());
  };
  const auto working = store::queue_in(
      connection,
      "select g.unit, g.account from role_grant g join account a on a.id = g.account "
      "where a.disabled_at is null and g.ended_at is null and g.from_date <= '" +
          day + "' and (g.until_date is null or g.until_date > '" + day + "') and g.role in " +
          std::string(acting_roles) + " and g.unit in ({ids})",
      params(units));
  const auto holding = store::queue_in(
      connection,
      "select p.unit, p.kind, a.id from post p join tenure t on t.post = p.id "
      "join account a on a.person = t.person where a.disabled_at is null and t.from_date <= '" +
          day + "' and (t.until_date is null or t.until_date > '" + day +
          "') and p.unit in ({ids})",
      params(posts));
  const auto named = store::queue_in(
      connection,
      "select a.person, a.id from account a where a.disabled_at is null and a.person in ({ids})",
      params(persons));
  connection.flush();
  std::map<Recipient, std::set<AccountId>> accounts;
  for (const auto& rows : working)
    for (const Row row : *rows) accounts[{row.id<UnitId>(0), {}, {}}].insert(row.id<AccountId>(1));
  for (const auto& rows : holding)
    for (const Row row : *rows)
      accounts[{row.id<UnitId>(0), row.text(1), {}}].insert(row.id<AccountId>(2));
  for (const auto& rows : named)
    for (const Row row : *rows)
      accounts[{{}, {}, row.id<PersonId>(0)}].insert(row.id<AccountId>(1));
  return accounts;
}

}  // namespace

journal::Sequence followed_to(store::Connection& connection) {
  return connection.query("select journal from notice_following where id = 1")[0].integer(0);
}

bool write_notices(store::Connection& connection, journal::Sequence from, journal::Sequence to,
                   const std::vector<Timed>& tellings, Date today, const AlsoWrite& also) {
  store::Transaction transaction(connection, store::Access::write);
  const auto moved = connection.execute(
      "update notice_following set journal = ?2 where id = 1 and journal = ?1", {from, to});
  if (moved == 0) return false;
  const auto accounts = accounts_of(connection, tellings, today);
  std::vector<store::Param> values;
  std::set<std::pair<AccountId, std::string>> told;
  std::vector<ToldAtOnce> at_once;
  for (const auto& [telling, release_at] : tellings) {
    const auto found = accounts.find(telling.to);
    if (found == accounts.end()) continue;
    for (const AccountId account : found->second) {
      if (account == telling.by || !told.insert({account, telling.key}).second) continue;
      for (store::Param value :
           {store::Param(random_id()), store::Param(account), store::Param(telling.key),
            store::Param(word_of(telling.kind)), store::Param(telling.matter),
            store::Param(telling.at), store::Param(release_at)}) {
        values.push_back(std::move(value));
      }
      if (is_immediate(telling.kind) || telling.is_urgent) {
        at_once.push_back({account, telling.matter, release_at, telling.is_urgent});
      }
    }
  }
  if (!values.empty()) connection.insert_many(notice_table, values);
  if (also && !at_once.empty()) also(connection, at_once);
  transaction.commit();
  return true;
}

void forget_before(store::Connection& connection, Instant at) {
  connection.execute("delete from notice where at < ?1", {at});
}

store::Pending queue_reminded(store::Connection& connection, MatterId matter) {
  return connection.queue_query("select count(*), max(on_day) from reminder where matter = ?1",
                                {matter});
}

Reminded reminded_from(const store::Rows& rows) {
  return {rows[0].integer(0), rows[0].date_or_null(1)};
}

void insert_reminder(command::Writing& writing, MatterId matter, std::int64_t n, Date day,
                     AccountId account, journal::Sequence sequence) {
  writing.rows.insert(reminder_table, {matter, n, day, account, writing.at(), sequence});
}

}  // namespace huilu::notice
