#include "command/batch.h"

#include "base/hash.h"
#include "base/value.h"

namespace huilu::command {

namespace {

using store::ColumnType;

const store::Table idempotency_table{"idempotency",
                                     {{"account", ColumnType::integer},
                                      {"key", ColumnType::text},
                                      {"body_hash", ColumnType::bytes},
                                      {"status", ColumnType::integer},
                                      {"reply", ColumnType::text},
                                      {"journal", ColumnType::integer},
                                      {"at", ColumnType::integer}}};

void queue_reads(Passage& passage, store::Connection& connection, const Gate& gate) {
  const Request& request = passage.request;
  if (!request.key.empty()) {
    passage.earlier = connection.queue_query(
        "select body_hash, status, reply, journal from idempotency "
        "where account = ?1 and key = ?2",
        {request.account, request.key});
  }
  passage.question = gate.ask(connection, request.account, passage.command->need());
  passage.command->load(connection);
}

Outcome repeat(const store::Row& earlier, const Request& request) {
  Outcome outcome;
  if (earlier.text(0) != request.body_hash) {
    outcome.refusals = {{RefusalCode::idempotency_mismatch, "Idempotency-Key", "", "", ""}};
    return outcome;
  }
  outcome.repeated = true;
  outcome.reply = {static_cast<int>(earlier.integer(1)), parse_json(earlier.text(2)).value()};
  outcome.journal = earlier.integer(3);
  return outcome;
}

void keep_reply(const Passage& passage, Instant at, store::RowBuffer& rows) {
  const auto& [account, key, body_hash] = passage.request;
  if (key.empty()) return;
  const Outcome& outcome = passage.outcome;
  rows.insert(idempotency_table, {account, key, store::Bytes{body_hash}, outcome.reply.status,
                                  to_json(outcome.reply.body), outcome.journal, at});
}

// The way of one command; refusals leave nothing behind.
void pass_one(Passage& passage, Context context, Writing& writing) {
  passage.outcome = {};
  if (passage.earlier && !passage.earlier->empty()) {
    passage.outcome = repeat((*passage.earlier)[0], passage.request);
    return;
  }
  passage.outcome.refusals = in_words_of(*passage.command, passage.question->answer(context.today));
  if (!passage.outcome.refusals.empty()) return;
  context.role = passage.question->role();
  passage.outcome.refusals = passage.command->decide(context);
  if (!passage.outcome.refusals.empty()) return;
  passage.outcome.reply = passage.command->write(context, writing);
  passage.outcome.journal = writing.next_sequence() - 1;
  keep_reply(passage, context.now, writing.rows);
}

}  // namespace

Written pass(Batch& batch, store::Connection& connection, const Gate& gate, const Clock& clock) {
  const store::Pending head = connection.queue_query(journal::head_query(connection.dialect()), {});
  for (Passage& passage : batch) queue_reads(passage, connection, gate);
  connection.flush();

  const Instant now = clock.now();
  journal::Appender journal(journal::head_from(*head), now);
  store::RowBuffer rows;
  Writing writing(journal, rows);
  Written written;
  written.before = journal.size();
  for (Passage& passage : batch) {
    const Context context{now, Zone{}.date_of(now), passage.request.account, {}};
    pass_one(passage, context, writing);
  }
  written.through = journal.size();
  written.root = journal.root();
  written.touched = journal.touched();
  journal.write(rows);
  if (written.anything()) rows.write_to(connection);
  return written;
}

bool was_committed(const Written& written, store::Connection& connection) {
  store::Transaction transaction(connection, store::Access::write);
  connection.query(journal::head_query(connection.dialect()));
  const auto rows =
      connection.query("select root from tree_head where size = ?1", {written.through});
  return rows.size() == 1 && rows[0].text(0) == bytes_of(written.root);
}

}  // namespace huilu::command
