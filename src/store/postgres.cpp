// The PostgreSQL driver: the database, its listener, copies of it. The connections are in
// postgres_connection.cpp and postgres_bulk.cpp.
#include <libpq-fe.h>

#include <algorithm>
#include <cstdio>

#include "store/postgres_connection.h"
#include "store/postgres_tools.h"
#include "store/publish.h"
#include "store/store.h"

namespace huilu::store {
namespace {

class PostgresListener final : public ChangeListener {
 public:
  PostgresListener(const std::string& url, const PostgresOptions& options)
      : wire_(url, options.answer_within) {
    if (!PQsendQuery(wire_.connection(), "listen huilu_journal")) wire_.lost();
    while (const PostgresResult result = wire_.next_result()) {
      if (PQresultStatus(result.get()) == PGRES_FATAL_ERROR) throw fault_from(result.get());
    }
  }

  bool wait(std::chrono::milliseconds at_most) override {
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + at_most;
    while (!take_notices()) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
      if (!wire_.wait_for_input(std::max(left, std::chrono::milliseconds{0}))) return false;
      if (!PQconsumeInput(wire_.connection())) wire_.lost();
    }
    return true;
  }

 private:
  bool take_notices() {
    bool any = false;
    while (PGnotify* notice = PQnotifies(wire_.connection())) {
      any = true;
      PQfreemem(notice);
    }
    return any;
  }

  PostgresWire wire_;
};

class PostgresDatabase final : public Database {
 public:
  PostgresDatabase(std::string url, const PostgresOptions& options)
      : url_(std::move(url)), options_(options) {
    // Before libpq sees it, whose complaint about a wrong URL would repeat the password.
    for (const auto& [keyword, variable, value] : url_parts(url_)) {
      if (keyword != "host" && keyword != "port" && keyword != "dbname") continue;
      description_.append(" ").append(keyword).append("=").append(value);
    }
    connect(Access::read);  // so that a wrong URL or setting shows at once
  }

  Dialect dialect() const override { return Dialect::postgres; }

  std::unique_ptr<Connection> connect(Access access) override {
    return std::make_unique<PostgresConnection>(url_, options_, access);
  }

  std::unique_ptr<ChangeListener> listen() override {
    return std::make_unique<PostgresListener>(url_, options_);
  }

  void backup_to(const std::string& folder) override {
    const std::string partial = folder + "/huilu.dump.partial";
    std::remove(partial.c_str());
    run_postgres_tool(url_, {"pg_dump", "--format=custom", "--no-owner", "--no-privileges",
                             "--no-password", "--file=" + partial});
    publish(partial, folder, "huilu.dump");
  }

  void restore_from(const std::string& folder) override {
    const auto connection = connect(Access::read);
    const Rows tables = connection->query(
        "select c.relname from pg_catalog.pg_class c"
        " join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
        " where n.nspname = current_schema() limit 1");
    if (!tables.empty()) {
      throw Fault(FaultKind::internal, "a backup is restored into an empty database only, and " +
                                           describe() + " is not empty");
    }
    const std::string name = connection->query("select current_database()")[0].text(0);
    run_postgres_tool(url_, {"pg_restore", "--single-transaction", "--exit-on-error", "--no-owner",
                             "--no-privileges", "--no-password", "--dbname=" + quoted(name),
                             folder + "/huilu.dump"});
  }

  std::string describe() const override { return description_; }

 private:
  // As the value of a connection string, which the argument may be.
  static std::string quoted(std::string_view name) {
    std::string text = "dbname='";
    for (const char c : name) {
      if (c == '\'' || c == '\\') text.push_back('\\');
      text.push_back(c);
    }
    return text + "'";
  }

  std::string url_;
  PostgresOptions options_;
  std::string description_ = "PostgreSQL";
};

}  // namespace

std::unique_ptr<Database> open_postgres(const std::string& url, const PostgresOptions& options) {
  return std::make_unique<PostgresDatabase>(url, options);
}

}  // namespace huilu::store
