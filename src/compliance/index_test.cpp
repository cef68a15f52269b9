// The index on a small tree: each kind of change reaches the cell and everything above it, and the
// evaluator agrees.
#include "compliance/index.h"

#include <filesystem>
#include <fstream>

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

class SnapshotTest : public IndexTest {
 protected:
  // An index that starts now; whether its file was of use.
  bool restores() {
    again_.emplace(packs_, *catalog_, clock_, with_file());
    again_->load(connection());
    EXPECT_EQ(again_->compare(connection(), every_unit()), std::vector<std::string>{});
    return again_->measures().evaluate_us == 0;
  }
  // Bytes of the file, from the end, become others.
  void damage(std::int64_t from_end) {
    std::fstream file(with_file().snapshot, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(-from_end, std::ios::end);
    const auto byte = static_cast<char>(file.get() ^ 1);
    file.seekp(-from_end, std::ios::end);
    file.put(byte);
  }

  std::optional<Index> again_;
};

INSTANTIATE_TEST_SUITE_P(On, SnapshotTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

TEST_P(SnapshotTest, it_starts_from_its_file_and_reads_what_came_since) {
  start();
  const RecordId talk_a = enter(talk({a_}, "2026-02-01"));
  const PersonId who = person("林一");
  join(who, a_, "2021-01-01");
  save();
  EXPECT_TRUE(restores());
  enter(talk({b_, c_}, "2026-02-02", "open", 2, "", "\"" + who.text() + "\""));
  correct(talk_a, talk({a_}, "2025-12-01"));
  set_today(day("2026-04-02"));
  EXPECT_TRUE(restores());
  const auto root =
      again_->standing(Tree::affiliation, {root_, {}}, "trial/talk_quarterly", "2026-Q1");
  ASSERT_TRUE(root);
  EXPECT_EQ(root->counts.met, 2);
  EXPECT_EQ(root->in_grace, 1);
  EXPECT_EQ(again_->standing(Tree::affiliation, {root_, {}}, "trial/member_attends", "2026-H1")
                ->counts.met,
            1);
}

TEST_P(SnapshotTest, whoever_joined_or_took_a_post_since_is_read_from_the_tables) {
  const PersonId early = person("林一"), late = person("林二"), third = person("林三");
  join(third, b_, "2021-01-01");
  start();
  join(early, a_, "2021-01-01");  // behind whoever was loaded, though entered before
  save();
  EXPECT_TRUE(restores());
  join(late, c_, "2025-12-10");
  appoint(late, east_, "2026-01-20");
  enter(
      talk({a_}, "2026-02-02", "open", 2, "", "\"" + early.text() + "\",\"" + late.text() + "\""));
  EXPECT_TRUE(restores());
  const auto root =
      again_->standing(Tree::affiliation, {root_, {}}, "trial/member_attends", "2026-H1");
  ASSERT_TRUE(root);
  EXPECT_EQ(root->counts.met, 2);
}

TEST_P(SnapshotTest, what_does_not_fit_is_left_and_the_tables_are_read) {
  start();
  EXPECT_FALSE(restores()) << "there is none";
  save();
  create("新镇委", root_);
  EXPECT_FALSE(restores()) << "the tree is another one";
  index_->load(connection());
  save();
  EXPECT_TRUE(restores());
  for (const std::int64_t from_end : {1, 40, 400}) {
    damage(from_end);
    EXPECT_FALSE(restores()) << "a bit was flipped";
    damage(from_end);
    EXPECT_TRUE(restores());
  }
  damage(40);
  save();
  EXPECT_TRUE(restores());
  std::filesystem::resize_file(with_file().snapshot,
                               std::filesystem::file_size(with_file().snapshot) / 2);
  EXPECT_FALSE(restores()) << "it is cut";
  save();
  set_today(day("2026-03-01"));
  EXPECT_FALSE(restores()) << "it is of a later day";
  set_today(day("2026-03-02"));
  enter(talk({a_}, "2026-02-01"));
  EXPECT_TRUE(restores());
  database().connect(store::Access::write)->execute("delete from touched", {});
  EXPECT_FALSE(restores()) << "what was touched since is not known";
}

}  // namespace

}  // namespace huilu::compliance::testing
