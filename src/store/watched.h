// For tests: a database that tells somebody of everything that is about to be done with it. Whoever
// watches may count, note the statement, wait (a store that hangs), throw a Fault (one that fails)
// or end the process there (one that is cut off).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "store/store.h"

namespace huilu::store::testing {

enum class Moment {
  connecting,
  beginning,
  reading,
  writing,
  committing,
  committed,  // before the caller learns of it; a Fault here should be a CommitUnknown
};

struct Happening {
  Moment moment;
  Access access;  // of the transaction, or of the connection outside one
  std::string_view sql = {};
  const Params* params = nullptr;  // of a statement that has some
};

using Watch = std::function<void(const Happening&)>;

class WatchedConnection final : public Connection {
 public:
  WatchedConnection(std::unique_ptr<Connection> inner, Access access, const Watch& watch)
      : inner_(std::move(inner)), access_(access), watch_(watch) {}

  Dialect dialect() const override { return inner_->dialect(); }

  Rows query(std::string_view sql, const Params& params) override {
    tell(sql, &params);
    return inner_->query(sql, params);
  }
  std::int64_t execute(std::string_view sql, const Params& params) override {
    tell(sql, &params);
    return inner_->execute(sql, params);
  }
  void for_each(std::string_view sql, const Params& params,
                const std::function<void(const Row&)>& each) override {
    tell(sql, &params);
    inner_->for_each(sql, params, each);
  }
  void queue(std::string_view sql, Params params) override {
    tell(sql, &params);
    inner_->queue(sql, std::move(params));
  }
  Pending queue_query(std::string_view sql, Params params) override {
    tell(sql, &params);
    return inner_->queue_query(sql, std::move(params));
  }
  void flush() override { inner_->flush(); }
  void queue_notify() override { inner_->queue_notify(); }
  void insert_many(const Table& table, std::span<const Param> values) override {
    watch_({Moment::writing, now_, table.name});
    inner_->insert_many(table, values);
  }
  void run_script(std::string_view sql) override {
    watch_({Moment::writing, now_, sql});
    inner_->run_script(sql);
  }
  bool usable() const override { return inner_->usable(); }

 private:
  void tell(std::string_view sql, const Params* params) const {
    const bool reads = (sql.starts_with("select") || sql.starts_with("with")) &&
                       sql.find("for update") == std::string_view::npos;
    watch_({reads ? Moment::reading : Moment::writing, now_, sql, params});
  }

  void begin(Access access) override {
    watch_({Moment::beginning, access});
    transaction_.emplace(*inner_, access);
    now_ = access;
  }
  void commit() override {
    try {
      watch_({Moment::committing, now_});
      transaction_->commit();
      watch_({Moment::committed, now_});
    } catch (const Fault&) {
      end();  // nobody rolls back after a commit that threw
      throw;
    }
    end();
  }
  void rollback() noexcept override { end(); }
  void end() noexcept {
    transaction_.reset();
    now_ = access_;
  }

  std::unique_ptr<Connection> inner_;
  const Access access_;
  Access now_ = access_;
  const Watch& watch_;
  std::optional<Transaction> transaction_;
};

class WatchedDatabase final : public Database {
 public:
  // The watch is called from any thread.
  WatchedDatabase(std::unique_ptr<Database> inner, Watch watch)
      : inner_(std::move(inner)), watch_(std::move(watch)) {}

  Dialect dialect() const override { return inner_->dialect(); }
  std::unique_ptr<Connection> connect(Access access) override {
    watch_({Moment::connecting, access});
    return std::make_unique<WatchedConnection>(inner_->connect(access), access, watch_);
  }
  std::unique_ptr<ChangeListener> listen() override { return inner_->listen(); }
  void backup_to(const std::string& folder) override { inner_->backup_to(folder); }
  void restore_from(const std::string& folder) override { inner_->restore_from(folder); }
  std::string describe() const override { return inner_->describe(); }

 private:
  std::unique_ptr<Database> inner_;
  const Watch watch_;
};

}  // namespace huilu::store::testing
