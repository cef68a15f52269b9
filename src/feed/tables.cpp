#include "feed/tables.h"

namespace huilu::feed {

namespace {

using store::ColumnType;
using store::Row;

const store::Table feed_table{"calendar_feed",
                              {{"account", ColumnType::integer},
                               {"hash", ColumnType::bytes},
                               {"language", ColumnType::text},
                               {"made_at", ColumnType::integer},
                               {"version", ColumnType::integer},
                               {"seq", ColumnType::integer}},
                              "on conflict (account) do update set hash = excluded.hash, "
                              "language = excluded.language, made_at = excluded.made_at, "
                              "version = excluded.version, seq = excluded.seq"};

words::Language language_of(std::string_view tag) {
  for (const auto one : {words::Language::zh_tw, words::Language::en}) {
    if (words::tag_of(one) == tag) return one;
  }
  return words::Language::zh_cn;
}

}  // namespace

store::Pending queue_feed(store::Connection& connection, AccountId account) {
  return connection.queue_query(
      "select account, hash, language, made_at, version, seq from calendar_feed "
      "where account = ?1",
      {account});
}

std::optional<Feed> feed_from(const store::Rows& rows) {
  if (rows.empty()) return {};
  const Row row = rows[0];
  return Feed{row.id<AccountId>(0),     row.text_or_null(1).value_or(""),
              language_of(row.text(2)), row.instant(3),
              row.integer(4),           row.integer(5)};
}

void write_feed(command::Writing& writing, const Feed& feed) {
  const store::Param hash = feed.is_open() ? store::Param(store::Bytes{feed.hash}) : store::Param();
  writing.rows.insert(feed_table, {feed.account, hash, words::tag_of(feed.language), feed.made_at,
                                   feed.version, feed.seq});
}

void keep_changes(store::Connection& connection, AccountId account, const Changes& changes) {
  store::Transaction transaction(connection, store::Access::write);
  for (const auto& key : changes.forgotten) {
    connection.queue("delete from calendar_event where account = ?1 and key = ?2", {account, key});
  }
  for (const auto& event : changes.written) {
    connection.queue(
        "insert into calendar_event (account, key, uid, title, path, due, sequence, changed_at, "
        "gone_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) on conflict (account, key) do update "
        "set title = excluded.title, path = excluded.path, due = excluded.due, "
        "sequence = excluded.sequence, changed_at = excluded.changed_at, "
        "gone_at = excluded.gone_at",
        {account, event.key, event.uid, event.title, event.path, event.due, event.sequence,
         event.changed_at, event.gone_at});
  }
  connection.flush();
  transaction.commit();
}

}  // namespace huilu::feed
