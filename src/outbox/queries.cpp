#include "outbox/queries.h"

#include <algorithm>
#include <charconv>

#include "base/fault.h"
#include "base/text.h"
#include "journal/comparison.h"
#include "outbox/commands.h"

namespace huilu::outbox {

namespace {

using store::Row;

constexpr std::string_view columns =
    "select id, account, kind, channel, state, tries, reason, made_at, due_at, done_at from "
    "outbox ";

Message seen_in(const Row& row) {
  const auto done = row.integer_or_null(9);
  return {row.id<MessageId>(0),
          row.id<AccountId>(1),
          enum_from<Kind>(kind_words, row.text(2)),
          enum_from<Channel>(channel_words, row.text(3)),
          enum_from<State>(state_words, row.text(4)),
          row.integer(5),
          row.text(6),
          row.instant(7),
          row.instant(8),
          done ? std::optional(Instant{*done}) : std::nullopt};
}

// "1767225600000.12": when it was made, and its id.
struct Position {
  std::int64_t made_at = INT64_MAX;
  std::int64_t id = INT64_MAX;
};
std::optional<Position> position_from(const std::string& cursor) {
  Position position;
  if (cursor.empty()) return position;
  const auto parts = split(cursor, '.');
  if (parts.size() != 2) return {};
  std::int64_t* const into[] = {&position.made_at, &position.id};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const char* const end = parts[i].data() + parts[i].size();
    const auto read = std::from_chars(parts[i].data(), end, *into[i]);
    if (read.ec != std::errc{} || read.ptr != end) return {};
  }
  return position;
}

std::string digest_key(Date day) { return "digest " + day.text(); }

}  // namespace

std::optional<Choice> choice_of(store::Connection& connection, AccountId account) {
  const auto alive = connection.queue_query(
      "select id from account where id = ?1 and disabled_at is null", {account});
  const auto rows = queue_choice(connection, account);
  connection.flush();
  if (alive->empty()) return {};
  return choice_from(*rows);
}

Result<MessagePage> messages(store::Connection& connection, const MessageFilter& filter) {
  const auto after = position_from(filter.cursor);
  if (!after) return Refusal{RefusalCode::field_type, "/cursor", "next_cursor", "", ""};
  store::Params params = {after->made_at, after->id, filter.limit + 1};
  std::string where = "where (made_at, id) < (?1, ?2) ";
  if (filter.state) {
    where += "and state = ?4 ";
    params.emplace_back(word_of(*filter.state));
  }
  MessagePage page;
  for (const Row row : connection.query(
           std::string(columns) + where + "order by made_at desc, id desc limit ?3", params)) {
    if (page.items.size() == static_cast<std::size_t>(filter.limit)) {
      const Message& last = page.items.back();
      page.next_cursor = std::to_string(last.made_at.ms) + "." + std::to_string(last.id.value);
      break;
    }
    page.items.push_back(seen_in(row));
  }
  return page;
}

std::vector<AccountId> digest_accounts(store::Connection& connection, AccountId after, int limit) {
  std::vector<AccountId> accounts;
  for (const Row row : connection.query(
           "select c.account from delivery_choice c join account a on a.id = c.account "
           "where c.digest = 1 and c.account > ?1 and a.disabled_at is null "
           "and (c.channel = 'webhook' or (c.channel = 'mail' and c.confirmed_at is not null)) "
           "order by c.account limit ?2",
           {after, limit})) {
    accounts.push_back(row.id<AccountId>(0));
  }
  return accounts;
}

LastDigest last_digest(store::Connection& connection, AccountId account, Date today, Instant now) {
  LastDigest last;
  Instant since{0};
  for (const Row row :
       connection.query("select key, things, nearest, made_at from outbox where account = ?1 "
                        "and key >= 'digest ' and key < 'digest!' order by key desc limit 1",
                        {account})) {
    last.is_made = row.text(0) >= digest_key(today);
    last.things = row.integer(1);
    last.nearest = row.date_or_null(2);
    since = row.instant(3);
  }
  last.has_news = !connection
                       .query(
                           "select id from notice where account = ?1 and release_at > ?2 "
                           "and release_at <= ?3 limit 1",
                           {account, since, now})
                       .empty();
  return last;
}

Waiting how_much_waits(store::Connection& connection) {
  const auto waiting = connection.queue_query(
      "select count(*), min(due_at) from outbox where state = 'waiting' and due_at > 0", {});
  const auto dead = connection.queue_query("select count(*) from outbox where state = 'dead'", {});
  connection.flush();
  Waiting out;
  out.waiting = (*waiting)[0].integer(0);
  if (const auto oldest = (*waiting)[0].integer_or_null(1)) out.oldest = Instant{*oldest};
  out.dead = (*dead)[0].integer(0);
  return out;
}

std::vector<journal::Damage> verify(store::Connection& connection) {
  using journal::Comparison;
  Comparison compare(connection);
  connection.for_each(
      "select t.account, t.channel, t.digest, t.notices, t.language, t.address, t.confirmed_seq, " +
          Comparison::opening_of("content") + ", " + Comparison::opening_of("address") + ", " +
          Comparison::opening_of("content", "t.confirmed_seq") +
          " from delivery_choice t order by t.account",
      {}, [&](const Row& row) {
        const auto account = row.id<AccountId>(0);
        const Value content = Value::object({{"account", account.text()},
                                             {"channel", row.text(1)},
                                             {"digest", row.integer(2) != 0},
                                             {"notices", row.integer(3) != 0},
                                             {"language", row.text(4)}});
        compare.content("delivery_choice", account.text(), row, 7, content);
        compare.text("delivery_choice", account.text(), row, 8, row.text_or_null(5).value_or(""));
        if (!row.is_null(6)) {
          compare.content("delivery_choice", account.text(), row, 9, confirmation_content(account));
        }
      });
  connection.for_each("select t.id, t.decision, t.state, " + Comparison::opening_of("content") +
                          " from outbox t where t.seq is not null order by t.id",
                      {}, [&](const Row& row) {
                        const auto id = row.id<MessageId>(0);
                        compare.content("outbox", id.text(), row, 3,
                                        decision_content(id, row.text(1)));
                        if (row.text(1) == "drop" && row.text(2) != "dropped")
                          compare.damage("outbox", id.text(), "was dropped and is not");
                      });
  return compare.damages();
}

}  // namespace huilu::outbox
