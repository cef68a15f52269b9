#include "obligation/parameters.h"

#include "obligation/testing.h"

namespace huilu::obligation {
namespace {

using testing::counts;
using testing::day;
using testing::line;
using testing::noon;
using testing::unit;
using testing::World;

constexpr std::string_view yearly_visits = R"(
params:
  need:
    type: int
    clause: S0-1.1
    bind: period_start
    values:
      - {from: 2019-01-01, value: null}
      - {from: 2021-01-01, value: 2, basis: assumed}
      - {from: 2024-01-01, value: 3, basis: decision}
      - {from: 2030-01-01, value: null}
  grace:
    type: duration
    clause: S0-1.1
    bind: period_end
    values: [{from: 2019-01-01, value: {days: 10}, basis: seed}]
obligations:
  duty:
    clause: S0-1.1
    title: 走访
    who: {unit: {type: branch}}
    every: year
    needs: {at_least: {param: need}, of: {record: visit, where: {unit: $bearer}}}
    due: {enter: {after: period_end, by: {param: grace}}}
    missing: counts_as_zero
)";

std::int64_t need(const World& world, const char* period, const char* known = "2035-01-01") {
  return world.ask(1, period, "2035-01-01", known).test.need;
}

// The worked example: from 2024 three are needed; no value in force means no duty.
TEST(Parameter, counts_from_the_day_that_it_is_bound_to) {
  World world(yearly_visits);
  world.unit(1);
  EXPECT_EQ(line(world.ask(1, "2020", "2020-05-05")), "not_applicable: no_value");
  EXPECT_EQ(need(world, "2021"), 2);
  EXPECT_EQ(need(world, "2023"), 2);
  EXPECT_EQ(need(world, "2024"), 3);
  EXPECT_EQ(line(world.ask(1, "2030", "2030-05-05")), "not_applicable: no_value");
}

TEST(Parameter, a_value_decided_here_counts_for_periods_that_begin_later) {
  World world(yearly_visits);
  world.unit(1);
  Decided& decided = world.decide("need", std::int64_t{5}, "2025-01-01", "2025-06-15");
  EXPECT_EQ(need(world, "2024"), 3);
  EXPECT_EQ(need(world, "2025"), 3) << "it was made after the period had begun";
  EXPECT_EQ(need(world, "2026"), 5);
  EXPECT_EQ(need(world, "2026", "2025-06-14"), 3) << "not known yet";
  EXPECT_EQ(need(world, "2030"), 5) << "it stands over the pack's later values, too";
  decided.retroactive = true;
  EXPECT_EQ(need(world, "2025"), 5);
  EXPECT_EQ(need(world, "2024"), 3) << "before its own first day";
  decided.at = noon("2025-01-01");
  decided.retroactive = false;
  EXPECT_EQ(need(world, "2025"), 5) << "made on the day itself";
}

TEST(Parameter, what_is_bound_at_the_end_may_be_decided_within_the_period) {
  World world(yearly_visits);
  world.unit(1);
  const auto enter = [&](const char* known) {
    return world.ask(1, "2025", "2026-01-05", known).schedule.enter;
  };
  world.decide("grace", policy::Duration{policy::DurationUnit::days, 20}, "2025-09-01",
               "2025-10-10");
  EXPECT_EQ(enter("2025-10-09"), day("2026-01-12")) << "10 January is a Saturday";
  EXPECT_EQ(enter("2025-10-10"), day("2026-01-20"));
  world.facts.decided[0].at = noon("2026-01-02");
  EXPECT_EQ(enter("2026-01-05"), day("2026-01-12"));
}

TEST(Parameter, of_several_decisions_the_one_from_the_latest_day_counts_then_the_last_made) {
  World world(yearly_visits);
  world.unit(1);
  world.decide("need", std::int64_t{7}, "2026-01-01", "2025-03-03");
  world.decide("need", std::int64_t{6}, "2025-01-01", "2024-12-12");
  world.decide("need", std::int64_t{8}, "2025-01-01", "2024-12-13");
  EXPECT_EQ(need(world, "2025"), 8);
  EXPECT_EQ(need(world, "2026"), 7);
  std::reverse(world.facts.decided.begin(), world.facts.decided.end());
  EXPECT_EQ(need(world, "2025"), 8);
  world.decide("need", std::int64_t{1}, "2027-01-01", "2026-12-12").value.value.reset();
  EXPECT_EQ(line(world.ask(1, "2027", "2027-05-05")), "not_applicable: no_value");
}

// V4: what was met when the period was over is not turned into failed afterwards.
TEST(Parameter, a_decision_that_reaches_back_never_turns_met_into_failed) {
  World world(yearly_visits);
  for (const int id : {1, 2, 3}) world.unit(id);
  for (int done = 0; done < 3; ++done)
    for (int id = done + 1; id <= 3; ++id)
      world.record("core/visit", {UnitId{id}}, "2022-0" + std::to_string(done + 1) + "-03");
  // Unit 1 has one visit, unit 2 two, unit 3 three; two were needed.
  Decided& decided = world.decide("need", std::int64_t{3}, "2022-01-01", "2023-06-01");
  decided.retroactive = true;
  const auto ask = [&](int id) { return world.ask(id, "2022", "2023-07-01"); };
  EXPECT_EQ(line(ask(1)), "failed [assumed]");
  EXPECT_EQ(counts(ask(1)), "1/2") << "with one more it would be met as it was";
  EXPECT_EQ(line(ask(2)), "met [assumed]") << "as it was";
  EXPECT_EQ(counts(ask(2)), "2/2");
  EXPECT_EQ(line(ask(3)), "met");
  EXPECT_EQ(counts(ask(3)), "3/3");
  decided.value.value = std::int64_t{1};
  EXPECT_EQ(line(ask(1)), "met") << "loosened";
  // While the period runs it counts for everybody.
  decided.value.value = std::int64_t{3};
  decided.at = noon("2022-06-01");
  EXPECT_EQ(line(ask(2)), "failed");
  EXPECT_EQ(counts(ask(2)), "2/3");
}

TEST(Parameter, a_table_has_a_value_for_each_key) {
  World world(R"(
params:
  need:
    type: int
    by: unit.type
    bind: period_start
    clause: S0-1.1
    values:
      - {from: 2019-01-01, value: {branch: 2, general_branch: 3, else: 1}, basis: seed}
      - {from: 2027-01-01, value: {branch: 4, else: 9}, basis: seed}
obligations:
  duty:
    clause: S0-1.1
    title: 走访
    who: {unit: {level: village}}
    every: year
    needs: {at_least: {param: need, for: $bearer.type}, of: {record: visit, where: {unit: $bearer}}}
    missing: counts_as_zero
)");
  world.unit(1);
  world.unit(2, {"general_branch", 5, "", {}});
  world.unit(3, {"joint_branch", 5, "", {}});
  EXPECT_EQ(world.ask(1, "2026", "2026-05-05").test.need, 2);
  EXPECT_EQ(world.ask(2, "2026", "2026-05-05").test.need, 3);
  EXPECT_EQ(world.ask(3, "2026", "2026-05-05").test.need, 1);
  world.packs.front().parameters[0].values[0].table.pop_back();  // no longer: else
  EXPECT_EQ(line(world.ask(3, "2026", "2026-05-05")), "not_applicable: no_value");
  EXPECT_EQ(world.ask(1, "2027", "2027-05-05").test.need, 4);
  EXPECT_EQ(world.ask(3, "2027", "2027-05-05").test.need, 9);
}

TEST(Parameter, of_another_type_than_it_has_to_be_is_an_error) {
  World world(yearly_visits);
  world.unit(1);
  Decided& decided = world.decide("need", std::string("many"), "2022-01-01", "2021-06-01");
  EXPECT_TRUE(line(world.ask(1, "2022", "2022-05-05")).starts_with("unknown: need is no number"));
  decided = {"trial/grace", decided.value, false, decided.at};
  EXPECT_TRUE(
      line(world.ask(1, "2022", "2022-05-05")).starts_with("unknown: grace is no duration"));
  decided.value.value = policy::Duration{policy::DurationUnit::hours, 2};
  EXPECT_TRUE(
      line(world.ask(1, "2022", "2022-05-05")).starts_with("unknown: hours do not make a date"));
  decided.value.value = policy::Duration{policy::DurationUnit::days, -1};
  EXPECT_TRUE(line(world.ask(1, "2022", "2022-05-05")).starts_with("unknown: no such duration"));
}

}  // namespace
}  // namespace huilu::obligation
