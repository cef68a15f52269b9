// Two matters that are the same become one and two again, and matters are grouped, on both stores.
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "matter/grouping.h"
#include "matter/testing.h"
#include "store/explaining.h"

namespace huilu::matter {
namespace {

using testing::MatterTest;

class MergeTest : public MatterTest {
 protected:
  MatterId report(Value raised, std::optional<Date> due = {}) {
    NewMatter asked{"trial/report", UnitId{4}, {}, {}, {}};
    asked.change.fields = Value::object({{"what", "dark"}, {"raised", std::move(raised)}});
    asked.change.due = due;
    return id_in<MatterId>(run(owner, OpenMatter(facts(), pack_, std::move(asked))));
  }

  std::unique_ptr<MoveMatter> merging(MatterId id, const std::string& move,
                                      std::optional<MatterId> into) {
    obligation::Change change;
    change.into = into;
    auto of = read(id);
    auto survivor = survivor_of(of, move, change, packs_);
    const auto seen = of.stored.now.version;
    return std::make_unique<MoveMatter>(std::move(of), move, std::move(change), seen, owner,
                                        enactment::testing::day, clock_.now(), std::move(survivor));
  }
  command::Outcome merge(MatterId id, MatterId into) { return send(merging(id, "merge", into)); }
  command::Outcome part(MatterId id) { return send(merging(id, "part", {})); }
  command::Outcome send(std::unique_ptr<command::Command> command) {
    auto outcome = road().run(std::move(command), {owner, "", ""});
    EXPECT_EQ(outcome.fault, "");
    return outcome;
  }

  std::unique_ptr<GroupMatter> grouping(MatterId id, std::optional<MatterId> parent) {
    auto of = read(id);
    const auto seen = of.stored.now.version;
    return std::make_unique<GroupMatter>(std::move(of), AskedGroup{parent, UnitId{4}, "alike"},
                                         seen);
  }
  command::Outcome group(MatterId id, std::optional<MatterId> parent) {
    return send(grouping(id, parent));
  }

  const Matter now(MatterId id) { return find(connection(), id)->now.matter; }

  // Both at once; how many were done, and the refusals of the others.
  template <class CommandType>
  std::string race(std::unique_ptr<CommandType> one, std::unique_ptr<CommandType> other) {
    command::Outcome first, second;
    std::thread thread([&] { first = road().run(std::move(one), {owner, "", ""}); });
    second = road().run(std::move(other), {owner, "", ""});
    thread.join();
    EXPECT_EQ(first.fault + second.fault, "");
    const bool is_first = first.refusals.empty();
    return std::string(is_first != second.refusals.empty() ? "one, " : "not one, ") +
           told(is_first ? second : first);
  }

  const std::vector<policy::Pack> packs_ = {pack_};
};

INSTANTIATE_TEST_SUITE_P(On, MergeTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

TEST_P(MergeTest, one_entry_has_a_version_of_either_and_everybody_who_raised_it) {
  const MatterId first = report(Value::List{"p7", "p8"}, Date::of(2026, 4, 30));
  const MatterId second = report(Value::List{"p8", "p9"}, Date::of(2026, 3, 31));
  ASSERT_EQ(told(merge(second, first)), "done");
  EXPECT_EQ(kinds().back(), "matter_merged_in");
  EXPECT_EQ(now(second).into, first);
  EXPECT_EQ(now(second).outcome, "duplicate");
  EXPECT_EQ(find(connection(), second)->next_due, std::nullopt);
  EXPECT_EQ(now(first).due, Date::of(2026, 3, 31));
  EXPECT_EQ(find(connection(), first)->first_due, Date::of(2026, 4, 30));
  EXPECT_EQ(*now(first).fields.find("raised"), Value(Value::List{"p7", "p8", "p9"}));
  EXPECT_EQ(find(connection(), first)->now.seq, find(connection(), second)->now.seq);
  EXPECT_EQ(damages(verify(connection())), "");
  ASSERT_EQ(told(part(second)), "done");
  EXPECT_EQ(kinds().back(), "matter_merge_undone");
  EXPECT_EQ(now(second).into, std::nullopt);
  EXPECT_EQ(now(first).due, Date::of(2026, 4, 30));
  EXPECT_EQ(*now(first).fields.find("raised"), Value(Value::List{"p7", "p8"}));
  EXPECT_EQ(told(part(second)), "wrong_state /move");
  EXPECT_EQ(damages(verify(connection())), "");
}

TEST_P(MergeTest, several_are_merged_into_one_whichever_is_first) {
  const MatterId stays = report(Value::List{"p7"});
  const MatterId first = report(Value::List{"p8"}), second = report(Value::List{"p9"});
  // Both were read before either was merged.
  auto one = merging(first, "merge", stays), other = merging(second, "merge", stays);
  EXPECT_EQ(told(send(std::move(one))), "done");
  EXPECT_EQ(told(send(std::move(other))), "done");
  EXPECT_EQ(*now(stays).fields.find("raised"), Value(Value::List{"p7", "p8", "p9"}));
  EXPECT_EQ(merged_into(connection(), {stays})[stays].size(), 2U);
  EXPECT_EQ(hanging_on(connection(), {stays})[stays].merged, 2);
}

TEST_P(MergeTest, what_would_be_too_much_is_refused_where_it_would_stand) {
  const MatterId stays = report(Value::List{"p7", "p8"});
  connection().execute("insert into person (id, name) values (10, 'd')");
  const MatterId other = report(Value::List{"p9", "p10"});
  EXPECT_EQ(told(merge(other, stays)), "field_range /into/fields/raised");
}

TEST_P(MergeTest, of_two_that_are_merged_into_each_other_at_once_one_is_done) {
  for (int i = 0; i < 8; ++i) {
    const MatterId first = report(Value::List{"p7"}), second = report(Value::List{"p8"});
    const std::string said = race(merging(first, "merge", second), merging(second, "merge", first));
    // Whoever comes second finds that his was taken in, or moved.
    EXPECT_TRUE(said == "one, matter_moved /version" || said == "one, merge_settled /into" ||
                said == "one, wrong_state /move")
        << said;
    EXPECT_NE(now(first).into.has_value(), now(second).into.has_value());
  }
  EXPECT_EQ(damages(verify(connection())), "");
}

TEST_P(MergeTest, is_undone_only_while_the_other_is_open) {
  const MatterId stays = report(Value::List{"p7"}), other = report(Value::List{"p8"});
  ASSERT_EQ(told(merge(other, stays)), "done");
  ASSERT_EQ(told(move(owner, stays, "close")), "done");
  EXPECT_EQ(told(part(other)), "merge_settled /into");
  ASSERT_EQ(told(move(owner, stays, "reopen")), "done");
  EXPECT_EQ(told(part(other)), "done");
}

TEST_P(MergeTest, verify_finds_a_side_that_says_otherwise) {
  const MatterId stays = report(Value::List{"p7"}), other = report(Value::List{"p8"});
  const MatterId third = report(Value::List{"p9"});
  ASSERT_EQ(told(merge(other, stays)), "done");
  ASSERT_EQ(damages(verify(connection())), "");
  connection().execute("update matter set merged_into = ?2 where id = ?1", {other, third});
  EXPECT_NE(damages(verify(connection())), "");
  connection().execute("update matter set merged_into = ?2 where id = ?1", {other, stays});
  ASSERT_EQ(damages(verify(connection())), "");
  connection().execute("delete from matter_version where matter = ?1 and deed = 'merged_in'",
                       {stays});
  const auto found = verify(connection());
  EXPECT_TRUE(std::ranges::any_of(found, [](const journal::Damage& one) {
    return one.what.find("two sides") != std::string::npos;
  }));
}

TEST_P(MergeTest, are_grouped_below_one_and_taken_out_again) {
  const MatterId parent = report(Value::List{}),
                 first = report(Value::List{}, Date::of(2026, 3, 1)),
                 second = report(Value::List{});
  EXPECT_EQ(told(group(first, parent)), "done");
  EXPECT_EQ(told(group(second, parent)), "done");
  EXPECT_EQ(kinds().back(), "matter_edited");
  EXPECT_EQ(told(group(first, second)), "group_taken /parent");
  EXPECT_EQ(told(group(parent, first)), "group_cycle /parent");
  EXPECT_EQ(told(group(parent, parent)), "group_cycle /parent");
  EXPECT_EQ(told(group(parent, MatterId{99999})), "unknown_matter /parent");
  BelowFilter filter{parent, {}, {}, 1, ""};
  const auto page = page_below(connection(), filter);
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(page->items.at(0).now.matter.id, first);
  filter.cursor = page->next_cursor;
  EXPECT_EQ(page_below(connection(), filter)->items.at(0).now.matter.id, second);
  filter.cursor = "x";
  EXPECT_FALSE(page_below(connection(), filter).ok());
  ASSERT_EQ(told(move(owner, second, "close")), "done");
  const auto counts = counts_below(connection(), parent, enactment::testing::day);
  ASSERT_EQ(counts.size(), 2U);
  EXPECT_EQ(counts[0].outcome + std::to_string(counts[0].all) + std::to_string(counts[0].overdue),
            "11");
  EXPECT_EQ(counts[1].outcome + std::to_string(counts[1].all), "solved1");
  EXPECT_EQ(told(group(second, {})), "wrong_state");
  EXPECT_EQ(told(group(first, {})), "done");
  EXPECT_EQ(told(group(first, {})), "wrong_state /parent");
  EXPECT_EQ(damages(verify(connection())), "");
}

TEST_P(MergeTest, of_two_that_are_put_below_each_other_at_once_one_is_done) {
  for (int i = 0; i < 8; ++i) {
    const MatterId first = report(Value::List{}), second = report(Value::List{});
    const std::string said = race(grouping(first, second), grouping(second, first));
    EXPECT_TRUE(said == "one, group_cycle /parent" || said == "one, matter_moved /version") << said;
  }
}

TEST_P(MergeTest, what_is_below_and_what_was_merged_are_read_by_an_index) {
  const MatterId parent = report(Value::List{});
  store::testing::Explaining explaining(database().connect(store::Access::read));
  EXPECT_TRUE(page_below(explaining, {parent, std::string("solved"), {}, 5, ""}).ok());
  EXPECT_TRUE(counts_below(explaining, parent, enactment::testing::day).empty());
  EXPECT_TRUE(hanging_on(explaining, {parent}).empty());
  EXPECT_TRUE(merged_into(explaining, {parent}).empty());
  Filter filter;
  filter.path = enactment::testing::path_of(1);
  filter.into = parent;
  EXPECT_TRUE(list(explaining, filter).ok());
  EXPECT_EQ(explaining.scans(), std::vector<std::string>());
}

}  // namespace
}  // namespace huilu::matter
