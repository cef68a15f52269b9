// The SQLite driver: the file, its checkpoints, copies of it. The connections are in
// sqlite_connection.cpp.
#include <cstdio>
#include <filesystem>
#include <thread>

#include "store/publish.h"
#include "store/sqlite_connection.h"
#include "store/store.h"

namespace huilu::store {
namespace {

// Moves the WAL into the file on a connection of its own, so that no commit waits for it.
class Checkpointer {
 public:
  explicit Checkpointer(std::shared_ptr<SqliteShared> shared) : shared_(std::move(shared)) {
    // Short: at four times the bound it waits for readers while it keeps writers out.
    SqliteOptions options = shared_->options;
    options.lock_within = std::chrono::milliseconds{100};
    database_ = open_sqlite_file(shared_->path, SQLITE_OPEN_READWRITE, options);
    sqlite3_wal_autocheckpoint(database_.get(), 0);
    thread_ = std::thread([this] { run(); });
  }

  ~Checkpointer() {
    {
      std::lock_guard lock(shared_->mutex);
      shared_->stopping = true;
      shared_->checkpoint_due.notify_one();
    }
    thread_.join();
  }

 private:
  void run() {
    std::unique_lock lock(shared_->mutex);
    while (true) {
      shared_->checkpoint_due.wait(
          lock, [this] { return shared_->checkpoint_wanted || shared_->stopping; });
      if (shared_->stopping) return;
      shared_->checkpoint_wanted = false;
      lock.unlock();
      checkpoint();
      lock.lock();
    }
  }

  void checkpoint() {
    if (shared_->sync_failed) return;
    const int bound = 4 * shared_->options.wal_pages;
    const int pages = checkpoint(SQLITE_CHECKPOINT_PASSIVE);
    if (pages < bound) forced_at_ = 0;
    if (pages < forced_at_ + bound) return;
    // Under a load without a gap the passive one never finds all of the WAL moved, which is what
    // lets the next writer start it anew. Little is left to do now: the writers wait a moment. A
    // reader may be in the way for long: then the next try is as far away again.
    hold_writers(true);
    checkpoint(SQLITE_CHECKPOINT_RESTART);
    hold_writers(false);
    forced_at_ = pages;
  }

  void hold_writers(bool wait) {
    std::lock_guard lock(shared_->mutex);
    shared_->writers_wait = wait;
    shared_->writers_may_go.notify_all();
  }

  // Pages in the WAL. What fails (busy, no space) is tried again when the WAL has grown further.
  int checkpoint(int mode) {
    int pages = 0;
    sqlite3_wal_checkpoint_v2(database_.get(), nullptr, mode, &pages, nullptr);
    if (is_failed_sync(sqlite3_extended_errcode(database_.get()))) shared_->sync_failed = true;
    return pages;
  }

  std::shared_ptr<SqliteShared> shared_;
  SqliteHandle database_;
  int forced_at_ = 0;  // pages at the last forced one
  std::thread thread_;
};

class SqliteListener final : public ChangeListener {
 public:
  explicit SqliteListener(std::shared_ptr<SqliteShared> shared) : shared_(std::move(shared)) {
    std::lock_guard lock(shared_->mutex);
    seen_ = shared_->commits;
  }

  bool wait(std::chrono::milliseconds at_most) override {
    std::unique_lock lock(shared_->mutex);
    const bool changed =
        shared_->committed.wait_for(lock, at_most, [this] { return shared_->commits != seen_; });
    seen_ = shared_->commits;
    return changed;
  }

 private:
  std::shared_ptr<SqliteShared> shared_;
  std::uint64_t seen_;
};

void copy(sqlite3* from, sqlite3* to) {
  sqlite3_backup* backup = sqlite3_backup_init(to, "main", from, "main");
  if (!backup) throw_sqlite(to, "backup");
  sqlite3_backup_step(backup, -1);
  if (sqlite3_backup_finish(backup) != SQLITE_OK) throw_sqlite(to, "backup");
}

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(const std::string& path, const SqliteOptions& options)
      : shared_(std::make_shared<SqliteShared>()) {
    shared_->path = path;
    shared_->options = options;
    const auto database =
        open_sqlite_file(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, options);
    if (sqlite_setting(database.get(), "pragma journal_mode = wal") != "wal") {
      throw Fault(FaultKind::internal, "SQLite cannot use a write-ahead log for " + path);
    }
    checkpointer_.emplace(shared_);
  }

  Dialect dialect() const override { return Dialect::sqlite; }

  std::unique_ptr<Connection> connect(Access access) override {
    return std::make_unique<SqliteConnection>(shared_, access);
  }

  std::unique_ptr<ChangeListener> listen() override {
    return std::make_unique<SqliteListener>(shared_);
  }

  void backup_to(const std::string& folder) override {
    const std::string partial = folder + "/huilu.db.partial";
    std::error_code not_there;
    if (std::filesystem::equivalent(folder + "/huilu.db", shared_->path, not_there)) {
      throw Fault(FaultKind::internal, "a backup in its own folder would replace " + describe());
    }
    std::remove(partial.c_str());
    {
      const auto from = open_sqlite_file(shared_->path, SQLITE_OPEN_READWRITE, shared_->options);
      // The snapshot is held for the whole copy: without it each write starts the copy anew.
      run_sqlite(from.get(), "begin; select count(*) from sqlite_schema;");
      const auto to = open_sqlite_file(partial, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, {});
      copy(from.get(), to.get());
      run_sqlite(to.get(), "pragma journal_mode = delete");  // one file, readable from any medium
    }
    publish(partial, folder, "huilu.db");
  }

  void restore_from(const std::string& folder) override {
    const auto to = open_sqlite_file(shared_->path, SQLITE_OPEN_READWRITE, shared_->options);
    if (sqlite_setting(to.get(), "select count(*) from sqlite_schema") != "0") {
      throw Fault(FaultKind::internal, "a backup is restored into an empty database only, and " +
                                           describe() + " is not empty");
    }
    const auto from = open_sqlite_file(folder + "/huilu.db", SQLITE_OPEN_READONLY, {});
    const std::string check = sqlite_setting(from.get(), "pragma quick_check(1)");
    if (check != "ok") throw Fault(FaultKind::damaged, folder + "/huilu.db: " + check);
    copy(from.get(), to.get());
  }

  std::string describe() const override { return "SQLite " + shared_->path; }

 private:
  std::shared_ptr<SqliteShared> shared_;
  std::optional<Checkpointer> checkpointer_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const std::string& path, const SqliteOptions& options) {
  return std::make_unique<SqliteDatabase>(path, options);
}

}  // namespace huilu::store
