// Signed steps reach units, which acknowledge them or are silent.
#include <gtest/gtest.h>

#include "obligation/clock_testing.h"
#include "obligation/waiting.h"

namespace huilu::obligation {
namespace {

using testing::codes;
using testing::laddered;
using testing::with_unit;
using testing::worker;

constexpr std::string_view acknowledged =
    "{rung: high, title: t, at: {workdays: 3}, propose: supervise, signed_by: office, "
    "acknowledge: {by: [owner], within: {workdays: 2}}}, "
    "{rung: silent, title: t, at: {unacknowledged: high}, propose: interview, signed_by: office}";

Deed signed_to(std::vector<UnitId> units) {
  Deed deed{DeedKind::step_signed, "a", "high", 1};
  deed.units = std::move(units);
  return deed;
}

Deed acknowledged_by(UnitId unit) {
  Deed deed{DeedKind::step_acknowledged, "a", "high", 1};
  deed.units = {unit};
  return deed;
}

TEST(Step, is_acknowledged_once_by_each_unit_that_it_reached) {
  auto told = with_unit(laddered(std::string(acknowledged)));
  told.on("2024-03-01", "fixing");
  const auto says = [&](std::string_view today, std::string_view rung, std::optional<UnitId> unit,
                        const Actor& actor) {
    return codes(check_acknowledging(told.life(today), "a", rung, unit, actor).refusals);
  };
  EXPECT_EQ(says("2024-03-14", "high", {}, worker()), "wrong_state/rung");
  const auto* const high = told.life("2024-03-14").type.find_rung("a", "high");
  EXPECT_EQ(reached_by(told.life("2024-03-14"), told.matter(), *high), std::vector{UnitId{1}});
  told.on("2024-03-14", "fixing", signed_to({UnitId{1}, UnitId{2}}));
  EXPECT_EQ(reached_so_far(*told.life("2024-03-14").history), (std::vector{UnitId{1}, UnitId{2}}));
  EXPECT_EQ(told.at("2024-03-14").rungs.at(0).acknowledge_by->text(), "2024-03-18");
  Actor both = worker();
  both.units.push_back(UnitId{2});
  EXPECT_EQ(says("2024-03-14", "high", {}, worker()), "");
  EXPECT_EQ(says("2024-03-14", "high", {}, both), "field_required/unit");
  EXPECT_EQ(says("2024-03-14", "high", UnitId{2}, both), "");
  EXPECT_EQ(says("2024-03-14", "high", UnitId{2}, worker()), "role_required/rung");
  EXPECT_EQ(says("2024-03-14", "high", UnitId{3}, both), "unknown_unit/unit");
  EXPECT_EQ(says("2024-03-14", "high", {}, {}), "role_required/rung");
  EXPECT_EQ(says("2024-03-14", "silent", {}, worker()), "wrong_state/rung");
  EXPECT_EQ(says("2024-03-14", "hgih", {}, worker()), "unknown_word/rung");
  told.on("2024-03-15", "fixing", acknowledged_by(UnitId{1}));
  EXPECT_EQ(says("2024-03-15", "high", {}, worker()), "wrong_state/rung");
  EXPECT_EQ(says("2024-03-15", "high", {}, both), "");
  const auto receipts = told.at("2024-03-15").rungs.at(0).receipts;
  EXPECT_EQ(receipts.at(0).on->text(), "2024-03-15");
  EXPECT_FALSE(receipts.at(1).on);
}

TEST(Ladder, counts_the_silence_of_any_unit_and_once) {
  auto told = with_unit(laddered(std::string(acknowledged)));
  told.on("2024-03-01", "fixing").on("2024-03-14", "fixing", signed_to({UnitId{1}, UnitId{2}}));
  EXPECT_EQ(told.at("2024-03-14").rungs.at(1).day->text(), "2024-03-19");
  told.on("2024-03-18", "fixing", acknowledged_by(UnitId{1}));
  EXPECT_EQ(told.reached("2024-03-18"), "high 2024-03-14");
  EXPECT_EQ(told.reached("2024-03-19"), "high 2024-03-14, silent 2024-03-19 proposed");
  const auto waits = waits_of(told.life("2024-03-19"), told.matter(), told.all("2024-03-19"));
  const auto found = std::find_if(waits.begin(), waits.end(), [](const Wait& one) {
    return one.kind == WaitKind::acknowledge;
  });
  ASSERT_NE(found, waits.end());
  EXPECT_EQ(found->unit, UnitId{2});
  EXPECT_EQ(found->from.text(), "2024-03-14");
  EXPECT_EQ(found->due->text(), "2024-03-18");
  told.on("2024-03-20", "fixing", acknowledged_by(UnitId{2}));
  EXPECT_EQ(told.reached("2024-03-20"), "high 2024-03-14, silent 2024-03-19 proposed");
}

// Acknowledged in time nothing follows, and what has moved on is acknowledged all the same.
TEST(Ladder, does_not_climb_once_everybody_has_it) {
  auto told = with_unit(laddered(std::string(acknowledged)));
  told.on("2024-03-01", "fixing").on("2024-03-14", "fixing", signed_to({UnitId{1}}));
  told.on("2024-03-15", "done");
  const auto says = [&] {
    return codes(check_acknowledging(told.life("2024-03-18"), "a", "high", {}, worker()).refusals);
  };
  EXPECT_EQ(says(), "");
  told.on("2024-03-18", "done", acknowledged_by(UnitId{1}));
  EXPECT_EQ(says(), "wrong_state/rung");
  EXPECT_EQ(told.reached("2024-03-25"), "high 2024-03-14");
}

}  // namespace
}  // namespace huilu::obligation
