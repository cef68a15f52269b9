// The rules of units as tables: what each change makes of a unit, and every refusal, without a
// database.
#include "org/rules.h"

#include <gtest/gtest.h>

#include "org/history.h"
#include "org/testing.h"

namespace huilu::org::testing {

namespace {

constexpr UnitId self{10};

Unit unit_since(const char* from, std::optional<UnitId> parent = UnitId{1}) {
  Unit unit;
  unit.id = self;
  unit.version = 3;
  unit.span = {day(from), std::nullopt};
  unit.names = {{"甲", unit.span}};
  unit.kinds = {{{"branch", 5, std::nullopt, {}}, unit.span}};
  unit.parents = {{parent, unit.span}};
  return unit;
}

template <class T>
std::string refusals_of(const Result<T>& result) {
  if (result.ok()) return "";
  std::string text;
  for (const auto& refusal : result.refusals()) {
    text += std::string(text.empty() ? "" : "; ") + std::string(kind_of(refusal.code).name) + " " +
            refusal.where;
  }
  return text;
}

std::string text_of(const Dates<std::string>& history) {
  std::string text;
  for (const auto& [value, span] : history) {
    text += value + " " + span.from.text() + (span.until ? ".." + span.until->text() : "..") + "; ";
  }
  return text;
}

Context program() {
  Context context{};
  context.today = day("2026-03-02");
  return context;
}

Context somebody() {
  Context context = program();
  context.account = AccountId{7};
  return context;
}

TEST(History, a_value_holds_until_the_next_recorded_change) {
  Dates<std::string> history = {{"a", {day("2020-01-01"), std::nullopt}}};
  history = changed_from(history, day("2024-01-01"), std::string("b"));
  history = changed_from(history, day("2022-01-01"), std::string("c"));
  EXPECT_EQ(text_of(history),
            "a 2020-01-01..2022-01-01; c 2022-01-01..2024-01-01; b 2024-01-01..; ");
}

TEST(History, equal_neighbours_become_one) {
  Dates<std::string> history = {{"a", {day("2020-01-01"), day("2022-01-01")}},
                                {"b", {day("2022-01-01"), std::nullopt}}};
  history = changed_from(history, day("2022-01-01"), std::string("a"));
  EXPECT_EQ(text_of(history), "a 2020-01-01..; ");
}

TEST(History, what_begins_on_the_closing_day_is_gone) {
  Dates<std::string> history = {{"a", {day("2020-01-01"), day("2022-01-01")}},
                                {"b", {day("2022-01-01"), std::nullopt}}};
  EXPECT_EQ(text_of(ended_on(history, day("2022-01-01"))), "a 2020-01-01..2022-01-01; ");
}

TEST(CreateUnit, collects_every_refusal) {
  CreateUnit change;
  change.name = " ";
  change.kind = {"brnach", 7, "countty", {"Bad Tag"}};
  change.parent = UnitId{1};
  change.seat = PlaceId{5};
  change.code = "1";
  change.from = day("2026-01-01");
  const auto result = decide(change, {}, words(), somebody());
  EXPECT_EQ(refusals_of(result),
            "field_required /name; unknown_word /type; field_range /level; unknown_word /rank; "
            "unknown_word /tags; field_required /code_system; unknown_unit /parent; "
            "unknown_place /seat");
  EXPECT_EQ(result.refusals()[1].expected, "branch");
  EXPECT_EQ(result.refusals()[1].got, "brnach");
}

TEST(CreateUnit, a_root_is_made_by_the_program_only) {
  CreateUnit change;
  change.name = "省委";
  change.kind = {"local_committee", 1, std::nullopt, {}};
  change.from = day("2026-01-01");
  EXPECT_EQ(refusals_of(decide(change, {}, words(), somebody())), "not_permitted /parent");
  EXPECT_TRUE(decide(change, {}, words(), program()).ok());
}

TEST(CreateUnit, its_parent_is_there_over_all_its_life) {
  CreateUnit change;
  change.name = "支部";
  change.kind = {"branch", 5, "none", {"b", "a", "b"}};
  change.parent = UnitId{1};
  change.from = day("2020-01-01");
  CreateFacts facts;
  facts.parent = Standing{UnitId{1}, {day("2021-01-01"), std::nullopt}, ""};
  EXPECT_EQ(refusals_of(decide(change, facts, words(), somebody())), "date_order /parent");
  facts.parent->span = {day("2019-01-01"), day("2025-01-01")};
  EXPECT_EQ(refusals_of(decide(change, facts, words(), somebody())), "unit_closed /parent");
  facts.parent->span.until.reset();
  facts.same_code = UnitId{4};
  change.code = "7";
  change.code_system = "local";
  EXPECT_EQ(refusals_of(decide(change, facts, words(), somebody())), "duplicate /code");
  facts.same_code.reset();
  const auto unit = decide(change, facts, words(), somebody());
  ASSERT_TRUE(unit.ok());
  EXPECT_EQ(unit->kinds[0].value.tags, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(unit->kinds[0].value.rank, std::nullopt);
}

TEST(ChangeUnit, the_version_and_the_day_are_checked_first) {
  const auto closed = [] {
    Unit unit = unit_since("2020-01-01");
    unit.span.until = day("2024-01-01");
    return unit;
  }();
  const RenameUnit old{self, 2, "乙", day("2025-01-01")};
  EXPECT_EQ(refusals_of(decide(old, std::nullopt)), "unknown_unit /unit");
  EXPECT_EQ(refusals_of(decide(old, closed)), "version_conflict /version; unit_closed /date");
  EXPECT_EQ(refusals_of(decide(RenameUnit{self, 3, "乙", day("2019-12-31")}, closed)),
            "date_order /date");
  EXPECT_EQ(refusals_of(decide(RenameUnit{self, 3, "甲", day("2023-01-01")}, closed)),
            "field_range /name");
}

TEST(MoveUnit, refuses_circles_of_any_day_and_parents_that_close) {
  const Unit unit = unit_since("2020-01-01");
  MoveUnit change{self, 3, UnitId{1}, UnitId{20}, day("2026-03-02")};
  MoveFacts facts;
  EXPECT_EQ(refusals_of(decide(change, unit, facts, somebody())), "unknown_unit /parent");
  facts.to = Standing{UnitId{20}, {day("2020-01-01"), std::nullopt}, ""};
  EXPECT_TRUE(decide(change, unit, facts, somebody()).ok());

  // From May on 20 stands below 10.
  facts.above.add({UnitId{20}, UnitId{1}, {day("2020-01-01"), day("2026-05-01")}});
  facts.above.add({UnitId{20}, UnitId{30}, {day("2026-05-01"), std::nullopt}});
  facts.above.add({UnitId{30}, self, {day("2020-01-01"), std::nullopt}});
  EXPECT_EQ(refusals_of(decide(change, unit, facts, somebody())), "unit_cycle /parent");
  Unit until_april = unit;
  until_april.parents = {{UnitId{1}, {day("2020-01-01"), day("2026-04-01")}},
                         {UnitId{2}, {day("2026-04-01"), std::nullopt}}};
  EXPECT_TRUE(decide(change, until_april, facts, somebody()).ok());

  facts.to->span.until = day("2027-01-01");
  facts.above = {};
  EXPECT_EQ(refusals_of(decide(change, unit, facts, somebody())), "unit_closed /parent");
  change.from = UnitId{2};
  EXPECT_EQ(refusals_of(decide(change, unit, facts, somebody())),
            "version_conflict /parent; unit_closed /parent");
  change = {self, 3, UnitId{1}, self, day("2026-03-02")};
  facts.to = Standing{self, {day("2020-01-01"), std::nullopt}, ""};
  EXPECT_EQ(refusals_of(decide(change, unit, facts, somebody())), "unit_cycle /parent");
  change.to.reset();
  EXPECT_EQ(refusals_of(decide(change, unit, facts, somebody())), "not_permitted /parent");
}

TEST(RelateUnit, what_a_unit_has_once_is_replaced_and_the_rest_is_added) {
  const Interval always{day("2000-01-01"), std::nullopt};
  Unit unit = unit_since("2020-01-01");
  const auto relate = [&](RelationKind kind, Target target, const char* date) {
    auto next =
        decide(RelateUnit{self, unit.version, kind, target, day(date)}, unit, RelateFacts{always});
    std::string refusals = refusals_of(next);
    if (next.ok()) unit = std::move(*next);
    for (auto& relation : unit.relations) {
      if (relation.id == 0) relation.id = static_cast<std::int64_t>(unit.relations.size());
    }
    return refusals;
  };
  using enum RelationKind;
  EXPECT_EQ(relate(seated_in, {{}, PlaceId{1}, {}}, "2020-01-01"), "");
  EXPECT_EQ(relate(seated_in, {{}, PlaceId{2}, {}}, "2024-01-01"), "");
  EXPECT_EQ(seat_on(unit, day("2023-12-31")), PlaceId{1});
  EXPECT_EQ(seat_on(unit, day("2024-01-01")), PlaceId{2});
  EXPECT_EQ(relate(seated_in, {{}, PlaceId{3}, {}}, "2024-01-01"), "");
  EXPECT_EQ(seat_on(unit, day("2024-01-01")), PlaceId{3});
  EXPECT_EQ(relate(seated_in, {{}, PlaceId{4}, {}}, "2022-01-01"), "");
  EXPECT_EQ(seat_on(unit, day("2021-12-31")), PlaceId{1});
  EXPECT_EQ(seat_on(unit, day("2022-01-01")), PlaceId{4});
  EXPECT_EQ(seat_on(unit, day("2024-01-01")), PlaceId{3});
  EXPECT_EQ(relate(guided_by, {UnitId{5}, {}, {}}, "2024-01-01"), "");
  EXPECT_EQ(relate(guided_by, {UnitId{6}, {}, {}}, "2024-01-01"), "");
  EXPECT_EQ(relate(guided_by, {UnitId{6}, {}, {}}, "2025-01-01"), "duplicate /target");
  EXPECT_EQ(relate(guided_by, {self, {}, {}}, "2025-01-01"), "unit_cycle /target");
  EXPECT_EQ(relate(guided_by, {{}, PlaceId{6}, {}}, "2025-01-01"), "field_type /target");
}

TEST(CloseUnit, nothing_may_be_left_hanging) {
  const Unit unit = unit_since("2020-01-01");
  const CloseUnit change{self, 3, day("2026-03-02")};
  EXPECT_EQ(refusals_of(decide(change, unit, {2, 5, {day("2026-03-02")}})),
            "unit_has_children /unit; unit_has_members /unit; date_order /date");
  const auto closed = decide(change, unit, {0, 0, {day("2026-03-01")}});
  ASSERT_TRUE(closed.ok());
  EXPECT_EQ(closed->span.until, day("2026-03-02"));
  EXPECT_EQ(closed->parents[0].span.until, day("2026-03-02"));
  EXPECT_EQ(refusals_of(decide(CloseUnit{self, 3, day("2020-01-01")}, unit, {})),
            "date_order /date");
}

TEST(NextChange, is_the_first_day_on_which_todays_copy_is_old) {
  Unit unit = unit_since("2020-01-01");
  EXPECT_EQ(next_change(unit, day("2026-03-02")), std::nullopt);
  unit.names = changed_from(unit.names, day("2026-06-01"), std::string("乙"));
  unit.parents = changed_from(unit.parents, day("2026-05-01"), std::optional(UnitId{2}));
  EXPECT_EQ(next_change(unit, day("2026-03-02")), day("2026-05-01"));
  EXPECT_EQ(next_change(unit, day("2026-05-01")), day("2026-06-01"));
  EXPECT_EQ(next_change(unit, day("2026-06-01")), std::nullopt);
}

}  // namespace

}  // namespace huilu::org::testing
