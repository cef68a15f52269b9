#include "store/postgres_connection.h"

#include <libpq-fe.h>

#include <charconv>
#include <cstring>

#include "base/check.h"

namespace huilu::store {
namespace {

constexpr std::size_t postgres_statements_kept = 500;

// ?1 of our texts is $1 of PostgreSQL's, except inside quotes and comments.
std::string with_dollars(std::string_view sql) {
  std::string out(sql);
  char quote = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const char c = out[i];
    if (quote) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '-' && i + 1 < out.size() && out[i + 1] == '-') {
      quote = '\n';
    } else if (c == '?') {
      out[i] = '$';
    }
  }
  return out;
}

}  // namespace

PostgresConnection::PostgresConnection(const std::string& url, const PostgresOptions& options,
                                       Access access)
    : wire_(url, options.answer_within), options_(options), access_(access) {
  if (!PQenterPipelineMode(wire_.connection())) wire_.lost();
  check_settings();
}

void PostgresConnection::check_settings() {
  // A lock is given up before we give up the server, so that waiting for a row does not cost the
  // connection. The interval makes the server notice that we gave up.
  const auto lock_within = std::to_string(options_.answer_within.count() * 4 / 5);
  const Pending settings = queue_query(
      "select current_setting('fsync'), current_setting('full_page_writes'),"
      " current_setting('synchronous_commit'), current_setting('server_encoding'),"
      " set_config('TimeZone', 'UTC', false), set_config('lock_timeout', ?1, false),"
      " set_config('default_transaction_read_only', ?2, false)",
      {lock_within, access_ == Access::read ? "on" : "off"});
  queue_query(
      "select set_config(name, '2s', false) from pg_catalog.pg_settings"
      " where name = 'client_connection_check_interval'",
      {});
  flush();
  const Row row = (*settings)[0];
  const auto require = [&](std::size_t column, std::string_view name, std::string_view expected) {
    if (row.text(column) == expected) return;
    throw Fault(FaultKind::internal, "PostgreSQL: the setting " + std::string(name) + " is " +
                                         row.text(column) + ", must be " + std::string(expected));
  };
  require(0, "fsync", "on");
  require(1, "full_page_writes", "on");
  if (row.text(2) != "remote_apply") require(2, "synchronous_commit", "on");
  require(3, "server_encoding", "UTF8");
}

Rows PostgresConnection::query(std::string_view sql, const Params& params) {
  const auto rows = std::make_shared<Rows>();
  append(sql, params, rows);
  flush();
  return std::move(*rows);
}

std::int64_t PostgresConnection::execute(std::string_view sql, const Params& params) {
  std::int64_t changed = 0;
  append(sql, params, nullptr, &changed);
  flush();
  return changed;
}

void PostgresConnection::queue(std::string_view sql, Params params) { append(sql, params); }

Pending PostgresConnection::queue_query(std::string_view sql, Params params) {
  auto rows = std::make_shared<Rows>();
  append(sql, params, rows);
  return rows;
}

void PostgresConnection::flush() {
  if (!expected_.empty()) finish_pipeline(options_.answer_within);
  if (state_ == State::idle && statements_.size() > postgres_statements_kept)
    forget_old_statements();
}

bool PostgresConnection::usable() const {
  if (state_ != State::idle || !expected_.empty()) return wire_.open();
  return wire_.alive_while_idle();
}

void PostgresConnection::begin(Access access) {
  CHECK(state_ == State::idle);
  CHECK(access == Access::read || access_ == Access::write);
  flush();  // what was queued before is not part of the transaction
  append(access == Access::write ? "begin isolation level read committed"
                                 : "begin isolation level repeatable read read only",
         {});
  state_ = access == Access::write ? State::writing : State::reading;
}

void PostgresConnection::commit() {
  if (state_ == State::failed) {
    rollback();
    throw Fault(FaultKind::internal, "a transaction that has failed cannot be committed");
  }
  CHECK(state_ != State::idle);
  const bool wrote = state_ == State::writing;
  append("commit", {}, nullptr, nullptr, Expected::Step::commit);
  wire_.start(options_.answer_within);
  sync();
  const Collected collected = collect();
  state_ = State::idle;
  if (!collected.error) return;
  rollback();
  const Fault& fault = *collected.error;
  // A constraint is the one answer to a commit that leaves no doubt.
  const bool doubtful =
      collected.lost || (collected.by_commit && fault.kind() != FaultKind::constraint);
  if (wrote && doubtful) {
    throw CommitUnknown(std::string("the commit was not confirmed: ") + fault.what());
  }
  throw fault;
}

void PostgresConnection::rollback() noexcept {
  state_ = State::idle;
  // The first time it may be skipped with the rest of a pipeline that has failed.
  for (int attempt = 0; attempt < 2 && wire_.open(); ++attempt) {
    if (expected_.empty() && PQtransactionStatus(wire_.connection()) == PQTRANS_IDLE) return;
    try {
      append("rollback", {});
      wire_.start(options_.answer_within);
      sync();
    } catch (const Fault&) {
      wire_.close();  // and with the connection the transaction
      break;
    }
    collect();
  }
  expected_.clear();
}

void PostgresConnection::require_ready() {
  CHECK(!streaming_);
  if (state_ == State::failed) {
    throw Fault(FaultKind::internal, "the transaction has failed; it can only be rolled back");
  }
}

PostgresConnection::Prepared& PostgresConnection::prepared(std::string_view sql) {
  Prepared* known = statements_.find(sql);
  if (!known) known = &statements_.insert(sql, {"s" + std::to_string(++statements_named_)});
  if (known->sent) return *known;
  if (!PQsendPrepare(wire_.connection(), known->name.c_str(), with_dollars(sql).c_str(), 0,
                     nullptr)) {
    lose();
  }
  known->sent = true;
  expected_.push_back({known, Expected::Step::prepare, nullptr, nullptr});
  return *known;
}

void PostgresConnection::append(std::string_view sql, const Params& params,
                                std::shared_ptr<Rows> rows, std::int64_t* changed,
                                Expected::Step step) {
  require_ready();
  values_.assign(params.size(), nullptr);
  lengths_.assign(params.size(), 0);
  formats_.assign(params.size(), 0);
  digits_.resize(params.size());
  for (std::size_t i = 0; i < params.size(); ++i) {
    const auto& state = params[i].state();
    if (const auto* integer = std::get_if<std::int64_t>(&state)) {
      auto& digits = digits_[i];
      *std::to_chars(digits.data(), digits.data() + digits.size() - 1, *integer).ptr = 0;
      values_[i] = digits.data();
    } else if (const auto* text = std::get_if<std::string>(&state)) {
      if (std::memchr(text->data(), 0, text->size())) {
        fail({FaultKind::internal, "PostgreSQL: a text with U+0000"});  // would be cut there
      }
      values_[i] = text->c_str();
    } else if (const auto* bytes = std::get_if<Bytes>(&state)) {
      values_[i] = bytes->bytes.data();
      lengths_[i] = static_cast<int>(bytes->bytes.size());
      formats_[i] = 1;
    }
  }
  send(sql, params.size(), {nullptr, step, std::move(rows), changed});
}

void PostgresConnection::send(std::string_view sql, std::size_t parameters, Expected expected) {
  PGconn* const line = wire_.connection();
  Prepared& statement = prepared(sql);
  if (!PQsendQueryPrepared(line, statement.name.c_str(), static_cast<int>(parameters),
                           values_.data(), lengths_.data(), formats_.data(), 1)) {
    lose();
  }
  expected.statement = &statement;
  expected_.push_back(std::move(expected));
}

void PostgresConnection::sync() {
  if (!PQpipelineSync(wire_.connection())) lose();
}

void PostgresConnection::read_sync() {
  const PostgresResult result = wire_.next_result();
  if (PQresultStatus(result.get()) != PGRES_PIPELINE_SYNC) wire_.lost();
}

void PostgresConnection::finish_pipeline(std::chrono::milliseconds answer_within) {
  wire_.start(answer_within);
  sync();
  const Collected collected = collect();
  if (collected.error) fail(*collected.error);
}

PostgresConnection::Collected PostgresConnection::collect() {
  Collected collected;
  try {
    for (const Expected& expected : expected_) {
      auto error = collect_one(expected);
      if (!error || collected.error) continue;
      collected.error = std::move(error);
      collected.by_commit = expected.step == Expected::Step::commit;
    }
    read_sync();
  } catch (const Fault& fault) {
    wire_.close();
    if (!collected.error) {
      collected.error = fault;
      collected.lost = true;
    }
  }
  expected_.clear();
  return collected;
}

// All results of one statement. Throws when the line broke or an answer cannot be understood.
std::optional<Fault> PostgresConnection::collect_one(const Expected& expected) {
  std::optional<Fault> error;
  bool answered = false;
  while (const PostgresResult result = wire_.next_result()) {
    answered = true;
    switch (PQresultStatus(result.get())) {
      case PGRES_SINGLE_TUPLE:
      case PGRES_TUPLES_OK:
      case PGRES_COMMAND_OK:
        error = take(expected, result.get());
        break;
      case PGRES_PIPELINE_ABORTED:
        if (expected.step == Expected::Step::prepare) expected.statement->sent = false;
        break;
      case PGRES_FATAL_ERROR:
        if (!is_from_server(result.get())) wire_.lost();
        if (expected.step == Expected::Step::prepare) expected.statement->sent = false;
        error = fault_from(result.get());
        if (ends_session(result.get())) {
          wire_.close();
          return error;
        }
        break;
      default:
        throw Fault(FaultKind::internal, "PostgreSQL: an answer that was not asked for");
    }
  }
  if (!answered) wire_.lost();
  return error;
}

std::optional<Fault> PostgresConnection::take(const Expected& expected, const PGresult* result) {
  if (expected.rows) *expected.rows = read_rows(result);
  if (expected.changed) {
    const std::string_view changed = PQcmdTuples(const_cast<PGresult*>(result));
    std::from_chars(changed.data(), changed.data() + changed.size(), *expected.changed);
  }
  if (expected.step == Expected::Step::commit &&
      std::strcmp(PQcmdStatus(const_cast<PGresult*>(result)), "COMMIT") != 0) {
    return Fault(FaultKind::internal, "PostgreSQL has rolled the transaction back");
  }
  return {};
}

// Texts made at run time would otherwise fill the server's memory.
void PostgresConnection::forget_old_statements() {
  std::vector<std::string> commands;
  statements_.trim(postgres_statements_kept * 3 / 4, [&](const Prepared& statement) {
    if (statement.sent) commands.push_back("deallocate " + statement.name);
  });
  for (const std::string& command : commands) {
    if (!PQsendQueryParams(wire_.connection(), command.c_str(), 0, nullptr, nullptr, nullptr,
                           nullptr, 1)) {
      lose();
    }
    expected_.push_back({nullptr, Expected::Step::run, nullptr, nullptr});
  }
  if (!expected_.empty()) finish_pipeline(options_.answer_within);
}

void PostgresConnection::lose() {
  expected_.clear();
  wire_.lost();
}

void PostgresConnection::fail(const Fault& fault) {
  if (state_ != State::idle) state_ = State::failed;
  throw fault;
}

}  // namespace huilu::store
