#include "matter/look_backs.h"

#include <gtest/gtest.h>

#include "matter/rules.h"
#include "matter/testing.h"
#include "store/explaining.h"

namespace huilu::matter {
namespace {

using obligation::DeedKind;
using testing::MatterTest;

// A matter that was struck off by the head on the day of the tests, 2026-03-05.
class LookBackTest : public MatterTest {
 protected:
  MatterId settled() {
    const MatterId id = must_open();
    EXPECT_EQ(told(move(owner, id, "claim", claim())), "done");
    EXPECT_EQ(told(move(head, id, "close")), "done");
    return id;
  }

  command::Outcome look_back(AccountId who, MatterId id, std::string found, std::string seen) {
    AskedDeed asked;
    asked.kind = DeedKind::looked_back;
    asked.found = std::move(found);
    return deed(who, id, std::move(asked), std::move(seen));
  }

  // "look_back 2026-04-06 u3", one a line.
  std::string waits(MatterId id) {
    std::string lines;
    for (const auto& [matter, waits] : kept_waits(connection(), {id})) {
      for (const auto& one : waits) {
        lines += std::string(obligation::wait_kind_words[static_cast<std::size_t>(one.kind)]) +
                 " " + one.from.text() + " " + one.unit.text() + one.post + "\n";
      }
    }
    return lines;
  }

  // "2 settled, 1 awaited, 0 due, 0 missed, 1 relapsed"
  std::string counts(Date day, int small_units = 256) {
    const auto count = look_back_count(connection(), enactment::testing::path_of(1), "trial/issue",
                                       day, small_units);
    std::string text = std::to_string(count.settled) + " settled, " +
                       std::to_string(count.awaited) + " awaited, " + std::to_string(count.due) +
                       " due, " + std::to_string(count.missed) + " missed";
    for (const auto& [found, times] : count.found)
      text += ", " + std::to_string(times) + " " + found;
    return text;
  }
};

INSTANTIATE_TEST_SUITE_P(On, LookBackTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

TEST_P(LookBackTest, whoever_settled_it_and_the_responsible_unit_do_not_look_back) {
  const MatterId id = settled();
  EXPECT_EQ(told(look_back(owner, id, "relapsed", "again")), "role_required /outcome");
  EXPECT_EQ(told(look_back(head, id, "relapsed", "again")), "move_same_person /outcome");
  EXPECT_EQ(told(look_back(asker, id, "relapsed", "again")), "role_required /outcome");
  EXPECT_EQ(told(look_back(lead, id, "holds", "still so")), "field_range /outcome");
  EXPECT_EQ(told(look_back(lead, id, "partly", "half")), "unknown_word /outcome");
  EXPECT_EQ(told(look_back(lead, id, "relapsed", " ")), "field_required /reason");
  EXPECT_EQ(told(move(lead, id, "relapse")), "move_needs /move");
  EXPECT_EQ(told(look_back(lead, must_open(), "relapsed", "again")), "wrong_state /outcome");
}

TEST_P(LookBackTest, what_relapsed_is_taken_up_again_and_looked_back_at_anew) {
  const MatterId id = settled();
  EXPECT_EQ(waits(id), "look_back 2026-04-06 u3\nlook_back 2026-04-06 u2secretary\n");
  EXPECT_EQ(counts(Date::of(2026, 4, 5)), "1 settled, 1 awaited, 0 due, 0 missed");
  EXPECT_EQ(counts(Date::of(2026, 4, 6)), "1 settled, 0 awaited, 1 due, 0 missed");
  EXPECT_EQ(counts(Date::of(2026, 4, 7)), "1 settled, 0 awaited, 1 due, 1 missed");
  ASSERT_EQ(told(look_back(lead, id, "relapsed", "broken again")), "done");
  EXPECT_EQ(kinds().back(), "matter_looked_back");
  EXPECT_EQ(waits(id), "move 2026-03-05 u3\n");
  EXPECT_EQ(counts(Date::of(2026, 4, 7)), "1 settled, 0 awaited, 0 due, 0 missed, 1 relapsed");
  const auto history = history_of(connection(), id);
  ASSERT_TRUE(history.back().deed);
  EXPECT_EQ(history.back().deed->found, "relapsed");
  EXPECT_EQ(history.back().reason, "broken again");
  EXPECT_EQ(history.back().matter.state, "closed");
  ASSERT_EQ(told(move(lead, id, "relapse")), "done");
  EXPECT_EQ(told(move(owner, id, "claim", claim())), "done");
  EXPECT_EQ(told(move(head, id, "close")), "done");
  EXPECT_EQ(told(move(lead, id, "relapse")), "move_needs /move");
  EXPECT_EQ(counts(Date::of(2026, 3, 6)), "2 settled, 1 awaited, 0 due, 0 missed, 1 relapsed");
  EXPECT_EQ(counts(Date::of(2026, 3, 6), 0), counts(Date::of(2026, 3, 6)));
  EXPECT_EQ(damages(verify(connection())), "");
  connection().execute("update matter_look_back set found = 'holds' where n = 1");
  EXPECT_NE(damages(verify(connection())), "");
}

TEST_P(LookBackTest, what_nobody_has_looked_at_is_listed_by_its_day) {
  const MatterId first = settled(), second = settled(), third = settled();
  ASSERT_EQ(told(look_back(lead, second, "not_done", "never was")), "done");
  LookBackFilter filter;
  filter.path = enactment::testing::path_of(1);
  filter.limit = 1;
  for (const int small_units : {256, 0}) {
    filter.small_units = small_units;
    filter.cursor.clear();
    filter.due_before = Date::of(2026, 4, 7);
    const auto page = open_look_backs(connection(), filter);
    ASSERT_TRUE(page.ok());
    ASSERT_EQ(page->items.size(), 1U);
    EXPECT_EQ(page->items[0].matter, first);
    EXPECT_EQ(page->items[0].due, "2026-04-06");
    filter.cursor = page->next_cursor;
    const auto next = open_look_backs(connection(), filter);
    ASSERT_EQ(next->items.size(), 1U);
    EXPECT_EQ(next->items[0].matter, third);
    EXPECT_EQ(next->next_cursor, "");
    filter.cursor.clear();
    filter.due_before = Date::of(2026, 4, 6);
    EXPECT_TRUE(open_look_backs(connection(), filter)->items.empty());
  }
  filter.cursor = "x";
  EXPECT_FALSE(open_look_backs(connection(), filter).ok());
}

TEST_P(LookBackTest, every_read_is_by_an_index) {
  settled();
  store::testing::Explaining explaining(database().connect(store::Access::read));
  for (const int small_units : {256, 0}) {
    look_back_count(explaining, enactment::testing::path_of(1), "trial/issue", Date::of(2026, 4, 7),
                    small_units);
    LookBackFilter filter;
    filter.path = enactment::testing::path_of(1);
    filter.small_units = small_units;
    EXPECT_TRUE(open_look_backs(explaining, filter).ok());
    filter.type = "trial/issue";
    filter.due_before = Date::of(2026, 4, 7);
    EXPECT_TRUE(open_look_backs(explaining, filter).ok());
  }
  EXPECT_EQ(explaining.scans(), std::vector<std::string>());
}

}  // namespace
}  // namespace huilu::matter
