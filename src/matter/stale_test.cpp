#include <gtest/gtest.h>

#include "matter/testing.h"
#include "matter/waits.h"
#include "store/explaining.h"

namespace huilu::matter {
namespace {

using testing::MatterTest;

class StaleTest : public MatterTest {
 protected:
  // A matter that the lead unit has looked through.
  MatterId reviewed() {
    const MatterId id = must_open();
    EXPECT_EQ(told(move(owner, id, "claim", claim())), "done");
    EXPECT_EQ(told(move(lead, id, "look")), "done");
    return id;
  }

  bool is_stale(MatterId id) { return find(connection(), id)->is_stale; }

  // The ids of those that are, by either order.
  std::vector<MatterId> listed(Sort sort, const Reading& reading = {}) {
    Filter filter;
    filter.path = enactment::testing::path_of(1);
    filter.stale = true;
    filter.sort = sort;
    std::vector<MatterId> ids;
    const auto page = list(connection(), filter, reading);
    for (const auto& one : page->items) ids.push_back(one.now.matter.id);
    return ids;
  }
};

INSTANTIATE_TEST_SUITE_P(On, StaleTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

TEST_P(StaleTest, what_changes_after_its_review_is_stale_until_it_is_reviewed_again) {
  const MatterId id = reviewed();
  EXPECT_FALSE(is_stale(id));
  ASSERT_EQ(told(edit(id, with(Value::object({{"what", "another road"}})))), "done");
  EXPECT_FALSE(is_stale(id));
  ASSERT_EQ(told(edit(id, with(Value::object({{"done", "mended twice"}})))), "done");
  EXPECT_TRUE(is_stale(id));
  EXPECT_EQ(told(move(head, id, "finish")), "move_needs /move");
  EXPECT_EQ(damages(verify(connection())), "");
  ASSERT_EQ(told(move(lead, id, "look")), "done");
  EXPECT_FALSE(is_stale(id));
  EXPECT_EQ(told(move(head, id, "finish")), "done");
  EXPECT_FALSE(is_stale(id));
}

TEST_P(StaleTest, what_nobody_reviewed_is_neither_stale_nor_unchanged) {
  const MatterId id = must_open();
  ASSERT_EQ(told(move(owner, id, "claim", claim())), "done");
  EXPECT_FALSE(is_stale(id));
  EXPECT_EQ(told(move(head, id, "finish")), "move_needs /move");
}

TEST_P(StaleTest, the_responsible_unit_does_not_review_and_evidence_of_the_last_move_is_its_own) {
  const MatterId id = must_open();
  ASSERT_EQ(told(move(owner, id, "claim", with(Value::object({{"done", "x"}}), {FileId{50}}))),
            "done");
  EXPECT_EQ(told(move(owner, id, "look")), "role_required /move");
  ASSERT_EQ(told(move(lead, id, "look")), "done");
  connection().execute(
      "insert into file (id, sha256, size, media_type, name, account, at, seq) "
      "values (51, ?1, 1, 't', 'n', 1, 1, 1)",
      {store::Bytes{std::string(32, 'y')}});
  ASSERT_EQ(told(move(head, id, "finish", with(Value(Value::Object{}), {FileId{51}}))), "done");
  EXPECT_FALSE(is_stale(id));
}

TEST_P(StaleTest, they_are_listed_in_either_order_by_an_index) {
  const MatterId first = reviewed(), second = reviewed(), third = reviewed();
  for (const MatterId id : {first, third})
    ASSERT_EQ(told(edit(id, with(Value::object({{"done", "otherwise"}})))), "done");
  (void)second;
  Reading walked;
  walked.small_units = 0;
  for (const Reading& reading : {Reading{}, walked}) {
    EXPECT_EQ(listed(Sort::newest, reading), (std::vector<MatterId>{third, first}));
    EXPECT_EQ(listed(Sort::due, reading), (std::vector<MatterId>{first, third}));
  }
  store::testing::Explaining explaining(database().connect(store::Access::read));
  Filter filter;
  filter.path = enactment::testing::path_of(1);
  filter.stale = true;
  for (const Sort sort : {Sort::newest, Sort::due}) {
    filter.sort = sort;
    EXPECT_TRUE(list(explaining, filter, walked).ok());
  }
  EXPECT_EQ(explaining.scans(), std::vector<std::string>());
}

TEST_P(StaleTest, verify_finds_a_mark_that_no_review_gave) {
  const MatterId id = must_open();
  connection().execute("update matter set stale = 1 where id = ?1", {id});
  EXPECT_NE(damages(verify(connection())), "");
}

}  // namespace
}  // namespace huilu::matter
