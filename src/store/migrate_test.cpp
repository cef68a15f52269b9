#include <thread>

#include "store/testing.h"

namespace huilu::store {
namespace {

class MigrateTest : public testing::DatabaseTest {
 protected:
  // What the Fault of migrating to these says; empty when there is none.
  std::string refusal_of(const std::vector<Migration>& wanted) {
    try {
      migrate(database(), wanted);
    } catch (const Fault& fault) {
      return fault.what();
    }
    return "";
  }

  std::size_t applied() {
    return database().connect(Access::read)->query("select number from schema_version").size();
  }
};

const Migration first{1, "first", "create table one (id bigint primary key, b {bytes}){strict};"};
const Migration second{2, "second",
                       "create table two (id bigint primary key, t {text}){keyed};"
                       "insert into one (id) values (7);"};
const Migration third{3, "third", "alter table two add column n bigint;"};
const Migration unrelated{3, "unrelated", "create table three (id bigint){strict};"};

INSTANTIATE_TEST_SUITE_P(On, MigrateTest, testing::both_dialects(), testing::name_of_dialect);

TEST_P(MigrateTest, each_migration_is_applied_once_in_the_order_of_its_number) {
  migrate(database(), {first, second});
  migrate(database(), {first, second});
  migrate(database(), {first, second, third});
  const auto connection = database().connect(Access::write);
  connection->execute("insert into two (id, t, n) values (1, 'a', 2)");
  EXPECT_EQ(connection->query("select id from one").size(), 1u);
  const Rows rows =
      connection->query("select number, name, release from schema_version order by number");
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[2].integer(0), 3);
  EXPECT_EQ(rows[2].text(1), "third");
  EXPECT_EQ(rows[2].text(2), HUILU_VERSION);
}

TEST_P(MigrateTest, an_applied_migration_that_has_changed_is_refused_by_its_name) {
  migrate(database(), {first, second});
  Migration changed = first;
  changed.sql += " ";
  const std::string refusal = refusal_of({changed, second, third});
  EXPECT_NE(refusal.find("0001_first"), refusal.npos) << refusal;
  EXPECT_EQ(applied(), 2u);
}

TEST_P(MigrateTest, a_newer_database_is_refused_by_the_name_of_its_release) {
  migrate(database(), {first, second});
  database()
      .connect(Access::write)
      ->execute("update schema_version set release = '9.8.7' where number = 2");
  const std::string refusal = refusal_of({first});
  EXPECT_NE(refusal.find("9.8.7"), refusal.npos) << refusal;
  EXPECT_NE(refusal.find("0002_second"), refusal.npos) << refusal;
}

TEST_P(MigrateTest, a_migration_before_an_applied_one_is_refused) {
  migrate(database(), {first, unrelated});
  const std::string refusal = refusal_of({first, second, unrelated});
  EXPECT_NE(refusal.find("0002_second"), refusal.npos) << refusal;
}

TEST_P(MigrateTest, a_migration_that_fails_leaves_nothing_of_itself) {
  const Migration broken{2, "broken",
                         "create table two (id bigint primary key){strict};"
                         "insert into nothing values (1);"};
  EXPECT_NE(refusal_of({first, broken}), "");
  EXPECT_EQ(applied(), 1u);
  EXPECT_EQ(refusal_of({first, second}), "");
}

TEST_P(MigrateTest, two_programs_that_start_at_once_apply_each_migration_once) {
  std::string refusals[2];
  {
    std::thread other([&] { refusals[0] = refusal_of({first, second, third}); });
    refusals[1] = refusal_of({first, second, third});
    other.join();
  }
  EXPECT_EQ(refusals[0], "");
  EXPECT_EQ(refusals[1], "");
  EXPECT_EQ(applied(), 3u);
}

TEST_P(MigrateTest, the_state_of_the_schema_is_known_before_anything_is_changed) {
  EXPECT_EQ(schema_state(database(), {first}), SchemaState::empty);
  EXPECT_EQ(schema_state(database(), {first}), SchemaState::empty);
  migrate(database(), {first});
  EXPECT_EQ(schema_state(database(), {first}), SchemaState::current);
  EXPECT_EQ(schema_state(database(), {first, second}), SchemaState::behind);
  EXPECT_THROW(schema_state(database(), {}), Fault);
  EXPECT_EQ(applied(), 1u);
}

TEST(Migrations, come_from_files_sorted_by_number) {
  const auto migrations = migrations_from({{"src/record/schema/0100_records.sql", "b"},
                                           {"src/journal/schema/0001_journal_and_more.sql", "a"}});
  ASSERT_EQ(migrations.size(), 2u);
  EXPECT_EQ(migrations[0].number, 1);
  EXPECT_EQ(migrations[0].name, "journal_and_more");
  EXPECT_EQ(migrations[0].sql, "a");
  EXPECT_EQ(migrations[1].number, 100);
}

TEST(MigrationsDeathTest, with_one_number_twice_are_a_bug) {
  EXPECT_DEATH(migrations_from({{"a/0001_x.sql", ""}, {"b/0001_y.sql", ""}}), "number");
  EXPECT_DEATH(migrations_from({{"a/1_x.sql", ""}}), "digits");
}

}  // namespace
}  // namespace huilu::store
