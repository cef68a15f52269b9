// One connection to PostgreSQL in pipeline mode. Used by postgres.cpp only. Statements are written
// into libpq's buffer at once, with the preparation of those the server does not know yet; a flush
// sends what is left, closes with Sync and reads all answers, so a queue costs one round trip, and
// begin and commit travel with the queue.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "store/postgres_wire.h"
#include "store/statement_cache.h"
#include "store/store.h"

namespace huilu::store {

class PostgresConnection final : public Connection {
 public:
  PostgresConnection(const std::string& url, const PostgresOptions& options, Access access);
  ~PostgresConnection() override = default;

  Dialect dialect() const override { return Dialect::postgres; }
  Rows query(std::string_view sql, const Params& params) override;
  std::int64_t execute(std::string_view sql, const Params& params) override;
  void for_each(std::string_view sql, const Params& params,
                const std::function<void(const Row&)>& each) override;
  void queue(std::string_view sql, Params params) override;
  Pending queue_query(std::string_view sql, Params params) override;
  void flush() override;
  void queue_notify() override { queue("notify huilu_journal", {}); }
  void insert_many(const Table& table, std::span<const Param> values) override;
  void run_script(std::string_view sql) override;
  bool usable() const override;

 private:
  struct Prepared {
    std::string name;
    bool sent = false;  // the server has it, or will have when the pipeline has gone through
  };
  // What the server has still to answer, in order.
  struct Expected {
    Prepared* statement;
    enum class Step { prepare, run, commit } step;
    std::shared_ptr<Rows> rows;  // where the answer goes, if anyone wants it
    std::int64_t* changed;
  };
  // What came of a pipeline.
  struct Collected {
    std::optional<Fault> error;  // the first one
    bool by_commit = false;      // it is the answer to the commit itself
    bool lost = false;           // it is no answer: the line broke, or nobody understood
  };
  class Exclusive;

  void begin(Access access) override;
  void commit() override;
  void rollback() noexcept override;

  void check_settings();
  void require_ready();
  Prepared& prepared(std::string_view sql);
  void append(std::string_view sql, const Params& params, std::shared_ptr<Rows> rows = nullptr,
              std::int64_t* changed = nullptr, Expected::Step step = Expected::Step::run);
  void send(std::string_view sql, std::size_t parameters, Expected expected);
  void insert_unnested(const Table& table, std::span<const Param> values);
  void copy(const Table& table, std::span<const Param> values);
  void put_copy(const std::string& bytes);
  std::optional<Fault> stream(const std::function<void(const Row&)>& each);

  void sync();
  void read_sync();
  Collected collect();
  std::optional<Fault> collect_one(const Expected& expected);
  static std::optional<Fault> take(const Expected& expected, const pg_result* result);
  void finish_pipeline(std::chrono::milliseconds answer_within);
  void forget_old_statements();
  [[noreturn]] void lose();
  [[noreturn]] void fail(const Fault& fault);

  enum class State { idle, reading, writing, failed };

  mutable PostgresWire wire_;  // asking whether it is alive reads from it
  PostgresOptions options_;
  Access access_;
  StatementCache<Prepared> statements_;
  std::int64_t statements_named_ = 0;
  std::vector<Expected> expected_;
  State state_ = State::idle;
  bool streaming_ = false;

  // The memory of one statement's parameters, kept from one to the next.
  std::vector<const char*> values_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
  std::vector<std::array<char, 24>> digits_;
  std::vector<std::string> arrays_;
  std::string insert_sql_;
};

}  // namespace huilu::store
