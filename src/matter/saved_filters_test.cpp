#include "matter/saved_filters.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "matter/queries.h"
#include "matter/testing.h"
#include "store/explaining.h"

namespace huilu::matter {
namespace {

using command::Permission;
using enactment::testing::path_of;
using testing::MatterTest;

class SavedFilterTest : public MatterTest {
 protected:
  void SetUp() override {
    MatterTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    for (const AccountId one : {owner, lead})
      gate_.permit(one,
                   {Permission::matter_read, Permission::matter_open, Permission::matter_change});
  }

  static NewFilter named(std::string name, std::optional<UnitId> unit = {}) {
    return {std::move(name), unit, Value::object({{"text", "road"}})};
  }
  SavedFilterId must_save(AccountId who, NewFilter asked) {
    return id_in<SavedFilterId>(run(who, SaveFilter(std::move(asked), who)));
  }
  SavedFilter saved(SavedFilterId id) { return find_saved_filter(connection(), id).value(); }
  std::string names_for(AccountId who, std::optional<UnitId> unit) {
    std::string names;
    for (const auto& one : saved_filters(connection(), who, unit)) names += one.said.name + " ";
    return names;
  }
};

TEST_P(SavedFilterTest, those_of_the_account_come_first_and_then_what_is_shared_with_the_unit) {
  must_save(lead, named("shared", UnitId{2}));
  must_save(lead, named("private"));
  must_save(owner, named("mine", UnitId{2}));
  EXPECT_EQ(names_for(owner, UnitId{2}), "mine shared ");
  EXPECT_EQ(names_for(owner, UnitId{3}), "mine ");
  EXPECT_EQ(names_for(lead, {}), "shared private ");
  EXPECT_EQ(damages(verify(connection())), "");
}

TEST_P(SavedFilterTest, a_name_is_there_once_and_only_so_many_are_kept) {
  const auto id = must_save(owner, named("  late "));
  EXPECT_EQ(saved(id).said.name, "late");
  EXPECT_EQ(told(run(owner, SaveFilter(named("late"), owner))), "duplicate /name");
  EXPECT_EQ(told(run(owner, SaveFilter(named(""), owner))), "field_required /name");
  EXPECT_EQ(run(owner, ChangeFilter(saved(id), named("late", UnitId{2}), 1, owner)).refusals.size(),
            0U);
  for (std::size_t i = 1; i < filters_of_account_max; ++i) {
    must_save(owner, named("n" + std::to_string(i)));
  }
  EXPECT_EQ(told(run(owner, SaveFilter(named("one too many"), owner))), "field_range");
}

TEST_P(SavedFilterTest, who_is_second_is_told_and_others_change_nothing) {
  const auto id = must_save(owner, named("late"));
  const auto before = saved(id);
  run(owner, ChangeFilter(before, named("very late"), 1, owner));
  EXPECT_EQ(told(run(owner, ChangeFilter(before, named("x"), 1, owner))),
            "version_conflict /version");
  EXPECT_EQ(told(run(lead, ChangeFilter(saved(id), named("x"), 2, lead))), "not_permitted");
  EXPECT_EQ(told(run(lead, RemoveFilter(saved(id), 2, lead))), "not_permitted");
  EXPECT_EQ(saved(id).said.name, "very late");
}

TEST_P(SavedFilterTest,
       what_is_taken_off_a_list_stays_with_who_saved_it_and_what_is_removed_is_gone) {
  const auto id = must_save(owner, named("late", UnitId{2}));
  EXPECT_EQ(told(run(lead, RemoveFilter(saved(id), 1, lead))), "done");
  EXPECT_EQ(names_for(lead, UnitId{2}), "");
  EXPECT_EQ(names_for(owner, {}), "late ");
  EXPECT_EQ(told(run(owner, RemoveFilter(saved(id), 2, owner))), "done");
  EXPECT_FALSE(find_saved_filter(connection(), id));
  EXPECT_EQ(names_for(owner, {}), "");
  EXPECT_EQ(damages(verify(connection())), "");
  connection().execute("update saved_filter set content = '{}' where id = ?1", {id});
  EXPECT_NE(damages(verify(connection())), "");
}

TEST_P(SavedFilterTest, no_list_of_them_reads_the_table_from_end_to_end) {
  const auto id = must_save(owner, named("late", UnitId{2}));
  store::testing::Explaining explaining(database().connect(store::Access::read));
  saved_filters(explaining, owner, UnitId{2});
  find_saved_filter(explaining, id);
  EXPECT_EQ(explaining.scans(), std::vector<std::string>());
}

TEST_P(SavedFilterTest, what_a_caller_keeps_comes_in_pages_that_look_at_so_many) {
  std::vector<MatterId> all;
  for (unsigned month = 4; month <= 9; ++month) {
    all.push_back(id_in<MatterId>(open(fields(), Date::of(2026, month, 1))));
  }
  const auto every_second = [&](const Stored& one) { return one.now.matter.id.value % 2 == 0; };
  for (const Sort sort : {Sort::newest, Sort::due}) {
    for (const int searched : {1, 2, 4000}) {
      Reading reading;
      reading.searched = searched;
      Filter filter;
      filter.path = path_of(2);
      filter.sort = sort;
      filter.limit = 2;
      std::set<MatterId> found;
      int pages = 0;
      do {
        const auto page = list_those(connection(), filter, every_second, reading);
        ASSERT_TRUE(page.ok());
        EXPECT_LE(page->items.size(), 2U);
        for (const auto& one : page->items) EXPECT_TRUE(found.insert(one.now.matter.id).second);
        filter.cursor = page->next_cursor;
        ASSERT_LT(++pages, 20);
      } while (!filter.cursor.empty());
      const auto wanted =
          std::ranges::count_if(all, [](const MatterId id) { return id.value % 2 == 0; });
      EXPECT_EQ(found.size(), static_cast<std::size_t>(wanted));
    }
  }
}

TEST_P(SavedFilterTest, matters_are_counted_for_each_child_and_for_the_unit_alone) {
  open(fields(), Date::of(2026, 4, 1));
  open(fields());
  for (const Reading& reading : {Reading{}, Reading{0, 2, 0, 1000}}) {
    const auto from_top =
        counts_by_child(connection(), path_of(1), {"trial/issue"}, Date::of(2026, 6, 1), reading);
    ASSERT_EQ(from_top.size(), 1U);
    EXPECT_EQ(from_top.at(path_of(2)).at("trial/issue").at("open").all, 2);
    EXPECT_EQ(from_top.at(path_of(2)).at("trial/issue").at("open").overdue, 1);
    const auto own =
        counts_by_child(connection(), path_of(4), {"trial/issue"}, Date::of(2026, 6, 1), reading);
    EXPECT_EQ(own.at(path_of(4)).at("trial/issue").at("open").all, 2);
    store::testing::Explaining explaining(database().connect(store::Access::read));
    counts_by_child(explaining, path_of(1), {"trial/issue"}, Date::of(2026, 6, 1), reading);
    child_counts(explaining, {MatterId{1}, MatterId{2}});
    EXPECT_EQ(explaining.scans(), std::vector<std::string>());
  }
  Filter own;
  own.path = path_of(2);
  own.own = true;
  EXPECT_TRUE(list(connection(), own)->items.empty());
  own.path = path_of(4);
  EXPECT_EQ(list(connection(), own)->items.size(), 2U);
}

INSTANTIATE_TEST_SUITE_P(On, SavedFilterTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

}  // namespace
}  // namespace huilu::matter
