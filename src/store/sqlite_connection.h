// One connection to a SQLite file, and what the connections of one Database share. Used by
// sqlite.cpp only. Promises the contract of store.h: settings held, prepared statements kept, a
// failed transaction closed to everything but its rollback.
#pragma once

#include <sqlite3.h>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>

#include "store/statement_cache.h"
#include "store/store.h"

namespace huilu::store {

struct SqliteCloser {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using SqliteHandle = std::unique_ptr<sqlite3, SqliteCloser>;
using SqliteStatement = std::unique_ptr<sqlite3_stmt, SqliteCloser>;

// What the connections of one database tell each other.
struct SqliteShared {
  std::string path;
  SqliteOptions options;

  std::mutex mutex;
  std::condition_variable committed;
  std::uint64_t commits = 0;
  std::condition_variable checkpoint_due;
  bool checkpoint_wanted = false;
  bool writers_wait = false;  // before they begin, until the WAL can start anew
  std::condition_variable writers_may_go;
  bool stopping = false;

  // After a failed fsync nobody knows what is on the disk, and a second fsync that succeeds proves
  // nothing: no further write is accepted until the program starts anew.
  std::atomic<bool> sync_failed = false;
};

[[noreturn]] void throw_sqlite(sqlite3* database, std::string_view doing);
bool is_failed_sync(int extended_code);

// Opens (and makes, unless SQLITE_OPEN_CREATE is missing) the file with settings that hold for
// every connection of ours.
SqliteHandle open_sqlite_file(const std::string& path, int flags, const SqliteOptions& options);
void run_sqlite(sqlite3* database, const char* sql);
std::string sqlite_setting(sqlite3* database, const char* sql);

class SqliteConnection final : public Connection {
 public:
  SqliteConnection(std::shared_ptr<SqliteShared> shared, Access access);
  ~SqliteConnection() override;

  Dialect dialect() const override { return Dialect::sqlite; }
  Rows query(std::string_view sql, const Params& params) override;
  std::int64_t execute(std::string_view sql, const Params& params) override;
  void for_each(std::string_view sql, const Params& params,
                const std::function<void(const Row&)>& each) override;
  void queue(std::string_view sql, Params params) override { execute(sql, params); }
  Pending queue_query(std::string_view sql, Params params) override;
  void flush() override {}
  void queue_notify() override {}  // every commit does
  void insert_many(const Table& table, std::span<const Param> values) override;
  void run_script(std::string_view sql) override;
  bool usable() const override { return true; }

 private:
  class Running;

  void begin(Access access) override;
  void commit() override;
  void rollback() noexcept override;

  [[noreturn]] void fail(std::string_view doing);
  [[noreturn]] void fail(FaultKind kind, const std::string& what);
  void require_ready();
  sqlite3_stmt* prepared(std::string_view sql);
  void bind(sqlite3_stmt* statement, std::string_view sql, std::span<const Param> params);
  bool step(sqlite3_stmt* statement, std::string_view sql);
  void read_row(sqlite3_stmt* statement, std::span<Row::Cell> cells);
  static int wal_grew(void* self, sqlite3*, const char*, int pages);

  enum class State { idle, reading, writing, failed };

  std::shared_ptr<SqliteShared> shared_;
  Access access_;
  SqliteHandle database_;
  StatementCache<SqliteStatement> statements_;
  std::string insert_sql_;  // kept for its memory
  State state_ = State::idle;
  bool streaming_ = false;
  int pages_at_checkpoint_ = 0;
};

}  // namespace huilu::store
