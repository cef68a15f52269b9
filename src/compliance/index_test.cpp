// The index on a small tree: each kind of change reaches the cell and everything above it, and the
// evaluator agrees.
#include "compliance/index.h"

#include "compliance/index_testing.h"

namespace huilu::compliance::testing {

namespace {

using obligation::Verdict;

INSTANTIATE_TEST_SUITE_P(On, IndexTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

TEST_P(IndexTest, a_record_its_correction_and_its_void_reach_every_node_above) {
  start();
  EXPECT_EQ(worst(a_, "talk_quarterly", "2026-Q1"), Verdict::open);
  const RecordId talk_a = enter(talk({a_}, "2026-02-01"));
  EXPECT_EQ(worst(a_, "talk_quarterly", "2026-Q1"), Verdict::met);
  EXPECT_EQ(worst(b_, "talk_quarterly", "2026-Q1"), Verdict::open);
  const auto east =
      index_->standing(Tree::affiliation, {east_, {}}, "trial/talk_quarterly", "2026-Q1");
  ASSERT_TRUE(east);
  EXPECT_EQ(east->counts.due, 2);
  EXPECT_EQ(east->counts.met, 1);
  EXPECT_EQ(east->open, 1);
  correct(talk_a, talk({b_}, "2026-02-01"));
  EXPECT_EQ(worst(a_, "talk_quarterly", "2026-Q1"), Verdict::open);
  EXPECT_EQ(worst(b_, "talk_quarterly", "2026-Q1"), Verdict::met);
  correct(talk_a, talk({b_}, "2025-12-01"));
  EXPECT_EQ(worst(b_, "talk_quarterly", "2026-Q1"), Verdict::open);
  EXPECT_EQ(worst(b_, "talk_quarterly", "2025-Q4"), Verdict::met);
  take_back(talk_a);
  EXPECT_EQ(worst(b_, "talk_quarterly", "2025-Q4"), Verdict::failed);
  EXPECT_EQ(index_->compare(connection(), every_unit()), std::vector<std::string>{});
}

}  // namespace

}  // namespace huilu::compliance::testing
