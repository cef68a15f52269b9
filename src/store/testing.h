// For tests: fresh databases on both dialects, and a fixture that runs each test on both. SQLite in
// a temporary folder; PostgreSQL as a database of its own on the server that HUILU_TEST_POSTGRES
// names (one for tests only, see tools/postgres.sh), skipped when it names none, unless CI or
// HUILU_REQUIRE_POSTGRES is set: then its absence is a failure.
//
//   class RecordTest : public store::testing::DatabaseTest {
//     std::vector<store::Migration> migrations() const override {
//       return store::testing::schema_of({"journal", "org", "record"});
//     }
//   };
//   TEST_P(RecordTest, a_record_is_kept) { ... database() ... }
//   INSTANTIATE_TEST_SUITE_P(On, RecordTest, store::testing::both_dialects(),
//                            store::testing::name_of_dialect);
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "base/hash.h"
#include "base/text.h"
#include "store/store.h"

namespace huilu::store::testing {

// A folder that goes with the object.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "huilu-test-XXXXXX").string();
    CHECK(mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// The server for tests; empty when there is none.
inline std::string postgres_server() {
  const char* url = std::getenv("HUILU_TEST_POSTGRES");
  return url ? url : "";
}

inline bool postgres_is_required() {
  return std::getenv("CI") != nullptr || std::getenv("HUILU_REQUIRE_POSTGRES") != nullptr;
}

// The server's URL with another database in it.
inline std::string url_of_database(const std::string& server, const std::string& name) {
  const auto query = std::min(server.find('?'), server.size());
  const auto path = std::min(server.find('/', server.find("://") + 3), query);
  return server.substr(0, path) + "/" + name + server.substr(query);
}

// An empty database for as long as the object lives; or one brought to `migrations`. Making a
// database takes PostgreSQL longer than emptying one and not as long as all migrations of the
// program. So the next test empties one that nobody has locked (huilu_test_1 …); a migrated one
// (huilu_copy_1 …) is a copy of one that is kept for these migrations (huilu_template_…).
class TestDatabase {
 public:
  explicit TestDatabase(Dialect dialect, const std::vector<Migration>& migrations = {}) {
    if (dialect == Dialect::sqlite) {
      url_ = folder_.path() + "/huilu.db";
      database_ = open_sqlite(url_);
      if (!migrations.empty()) migrate(*database_, migrations);
      return;
    }
    server_ = open_postgres(postgres_server())->connect(Access::write);
    if (migrations.empty()) {
      open(free_name("huilu_test_", 7205759));
      database_->connect(Access::write)
          ->run_script("drop schema public cascade; create schema public;");
    } else {
      const std::string model = template_of(migrations);
      const std::string name = free_name("huilu_copy_", 7205761);
      server_->run_script("drop database if exists " + name + " with (force)");
      server_->run_script("create database " + name + " template " + model);
      open(name);
    }
  }
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  Database& operator*() { return *database_; }
  Database* operator->() { return database_.get(); }
  const std::string& url() const { return url_; }  // of PostgreSQL, or the path of the SQLite file
  const std::string& folder() const { return folder_.path(); }

 private:
  bool is_zero(std::string_view sql, const Params& params) {
    return server_->query(sql, params)[0].integer(0) == 0;
  }
  bool exists(const std::string& database) {
    return !is_zero("select count(*) from pg_database where datname = ?1", {database});
  }

  // The first that nobody has locked.
  std::string free_name(std::string_view prefix, int lock) {
    int number = 1;
    while (is_zero("select pg_try_advisory_lock(?1, ?2)", {lock, number})) ++number;
    return std::string(prefix) + std::to_string(number);
  }
  void open(const std::string& name) {
    if (!exists(name)) server_->run_script("create database " + name);
    url_ = url_of_database(postgres_server(), name);
    database_ = open_postgres(url_);
  }

  // Has its name only when it is whole; whoever comes meanwhile waits.
  std::string template_of(const std::vector<Migration>& migrations) {
    std::string all;
    for (const auto& one : migrations) all += one.name + '\0' + one.sql + '\0';
    std::string name = "huilu_template_" + hex(bytes_of(sha256(all))).substr(0, 16);
    if (exists(name)) return name;
    server_->run_script("select pg_advisory_lock(7205760)");
    if (!exists(name)) {
      const std::string unfinished = name + "_unfinished";
      server_->run_script("drop database if exists " + unfinished);
      server_->run_script("create database " + unfinished);
      migrate(*open_postgres(url_of_database(postgres_server(), unfinished)), migrations);
      server_->run_script("alter database " + unfinished + " rename to " + name);
    }
    server_->run_script("select pg_advisory_unlock(7205760)");
    return name;
  }

  TemporaryFolder folder_;
  std::unique_ptr<Connection> server_;
  std::string url_;
  std::unique_ptr<Database> database_;
};

// The migrations of these rooms, read from src/<room>/schema. The binary embeds the same files.
inline std::vector<Migration> schema_of(std::initializer_list<std::string_view> rooms) {
  const auto source = std::filesystem::path(__FILE__).parent_path().parent_path();
  std::vector<Migration> migrations;
  for (const auto room : rooms) {
    for (const auto& entry : std::filesystem::directory_iterator(source / room / "schema")) {
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string bytes(std::istreambuf_iterator<char>(file), {});
      const std::string path = entry.path().string();
      for (auto& migration : migrations_from({{path, bytes}})) {
        migrations.push_back(std::move(migration));
      }
    }
  }
  std::sort(migrations.begin(), migrations.end(),
            [](const auto& a, const auto& b) { return a.number < b.number; });
  return migrations;
}

class DatabaseTest : public ::testing::TestWithParam<Dialect> {
 protected:
  // What the fresh database is brought to; nothing by default.
  virtual std::vector<Migration> migrations() const { return {}; }

  void SetUp() override {
    if (GetParam() == Dialect::postgres && postgres_server().empty()) {
      if (postgres_is_required()) FAIL() << "HUILU_TEST_POSTGRES names no server";
      GTEST_SKIP() << "HUILU_TEST_POSTGRES names no server";
    }
    fresh_.emplace(GetParam());
    const auto wanted = migrations();
    if (!wanted.empty()) migrate(**fresh_, wanted);
  }

  Dialect dialect() const { return GetParam(); }
  Database& database() { return **fresh_; }
  TestDatabase& fresh() { return *fresh_; }

 private:
  std::optional<TestDatabase> fresh_;
};

inline auto both_dialects() { return ::testing::Values(Dialect::sqlite, Dialect::postgres); }

inline std::string name_of_dialect(const ::testing::TestParamInfo<Dialect>& info) {
  return info.param == Dialect::sqlite ? "Sqlite" : "Postgres";
}

}  // namespace huilu::store::testing
