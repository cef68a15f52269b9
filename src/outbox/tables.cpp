#include "outbox/tables.h"

#include <algorithm>
#include <cstring>

#include "base/fault.h"
#include "base/hash.h"

namespace huilu::outbox {

namespace {

using store::ColumnType;
using store::Params;
using store::Row;

const store::Table outbox_table{"outbox",
                                {{"id", ColumnType::integer},
                                 {"account", ColumnType::integer},
                                 {"key", ColumnType::text},
                                 {"kind", ColumnType::text},
                                 {"channel", ColumnType::text},
                                 {"things", ColumnType::integer},
                                 {"nearest", ColumnType::text},
                                 {"made_at", ColumnType::integer},
                                 {"due_at", ColumnType::integer},
                                 {"state", ColumnType::text},
                                 {"tries", ColumnType::integer},
                                 {"reason", ColumnType::text}},
                                "on conflict (account, key) do nothing"};
const store::Table choice_table{"delivery_choice",
                                {{"account", ColumnType::integer},
                                 {"channel", ColumnType::text},
                                 {"digest", ColumnType::integer},
                                 {"notices", ColumnType::integer},
                                 {"language", ColumnType::text},
                                 {"address", ColumnType::text},
                                 {"confirmed_at", ColumnType::integer},
                                 {"code_tries", ColumnType::integer},
                                 {"code_sent_at", ColumnType::integer},
                                 {"version", ColumnType::integer},
                                 {"seq", ColumnType::integer},
                                 {"confirmed_seq", ColumnType::integer}}};

std::int64_t random_id() {
  std::uint64_t bits = 0;
  const std::string bytes = random_bytes(sizeof(bits));
  std::memcpy(&bits, bytes.data(), sizeof(bits));
  return static_cast<std::int64_t>(bits >> 1) | 1;
}

Params row_of(MessageId id, const NewMessage& message, Instant now) {
  return {id,
          message.account,
          message.key,
          word_of(message.kind),
          word_of(message.channel),
          message.things,
          message.nearest,
          now,
          message.due_at,
          word_of(State::waiting),
          0,
          ""};
}

Claimed claimed_from(const Row& row) {
  return {row.id<MessageId>(0),
          row.id<AccountId>(1),
          enum_from<Kind>(kind_words, row.text(2)),
          enum_from<Channel>(channel_words, row.text(3)),
          row.integer(4),
          row.date_or_null(5),
          row.integer(6)};
}

words::Language language_of(std::string_view tag) {
  for (const auto one : {words::Language::zh_tw, words::Language::en}) {
    if (words::tag_of(one) == tag) return one;
  }
  return words::Language::zh_cn;
}

}  // namespace

void insert_messages(store::Connection& connection, const std::vector<NewMessage>& messages,
                     Instant now) {
  Params values;
  for (const auto& one : messages) {
    for (auto& value : row_of(MessageId{random_id()}, one, now)) values.push_back(std::move(value));
  }
  if (!values.empty()) connection.insert_many(outbox_table, values);
}

MessageId insert_message(command::Writing& writing, const NewMessage& message) {
  const MessageId id{random_id()};
  writing.rows.insert(outbox_table, row_of(id, message, writing.at()));
  return id;
}

void supersede_digests(store::Connection& connection, AccountId account, std::string_view key,
                       Instant now) {
  connection.execute(
      "update outbox set state = 'dropped', reason = 'superseded', done_at = ?2 where account = ?1 "
      "and key >= 'digest ' and key < ?3 and done_at is null",  // by account, not all that wait
      {account, now, key});
}

// Two may find the same message; the condition is asked once more of the row as the first has left
// it, and the second looks for another.
std::optional<Claimed> claim(store::Connection& connection, Instant now, Instant until,
                             bool is_open) {
  const std::string which =
      is_open ? "select id from outbox where state = 'waiting' and due_at <= ?1 "
                "order by due_at, id limit 1"
              : "select id from outbox where state = 'waiting' and due_at <= ?1 "
                "and kind in ('code', 'test', 'urgent') order by due_at, id limit 1";
  while (!connection.query(which, {now}).empty()) {
    const auto rows = connection.query(
        "update outbox set due_at = ?2, tries = tries + 1, reason = 'unanswered' "
        "where id = (" +
            which +
            ") and state = 'waiting' and due_at <= ?1 "
            "returning id, account, kind, channel, things, nearest, tries",
        {now, until});
    if (!rows.empty()) return claimed_from(rows[0]);
  }
  return {};
}

void settle(store::Connection& connection, const Claimed& message, State state, Instant at,
            std::string_view reason) {
  connection.execute(
      "update outbox set state = ?3, done_at = ?4, reason = ?5 where id = ?1 and tries = ?2 "
      "and state = 'waiting'",
      {message.id, message.tries, word_of(state), at, reason});
}

void put_back(store::Connection& connection, const Claimed& message, Instant due,
              std::string_view reason) {
  connection.execute(
      "update outbox set due_at = ?3, reason = ?4 where id = ?1 and tries = ?2 "
      "and state = 'waiting'",
      {message.id, message.tries, due, reason});
}

bool count_code(store::Connection& connection, AccountId account, std::int64_t tries_max) {
  return connection.execute(
             "update delivery_choice set code_tries = code_tries + 1 where account = ?1 "
             "and code_tries < ?2",
             {account, tries_max}) > 0;
}

void forget_before(store::Connection& connection, Instant at) {
  connection.execute("delete from outbox where made_at < ?1", {at});
}

store::Pending queue_choice(store::Connection& connection, AccountId account) {
  return connection.queue_query(
      "select account, channel, digest, notices, language, address, confirmed_at, code_tries, "
      "code_sent_at, version, seq from delivery_choice where account = ?1",
      {account});
}

std::optional<Choice> choice_from(const store::Rows& rows) {
  if (rows.empty()) return {};
  const Row row = rows[0];
  const auto instant = [&](std::size_t column) -> std::optional<Instant> {
    const auto ms = row.integer_or_null(column);
    return ms ? std::optional(Instant{*ms}) : std::nullopt;
  };
  return Choice{row.id<AccountId>(0),
                enum_from<Channel>(channel_words, row.text(1)),
                row.integer(2) != 0,
                row.integer(3) != 0,
                language_of(row.text(4)),
                row.text_or_null(5).value_or(""),
                instant(6),
                row.integer(7),
                instant(8),
                row.integer(9),
                row.integer(10)};
}

void write_choice(command::Writing& writing, const Choice& choice) {
  const store::Param address =
      choice.address.empty() ? store::Param() : store::Param(choice.address);
  if (choice.version == 1) {
    writing.rows.insert(
        choice_table,
        {choice.account, word_of(choice.channel), choice.digest ? 1 : 0, choice.notices ? 1 : 0,
         words::tag_of(choice.language), address, store::Param(), 0, choice.code_sent_at,
         choice.version, choice.seq, store::Param()});
    return;
  }
  writing.rows.before(
      "update delivery_choice set channel = ?2, digest = ?3, notices = ?4, language = ?5, "
      "address = ?6, confirmed_at = ?7, code_tries = ?8, code_sent_at = ?9, version = ?10, "
      "seq = ?11, confirmed_seq = case when ?12 = 1 then confirmed_seq else null end "
      "where account = ?1",
      {choice.account, word_of(choice.channel), choice.digest ? 1 : 0, choice.notices ? 1 : 0,
       words::tag_of(choice.language), address, choice.confirmed_at, choice.code_tries,
       choice.code_sent_at, choice.version, choice.seq, choice.confirmed_at ? 1 : 0});
}

void write_confirmed(command::Writing& writing, const Choice& choice, journal::Sequence sequence) {
  writing.rows.before(
      "update delivery_choice set confirmed_at = ?2, confirmed_seq = ?3, version = ?4 "
      "where account = ?1",
      {choice.account, writing.at(), sequence, choice.version + 1});
}

store::Pending queue_message(store::Connection& connection, MessageId id) {
  return connection.queue_query("select id, state from outbox where id = ?1", {id});
}

std::optional<Decided> message_from(const store::Rows& rows) {
  if (rows.empty()) return {};
  return Decided{rows[0].id<MessageId>(0), enum_from<State>(state_words, rows[0].text(1))};
}

// Tries begin anew; the key stays, so that whoever has it already knows it again.
void write_retry(command::Writing& writing, MessageId id, journal::Sequence sequence) {
  writing.rows.before(
      "update outbox set state = 'waiting', due_at = ?2, tries = 0, done_at = null, "
      "decision = 'retry', seq = ?3 where id = ?1",
      {id, writing.at(), sequence});
}

void write_drop(command::Writing& writing, MessageId id, journal::Sequence sequence) {
  writing.rows.before(
      "update outbox set state = 'dropped', reason = 'dropped', done_at = ?2, decision = 'drop', "
      "seq = ?3 where id = ?1",
      {id, writing.at(), sequence});
}

}  // namespace huilu::outbox
