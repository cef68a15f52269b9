// Statements, values and transactions: what both drivers promise alike.
#include "store/store.h"

#include <atomic>
#include <limits>
#include <thread>

#include "store/testing.h"

namespace huilu::store {
namespace {

const char* const thing_table =
    "create table thing ("
    "  id bigint primary key,"
    "  name {text} unique,"
    "  content {bytes},"
    "  parent bigint references thing (id),"
    "  rank bigint not null default 0 check (rank >= 0)"
    "){strict};";

class StoreTest : public testing::DatabaseTest {
 protected:
  std::vector<Migration> migrations() const override { return {{1, "thing", thing_table}}; }

  void SetUp() override {
    DatabaseTest::SetUp();
    if (!IsSkipped() && !HasFatalFailure()) connection_ = database().connect(Access::write);
  }

  Connection& connection() { return *connection_; }

  std::int64_t count() { return connection().query("select count(*) from thing")[0].integer(0); }

  // The kind of the Fault that `run` throws.
  template <class Run>
  static std::optional<FaultKind> fault_of(Run run) {
    try {
      run();
    } catch (const Fault& fault) {
      return fault.kind();
    }
    return {};
  }

 private:
  std::unique_ptr<Connection> connection_;
};

INSTANTIATE_TEST_SUITE_P(On, StoreTest, testing::both_dialects(), testing::name_of_dialect);

TEST_P(StoreTest, values_come_back_as_they_were_bound) {
  std::string all_bytes;
  for (int i = 0; i < 256; ++i) all_bytes.push_back(static_cast<char>(i));
  const std::int64_t smallest = std::numeric_limits<std::int64_t>::min();
  const std::int64_t largest = std::numeric_limits<std::int64_t>::max();
  const char* insert = "insert into thing (id, name, content) values (?1, ?2, ?3)";
  connection().execute(insert, {smallest, "党员教育 ‘a’ ?1 \\ \n😀", Bytes{all_bytes}});
  connection().execute(insert, {largest, "", Bytes{""}});
  connection().execute(insert, {0, std::nullopt, Param()});

  const Rows rows = connection().query("select id, name, content from thing order by id");
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].integer(0), smallest);
  EXPECT_EQ(rows[0].text(1), "党员教育 ‘a’ ?1 \\ \n😀");
  EXPECT_EQ(rows[0].text(2), all_bytes);
  EXPECT_TRUE(rows[1].is_null(1));
  EXPECT_TRUE(rows[1].is_null(2));
  EXPECT_EQ(rows[2].integer(0), largest);
  EXPECT_FALSE(rows[2].is_null(1));
  EXPECT_EQ(rows[2].text(1), "");
  EXPECT_FALSE(rows[2].is_null(2));
  EXPECT_EQ(rows[2].text(2), "");
}

TEST_P(StoreTest, dates_instants_and_ids_are_bound_and_read) {
  const Date date = Date::of(2026, 3, 5);
  connection().execute("insert into thing (id, name, rank) values (?1, ?2, ?3)",
                       {RecordId{118}, date, Instant{1'772'668'800'123}});
  const Rows rows = connection().query("select id, name, rank, parent, content from thing");
  EXPECT_EQ(rows[0].id<RecordId>(0), RecordId{118});
  EXPECT_EQ(rows[0].date(1), date);
  EXPECT_EQ(rows[0].date_or_null(1), date);
  EXPECT_EQ(rows[0].instant(2), (Instant{1'772'668'800'123}));
  EXPECT_EQ(rows[0].id_or_null<RecordId>(3), std::nullopt);
  EXPECT_EQ(rows[0].integer_or_null(3), std::nullopt);
  EXPECT_EQ(rows[0].text_or_null(4), std::nullopt);
  EXPECT_EQ(rows[0].date_or_null(4), std::nullopt);
}

TEST_P(StoreTest, asking_a_column_for_another_type_is_a_fault) {
  connection().execute("insert into thing (id, name) values (1, 'a')");
  const Rows rows = connection().query("select id, name, parent from thing");
  EXPECT_EQ(fault_of([&] { rows[0].text(0); }), FaultKind::internal);
  EXPECT_EQ(fault_of([&] { rows[0].integer(1); }), FaultKind::internal);
  EXPECT_EQ(fault_of([&] { rows[0].date(1); }), FaultKind::internal);
  EXPECT_EQ(fault_of([&] { rows[0].integer(2); }), FaultKind::internal);
}

TEST_P(StoreTest, counts_and_sums_are_integers) {
  const std::int64_t large = 4'000'000'000'000'000'123;
  for (const std::int64_t rank : {large, std::int64_t{10'000}, std::int64_t{0}}) {
    connection().execute("insert into thing (id, rank) values (?1, ?2)", {rank, rank});
  }
  const Rows rows = connection().query(
      "select count(*), sum(rank), sum(-rank), sum(rank - rank), max(rank) from thing");
  EXPECT_EQ(rows[0].integer(0), 3);
  EXPECT_EQ(rows[0].integer(1), large + 10'000);
  EXPECT_EQ(rows[0].integer(2), -large - 10'000);
  EXPECT_EQ(rows[0].integer(3), 0);
  EXPECT_EQ(rows[0].integer(4), large);
  EXPECT_EQ(fault_of([&] { connection().query("select 1.5"); }), FaultKind::internal);
}

TEST_P(StoreTest, execute_tells_how_many_rows_changed) {
  EXPECT_EQ(connection().execute("insert into thing (id) values (1), (2), (3)"), 3);
  EXPECT_EQ(connection().execute("update thing set rank = 1 where id > ?1", {1}), 2);
  EXPECT_EQ(connection().execute("update thing set rank = 1 where id > ?1", {9}), 0);
  EXPECT_EQ(connection().execute("insert into thing (id) values (1) on conflict do nothing"), 0);
}

TEST_P(StoreTest, text_is_ordered_by_its_bytes_where_the_schema_says_so) {
  for (const char* name : {"b", "a", "B", "中", "é", "~"}) {
    connection().execute("insert into thing (id, name) select count(*), ?1 from thing", {name});
  }
  std::string order;
  for (const Row row : connection().query("select name from thing order by name")) {
    order += row.text(0);
  }
  EXPECT_EQ(order, "Bab~é中");
}

TEST_P(StoreTest, question_marks_in_quotes_and_comments_are_no_parameters) {
  const Rows rows = connection().query(
      "select '?1', id as \"?2\", ?1 -- what's ?3\n from thing where name = ?2 or 1 = 1 limit 1",
      {"x", "y"});
  EXPECT_TRUE(rows.empty());
}

TEST_P(StoreTest, a_missing_parameter_a_wrong_text_and_a_null_byte_are_faults) {
  const Params none;
  EXPECT_EQ(fault_of([&] { connection().query("select id from thing where id = ?1", none); }),
            FaultKind::internal);
  EXPECT_EQ(fault_of([&] { connection().query("selekt 1"); }), FaultKind::internal);
  EXPECT_EQ(fault_of([&] { connection().query("select id from nothing"); }), FaultKind::internal);
  EXPECT_EQ(fault_of([&] {
              connection().execute("insert into thing (id, name) values (1, ?1)",
                                   {std::string("a\0b", 3)});
            }),
            FaultKind::internal);
  EXPECT_TRUE(connection().usable());
  EXPECT_EQ(count(), 0);
}

TEST_P(StoreTest, what_is_queued_runs_in_the_order_written) {
  Transaction transaction(connection(), Access::write);
  connection().queue("insert into thing (id, name) values (?1, ?2)", {1, "one"});
  const Pending before = connection().queue_query("select count(*), max(name) from thing", {});
  connection().queue("insert into thing (id, name) values (?1, ?2)", {2, "two"});
  const Pending between = connection().queue_query("select count(*), max(name) from thing", {});
  EXPECT_EQ(connection().execute("delete from thing where id = 1"), 1);  // flushes the queue
  EXPECT_EQ((*before)[0].integer(0), 1);
  EXPECT_EQ((*before)[0].text(1), "one");
  EXPECT_EQ((*between)[0].integer(0), 2);
  EXPECT_EQ((*between)[0].text(1), "two");
  const Pending after = connection().queue_query("select count(*), max(name) from thing", {});
  connection().flush();
  EXPECT_EQ((*after)[0].integer(0), 1);
  transaction.commit();
  EXPECT_EQ(count(), 1);
}

TEST_P(StoreTest, what_is_queued_last_is_committed) {
  Transaction transaction(connection(), Access::write);
  connection().queue("insert into thing (id) values (1)", {});
  const Pending seen = connection().queue_query("select id from thing", {});
  transaction.commit();
  ASSERT_EQ(seen->size(), 1u);
  EXPECT_EQ(database().connect(Access::read)->query("select id from thing").size(), 1u);
}

TEST_P(StoreTest, a_transaction_that_is_not_committed_leaves_nothing) {
  {
    Transaction transaction(connection(), Access::write);
    connection().execute("insert into thing (id) values (1)");
    connection().queue("insert into thing (id) values (2)", {});
  }
  EXPECT_EQ(count(), 0);
  Transaction transaction(connection(), Access::write);
  connection().queue("insert into thing (id) values (3)", {});
  transaction.rollback();
  EXPECT_EQ(count(), 0);
}

TEST_P(StoreTest, what_was_queued_before_a_transaction_does_not_roll_back_with_it) {
  connection().queue("insert into thing (id) values (1)", {});
  {
    Transaction transaction(connection(), Access::write);
    connection().queue("insert into thing (id) values (2)", {});
  }
  const Rows rows = connection().query("select id from thing");
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].integer(0), 1);
}

TEST_P(StoreTest, constraints_are_told_from_other_faults) {
  connection().execute("insert into thing (id, name) values (1, 'a')");
  const char* const wrong[] = {
      "insert into thing (id) values (1)",
      "insert into thing (id, name) values (2, 'a')",
      "insert into thing (id, parent) values (2, 99)",
      "insert into thing (id, rank) values (2, -1)",
      "insert into thing (id, rank) values (2, null)",
  };
  for (const char* sql : wrong) {
    EXPECT_EQ(fault_of([&] { connection().execute(sql); }), FaultKind::constraint) << sql;
  }
  EXPECT_EQ(count(), 1);
}

TEST_P(StoreTest, the_first_fault_of_a_queue_ends_its_transaction) {
  const auto run = [&] {
    Transaction transaction(connection(), Access::write);
    connection().queue("insert into thing (id) values (1)", {});
    connection().queue("insert into thing (id) values (1)", {});  // constraint
    connection().queue("insert into nothing (id) values (1)", {});
    transaction.commit();
  };
  EXPECT_EQ(fault_of(run), FaultKind::constraint);
  EXPECT_TRUE(connection().usable());
  EXPECT_EQ(count(), 0);
  connection().execute("insert into thing (id) values (1)");
  EXPECT_EQ(count(), 1);
}

TEST_P(StoreTest, after_a_fault_a_transaction_can_only_be_rolled_back) {
  Transaction transaction(connection(), Access::write);
  connection().execute("insert into thing (id) values (1)");
  EXPECT_EQ(fault_of([&] { connection().execute("insert into thing (id) values (1)"); }),
            FaultKind::constraint);
  EXPECT_EQ(fault_of([&] { connection().query("select 1"); }), FaultKind::internal);
  EXPECT_EQ(fault_of([&] { transaction.commit(); }), FaultKind::internal);
  EXPECT_EQ(count(), 0);
}

TEST_P(StoreTest, a_statement_first_prepared_in_a_failed_queue_works_later) {
  EXPECT_EQ(fault_of([&] {
              Transaction transaction(connection(), Access::write);
              connection().queue("insert into nothing (id) values (1)", {});
              connection().queue("insert into thing (id) values (?1)", {7});
              transaction.commit();
            }),
            FaultKind::internal);
  EXPECT_EQ(connection().execute("insert into thing (id) values (?1)", {7}), 1);
}

TEST_P(StoreTest, a_reading_transaction_sees_one_state) {
  connection().execute("insert into thing (id) values (1)");
  const auto reader = database().connect(Access::read);
  {
    Transaction snapshot(*reader, Access::read);
    EXPECT_EQ(reader->query("select id from thing").size(), 1u);
    connection().execute("insert into thing (id) values (2)");
    EXPECT_EQ(reader->query("select id from thing").size(), 1u);
    std::size_t streamed = 0;
    reader->for_each("select id from thing", {}, [&](const Row&) { ++streamed; });
    EXPECT_EQ(streamed, 1u);
    snapshot.commit();
  }
  EXPECT_EQ(reader->query("select id from thing").size(), 2u);
}

TEST_P(StoreTest, readers_cannot_write) {
  const auto reader = database().connect(Access::read);
  const char* insert = "insert into thing (id) values (1)";
  EXPECT_EQ(fault_of([&] { reader->execute(insert); }), FaultKind::internal);
  {
    Transaction snapshot(*reader, Access::read);
    EXPECT_EQ(fault_of([&] { reader->execute(insert); }), FaultKind::internal);
  }
  Transaction snapshot(connection(), Access::read);
  EXPECT_EQ(fault_of([&] { connection().execute(insert); }), FaultKind::internal);
  snapshot.rollback();
  EXPECT_EQ(count(), 0);
}

TEST_P(StoreTest, hundreds_of_different_texts_are_fine) {
  for (int i = 0; i < 1200; ++i) {
    const Rows rows = connection().query("select " + std::to_string(i) + " where 1 = ?1", {1});
    ASSERT_EQ(rows[0].integer(0), i);
  }
  EXPECT_EQ(connection().execute("insert into thing (id) values (?1)", {1}), 1);
}

TEST_P(StoreTest, a_queue_larger_than_any_buffer_goes_through) {
  const std::string large(1 << 20, 'x');
  Transaction transaction(connection(), Access::write);
  std::vector<Pending> echoes;
  for (int i = 0; i < 24; ++i) {
    echoes.push_back(connection().queue_query("select cast(?1 as text)", {large}));
  }
  connection().flush();
  for (const Pending& echo : echoes) ASSERT_EQ((*echo)[0].text(0).size(), large.size());
}

TEST_P(StoreTest, a_pool_lends_each_connection_to_one_at_a_time_and_keeps_it) {
  Pool pool(database());
  Connection* kept;
  {
    auto first = pool.lend();
    auto second = pool.lend();
    EXPECT_NE(&*first, &*second);
    kept = &*first;
    EXPECT_EQ(first->query("select count(*) from thing")[0].integer(0), 0);
    const auto moved = std::move(second);
  }
  auto again = pool.lend();
  EXPECT_EQ(&*again, kept);
  EXPECT_EQ(fault_of([&] { again->execute("insert into thing (id) values (1)"); }),
            FaultKind::internal);
}

TEST_P(StoreTest, a_listener_hears_of_commits_and_of_nothing_else) {
  using std::chrono::milliseconds;
  const auto listener = database().listen();
  EXPECT_FALSE(listener->wait(milliseconds{0}));
  {
    Transaction transaction(connection(), Access::write);
    connection().queue("insert into thing (id) values (1)", {});
    connection().queue_notify();
  }
  EXPECT_FALSE(listener->wait(milliseconds{20}));
  for (int id : {2, 3}) {
    Transaction transaction(connection(), Access::write);
    connection().queue("insert into thing (id) values (?1)", {id});
    connection().queue_notify();
    transaction.commit();
  }
  EXPECT_TRUE(listener->wait(milliseconds{5000}));
  while (listener->wait(milliseconds{20})) {
  }
  EXPECT_FALSE(listener->wait(milliseconds{0}));
}

TEST_P(StoreTest, a_backup_is_one_state_and_fills_an_empty_database) {
  const testing::TemporaryFolder folder;
  const auto insert = [&](int id) {
    connection().execute("insert into thing (id, name, content) values (?1, ?2, ?3)",
                         {id, "名" + std::to_string(id), Bytes{std::string("\0\xff", 2)}});
  };
  insert(1);
  database().backup_to(folder.path());
  insert(2);
  database().backup_to(folder.path());  // in the place of the first
  insert(3);

  testing::TestDatabase other(dialect());
  other->restore_from(folder.path());
  const Rows rows =
      other->connect(Access::read)->query("select name, content from thing order by id");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[1].text(0), "名2");
  EXPECT_EQ(rows[1].text(1), std::string("\0\xff", 2));
  EXPECT_EQ(fault_of([&] { other->restore_from(folder.path()); }), FaultKind::internal);
  EXPECT_EQ(other->connect(Access::read)->query("select id from thing").size(), 2u);
}

TEST_P(StoreTest, a_backup_is_complete_while_a_writer_goes_on) {
  const testing::TemporaryFolder folder;
  connection().execute("insert into thing (id) values (0)");
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    // Always two rows together: a copy that tore a transaction would hold an even number of rows.
    for (int id = 1; !stop; id += 2) {
      Transaction transaction(connection(), Access::write);
      connection().queue("insert into thing (id) values (?1)", {id});
      connection().queue("insert into thing (id) values (?1)", {id + 1});
      transaction.commit();
    }
  });
  database().backup_to(folder.path());
  stop = true;
  writer.join();
  testing::TestDatabase other(dialect());
  other->restore_from(folder.path());
  const auto rows = other->connect(Access::read)->query("select count(*) from thing");
  EXPECT_EQ(rows[0].integer(0) % 2, 1);
}

}  // namespace
}  // namespace huilu::store
