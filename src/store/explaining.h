// For tests: a connection that explains each statement before it runs it, and keeps those that
// would read a whole table. What a user waits for must not grow with the installation, and a small
// test database answers quickly either way, so only the plan can tell.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "store/store.h"

namespace huilu::store::testing {

class Explaining : public Connection {
 public:
  // PostgreSQL reads small tables whole whatever indexes there are, unless that is forbidden.
  explicit Explaining(std::unique_ptr<Connection> connection) : inner_(std::move(connection)) {
    if (dialect() != Dialect::postgres) return;
    for (const char* way : {"seqscan", "mergejoin", "hashjoin"}) {
      inner_->run_script("set enable_" + std::string(way) + " = off");
    }
  }

  // "table: statement", one for each plan step that reads all of a table.
  const std::vector<std::string>& scans() const { return scans_; }
  std::size_t statements() const { return statements_; }

  Dialect dialect() const override { return inner_->dialect(); }
  Rows query(std::string_view sql, const Params& params) override {
    explain(sql, params);
    return inner_->query(sql, params);
  }
  std::int64_t execute(std::string_view sql, const Params& params) override {
    return inner_->execute(sql, params);
  }
  void for_each(std::string_view sql, const Params& params,
                const std::function<void(const Row&)>& each) override {
    explain(sql, params);
    inner_->for_each(sql, params, each);
  }
  void queue(std::string_view sql, Params params) override {
    inner_->queue(sql, std::move(params));
  }
  Pending queue_query(std::string_view sql, Params params) override {
    explain(sql, params);
    return inner_->queue_query(sql, std::move(params));
  }
  void flush() override { inner_->flush(); }
  void queue_notify() override { inner_->queue_notify(); }
  void insert_many(const Table& table, std::span<const Param> values) override {
    inner_->insert_many(table, values);
  }
  void run_script(std::string_view sql) override { inner_->run_script(sql); }
  bool usable() const override { return inner_->usable(); }

 private:
  void begin(Access access) override { transaction_.emplace(*inner_, access); }
  void commit() override {
    transaction_->commit();
    transaction_.reset();
  }
  void rollback() noexcept override { transaction_.reset(); }

  void explain(std::string_view sql, const Params& params) {
    ++statements_;
    const bool postgres = dialect() == Dialect::postgres;
    const auto plan =
        inner_->query((postgres ? "explain " : "explain query plan ") + std::string(sql), params);
    std::vector<std::string> steps;
    for (const auto row : plan) steps.push_back(trimmed(row.text(postgres ? 0 : 3)));
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const std::string next = i + 1 < steps.size() ? steps[i + 1] : std::string();
      if (postgres ? scans_in_postgres(steps[i], next) : scans_in_sqlite(steps[i], sql)) {
        scans_.push_back(steps[i] + ": " + std::string(sql));
      }
    }
  }

  // "SCAN u", by alias; not the rows of the statement's own recursion, nor a constant.
  static bool scans_in_sqlite(const std::string& step, std::string_view sql) {
    if (!step.starts_with("SCAN ") || step.starts_with("SCAN CONSTANT")) return false;
    const std::string name(split(step, ' ')[1]);
    return !name.starts_with('(') &&
           sql.find("recursive " + name + " ") == std::string_view::npos &&
           sql.find("with " + name + " ") == std::string_view::npos;
  }

  // An index that is read without a condition is read whole.
  static bool scans_in_postgres(const std::string& step, const std::string& next) {
    if (step.find("Seq Scan on") != std::string::npos) return true;
    const bool by_index = step.find("Index Scan ") != std::string::npos ||
                          step.find("Index Only Scan ") != std::string::npos;
    return by_index && !next.starts_with("Index Cond:");
  }

  std::unique_ptr<Connection> inner_;
  std::optional<Transaction> transaction_;
  std::vector<std::string> scans_;
  std::size_t statements_ = 0;
};

}  // namespace huilu::store::testing
