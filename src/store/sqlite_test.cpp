// What only SQLite has: its file, its write-ahead log, and disks that fail under it.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <thread>

#include "store/testing.h"

namespace huilu::store {
namespace {

using std::chrono::milliseconds;

// Stands between SQLite and the disk while it lives, and fails what it is told to.
class FailingDisk {
 public:
  inline static std::atomic<int> sync_result = SQLITE_OK;
  inline static std::atomic<int> write_result = SQLITE_OK;

  FailingDisk() {
    base = sqlite3_vfs_find(nullptr);
    vfs_ = *base;
    vfs_.zName = "failing";
    vfs_.xOpen = &open;
    sqlite3_vfs_register(&vfs_, 1);
  }
  ~FailingDisk() {
    sync_result = write_result = SQLITE_OK;
    sqlite3_vfs_unregister(&vfs_);
    sqlite3_vfs_register(base, 1);
  }
  FailingDisk(const FailingDisk&) = delete;
  FailingDisk& operator=(const FailingDisk&) = delete;

 private:
  static int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) {
    const int code = base->xOpen(base, name, file, flags, out);
    if (code != SQLITE_OK || !file->pMethods) return code;
    // The unix VFS has a table of methods per kind of locking; reading and writing are the same.
    static std::mutex mutex;
    static std::map<const sqlite3_io_methods*, sqlite3_io_methods> tables;
    static int (*sync)(sqlite3_file*, int) = file->pMethods->xSync;
    static int (*write)(sqlite3_file*, const void*, int, sqlite3_int64) = file->pMethods->xWrite;
    std::lock_guard lock(mutex);
    const auto [entry, fresh] = tables.emplace(file->pMethods, *file->pMethods);
    auto& failing = entry->second;
    file->pMethods = &failing;
    if (!fresh) return code;
    failing.xSync = [](sqlite3_file* f, int how) {
      return sync_result != SQLITE_OK ? sync_result.load() : sync(f, how);
    };
    failing.xWrite = [](sqlite3_file* f, const void* bytes, int size, sqlite3_int64 at) {
      return write_result != SQLITE_OK ? write_result.load() : write(f, bytes, size, at);
    };
    return code;
  }

  inline static sqlite3_vfs* base = nullptr;
  sqlite3_vfs vfs_;
};

class SqliteTest : public ::testing::Test {
 protected:
  std::string path() const { return folder_.path() + "/huilu.db"; }
  const std::string& folder() const { return folder_.path(); }

  template <class Run>
  static std::optional<FaultKind> fault_of(Run run) {
    try {
      run();
    } catch (const Fault& fault) {
      return fault.kind();
    }
    return {};
  }

  static void insert(Connection& connection, int id) {
    Transaction transaction(connection, Access::write);
    connection.queue("insert into t (id) values (?1)", {id});
    transaction.commit();
  }

 private:
  testing::TemporaryFolder folder_;
};

TEST_F(SqliteTest, holds_the_settings_that_durability_depends_on) {
  const auto database = open_sqlite(path());
  for (const Access access : {Access::read, Access::write}) {
    const auto connection = database->connect(access);
    EXPECT_EQ(connection->query("pragma journal_mode")[0].text(0), "wal");
    EXPECT_EQ(connection->query("pragma synchronous")[0].integer(0), 2);
    EXPECT_EQ(connection->query("pragma foreign_keys")[0].integer(0), 1);
    EXPECT_EQ(connection->query("pragma query_only")[0].integer(0), access == Access::read);
  }
  EXPECT_EQ(database->describe(), "SQLite " + path());
}

TEST_F(SqliteTest, a_commit_whose_sync_fails_is_unknown_and_the_last_one) {
  const FailingDisk disk;
  const auto database = open_sqlite(path());
  const auto connection = database->connect(Access::write);
  connection->run_script("create table t (id integer primary key)");
  insert(*connection, 1);
  FailingDisk::sync_result = SQLITE_IOERR_FSYNC;
  EXPECT_THROW(insert(*connection, 2), CommitUnknown);
  FailingDisk::sync_result = SQLITE_OK;
  EXPECT_EQ(fault_of([&] { insert(*connection, 3); }), FaultKind::damaged);
  EXPECT_EQ(fault_of([&] { insert(*database->connect(Access::write), 3); }), FaultKind::damaged);
  EXPECT_EQ(database->connect(Access::read)->query("select id from t where id = 1").size(), 1u);
}

TEST_F(SqliteTest, a_full_disk_stops_writes_until_there_is_space_again) {
  const FailingDisk disk;
  const auto database = open_sqlite(path());
  const auto connection = database->connect(Access::write);
  connection->run_script("create table t (id integer primary key)");
  for (const int code : {SQLITE_FULL, SQLITE_IOERR_WRITE}) {
    FailingDisk::write_result = code;
    EXPECT_EQ(fault_of([&] { insert(*connection, 1); }), FaultKind::storage_full);
    EXPECT_TRUE(connection->query("select id from t").empty());
    FailingDisk::write_result = SQLITE_OK;
  }
  insert(*connection, 1);
  EXPECT_EQ(connection->query("select id from t").size(), 1u);
}

TEST_F(SqliteTest, a_file_that_is_no_database_is_damaged) {
  std::ofstream(path()) << std::string(5000, 'x');
  EXPECT_EQ(fault_of([&] { open_sqlite(path()); }), FaultKind::damaged);
}

TEST_F(SqliteTest, an_overwritten_page_is_damage) {
  {
    const auto connection = open_sqlite(path())->connect(Access::write);
    connection->run_script("create table t (id integer primary key, name text)");
    const std::vector<Param> rows(2 * 2000, Param());
    connection->insert_many({"t", {{"id", ColumnType::integer}, {"name", ColumnType::text}}}, rows);
  }
  std::fstream file(path(), std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(4096);
  file << std::string(4096, '\x7f');
  file.close();
  const auto connection = open_sqlite(path())->connect(Access::read);
  EXPECT_EQ(fault_of([&] { connection->query("select count(name) from t"); }), FaultKind::damaged);
}

TEST_F(SqliteTest, an_index_that_does_not_fit_its_table_is_found) {
  const auto connection = open_sqlite(path())->connect(Access::write);
  connection->run_script(
      "create table t (id integer primary key, name text); create index i on t (name);"
      "insert into t (name) values ('a')");
  EXPECT_TRUE(damages_of_file(*connection).empty());
  connection->run_script(
      "pragma writable_schema = on;"
      "delete from sqlite_schema where name = 'i'");
  connection->run_script("pragma writable_schema = reset");
  const auto damages = damages_of_file(*connection);
  ASSERT_EQ(damages.size(), 1u);
  EXPECT_NE(damages[0].find("never used"), std::string::npos) << damages[0];
}

TEST_F(SqliteTest, a_folder_that_is_not_there_is_a_fault) {
  EXPECT_EQ(fault_of([&] { open_sqlite(folder() + "/nowhere/huilu.db"); }), FaultKind::unavailable);
}

TEST_F(SqliteTest, a_writer_waits_for_another_only_so_long) {
  const auto database = open_sqlite(path(), {.lock_within = milliseconds{20}, .wal_pages = 4096});
  const auto first = database->connect(Access::write);
  const auto second = database->connect(Access::write);
  first->run_script("create table t (id integer primary key)");
  Transaction transaction(*first, Access::write);
  EXPECT_EQ(fault_of([&] { insert(*second, 1); }), FaultKind::timeout);
  transaction.commit();
  insert(*second, 1);
}

TEST_F(SqliteTest, writers_take_turns) {
  const auto database = open_sqlite(path());
  database->connect(Access::write)->run_script("create table t (id integer primary key)");
  const auto write = [&](int from) {
    const auto connection = database->connect(Access::write);
    for (int i = 0; i < 50; ++i) insert(*connection, from + i);
  };
  std::thread other([&] { write(1000); });
  write(0);
  other.join();
  EXPECT_EQ(database->connect(Access::read)->query("select id from t").size(), 100u);
}

TEST_F(SqliteTest, the_log_is_moved_into_the_file_while_writers_go_on) {
  const auto database = open_sqlite(path(), {.lock_within = milliseconds{5000}, .wal_pages = 64});
  const auto connection = database->connect(Access::write);
  connection->run_script("create table t (id integer primary key, content blob)");
  const std::string content(20 * 4096, 'x');
  for (int i = 0; i < 400; ++i) {  // 33 MB in all
    Transaction transaction(*connection, Access::write);
    connection->queue("insert into t (content) values (?1)", {Bytes{content}});
    transaction.commit();
  }
  EXPECT_LT(std::filesystem::file_size(path() + "-wal"), 8u << 20);
  EXPECT_GT(std::filesystem::file_size(path()), 8u << 20);
  EXPECT_EQ(connection->query("pragma integrity_check")[0].text(0), "ok");
}

TEST_F(SqliteTest, what_a_killed_program_left_in_the_log_is_there_again) {
  const auto database = open_sqlite(path());
  const auto connection = database->connect(Access::write);
  connection->run_script("create table t (id integer primary key)");
  insert(*connection, 7);
  const std::string copy = folder() + "/copy.db";
  std::filesystem::copy(path(), copy);
  std::filesystem::copy(path() + "-wal", copy + "-wal");
  const auto restarted = open_sqlite(copy);
  EXPECT_EQ(restarted->connect(Access::read)->query("select id from t")[0].integer(0), 7);
}

TEST_F(SqliteTest, a_backup_never_replaces_the_database_itself) {
  const auto database = open_sqlite(path());
  EXPECT_EQ(fault_of([&] { database->backup_to(folder()); }), FaultKind::internal);
  EXPECT_EQ(fault_of([&] { database->backup_to(folder() + "/nowhere"); }), FaultKind::unavailable);
}

TEST_F(SqliteTest, a_damaged_backup_is_not_restored) {
  const testing::TemporaryFolder backup;
  std::ofstream(backup.path() + "/huilu.db") << std::string(8192, 'x');
  const auto database = open_sqlite(path());
  EXPECT_EQ(fault_of([&] { database->restore_from(backup.path()); }), FaultKind::damaged);
  EXPECT_TRUE(database->connect(Access::read)->query("select name from sqlite_schema").empty());
}

}  // namespace
}  // namespace huilu::store
