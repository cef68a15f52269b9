#include "campaign/commands.h"

#include <gtest/gtest.h>

#include "campaign/queries.h"
#include "enactment/testing.h"

namespace huilu::campaign {
namespace {

using command::Permission;
using enactment::NewActivation;
using enactment::testing::day;
using enactment::testing::program;

const std::vector<UnitId> roots = {UnitId{1}, UnitId{9}};

policy::Pack campaign_pack(const std::string& version = "1.0.0") {
  return enactment::testing::trial_pack(
      version,
      "campaign:\n"
      "  clause: S9-1\n  title: t\n  window: {from: 2026-03-01, until: 2026-12-01}\n"
      "  batches:\n"
      "    - {id: first, title: t, who: {unit: {type: branch}}, "
      "window: {from: 2026-04-01, until: 2026-07-01}}\n"
      "    - {id: second, title: t, who: {unit: {type: leading_group}}, "
      "window: {from: 2026-07-01, until: 2026-10-01}}\n");
}

class CampaignTest : public enactment::testing::RoadTest {
 protected:
  void SetUp() override {
    RoadTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    insert_account(office);
    insert_account(other);
    gate_.permit(office, {Permission::campaign_change});
    gate_.permit(other, {Permission::pack_activate});
  }

  void activate(NewActivation activation) {
    const auto id = id_in<ActivationId>(
        run(program, enactment::ProposeActivation(packs_, std::move(activation), roots)));
    const auto read = enactment::proposed(*enactment::find_activation(connection(), id));
    EXPECT_EQ(told(run(program, enactment::ConfirmProposal(read, 1, roots))), "done");
  }

  void activate() { activate({"trial", "1.0.0", {}, {day, {}}, "for the test"}); }

  command::Outcome launch(UnitId unit, std::vector<Batch> batches = {}) {
    return run(office, LaunchCampaign(packs_, {"trial", unit, std::move(batches)}));
  }

  CampaignId must_launch(UnitId unit) { return id_in<CampaignId>(launch(unit)); }

  command::Outcome end(CampaignId id, std::int64_t version, Date date) {
    return run(office, EndCampaign(*find(connection(), id), version, date, "it is over"));
  }

  command::Outcome place(CampaignId id, UnitId unit, std::string batch, Date from) {
    return run(office, PlaceUnit(*find(connection(), id),
                                 {unit, std::move(batch), from, "moved to this unit's kind"}));
  }

  std::vector<policy::Pack> packs_ = {policy::core_pack(), campaign_pack()};
  const AccountId office{12}, other{13};
};

INSTANTIATE_TEST_SUITE_P(On, CampaignTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

TEST_P(CampaignTest, a_launch_sets_the_dates_over_the_defaults_of_the_pack) {
  activate();
  const Interval later = {Date::of(2026, 8, 1), Date::of(2026, 11, 1)};
  const auto id = id_in<CampaignId>(launch(UnitId{2}, {{"second", later}}));
  const auto facts = campaigns(connection());
  ASSERT_EQ(facts.size(), 1U);
  EXPECT_EQ(facts[0].id, id);
  EXPECT_EQ(facts[0].unit, UnitId{2});
  ASSERT_EQ(facts[0].batches.size(), 2U);
  EXPECT_EQ(facts[0].batches[0].id, "first");
  EXPECT_EQ(facts[0].batches[0].window.from, Date::of(2026, 4, 1));
  EXPECT_EQ(facts[0].batches[1].id, "second");
  EXPECT_EQ(facts[0].batches[1].window.until, later.until);
  EXPECT_EQ(facts[0].at, clock_.now());
  EXPECT_EQ(find(connection(), id)->pack_version, "1.0.0");
  EXPECT_EQ(find(connection(), id)->window().from, Date::of(2026, 4, 1));
  EXPECT_EQ(kinds().back(), "campaign_launched");
  EXPECT_EQ(damages(verify(connection())), "");
}

TEST_P(CampaignTest, a_launch_is_refused_with_all_that_is_wrong_with_it) {
  EXPECT_EQ(told(run(other, LaunchCampaign(packs_, {"trial", UnitId{2}, {}}))), "not_permitted");
  EXPECT_EQ(told(launch(UnitId{2})), "pack_not_in_force /pack");
  activate();
  EXPECT_EQ(told(run(office, LaunchCampaign(packs_, {"core", UnitId{77}, {}}))),
            "unknown_unit /unit, unknown_pack /pack");
  const Interval none = {day, day};
  EXPECT_EQ(told(launch(UnitId{2}, {{"third", {day, day + 1}}, {"first", none}, {"first", none}})),
            "unknown_word /batches/0/id, date_order /batches/1/until, duplicate /batches/2/id, "
            "date_order /batches/2/until");
  EXPECT_TRUE(campaigns(connection()).empty());
}

TEST_P(CampaignTest, the_version_is_that_in_force_at_the_unit_when_the_first_batch_begins) {
  packs_.push_back(campaign_pack("1.1.0"));
  activate({"trial", "1.0.0", UnitId{2}, {day, {}}, "for the test"});
  activate({"trial", "1.1.0", UnitId{2}, {Date::of(2026, 4, 2), {}}, "for the test"});
  EXPECT_EQ(told(launch(UnitId{3})), "pack_not_in_force /pack");
  const auto id = must_launch(UnitId{4});
  EXPECT_EQ(find(connection(), id)->pack_version, "1.0.0");
  EXPECT_EQ(told(end(id, 1, Date::of(2026, 4, 2))), "done");
  const Interval later = {Date::of(2026, 4, 2), Date::of(2026, 7, 1)};
  const auto next = id_in<CampaignId>(launch(UnitId{4}, {{"first", later}}));
  EXPECT_EQ(find(connection(), next)->pack_version, "1.1.0");
}

TEST_P(CampaignTest, one_pack_has_at_most_one_campaign_at_a_time_above_and_below_a_unit) {
  activate();
  const auto id = must_launch(UnitId{2});
  for (const int unit : {1, 2, 4}) {
    const auto outcome = launch(UnitId{unit});
    EXPECT_EQ(told(outcome), "campaign_running /unit") << unit;
    EXPECT_EQ(outcome.refusals[0].link, "/api/v1/campaigns/" + id.text());
  }
  must_launch(UnitId{3});
  EXPECT_EQ(told(launch(UnitId{2}, {{"first", {Date::of(2026, 10, 1), Date::of(2026, 11, 1)}},
                                    {"second", {Date::of(2026, 10, 1), Date::of(2026, 12, 1)}}})),
            "done");
}

TEST_P(CampaignTest, an_ended_campaign_leaves_room_for_another) {
  activate();
  const auto id = must_launch(UnitId{2});
  EXPECT_EQ(told(end(id, 2, Date::of(2026, 4, 1))), "version_conflict /version, date_order /date");
  EXPECT_EQ(told(end(id, 1, Date::of(2026, 10, 2))), "date_order /date");
  EXPECT_EQ(told(end(id, 1, Date::of(2026, 5, 1))), "done");
  EXPECT_EQ(told(end(id, 2, Date::of(2026, 6, 1))), "wrong_state");
  EXPECT_EQ(campaign_of(connection(), id)->ended, Date::of(2026, 5, 1));
  EXPECT_EQ(told(place(id, UnitId{4}, "first", day)), "wrong_state");
  EXPECT_EQ(told(launch(UnitId{2})), "campaign_running /unit");
  EXPECT_EQ(told(launch(UnitId{2}, {{"first", {Date::of(2026, 5, 1), Date::of(2026, 6, 1)}}})),
            "done");
  EXPECT_EQ(openings("reason"), "for the test\nit is over\n");
  EXPECT_EQ(damages(verify(connection())), "");
}

TEST_P(CampaignTest, a_unit_is_placed_with_a_reason_or_in_no_batch) {
  activate();
  const auto id = must_launch(UnitId{2});
  EXPECT_EQ(told(place(id, UnitId{4}, "second", day)), "done");
  EXPECT_EQ(told(place(id, UnitId{4}, "", day + 10)), "done");
  EXPECT_EQ(told(place(id, UnitId{3}, "third", Date::of(2026, 10, 1))),
            "unknown_word /batch, unit_not_in_campaign /unit, date_order /from");
  EXPECT_EQ(told(place(id, UnitId{77}, "first", day)), "unknown_unit /unit");
  EXPECT_EQ(told(run(office, PlaceUnit(*find(connection(), id), {UnitId{4}, "first", day, "x"}))),
            "field_range /reason");
  const auto placed = campaign_of(connection(), id)->placed;
  ASSERT_EQ(placed.size(), 2U);
  EXPECT_EQ(placed[0].unit, UnitId{4});
  EXPECT_EQ(placed[0].batch, "second");
  EXPECT_EQ(placed[1].batch, "");
  EXPECT_EQ(placed[1].from, day + 10);
  EXPECT_EQ(placements(connection(), id).at(0).placed_by, office);
  EXPECT_EQ(kinds().back(), "campaign_unit_placed");
  EXPECT_EQ(damages(verify(connection())), "");
}

TEST_P(CampaignTest, verify_names_every_row_that_was_changed) {
  activate();
  const auto id = must_launch(UnitId{2});
  EXPECT_EQ(told(place(id, UnitId{4}, "second", day)), "done");
  EXPECT_EQ(told(end(id, 1, Date::of(2026, 5, 1))), "done");
  const std::string number = std::to_string(placements(connection(), id).at(0).id);
  const std::string c = "campaign " + id.text() + "\n";
  const std::string placed = "campaign_placement " + number + "\n";
  const std::pair<const char*, std::string> changes[] = {
      {"update campaign set unit = 3", c},
      {"update campaign set ended_on = '2026-06-01'", c},
      {"update campaign set launched_at = 1", c},
      {"update campaign_batch set until_date = '2026-07-02' where batch = 'first'", c},
      {"delete from campaign_batch where batch = 'second'", c},
      {"update campaign_placement set batch = 'first'", placed},
      {"delete from campaign_placement", "campaign_placement -\n"},
  };
  for (const auto& [sql, wanted] : changes) {
    store::Transaction transaction(connection(), store::Access::write);
    connection().execute(sql);
    EXPECT_EQ(damages(verify(connection())), wanted) << sql;
    transaction.rollback();
  }
}

}  // namespace
}  // namespace huilu::campaign
