// What only PostgreSQL has: a server that can go, hang, or be set up wrongly.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cstring>
#include <fstream>
#include <sstream>

#include "store/testing.h"

namespace huilu::store {
namespace {

using std::chrono::milliseconds;

class PostgresTest : public testing::DatabaseTest {
 protected:
  void SetUp() override {
    DatabaseTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    database()
        .connect(Access::write)
        ->run_script(
            "create table t (id bigint primary key, parent bigint references t (id)"
            " deferrable initially deferred)");
    impatient_ = open_postgres(fresh().url(), {.answer_within = milliseconds{500},
                                               .long_answer_within = milliseconds{500}});
  }

  // Gives up after half a second.
  Database& impatient() { return *impatient_; }

  static std::int64_t process_of(Connection& connection) {
    return connection.query("select pg_backend_pid()")[0].integer(0);
  }

  // Ends the server's side of the connection, and waits until it has ended.
  void terminate(Connection& connection) {
    const auto process = process_of(connection);
    const auto other = database().connect(Access::write);
    other->query("select pg_terminate_backend(cast(?1 as integer), 5000)", {process});
  }

  std::size_t count() { return database().connect(Access::read)->query("select id from t").size(); }

  template <class Run>
  static std::optional<FaultKind> fault_of(Run run) {
    try {
      run();
    } catch (const CommitUnknown&) {
      ADD_FAILURE() << "the commit is said to be unknown";
    } catch (const Fault& fault) {
      return fault.kind();
    }
    return {};
  }

 private:
  std::unique_ptr<Database> impatient_;
};

INSTANTIATE_TEST_SUITE_P(On, PostgresTest, ::testing::Values(Dialect::postgres),
                         testing::name_of_dialect);

// The server's side of a connection, stopped as a hung machine is.
class Stopped {
 public:
  explicit Stopped(std::int64_t process) : process_(static_cast<pid_t>(process)) {
    CHECK(kill(process_, SIGSTOP) == 0);
  }
  ~Stopped() { kill(process_, SIGCONT); }
  Stopped(const Stopped&) = delete;
  Stopped& operator=(const Stopped&) = delete;

 private:
  pid_t process_;
};

std::string with_options(std::string url, const std::string& options) {
  url += url.find('?') == url.npos ? "?" : "&";
  return url + "options=" + options;
}

TEST_P(PostgresTest, settings_that_endanger_commits_are_refused_by_name) {
  try {
    open_postgres(with_options(fresh().url(), "-csynchronous_commit%3Doff"));
    FAIL() << "no fault";
  } catch (const Fault& fault) {
    EXPECT_NE(std::string(fault.what()).find("synchronous_commit is off"), std::string::npos)
        << fault.what();
  }
  const char* stronger = "-csynchronous_commit%3Dremote_apply";
  EXPECT_NO_THROW(open_postgres(with_options(fresh().url(), stronger)));
}

TEST_P(PostgresTest, the_session_is_utc_and_utf8) {
  const std::string url = with_options(fresh().url(), "-cTimeZone%3DAsia/Shanghai");
  const auto connection = open_postgres(url)->connect(Access::read);
  const Rows rows =
      connection->query("select current_setting('TimeZone'), current_setting('client_encoding')");
  EXPECT_EQ(rows[0].text(0), "UTC");
  EXPECT_EQ(rows[0].text(1), "UTF8");
}

TEST_P(PostgresTest, every_kind_of_integer_and_text_is_read) {
  const auto connection = database().connect(Access::read);
  const Rows rows = connection->query(
      "select true, false, cast(-7 as smallint), cast(-70000 as integer), cast(7 as oid),"
      " cast('n' as name), cast('v' as varchar(3)), 'u', cast(-90000 as numeric),"
      " cast('9223372036854775807' as numeric), cast('-9223372036854775808' as numeric)");
  EXPECT_EQ(rows[0].integer(0), 1);
  EXPECT_EQ(rows[0].integer(1), 0);
  EXPECT_EQ(rows[0].integer(2), -7);
  EXPECT_EQ(rows[0].integer(3), -70000);
  EXPECT_EQ(rows[0].integer(4), 7);
  EXPECT_EQ(rows[0].text(5) + rows[0].text(6) + rows[0].text(7), "nvu");
  EXPECT_EQ(rows[0].integer(8), -90000);
  EXPECT_EQ(rows[0].integer(9), INT64_MAX);
  EXPECT_EQ(rows[0].integer(10), INT64_MIN);
  for (const char* other : {"select now()", "select cast('9223372036854775808' as numeric)",
                            "select cast('NaN' as numeric)", "select cast(1.5 as float8)"}) {
    const auto fresh_connection = database().connect(Access::read);
    EXPECT_EQ(fault_of([&] { fresh_connection->query(other); }), FaultKind::internal) << other;
  }
}

TEST_P(PostgresTest, a_lost_connection_is_a_fault_and_the_connection_is_not_usable) {
  const auto connection = database().connect(Access::write);
  terminate(*connection);
  EXPECT_EQ(fault_of([&] { connection->query("select 1"); }), FaultKind::unavailable);
  EXPECT_FALSE(connection->usable());
  EXPECT_EQ(fault_of([&] { connection->query("select 1"); }), FaultKind::unavailable);
}

TEST_P(PostgresTest, a_connection_lost_while_idle_is_known_without_asking_the_server) {
  const auto connection = database().connect(Access::write);
  terminate(*connection);
  EXPECT_FALSE(connection->usable());
}

TEST_P(PostgresTest, a_pool_makes_a_new_connection_for_a_lost_one) {
  Pool pool(database());
  {
    auto lease = pool.lend();
    auto other = pool.lend();
    terminate(*lease);
    terminate(*other);
  }
  EXPECT_EQ(pool.lend()->query("select 1")[0].integer(0), 1);
}

TEST_P(PostgresTest, a_connection_lost_before_the_commit_was_sent_wrote_nothing) {
  const auto connection = database().connect(Access::write);
  Transaction transaction(*connection, Access::write);
  connection->execute("insert into t (id) values (1)");
  terminate(*connection);
  EXPECT_EQ(fault_of([&] { connection->execute("insert into t (id) values (2)"); }),
            FaultKind::unavailable);
  EXPECT_EQ(fault_of([&] { connection->flush(); }), std::nullopt);
  transaction.rollback();
  EXPECT_EQ(count(), 0u);
}

TEST_P(PostgresTest, a_session_that_ends_in_a_statement_before_the_commit_wrote_nothing) {
  const auto connection = database().connect(Access::write);
  Transaction transaction(*connection, Access::write);
  connection->queue("insert into t (id) values (1)", {});
  connection->queue("select pg_terminate_backend(pg_backend_pid())", {});
  connection->queue("insert into t (id) values (2)", {});
  EXPECT_EQ(fault_of([&] { transaction.commit(); }), FaultKind::unavailable);
  EXPECT_FALSE(connection->usable());
  EXPECT_EQ(count(), 0u);
}

TEST_P(PostgresTest, a_session_that_ends_in_the_commit_leaves_it_unknown) {
  const auto connection = database().connect(Access::write);
  connection->run_script(
      "create function leave() returns trigger language plpgsql as"
      " $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;"
      "create constraint trigger leave after insert on t deferrable initially deferred"
      " for each row execute function leave();");
  Transaction transaction(*connection, Access::write);
  connection->execute("insert into t (id) values (1)");
  EXPECT_THROW(transaction.commit(), CommitUnknown);
  EXPECT_FALSE(connection->usable());
}

TEST_P(PostgresTest, a_reading_transaction_that_is_lost_leaves_nothing_unknown) {
  const auto connection = database().connect(Access::read);
  const auto process = process_of(*connection);
  Transaction snapshot(*connection, Access::read);
  connection->query("select id from t");
  database()
      .connect(Access::write)
      ->query("select pg_terminate_backend(cast(?1 as integer), 5000)", {process});
  EXPECT_EQ(fault_of([&] { snapshot.commit(); }), FaultKind::unavailable);
}

TEST_P(PostgresTest, a_constraint_that_the_commit_finds_is_no_unknown_commit) {
  const auto connection = database().connect(Access::write);
  Transaction transaction(*connection, Access::write);
  connection->queue("insert into t (id, parent) values (1, 99)", {});
  EXPECT_EQ(fault_of([&] { transaction.commit(); }), FaultKind::constraint);
  EXPECT_TRUE(connection->usable());
  EXPECT_EQ(connection->execute("insert into t (id) values (1)"), 1);
}

TEST_P(PostgresTest, a_hung_server_is_given_up_in_time) {
  const auto connection = impatient().connect(Access::write);
  const Stopped server(process_of(*connection));
  EXPECT_EQ(fault_of([&] { connection->query("select 1"); }), FaultKind::timeout);
  EXPECT_FALSE(connection->usable());
}

TEST_P(PostgresTest, a_hung_server_is_given_up_in_scripts_copies_and_streams_too) {
  const Table table{"t", {{"id", ColumnType::integer}}};
  std::vector<Param> many;
  for (int id = 0; id < 500'000; ++id) many.emplace_back(id);  // more than any buffer takes
  const std::function<void(Connection&)> works[] = {
      [](Connection& connection) { connection.run_script("select 1"); },
      [&](Connection& connection) { connection.insert_many(table, many); },
      [](Connection& connection) {
        connection.for_each("select id from t", {}, [](const Row&) {});
      },
  };
  for (const auto& work : works) {
    const auto connection = impatient().connect(Access::write);
    const Stopped server(process_of(*connection));
    EXPECT_EQ(fault_of([&] { work(*connection); }), FaultKind::timeout);
    EXPECT_FALSE(connection->usable());
  }
}

TEST_P(PostgresTest, a_commit_that_a_hung_server_does_not_answer_is_unknown) {
  const auto connection = impatient().connect(Access::write);
  const auto process = process_of(*connection);
  Transaction transaction(*connection, Access::write);
  connection->execute("insert into t (id) values (1)");
  const Stopped server(process);
  EXPECT_THROW(transaction.commit(), CommitUnknown);
  EXPECT_FALSE(connection->usable());
}

TEST_P(PostgresTest, a_server_that_never_answers_a_new_connection_is_given_up_in_time) {
  const testing::TemporaryFolder folder;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strcpy(address.sun_path, (folder.path() + "/.s.PGSQL.5432").c_str());
  const int silent = socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_EQ(bind(silent, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  ASSERT_EQ(listen(silent, 1), 0);
  const std::string url = "postgresql:///huilu?host=" + folder.path();
  EXPECT_EQ(fault_of([&] {
              open_postgres(url, {.answer_within = milliseconds{100},
                                  .long_answer_within = milliseconds{100}});
            }),
            FaultKind::timeout);
  close(silent);
}

TEST_P(PostgresTest, waiting_for_a_lock_ends_before_the_connection_is_given_up) {
  const auto first = database().connect(Access::write);
  first->execute("insert into t (id) values (1)");
  Transaction transaction(*first, Access::write);
  first->execute("update t set parent = 1");
  const auto second = impatient().connect(Access::write);
  EXPECT_EQ(fault_of([&] { second->execute("update t set parent = 1"); }), FaultKind::timeout);
  EXPECT_TRUE(second->usable());
}

TEST_P(PostgresTest, a_listener_whose_connection_is_lost_says_so) {
  const auto listener = database().listen();
  const auto other = database().connect(Access::write);
  other->query(
      "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
      " where datname = current_database() and query = 'listen huilu_journal'");
  EXPECT_THROW(listener->wait(milliseconds{5000}), Fault);
}

TEST_P(PostgresTest, no_password_is_ever_shown) {
  EXPECT_EQ(impatient().describe().find("postgres://"), std::string::npos);
  for (const char* url : {"postgresql://huilu:geheim@localhost:nonsense/huilu",
                          "postgresql://huilu:geheim@[::1/huilu",
                          "postgresql://huilu:geheim@/huilu?host=/nowhere/at/all"}) {
    try {
      open_postgres(url);
      ADD_FAILURE() << "no fault";
    } catch (const Fault& fault) {
      EXPECT_EQ(std::string(fault.what()).find("geheim"), std::string::npos) << fault.what();
    }
  }
}

// A program in the place of pg_dump that writes down how it was called.
TEST_P(PostgresTest, the_backup_program_gets_the_password_in_its_environment_only) {
  const testing::TemporaryFolder folder;
  const std::string program = folder.path() + "/pg_dump";
  std::ofstream(program) << "#!/bin/sh\n"
                         << "echo \"$@\" > " << folder.path() << "/arguments\n"
                         << "echo \"$PGPASSWORD $PGDATABASE\" > " << folder.path() << "/variables\n"
                         << "echo 'out of paper' >&2; exit 1\n";
  std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  const std::string path = std::getenv("PATH");
  setenv("PATH", (folder.path() + ":" + path).c_str(), 1);
  std::string complaint;
  try {
    std::string url = fresh().url();
    url += (url.find('?') == url.npos ? "?" : "&") + std::string("password=geheim");
    open_postgres(url)->backup_to(folder.path());
  } catch (const Fault& fault) {
    complaint = fault.what();
  }
  setenv("PATH", path.c_str(), 1);
  const auto read = [&](const std::string& name) {
    std::ostringstream text;
    text << std::ifstream(folder.path() + "/" + name).rdbuf();
    return text.str();
  };
  EXPECT_NE(complaint.find("out of paper"), std::string::npos) << complaint;
  EXPECT_EQ(read("arguments").find("geheim"), std::string::npos);
  EXPECT_NE(read("arguments").find("--format=custom"), std::string::npos);
  EXPECT_EQ(read("variables").find("geheim huilu_test_"), 0u);
  EXPECT_FALSE(std::filesystem::exists(folder.path() + "/huilu.dump"));
}

}  // namespace
}  // namespace huilu::store
