// Many rows at once: insert_many, RowBuffer, for_each.
#include "store/testing.h"

namespace huilu::store {
namespace {

const char* const schema =
    "create table leaf (id bigint primary key, name {text}, content {bytes}, rank bigint){strict};"
    "create table twig (tree bigint, n bigint, name text, primary key (tree, n)){keyed};";

const Table leaf{"leaf",
                 {{"id", ColumnType::integer},
                  {"name", ColumnType::text},
                  {"content", ColumnType::bytes},
                  {"rank", ColumnType::integer}}};
const Table new_leaf{"leaf", leaf.columns, "on conflict (id) do nothing"};
const Table twig{
    "twig",
    {{"tree", ColumnType::integer}, {"n", ColumnType::integer}, {"name", ColumnType::text}}};

class BulkTest : public testing::DatabaseTest {
 protected:
  std::vector<Migration> migrations() const override { return {{1, "leaf", schema}}; }

  void SetUp() override {
    DatabaseTest::SetUp();
    if (!IsSkipped() && !HasFatalFailure()) connection_ = database().connect(Access::write);
  }

  Connection& connection() { return *connection_; }

  // Rows from `first` on, with nulls, empty values, bytes and characters of four bytes among them.
  static std::vector<Param> leaves(int first, int count) {
    std::vector<Param> values;
    for (int id = first; id < first + count; ++id) {
      values.emplace_back(id);
      values.push_back(id % 3 == 0 ? Param() : Param("叶\t\\N\"😀" + std::to_string(id)));
      values.push_back(id % 5 == 0 ? Param() : Param(Bytes{std::string(id % 7, '\0') + "\xff"}));
      values.push_back(id % 2 == 0 ? Param() : Param(std::int64_t{-1} * id));
    }
    return values;
  }

  void expect_leaves(int first, int count) {
    const auto values = leaves(first, count);
    const Rows rows = connection().query("select id, name, content, rank from leaf order by id");
    ASSERT_EQ(rows.size(), static_cast<std::size_t>(count));
    auto value = values.begin();
    for (const Row row : rows) {
      for (std::size_t column = 0; column < 4; ++column, ++value) {
        ASSERT_EQ(row.is_null(column), value->state().index() == 0);
        if (row.is_null(column)) continue;
        if (const auto* text = std::get_if<std::string>(&value->state())) {
          ASSERT_EQ(row.text(column), *text);
        } else if (const auto* bytes = std::get_if<Bytes>(&value->state())) {
          ASSERT_EQ(row.text(column), bytes->bytes);
        } else {
          ASSERT_EQ(row.integer(column), std::get<std::int64_t>(value->state()));
        }
      }
    }
  }

 private:
  std::unique_ptr<Connection> connection_;
};

INSTANTIATE_TEST_SUITE_P(On, BulkTest, testing::both_dialects(), testing::name_of_dialect);

TEST_P(BulkTest, few_rows_join_the_queue_as_they_are) {
  Transaction transaction(connection(), Access::write);
  connection().insert_many(leaf, leaves(1, 40));
  const Pending count = connection().queue_query("select count(*) from leaf", {});
  transaction.commit();
  EXPECT_EQ((*count)[0].integer(0), 40);
  expect_leaves(1, 40);
}

TEST_P(BulkTest, many_rows_arrive_as_they_are_and_after_what_was_queued) {
  Transaction transaction(connection(), Access::write);
  connection().queue("insert into leaf (id) values (?1)", {6000});
  connection().queue("delete from leaf where id = ?1", {6000});
  connection().insert_many(leaf, leaves(1, 6000));
  transaction.commit();
  expect_leaves(1, 6000);
}

TEST_P(BulkTest, no_rows_are_no_work) {
  connection().insert_many(leaf, {});
  expect_leaves(1, 0);
}

TEST_P(BulkTest, rows_that_exist_are_passed_over_where_the_table_says_so) {
  connection().insert_many(new_leaf, leaves(1, 10));
  connection().insert_many(new_leaf, leaves(1, 20));
  connection().flush();
  expect_leaves(1, 20);
  connection().insert_many(new_leaf, leaves(1, 9000));  // more than one statement's worth
  connection().flush();
  expect_leaves(1, 9000);
}

TEST_P(BulkTest, a_row_that_a_constraint_forbids_ends_the_transaction) {
  for (const int count : {5, 2000}) {
    const auto run = [&] {
      Transaction transaction(connection(), Access::write);
      connection().insert_many(leaf, leaves(1, count));
      connection().insert_many(leaf, leaves(count, count));
      transaction.commit();
    };
    try {
      run();
      FAIL() << "no fault";
    } catch (const Fault& fault) {
      EXPECT_EQ(fault.kind(), FaultKind::constraint) << fault.what();
    }
    EXPECT_TRUE(connection().usable());
    expect_leaves(1, 0);
  }
}

TEST_P(BulkTest, a_value_of_another_type_than_its_column_is_a_fault) {
  const std::vector<Param> wrong{1, 2, Param(), Param()};
  EXPECT_THROW(
      {
        Transaction transaction(connection(), Access::write);
        connection().insert_many(leaf, wrong);
        transaction.commit();
      },
      Fault);
  const auto fresh_connection = database().connect(Access::write);
  EXPECT_TRUE(fresh_connection->query("select id from leaf").empty());
}

TEST_P(BulkTest, a_row_buffer_writes_before_inserts_after_and_empties_itself) {
  RowBuffer rows;
  EXPECT_TRUE(rows.empty());
  rows.after("update leaf set rank = (select count(*) from twig) where id = ?1", {1});
  rows.insert(twig, {1, 1, "a"});
  rows.insert(leaf, leaves(1, 1));
  rows.insert(twig, {1, 2, "b"});
  rows.before("insert into twig (tree, n, name) values (?1, 3, ?2)", {1, "first"});
  EXPECT_FALSE(rows.empty());
  Transaction transaction(connection(), Access::write);
  rows.write_to(connection());
  EXPECT_TRUE(rows.empty());
  rows.write_to(connection());
  transaction.commit();
  EXPECT_EQ(connection().query("select rank from leaf")[0].integer(0), 3);
  std::string names;
  for (const Row row : connection().query("select name from twig order by tree, n")) {
    names += row.text(0) + " ";
  }
  EXPECT_EQ(names, "a b first ");
}

TEST_P(BulkTest, for_each_gives_every_row_in_order) {
  connection().insert_many(leaf, leaves(1, 3000));
  int last = 0;
  connection().for_each("select id, name from leaf where id > ?1 order by id", {1000},
                        [&](const Row& row) {
                          EXPECT_EQ(row.integer(0), last == 0 ? 1001 : last + 1);
                          EXPECT_EQ(row.is_null(1), row.integer(0) % 3 == 0);
                          last = static_cast<int>(row.integer(0));
                        });
  EXPECT_EQ(last, 3000);
  EXPECT_TRUE(connection().usable());
}

TEST_P(BulkTest, for_each_flushes_the_queue_and_stays_in_its_transaction) {
  Transaction transaction(connection(), Access::write);
  connection().insert_many(leaf, leaves(1, 2));
  int seen = 0;
  const char* sql = "select id from leaf order by id";
  connection().for_each(sql, {}, [&](const Row&) { ++seen; });
  EXPECT_EQ(seen, 2);
  connection().queue("delete from leaf where id = 1", {});
  connection().for_each(sql, {}, [&](const Row&) { ++seen; });
  EXPECT_EQ(seen, 3);
  transaction.commit();
  EXPECT_EQ(connection().query(sql).size(), 1u);
}

// The answer has a thousand million rows: who collected it first would not come to the end.
TEST_P(BulkTest, for_each_does_not_wait_for_the_whole_answer) {
  struct Enough {};
  int seen = 0;
  const char* sql =
      "with recursive n (i) as (select 1 union all select i + 1 from n where i < 1000000000)"
      " select i from n";
  EXPECT_THROW(connection().for_each(sql, {},
                                     [&](const Row&) {
                                       if (++seen == 2000) throw Enough();
                                     }),
               Enough);
  EXPECT_EQ(seen, 2000);
}

TEST_P(BulkTest, a_fault_of_for_each_leaves_the_connection_usable) {
  const auto ignore = [](const Row&) {};
  EXPECT_THROW(connection().for_each("select id from nothing", {}, ignore), Fault);
  EXPECT_THROW(connection().for_each("select id from leaf where id = ?1", {}, ignore), Fault);
  EXPECT_TRUE(connection().usable());
  expect_leaves(1, 0);
}

}  // namespace
}  // namespace huilu::store
