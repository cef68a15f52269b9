// The database at the level of SQL: one interface, two drivers (sqlite.cpp, postgres.cpp), one text
// per statement in their common subset (docs/data.md). Parameters are ?1 ?2 … in every text; types
// are integer, text, bytes and null. Errors are Faults; nothing here refuses.
//
// Statements are immediate (query, execute, for_each) or queued (queue, queue_query): the queue
// goes out in one round trip on PostgreSQL (pipeline mode) and at once on SQLite. An immediate
// statement flushes the queue first, so the order written is the order run. Queue inside a
// transaction: there a batch is all or nothing on both; outside one each driver has its own unit of
// success.
//
// After a Fault inside a transaction only its rollback is possible, on both drivers.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/embedded.h"
#include "base/fault.h"
#include "base/ids.h"
#include "base/time.h"

namespace huilu::store {

enum class Dialect { sqlite, postgres };

struct Bytes {
  std::string bytes;
};

// A value bound to a parameter.
class Param {
 public:
  using State = std::variant<std::monostate, std::int64_t, std::string, Bytes>;

  Param() = default;
  Param(std::nullopt_t) {}                                       // NOLINT: an argument list
  Param(int value) : state_(std::int64_t{value}) {}              // NOLINT: reads as what it
  Param(std::int64_t value) : state_(value) {}                   // NOLINT: binds
  Param(std::string value) : state_(std::move(value)) {}         // NOLINT
  Param(std::string_view value) : state_(std::string(value)) {}  // NOLINT
  Param(const char* value) : state_(std::string(value)) {}       // NOLINT
  Param(Bytes value) : state_(std::move(value)) {}               // NOLINT
  Param(Instant value) : state_(value.ms) {}                     // NOLINT
  Param(Date value) : state_(value.text()) {}                    // NOLINT
  template <char Prefix>
  Param(Id<Prefix> value) : state_(value.value) {}  // NOLINT
  template <class T>
  Param(const std::optional<T>& value) {  // NOLINT
    if (value) *this = Param(*value);
  }

  const State& state() const { return state_; }

 private:
  State state_;
};

using Params = std::vector<Param>;

// One row of an answer. Asking for a type that the column does not have is a Fault.
class Row {
 public:
  using Cell = std::variant<std::monostate, std::int64_t, std::string>;
  explicit Row(std::span<const Cell> cells) : cells_(cells) {}

  bool is_null(std::size_t column) const;
  std::int64_t integer(std::size_t column) const;
  const std::string& text(std::size_t column) const;  // text or bytes
  Date date(std::size_t column) const;                // a text YYYY-MM-DD
  Instant instant(std::size_t column) const;
  std::optional<std::int64_t> integer_or_null(std::size_t column) const;
  std::optional<std::string> text_or_null(std::size_t column) const;
  std::optional<Date> date_or_null(std::size_t column) const;
  template <class IdType>
  IdType id(std::size_t column) const {
    return IdType{integer(column)};
  }
  template <class IdType>
  std::optional<IdType> id_or_null(std::size_t column) const {
    const auto value = integer_or_null(column);
    return value ? std::optional(IdType{*value}) : std::nullopt;
  }

 private:
  std::span<const Cell> cells_;
};

// A whole answer in memory.
class Rows {
 public:
  Rows() = default;
  Rows(std::size_t columns, std::vector<Row::Cell> cells);
  std::size_t size() const { return columns_ == 0 ? 0 : cells_.size() / columns_; }
  bool empty() const { return cells_.empty(); }
  Row operator[](std::size_t row) const;

  class Iterator {
   public:
    Iterator(const Rows* rows, std::size_t at) : rows_(rows), at_(at) {}
    Row operator*() const { return (*rows_)[at_]; }
    Iterator& operator++() { return ++at_, *this; }
    bool operator!=(const Iterator& other) const { return at_ != other.at_; }

   private:
    const Rows* rows_;
    std::size_t at_;
  };
  Iterator begin() const { return {this, 0}; }
  Iterator end() const { return {this, size()}; }

 private:
  std::size_t columns_ = 0;
  std::vector<Row::Cell> cells_;
};

// The answer to a queued query; readable after the next flush.
using Pending = std::shared_ptr<const Rows>;

enum class ColumnType { integer, text, bytes };

// A table that rows are inserted into in bulk: its columns in the order the rows give them.
struct Table {
  std::string_view name;
  std::vector<std::pair<std::string_view, ColumnType>> columns;
  std::string_view conflict = {};  // appended, for example "on conflict do nothing"
};

enum class Access {
  read,   // a snapshot: every statement sees the database as of the first one
  write,  // on SQLite BEGIN IMMEDIATE; on PostgreSQL READ COMMITTED
};

// The commit itself failed or its answer was lost: whether the work is there must be looked up.
class CommitUnknown : public Fault {
 public:
  explicit CommitUnknown(const std::string& what) : Fault(FaultKind::unavailable, what) {}
};

// One connection, used by one thread at a time.
class Connection {
 public:
  virtual ~Connection() = default;
  virtual Dialect dialect() const = 0;

  virtual Rows query(std::string_view sql, const Params& params = {}) = 0;
  // Rows changed.
  virtual std::int64_t execute(std::string_view sql, const Params& params = {}) = 0;
  // Streams the rows; the row is valid during the call. Must not be nested on one connection.
  virtual void for_each(std::string_view sql, const Params& params,
                        const std::function<void(const Row&)>& each) = 0;

  virtual void queue(std::string_view sql, Params params) = 0;
  virtual Pending queue_query(std::string_view sql, Params params) = 0;
  virtual void flush() = 0;
  // Wakes the ChangeListeners of this database when the transaction commits.
  virtual void queue_notify() = 0;

  // Rows stand one after another in `values` (rows × columns). Small sets join the queue, large
  // ones use the fastest road of the driver (COPY; one prepared statement stepped). A value of
  // another type than its column is a Fault.
  virtual void insert_many(const Table& table, std::span<const Param> values) = 0;

  // Several statements without parameters, for migrations. Outside a transaction they are one.
  virtual void run_script(std::string_view sql) = 0;

  // False once the connection was lost; a new one must be made.
  virtual bool usable() const = 0;

 protected:
  static void require_types(const Table& table, std::span<const Param> values);

 private:
  friend class Transaction;
  virtual void begin(Access access) = 0;
  virtual void commit() = 0;  // throws CommitUnknown, or a Fault when surely nothing was written
  virtual void rollback() noexcept = 0;
};

// begin … commit; a transaction that was not committed rolls back in the destructor.
class Transaction {
 public:
  Transaction(Connection& connection, Access access);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();
  void rollback() noexcept;

 private:
  enum class State { open, committed, rolled_back };
  Connection& connection_;
  State state_ = State::open;
};

// Collects the rows that a batch writes, so that each table is written once a batch: statements of
// `before`, then the inserts in the order in which tables were first used, then `after`.
class RowBuffer {
 public:
  void before(std::string_view sql, Params params);
  void insert(const Table& table, std::initializer_list<Param> row);
  void insert(const Table& table, std::vector<Param> row);
  void after(std::string_view sql, Params params);
  void take(RowBuffer&& other);  // appends what the other collected
  bool empty() const;
  void write_to(Connection& connection);  // queues everything and empties itself

 private:
  struct Statement {
    std::string sql;
    Params params;
  };
  struct Inserts {
    const Table* table;
    std::vector<Param> values;
  };
  std::vector<Param>& values_of(const Table& table);

  std::vector<Statement> before_;
  std::vector<Inserts> inserts_;
  std::vector<Statement> after_;
};

// Tells that something was committed, so that followers need not poll often. Used by one thread.
// SQLite hears the connections of the same Database only, so followers poll nevertheless.
class ChangeListener {
 public:
  virtual ~ChangeListener() = default;
  // True as soon as a transaction with queue_notify (on SQLite: any that writes) was committed
  // since the last call, false when the time is over. A Fault when the connection is lost; a new
  // listener must be made.
  virtual bool wait(std::chrono::milliseconds at_most) = 0;
};

class Database {
 public:
  virtual ~Database() = default;
  virtual Dialect dialect() const = 0;
  // Access::read connections refuse to write. Settings that durability depends on are set and
  // checked here (SQLite: WAL, synchronous=FULL, foreign keys; PostgreSQL: fsync, full_page_writes,
  // synchronous_commit), a Fault if they do not hold.
  virtual std::unique_ptr<Connection> connect(Access access) = 0;
  virtual std::unique_ptr<ChangeListener> listen() = 0;
  // Copies a consistent state into `folder` while writers go on: SQLite's backup API to huilu.db;
  // pg_dump to huilu.dump. The file appears under its name when it is complete and synced.
  virtual void backup_to(const std::string& folder) = 0;
  // Fills this database, which must be empty (a Fault otherwise), from such a folder.
  virtual void restore_from(const std::string& folder) = 0;
  virtual std::string describe() const = 0;  // "SQLite data/huilu.db"; never a password
};

struct Migration {
  int number;
  std::string name;
  // Words where the dialects differ: bigint; {bytes}; {text}, ordered by its bytes; and how a
  // table's list of columns ends: `){strict};`, or `){keyed};` where the rows lie in the order of
  // the primary key.
  std::string sql;
};

struct SqliteOptions {
  std::chrono::milliseconds lock_within{5000};  // how long a writer waits for another
  int wal_pages = 4096;  // from here on the WAL is checkpointed; at four times it by force
};

struct PostgresOptions {
  std::chrono::milliseconds answer_within{5000};  // a connect, an immediate statement, a flush
  // Scripts, COPY, and each silence of for_each.
  std::chrono::milliseconds long_answer_within{600'000};
};

std::unique_ptr<Database> open_sqlite(const std::string& path, const SqliteOptions& options = {});
std::unique_ptr<Database> open_postgres(const std::string& url,
                                        const PostgresOptions& options = {});

// From the files src/*/schema/NNNN_words.sql that the build embedded; CHECKs that numbers are
// unique.
std::vector<Migration> migrations_from(const std::vector<EmbeddedFile>& files);

// Brings the schema up to date, each migration in one transaction. A Fault when an applied
// migration has other bytes now, or when the database is newer than this program (named by its
// release).
void migrate(Database& database, const std::vector<Migration>& migrations);

// How the schema stands before that, so that a backup can be taken first. The same Faults.
enum class SchemaState { empty, behind, current };
SchemaState schema_state(Database& database, const std::vector<Migration>& migrations);

// What SQLite finds wrong with its own file (integrity_check). PostgreSQL checks its pages as it
// reads them, so there is nothing to ask.
std::vector<std::string> damages_of_file(Connection& connection);

// Connections for reading, lent to one thread at a time.
class Pool {
 public:
  explicit Pool(Database& database);
  ~Pool();

  class Lease {
   public:
    Lease(Pool& pool, std::unique_ptr<Connection> connection);
    ~Lease();
    Lease(Lease&&) noexcept = default;
    Connection& operator*() { return *connection_; }
    Connection* operator->() { return connection_.get(); }

   private:
    Pool* pool_;
    std::unique_ptr<Connection> connection_;
  };
  Lease lend();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace huilu::store
