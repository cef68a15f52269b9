#include "store/sqlite_connection.h"

#include <cerrno>
#include <cstring>

#include "base/check.h"

namespace huilu::store {
namespace {

constexpr std::size_t sqlite_statements_kept = 256;

FaultKind kind_of_io_error(int extended_code, int system_error) {
  switch (extended_code) {
    case SQLITE_IOERR_READ:
    case SQLITE_IOERR_SHORT_READ:
    case SQLITE_IOERR_CORRUPTFS:
    case SQLITE_IOERR_DATA:
      return system_error == ENOSPC ? FaultKind::storage_full : FaultKind::damaged;
    case SQLITE_IOERR_NOMEM:
    case SQLITE_IOERR_LOCK:
      return FaultKind::unavailable;
    default:
      return FaultKind::storage_full;  // a write, a sync, a truncate, the WAL's index
  }
}

FaultKind kind_of(sqlite3* database) {
  const int code = sqlite3_extended_errcode(database);
  switch (code & 0xff) {
    case SQLITE_FULL:
      return FaultKind::storage_full;
    case SQLITE_IOERR:
      return kind_of_io_error(code, sqlite3_system_errno(database));
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return FaultKind::damaged;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return FaultKind::timeout;
    case SQLITE_CONSTRAINT:
      return FaultKind::constraint;
    case SQLITE_CANTOPEN:
      return sqlite3_system_errno(database) == ENOSPC ? FaultKind::storage_full
                                                      : FaultKind::unavailable;
    case SQLITE_NOMEM:
      return FaultKind::unavailable;
    default:
      return FaultKind::internal;
  }
}

void require_setting(sqlite3* database, const char* sql, std::string_view expected) {
  const std::string found = sqlite_setting(database, sql);
  if (found == expected) return;
  throw Fault(FaultKind::internal, std::string("SQLite does not hold '") + sql + "': " + found +
                                       " instead of " + std::string(expected));
}

}  // namespace

void throw_sqlite(sqlite3* database, std::string_view doing) {
  std::string what = "SQLite: ";
  what.append(database ? sqlite3_errmsg(database) : "out of memory");
  if (!doing.empty()) what.append(" (").append(doing.substr(0, 200)).append(")");
  throw Fault(database ? kind_of(database) : FaultKind::unavailable, what);
}

bool is_failed_sync(int extended_code) {
  return extended_code == SQLITE_IOERR_FSYNC || extended_code == SQLITE_IOERR_DIR_FSYNC;
}

SqliteHandle open_sqlite_file(const std::string& path, int flags, const SqliteOptions& options) {
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &opened, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  SqliteHandle database(opened);
  if (code != SQLITE_OK) throw_sqlite(opened, path);
  sqlite3_extended_result_codes(opened, 1);
  sqlite3_busy_timeout(opened, static_cast<int>(options.lock_within.count()));
  run_sqlite(opened, "pragma synchronous = full; pragma foreign_keys = on;");
  return database;
}

void run_sqlite(sqlite3* database, const char* sql) {
  if (sqlite3_exec(database, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
    throw_sqlite(database, sql);
  }
}

std::string sqlite_setting(sqlite3* database, const char* sql) {
  sqlite3_stmt* made = nullptr;
  const int code = sqlite3_prepare_v2(database, sql, -1, &made, nullptr);
  const SqliteStatement statement(made);
  if (code != SQLITE_OK || sqlite3_step(made) != SQLITE_ROW) throw_sqlite(database, sql);
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(made, 0));
  return text ? text : "";
}

// A statement that is under way; ends it on every path.
class SqliteConnection::Running {
 public:
  explicit Running(sqlite3_stmt* statement) : statement_(statement) {}
  ~Running() { sqlite3_reset(statement_); }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

 private:
  sqlite3_stmt* statement_;
};

SqliteConnection::SqliteConnection(std::shared_ptr<SqliteShared> shared, Access access)
    : shared_(std::move(shared)), access_(access) {
  database_ = open_sqlite_file(shared_->path, SQLITE_OPEN_READWRITE, shared_->options);
  auto* database = database_.get();
  require_setting(database, "pragma journal_mode", "wal");
  require_setting(database, "pragma synchronous", "2");
  require_setting(database, "pragma foreign_keys", "1");
  if (access == Access::read) {
    run_sqlite(database, "pragma cache_size = -8192; pragma query_only = on;");
  } else {
    run_sqlite(database, "pragma cache_size = -65536;");
    sqlite3_wal_hook(database, &wal_grew, this);  // in the place of the checkpoint in the commit
  }
}

SqliteConnection::~SqliteConnection() { rollback(); }

Rows SqliteConnection::query(std::string_view sql, const Params& params) {
  require_ready();
  sqlite3_stmt* statement = prepared(sql);
  const Running running(statement);
  bind(statement, sql, params);
  const auto columns = static_cast<std::size_t>(sqlite3_column_count(statement));
  std::vector<Row::Cell> cells;
  while (step(statement, sql)) {
    cells.resize(cells.size() + columns);
    read_row(statement, std::span(cells).last(columns));
  }
  return {columns, std::move(cells)};
}

Pending SqliteConnection::queue_query(std::string_view sql, Params params) {
  return std::make_shared<const Rows>(query(sql, params));
}

std::int64_t SqliteConnection::execute(std::string_view sql, const Params& params) {
  require_ready();
  sqlite3_stmt* statement = prepared(sql);
  const Running running(statement);
  bind(statement, sql, params);
  const auto before = sqlite3_total_changes64(database_.get());
  while (step(statement, sql)) {
  }
  // A statement that changes nothing leaves the count of the one before it.
  if (sqlite3_total_changes64(database_.get()) == before) return 0;
  return sqlite3_changes64(database_.get());
}

void SqliteConnection::for_each(std::string_view sql, const Params& params,
                                const std::function<void(const Row&)>& each) {
  require_ready();
  sqlite3_stmt* statement = prepared(sql);
  const Running running(statement);
  bind(statement, sql, params);
  std::vector<Row::Cell> cells(static_cast<std::size_t>(sqlite3_column_count(statement)));
  struct Streaming {
    bool& flag;
    ~Streaming() { flag = false; }
  } streaming{streaming_};
  streaming_ = true;
  while (step(statement, sql)) {
    read_row(statement, cells);
    each(Row(cells));
  }
}

void SqliteConnection::insert_many(const Table& table, std::span<const Param> values) {
  const std::size_t columns = table.columns.size();
  CHECK(columns > 0 && values.size() % columns == 0);
  if (values.empty()) return;
  require_ready();
  require_types(table, values);
  if (state_ == State::idle) {
    Transaction together(*this, Access::write);
    insert_many(table, values);
    return together.commit();
  }
  std::string places;
  insert_sql_.assign("insert into ").append(table.name).append(" (");
  for (std::size_t i = 0; i < columns; ++i) {
    insert_sql_.append(i ? ", " : "").append(table.columns[i].first);
    places.append(i ? ", ?" : "?").append(std::to_string(i + 1));
  }
  insert_sql_.append(") values (").append(places).append(") ").append(table.conflict);
  sqlite3_stmt* statement = prepared(insert_sql_);
  for (; !values.empty(); values = values.subspan(columns)) {
    const Running running(statement);
    bind(statement, insert_sql_, values.first(columns));
    step(statement, insert_sql_);
  }
}

void SqliteConnection::run_script(std::string_view sql) {
  require_ready();
  if (state_ == State::idle) {
    Transaction together(*this, Access::write);
    run_script(sql);
    return together.commit();
  }
  const std::string text(sql);
  if (sqlite3_exec(database_.get(), text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    fail(sql);
  }
}

void SqliteConnection::begin(Access access) {
  CHECK(state_ == State::idle);
  if (access == Access::write) {
    CHECK(access_ == Access::write);
    if (shared_->sync_failed) {
      throw Fault(FaultKind::damaged,
                  "SQLite: a sync of " + shared_->path + " failed; start the program anew");
    }
    std::unique_lock lock(shared_->mutex);
    shared_->writers_may_go.wait_for(lock, shared_->options.lock_within,
                                     [this] { return !shared_->writers_wait; });
  }
  execute(access == Access::write ? "begin immediate" : "begin", {});
  state_ = access == Access::write ? State::writing : State::reading;
}

void SqliteConnection::commit() {
  if (state_ == State::failed) {
    rollback();
    throw Fault(FaultKind::internal, "a transaction that has failed cannot be committed");
  }
  CHECK(state_ != State::idle && !streaming_);
  sqlite3_stmt* statement = prepared("commit");
  const bool wrote = state_ == State::writing;
  int code;
  {
    const Running running(statement);
    code = sqlite3_step(statement);
  }
  if (code == SQLITE_DONE) {
    state_ = State::idle;
    if (!wrote) return;
    std::lock_guard lock(shared_->mutex);
    ++shared_->commits;
    shared_->committed.notify_all();
    return;
  }
  const int extended = sqlite3_extended_errcode(database_.get());
  const std::string what = sqlite3_errmsg(database_.get());
  const FaultKind kind = kind_of(database_.get());
  const bool unknown = wrote && (extended & 0xff) == SQLITE_IOERR && extended != SQLITE_IOERR_WRITE;
  if (is_failed_sync(extended)) shared_->sync_failed = true;
  rollback();
  if (unknown) throw CommitUnknown("SQLite: the commit failed: " + what);
  throw Fault(kind, "SQLite: the commit failed: " + what);
}

void SqliteConnection::rollback() noexcept {
  // SQLite has rolled back by itself after some errors.
  if (!sqlite3_get_autocommit(database_.get())) {
    sqlite3_exec(database_.get(), "rollback", nullptr, nullptr, nullptr);
  }
  state_ = State::idle;
}

void SqliteConnection::fail(std::string_view doing) {
  if (is_failed_sync(sqlite3_extended_errcode(database_.get()))) shared_->sync_failed = true;
  if (state_ != State::idle) state_ = State::failed;
  throw_sqlite(database_.get(), doing);
}

void SqliteConnection::fail(FaultKind kind, const std::string& what) {
  if (state_ != State::idle) state_ = State::failed;
  throw Fault(kind, "SQLite: " + what);
}

void SqliteConnection::require_ready() {
  CHECK(!streaming_);
  if (state_ == State::failed) {
    throw Fault(FaultKind::internal, "the transaction has failed; it can only be rolled back");
  }
}

sqlite3_stmt* SqliteConnection::prepared(std::string_view sql) {
  SqliteStatement* known = statements_.find(sql);
  if (!known) {
    sqlite3_stmt* made = nullptr;
    const char* rest = nullptr;
    const int code = sqlite3_prepare_v3(database_.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &made, &rest);
    SqliteStatement statement(made);
    if (code != SQLITE_OK) fail(sql);
    const std::string_view left(rest, static_cast<std::size_t>(sql.data() + sql.size() - rest));
    if (!made || left.find_first_not_of(" \t\n;") != left.npos) {
      fail(FaultKind::internal, "not one statement: " + std::string(sql.substr(0, 200)));
    }
    statements_.trim(sqlite_statements_kept - 1, [](SqliteStatement&) {});
    known = &statements_.insert(sql, std::move(statement));
  }
  if (state_ == State::reading && !sqlite3_stmt_readonly(known->get())) {
    fail(FaultKind::internal,
         "a write in a reading transaction: " + std::string(sql.substr(0, 200)));
  }
  return known->get();
}

void SqliteConnection::bind(sqlite3_stmt* statement, std::string_view sql,
                            std::span<const Param> params) {
  if (static_cast<std::size_t>(sqlite3_bind_parameter_count(statement)) != params.size()) {
    fail(FaultKind::internal,
         std::to_string(params.size()) + " parameters given to " + std::string(sql.substr(0, 200)));
  }
  int place = 0;
  for (const Param& param : params) {
    ++place;
    int code = SQLITE_OK;
    // The parameters outlive the statement's run, so their bytes need no copy.
    if (const auto* integer = std::get_if<std::int64_t>(&param.state())) {
      code = sqlite3_bind_int64(statement, place, *integer);
    } else if (const auto* text = std::get_if<std::string>(&param.state())) {
      if (std::memchr(text->data(), 0, text->size())) {
        fail(FaultKind::internal, "a text with U+0000");  // as PostgreSQL says
      }
      code = sqlite3_bind_text64(statement, place, text->data(), text->size(), SQLITE_STATIC,
                                 SQLITE_UTF8);
    } else if (const auto* bytes = std::get_if<Bytes>(&param.state())) {
      code = sqlite3_bind_blob64(statement, place, bytes->bytes.data(), bytes->bytes.size(),
                                 SQLITE_STATIC);
    } else {
      code = sqlite3_bind_null(statement, place);
    }
    if (code != SQLITE_OK) fail(sql);
  }
}

bool SqliteConnection::step(sqlite3_stmt* statement, std::string_view sql) {
  const int code = sqlite3_step(statement);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) fail(sql);
  return false;
}

void SqliteConnection::read_row(sqlite3_stmt* statement, std::span<Row::Cell> cells) {
  int column = 0;
  for (Row::Cell& cell : cells) {
    switch (sqlite3_column_type(statement, column)) {
      case SQLITE_NULL:
        cell.emplace<std::monostate>();
        break;
      case SQLITE_INTEGER:
        cell = static_cast<std::int64_t>(sqlite3_column_int64(statement, column));
        break;
      case SQLITE_FLOAT:
        fail(FaultKind::internal, "a fraction in column " + std::to_string(column));
      default: {  // text or bytes; the file is UTF-8, so both are read as they are
        const auto* data = static_cast<const char*>(sqlite3_column_blob(statement, column));
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
        if (auto* kept = std::get_if<std::string>(&cell)) {
          kept->assign(data ? data : "", size);
        } else {
          cell.emplace<std::string>(data ? data : "", size);
        }
      }
    }
    ++column;
  }
}

int SqliteConnection::wal_grew(void* self, sqlite3*, const char*, int pages) {
  auto& connection = *static_cast<SqliteConnection*>(self);
  SqliteShared& shared = *connection.shared_;
  if (pages < connection.pages_at_checkpoint_) connection.pages_at_checkpoint_ = 0;  // a new WAL
  const int bound = shared.options.wal_pages;
  const int last = connection.pages_at_checkpoint_;
  if (pages < bound || (last > 0 && pages < last + bound / 4)) return SQLITE_OK;
  connection.pages_at_checkpoint_ = pages;
  std::lock_guard lock(shared.mutex);
  shared.checkpoint_wanted = true;
  shared.checkpoint_due.notify_one();
  return SQLITE_OK;
}

}  // namespace huilu::store
