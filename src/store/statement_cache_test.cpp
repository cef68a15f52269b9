#include "store/statement_cache.h"

#include <gtest/gtest.h>

#include <vector>

namespace huilu::store {
namespace {

TEST(StatementCache, finds_a_statement_by_its_text_wherever_the_text_stands) {
  StatementCache<int> cache;
  cache.insert("select 1", 1);
  cache.insert("select 2", 2);
  const std::string copy = "select 1";
  ASSERT_NE(cache.find(copy), nullptr);
  EXPECT_EQ(*cache.find(copy), 1);
  EXPECT_EQ(*cache.find("select 2"), 2);
  EXPECT_EQ(cache.find("select 3"), nullptr);
  EXPECT_EQ(cache.find({}), nullptr);
}

TEST(StatementCache, an_address_that_holds_another_text_now_finds_the_other_statement) {
  StatementCache<int> cache;
  cache.insert("select 1", 1);
  cache.insert("select 2", 2);
  char text[] = "select 1";
  EXPECT_EQ(*cache.find(text), 1);
  text[7] = '2';
  EXPECT_EQ(*cache.find(text), 2);
  text[7] = '3';
  EXPECT_EQ(cache.find(text), nullptr);
}

TEST(StatementCache, trims_what_was_used_least_recently) {
  StatementCache<int> cache;
  for (int i = 0; i < 5; ++i) cache.insert("select " + std::to_string(i), i);
  const std::string first = "select 0";
  cache.find(first);
  std::vector<int> dropped;
  cache.trim(2, [&](int statement) { dropped.push_back(statement); });
  EXPECT_EQ(dropped, (std::vector<int>{1, 2, 3}));
  EXPECT_EQ(cache.size(), 2u);
  EXPECT_EQ(*cache.find(first), 0);
  EXPECT_EQ(cache.find("select 2"), nullptr);
}

}  // namespace
}  // namespace huilu::store
