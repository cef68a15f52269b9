#include "compliance/evaluations.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>

namespace huilu::compliance {
namespace {

const Node town{UnitId{1}, {}};
const Node branch{UnitId{2}, {}};

Evaluations::Question asked(std::int64_t journal) {
  return {town, Date::of(2026, 3, 1), Date::of(2026, 3, 9), {}, {}, journal, {}};
}

NodesTable with_columns(std::size_t columns) {
  return {{town}, {std::vector<ColumnView>(columns), {std::vector<Standing>(columns)}}};
}

TEST(Evaluations, the_same_question_is_evaluated_once) {
  Evaluations evaluations;
  int made = 0;
  const auto make = [&] { return ++made, with_columns(1); };
  EXPECT_EQ(evaluations.ask(asked(7), make), evaluations.ask(asked(7), make));
  EXPECT_EQ(made, 1);
}

TEST(Evaluations, after_another_entry_it_is_another_question) {
  Evaluations evaluations;
  int made = 0;
  const auto make = [&] { return ++made, with_columns(1); };
  evaluations.ask(asked(7), make);
  evaluations.ask(asked(8), make);
  EXPECT_EQ(made, 2);
}

TEST(Evaluations, who_asks_meanwhile_waits_for_it) {
  Evaluations evaluations;
  std::promise<void> begun, go_on;
  std::thread first([&] {
    evaluations.ask(asked(7), [&] {
      begun.set_value();
      go_on.get_future().wait();
      return with_columns(3);
    });
  });
  begun.get_future().wait();
  std::thread other([&] {
    const auto table = evaluations.ask(asked(7), []() -> NodesTable {
      ADD_FAILURE() << "evaluated twice";
      return {};
    });
    EXPECT_EQ(table->table.columns.size(), 3U);
  });
  go_on.set_value();
  first.join();
  other.join();
}

TEST(Evaluations, what_failed_is_tried_again) {
  Evaluations evaluations;
  const auto fail = []() -> NodesTable { throw std::runtime_error("the database is away"); };
  EXPECT_THROW(evaluations.ask(asked(7), fail), std::runtime_error);
  EXPECT_EQ(evaluations.ask(asked(7), [] { return with_columns(2); })->table.columns.size(), 2U);
}

TEST(Evaluations, a_few_are_kept) {
  Evaluations evaluations;
  int made = 0;
  const auto make = [&] { return ++made, with_columns(1); };
  for (std::int64_t journal = 0; journal < 10; ++journal) evaluations.ask(asked(journal), make);
  evaluations.ask(asked(9), make);
  EXPECT_EQ(made, 10);
  evaluations.ask(asked(0), make);
  EXPECT_EQ(made, 11);
}

TEST(Evaluations, a_node_that_was_not_evaluated_has_nothing) {
  const auto table = with_columns(2).of({branch, town});
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(table.rows[0].size(), 2U);
  EXPECT_EQ(table.rows[1].size(), 2U);
}

}  // namespace
}  // namespace huilu::compliance
