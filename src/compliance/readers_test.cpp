// Readers while the index follows: whatever is entered, corrected, moved or passes at midnight, a
// parent always shows the sum of its children, at one moment.
#include <atomic>
#include <thread>

#include "compliance/index_testing.h"

namespace huilu::compliance::testing {

namespace {

class ReadersTest : public IndexTest {
 protected:
  static constexpr int readers = 2;
  static constexpr int reads_each = 50'000;

  // Compares one parent with its children; nothing where the tree changed between the questions.
  std::optional<bool> agree(UnitId parent) const {
    const auto children = index_->children(Tree::affiliation, {parent, {}});
    std::vector<Node> nodes = {{parent, {}}};
    nodes.insert(nodes.end(), children.begin(), children.end());
    const Date today = clock_.today();
    auto columns = index_->columns(today, today + 1);
    const auto cells = index_->standings(Tree::affiliation, nodes, columns);
    if (index_->children(Tree::affiliation, {parent, {}}) != children) return {};
    for (std::size_t column = 0; column < columns.size(); ++column) {
      Standing sum;
      for (std::size_t row = 1; row < nodes.size(); ++row) {
        sum += cells[row * columns.size() + column];
      }
      if (!(sum == cells[column])) return false;
      due_ += sum.counts.due > 0 ? 1 : 0;
    }
    return true;
  }

  void read(std::atomic<int>& differences, std::atomic<int>& compared) const {
    const std::vector<UnitId> parents = {root_, east_, west_};
    for (int i = 0; i < reads_each; ++i) {
      const auto found = agree(parents[static_cast<std::size_t>(i) % parents.size()]);
      if (found) ++compared;
      if (found && !*found) ++differences;
    }
  }

  void change(int i) {
    const UnitId branch = i % 2 == 0 ? a_ : b_;
    const RecordId record = enter(talk({branch, c_}, "2026-02-01"));
    correct(record, talk({branch}, "2026-02-02"));
    if (i % 4 == 0) move(branch, parent_of(branch) == east_ ? west_ : east_, clock_.today());
    take_back(record);
  }

  UnitId parent_of(UnitId unit) { return *unit_of(unit).parent; }

  mutable std::atomic<int> due_ = 0;  // sums of somebody
};

INSTANTIATE_TEST_SUITE_P(On, ReadersTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

TEST_P(ReadersTest, a_parent_is_the_sum_of_its_children_while_things_change) {
  large_ = 2;
  start();
  std::atomic<int> differences = 0, compared = 0, running = readers;
  std::vector<std::thread> threads;
  for (int i = 0; i < readers; ++i) {
    threads.emplace_back([&] {
      read(differences, compared);
      --running;
    });
  }
  int changes = 0;
  while (running > 0 && !HasFailure()) change(changes++);
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(differences, 0);
  EXPECT_GT(compared, readers * reads_each / 2);
  EXPECT_GT(due_, compared);
  EXPECT_GT(changes, 0);
  EXPECT_EQ(index_->compare(connection(), every_unit()), std::vector<std::string>{});
}

}  // namespace

}  // namespace huilu::compliance::testing
