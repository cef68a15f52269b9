#include "feed/queries.h"

#include "base/hash.h"
#include "feed/commands.h"
#include "feed/tables.h"
#include "journal/comparison.h"

namespace huilu::feed {

using store::Row;

std::optional<Feed> feed_of(store::Connection& connection, AccountId account) {
  const auto rows = queue_feed(connection, account);
  connection.flush();
  return feed_from(*rows);
}

std::optional<Feed> feed_with(store::Connection& connection, std::string_view token) {
  const store::Bytes hash{std::string(bytes_of(sha256(token)))};
  return feed_from(connection.query(
      "select f.account, f.hash, f.language, f.made_at, f.version, f.seq from calendar_feed f "
      "join account a on a.id = f.account where f.hash = ?1 and a.disabled_at is null",
      {hash}));
}

std::vector<Event> events_of(store::Connection& connection, AccountId account) {
  std::vector<Event> events;
  for (const Row row : connection.query(
           "select key, uid, title, path, due, sequence, changed_at, gone_at from calendar_event "
           "where account = ?1 order by due, key",
           {account})) {
    const auto gone = row.integer_or_null(7);
    events.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.date(4),
                      row.integer(5), row.instant(6),
                      gone ? std::optional(Instant{*gone}) : std::nullopt});
  }
  return events;
}

std::vector<journal::Damage> verify(store::Connection& connection) {
  using journal::Comparison;
  Comparison compare(connection);
  connection.for_each("select t.account, t.hash, " + Comparison::opening_of("content") +
                          " from calendar_feed t order by t.account",
                      {}, [&](const Row& row) {
                        const auto account = row.id<AccountId>(0);
                        compare.content("calendar_feed", account.text(), row, 2,
                                        feed_content(account, row.text_or_null(1).value_or("")));
                      });
  return compare.damages();
}

}  // namespace huilu::feed
