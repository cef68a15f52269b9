#include "obligation/periods.h"
#include "obligation/testing.h"

namespace huilu::obligation {
namespace {

using testing::day;
using testing::line;
using testing::noon;
using testing::person;
using testing::tenure;
using testing::unit;
using testing::World;

constexpr std::string_view two_batches = R"(
campaign:
  clause: S0-1.1
  title: 主题教育
  window: {from: 2026-01-01, until: 2026-12-31}
  batches:
    - id: first
      title: 第一批
      who: {unit: {level: county}}
      window: {from: 2026-03-01, until: 2026-06-01}
      late_joiner: shortened
    - id: second
      title: 第二批
      who: {unit: {level: village}}
      window: {from: 2026-06-01, until: 2026-09-01}
      late_joiner: full
  phases:
    - id: study
      title: 学习
      window: {from: campaign_start, until: {after: campaign_start, by: {days: 29}}}
)";

std::string campaign_duty(std::string_view keys = "", std::string_view every = "campaign",
                          std::string_view who = "{unit: {type: branch}}",
                          std::string_view where = "unit: $bearer") {
  return std::string(two_batches) +
         "obligations:\n  duty:\n    clause: S0-1.1\n    title: 事\n    who: " + std::string(who) +
         "\n    every: " + std::string(every) + "\n    needs: {at_least: 2, of: {record: visit, " +
         "where: {" + std::string(where) + "}}}\n    missing: counts_as_zero\n" + std::string(keys);
}

constexpr Kind county = {"branch", 3, "", {}};

// A county committee over a town with a village; the campaign is the committee's.
void fill(World& world) {
  world.unit(100, {"local_committee", 3, "county", {}});
  world.unit(10, {"primary_committee", 4, "", {}}, "2000-01-01", 100);
  world.unit(1, county, "2000-01-01", 100);
  world.unit(2, testing::a_branch, "2000-01-01", 10);
  world.unit(9, testing::a_branch);  // outside
  world.campaign(100, {{"first", {day("2026-03-01"), day("2026-06-01")}},
                       {"second", {day("2026-06-01"), day("2026-09-01")}}});
}

std::string window(const Explanation& one) {
  return one.why_not == NotApplicable::none
             ? one.period.from.text() + ".." + one.period.last_day().text()
             : line(one);
}

// V9: the window is that of the batch which the unit is in.
TEST(Campaign, a_unit_has_the_window_of_its_batch) {
  World world(campaign_duty());
  fill(world);
  EXPECT_EQ(window(world.ask(1, "campaign:c1", "2026-04-01")), "2026-03-01..2026-05-31");
  EXPECT_EQ(window(world.ask(2, "campaign:c1", "2026-04-01")), "2026-06-01..2026-08-31");
  EXPECT_EQ(window(world.ask(9, "campaign:c1", "2026-04-01")), "not_applicable: not_in_campaign");
  EXPECT_EQ(window(world.ask(1, "campaign:c2", "2026-04-01")), "not_applicable: not_in_campaign");
  world.record("core/visit", {UnitId{1}, UnitId{2}}, "2026-05-20");
  world.record("core/visit", {UnitId{1}, UnitId{2}}, "2026-06-20");
  EXPECT_EQ(line(world.ask(1, "campaign:c1", "2026-06-10")), "failed");
  EXPECT_EQ(line(world.ask(1, "campaign:c1", "2026-06-20")), "met_late") << "no next campaign";
  EXPECT_EQ(testing::counts(world.ask(2, "campaign:c1", "2026-06-20")), "1/2");
}

TEST(Campaign, an_explicit_place_goes_before_the_selector) {
  World world(campaign_duty());
  fill(world);
  Campaign& campaign = world.facts.campaigns[0];
  campaign.placed = {{UnitId{10}, "first", day("2026-02-01")}};
  EXPECT_EQ(window(world.ask(2, "campaign:c1", "2026-04-01")), "2026-03-01..2026-05-31")
      << "with all below it";
  EXPECT_EQ(window(world.ask(2, "campaign:c1", "2026-01-31")), "2026-06-01..2026-08-31")
      << "before it was placed";
  campaign.placed.push_back({UnitId{2}, "second", day("2026-02-01")});
  EXPECT_EQ(window(world.ask(2, "campaign:c1", "2026-04-01")), "2026-06-01..2026-08-31")
      << "the nearest goes first";
  campaign.placed.push_back({UnitId{2}, "", day("2026-03-15")});
  EXPECT_EQ(window(world.ask(2, "campaign:c1", "2026-03-14")), "2026-06-01..2026-08-31");
  EXPECT_EQ(window(world.ask(2, "campaign:c1", "2026-03-15")), "not_applicable: not_in_campaign");
}

// V10.
TEST(Campaign, who_is_founded_later_has_the_rest_of_the_window_or_one_as_long) {
  World world(campaign_duty());
  fill(world);
  world.unit(3, county, "2026-03-15", 100);
  world.unit(4, testing::a_branch, "2026-06-15", 10);
  world.unit(5, county, "2026-06-01", 100);
  EXPECT_EQ(window(world.ask(3, "campaign:c1", "2026-04-01")), "2026-03-15..2026-05-31");
  EXPECT_EQ(window(world.ask(4, "campaign:c1", "2026-07-01")), "2026-06-15..2026-09-14");
  EXPECT_EQ(window(world.ask(5, "campaign:c1", "2026-07-01")), "not_applicable: not_in_campaign");
  EXPECT_EQ(world.ask(3, "campaign:c1", "2026-04-01").test.need, 2);
  World scaled(campaign_duty("    pro_rata: {round: floor}\n"));
  fill(scaled);
  scaled.unit(3, county, "2026-04-25", 100);
  scaled.unit(4, testing::a_branch, "2026-07-25", 10);
  EXPECT_EQ(scaled.ask(3, "campaign:c1", "2026-05-01").test.need, 0) << "37 of 92 days of two";
  EXPECT_EQ(line(scaled.ask(3, "campaign:c1", "2026-05-01")), "not_applicable: first_period");
  EXPECT_EQ(scaled.ask(4, "campaign:c1", "2026-08-01").test.need, 2) << "a whole window";
}

// V12.
TEST(Campaign, that_has_ended_asks_for_nothing_new) {
  World world(campaign_duty());
  fill(world);
  world.record("core/visit", {UnitId{1}}, "2026-04-20");
  world.record("core/visit", {UnitId{1}}, "2026-04-21");
  world.facts.campaigns[0].ended = day("2026-05-15");
  EXPECT_EQ(line(world.ask(1, "campaign:c1", "2026-05-20")), "met");
  EXPECT_EQ(line(world.ask(2, "campaign:c1", "2026-05-14")), "open") << "as of the day before";
  EXPECT_EQ(line(world.ask(2, "campaign:c1", "2026-05-15")), "not_applicable: not_in_campaign");
  world.facts.records.clear();
  EXPECT_EQ(line(world.ask(1, "campaign:c1", "2026-05-14")), "open");
  EXPECT_EQ(line(world.ask(1, "campaign:c1", "2026-05-15")), "not_applicable: not_in_campaign");
  world.facts.campaigns[0].ended = day("2026-06-15");
  EXPECT_EQ(line(world.ask(1, "campaign:c1", "2026-06-20")), "failed") << "it had failed by then";
}

TEST(Campaign, is_known_from_its_launch) {
  World world(campaign_duty());
  fill(world);
  world.facts.campaigns[0].at = noon("2026-02-10");
  EXPECT_EQ(line(world.ask(1, "campaign:c1", "2026-02-09")), "not_applicable: not_in_campaign");
  EXPECT_EQ(line(world.ask(1, "campaign:c1", "2026-02-10")), "open");
}

TEST(Campaign, a_phase_lies_in_the_window_of_the_batch) {
  World world(campaign_duty("", "{phase: study}"));
  fill(world);
  world.unit(3, county, "2026-03-15", 100);
  world.unit(4, testing::a_branch, "2026-06-15", 10);
  world.unit(5, county, "2026-04-15", 100);
  EXPECT_EQ(window(world.ask(1, "phase:c1:study", "2026-03-20")), "2026-03-01..2026-03-30");
  EXPECT_EQ(window(world.ask(2, "phase:c1:study", "2026-07-20")), "2026-06-01..2026-06-30");
  EXPECT_EQ(window(world.ask(3, "phase:c1:study", "2026-03-20")), "2026-03-15..2026-03-30");
  EXPECT_EQ(window(world.ask(4, "phase:c1:study", "2026-07-20")), "2026-06-15..2026-07-14");
  EXPECT_EQ(window(world.ask(5, "phase:c1:study", "2026-05-01")),
            "not_applicable: not_in_campaign");
  EXPECT_EQ(line(world.ask(1, "phase:c1:other", "2026-03-20")), "not_applicable: not_in_force");
  EXPECT_EQ(line(world.ask(1, "campaign:c1", "2026-03-20")), "not_applicable: not_in_force");
  const auto periods = periods_of(world.facts, world.packs.front().obligations[0],
                                  day("2026-06-30"), day("2026-12-31"), noon("2026-04-01"));
  ASSERT_EQ(periods.size(), 1U);
  EXPECT_EQ(periods[0].name, "phase:c1:study");
  EXPECT_EQ(periods[0].from, day("2026-03-01"));
  EXPECT_EQ(periods[0].last_day(), day("2026-06-30"));
}

// S3-19: posts and members have the window of their home.
TEST(Campaign, posts_and_members_have_the_window_of_their_home) {
  World posts(campaign_duty("    first_period: full\n", "campaign", "{post: {kind: secretary}}",
                            "present: {has: $bearer.holder}"));
  fill(posts);
  posts.post(1, 7, 1, "secretary", "2020-01-01", "2026-04-01");
  posts.post(2, 8, 1, "secretary", "2026-04-01");
  posts.post(3, 7, 2, "secretary", "2026-04-01");
  EXPECT_EQ(window(posts.ask(tenure(1), "campaign:c1", "2026-03-20")), "2026-03-01..2026-05-31");
  EXPECT_EQ(window(posts.ask(tenure(3), "campaign:c1", "2026-04-20")), "2026-06-01..2026-08-31");
  // A predecessor's attendance does not count.
  Record& record = posts.record("core/visit", {UnitId{1}}, "2026-03-20");
  record.versions[0].present = {PersonId{7}, PersonId{8}};
  EXPECT_EQ(testing::counts(posts.ask(tenure(2), "campaign:c1", "2026-04-20")), "0/2");
  World members(campaign_duty("", "campaign", "{member: {}}", "present: {has: $bearer}"));
  fill(members);
  members.member(7, 1, "2020-01-01", "2026-05-01");
  members.member(7, 2, "2026-05-01");
  EXPECT_EQ(window(members.ask(person(7), "campaign:c1", "2026-04-30")), "2026-03-01..2026-05-31");
  EXPECT_EQ(window(members.ask(person(7), "campaign:c1", "2026-05-01")), "2026-06-01..2026-08-31");
}

TEST(Campaign, one_without_batches_takes_everybody_below_its_unit) {
  std::string declared(campaign_duty());
  const auto from = declared.find("  batches:"), until = declared.find("  phases:");
  declared.erase(from, until - from);
  World world(declared);
  fill(world);
  world.facts.campaigns[0].batches = {{"all", {day("2026-02-01"), day("2026-08-01")}}};
  EXPECT_EQ(window(world.ask(1, "campaign:c1", "2026-04-01")), "2026-02-01..2026-07-31");
  EXPECT_EQ(window(world.ask(2, "campaign:c1", "2026-04-01")), "2026-02-01..2026-07-31");
  EXPECT_EQ(line(world.ask(9, "campaign:c1", "2026-04-01")), "not_applicable: not_in_campaign");
}

TEST(Periods, of_a_calendar_duty_are_those_in_which_it_is_in_force) {
  World world(testing::monthly);
  world.unit(1);
  world.facts.activations[0].span = {day("2026-02-10"), day("2026-05-01")};
  std::string names;
  for (const auto& one : periods_of(world.facts, world.packs.front().obligations[0],
                                    day("2025-12-31"), day("2026-12-31"), noon("2026-04-01")))
    names += one.name + " ";
  EXPECT_EQ(names, "2026-02 2026-03 2026-04 ");
}

TEST(Periods, duties_in_force_are_those_of_the_version_that_began_last) {
  World world(testing::monthly);
  world.activate(testing::monthly, {day("2026-02-10"), {}});
  const policy::Obligation* const first = &world.packs.front().obligations[0];
  const policy::Obligation* const second = &world.packs.back().obligations[0];
  const auto on = [&](const char* date) {
    return obligations_on(world.facts, day(date), noon("2026-12-12"));
  };
  EXPECT_EQ(on("2026-02-09"), (std::vector{first}));
  EXPECT_EQ(on("2026-02-10"), (std::vector{second}));
  world.facts.activations[1].unit = UnitId{1};
  EXPECT_EQ(on("2026-02-10"), (std::vector{second, first})) << "elsewhere the first goes on";
  EXPECT_TRUE(on("2018-02-10").empty());
}

}  // namespace
}  // namespace huilu::obligation
