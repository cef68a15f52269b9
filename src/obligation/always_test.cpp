// Duties that are owed at all times, judged on the day that is asked about.
#include "obligation/testing.h"

namespace huilu::obligation {
namespace {

using testing::counts;
using testing::day;
using testing::line;
using testing::World;

constexpr std::string_view always_types = R"(
params:
  number:
    type: int
    title: 数
    clause: S0-1.1
    bind: period_start
    values:
      - {from: 2019-01-01, value: 1, basis: seed}
      - {from: 2026-07-01, value: 2, basis: decision}
record_types:
  point:
    title: 联系点
    lasts: true
    fields:
      from: {type: date, required: true}
      until: {type: date}
  talk: {title: 谈话, fields: {}}
obligations:
  duty:
    clause: S0-1.1
    title: 事
    who: {unit: {type: branch}}
    every: always
    missing: counts_as_zero
)";

constexpr std::string_view a_point =
    "    needs: {at_least: {param: number}, of: {record: point, where: {unit: $bearer}}}\n";
constexpr std::string_view a_recent_talk =
    "    needs:\n      at_least: 1\n      of:\n        record: talk\n"
    "        where: {unit: $bearer}\n"
    "        during: {from: {before: today, by: {days: 30}}, until: today}\n";

std::string always_duty(std::string_view needs) {
  return std::string(always_types) + std::string(needs);
}

void point(World& world, std::string_view from, std::string_view until = "",
           std::string_view entered = "") {
  Value fields = Value::object({{"from", from}});
  if (!until.empty()) fields.set("until", until);
  world.record("trial/point", {UnitId{1}}, from, entered.empty() ? from : entered,
               std::move(fields));
}

TEST(Always, is_judged_on_the_day) {
  World world(always_duty(a_point));
  world.unit(1);
  const auto on = [&](std::string_view at) { return line(world.ask(1, "always", at)); };
  EXPECT_EQ(on("2025-03-01"), "failed");
  point(world, "2025-03-02", "2025-06-01");
  EXPECT_EQ(on("2025-03-01"), "failed");
  EXPECT_EQ(on("2025-03-02"), "met");
  EXPECT_EQ(on("2025-05-31"), "met");
  EXPECT_EQ(on("2025-06-01"), "failed");
}

// Entered later it is known later, but it was not late.
TEST(Always, nothing_is_entered_late) {
  World world(always_duty(a_point));
  world.unit(1);
  point(world, "2025-03-02", "", "2025-08-01");
  EXPECT_EQ(line(world.ask(1, "always", "2025-04-01")), "failed");
  EXPECT_EQ(line(world.ask(1, "always", "2025-08-01")), "met");
  EXPECT_EQ(line(world.ask(1, "always", "2025-04-01", "2025-08-01")), "met");
}

TEST(Always, what_is_missing_can_be_mended_on_the_day) {
  World world(always_duty(a_point));
  world.unit(1);
  const Explanation one = world.ask(1, "always", "2025-03-01");
  ASSERT_TRUE(one.fix);
  EXPECT_EQ(one.fix->missing, 1);
  EXPECT_EQ(one.fix->until, day("2025-03-01"));
  EXPECT_EQ(one.fix->gives, Verdict::met);
  EXPECT_FALSE(one.fix_late);
}

TEST(Always, the_value_of_the_day_counts) {
  World world(always_duty(a_point));
  world.unit(1);
  point(world, "2025-03-02");
  EXPECT_EQ(line(world.ask(1, "always", "2026-06-30")), "met");
  const Explanation later = world.ask(1, "always", "2026-07-01");
  EXPECT_EQ(line(later), "failed");
  EXPECT_EQ(counts(later), "1/2");
}

TEST(Always, the_last_while_moves_with_the_day) {
  World world(always_duty(a_recent_talk));
  world.unit(1);
  world.record("trial/talk", {UnitId{1}}, "2025-03-01");
  EXPECT_EQ(line(world.ask(1, "always", "2025-02-28")), "failed");
  EXPECT_EQ(line(world.ask(1, "always", "2025-03-31")), "met");
  EXPECT_EQ(line(world.ask(1, "always", "2025-04-01")), "failed");
}

// A unit that is new owes it from its first day on, one that is closed no longer.
TEST(Always, is_owed_while_the_unit_stands_and_is_asked) {
  World world(always_duty(a_point));
  Unit& unit = world.unit(1, testing::a_branch, "2025-02-01");
  unit.go_live = day("2025-03-01");
  unit.span.until = day("2025-09-01");
  const auto on = [&](std::string_view at) { return line(world.ask(1, "always", at)); };
  EXPECT_EQ(on("2025-01-31"), "not_applicable: not_in_scope");
  EXPECT_EQ(on("2025-02-28"), "not_applicable: not_collected");
  EXPECT_EQ(on("2025-03-01"), "failed");
  EXPECT_EQ(on("2025-08-31"), "failed");
  EXPECT_EQ(on("2025-09-01"), "not_applicable: closed");
}

TEST(Always, another_version_of_the_pack_takes_over_on_its_day) {
  World world(always_duty(a_point));
  world.unit(1);
  world.activate(always_duty(a_recent_talk), Interval{day("2025-06-01"), {}});
  point(world, "2025-03-02");
  EXPECT_EQ(line(world.ask(1, "always", "2025-05-31")), "met");
  EXPECT_EQ(line(world.ask(1, "always", "2025-06-01")), "failed");
}

}  // namespace
}  // namespace huilu::obligation
