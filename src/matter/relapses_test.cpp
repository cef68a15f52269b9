#include "matter/relapses.h"

#include <gtest/gtest.h>

#include "matter/testing.h"
#include "matter/waits.h"
#include "store/explaining.h"

namespace huilu::matter {
namespace {

using testing::MatterTest;

class RelapseTest : public MatterTest {
 protected:
  MatterId must_open_fault(const std::string& what) {
    NewMatter asked{"trial/fault", UnitId{4}, {}, {}, {}};
    asked.change.fields = Value::object({{"what", what}, {"lead", "u3"}});
    return id_in<MatterId>(run(owner, OpenMatter(facts(), pack_, std::move(asked))));
  }

  MatterId settled(const std::string& what) {
    const MatterId id = must_open_fault(what);
    EXPECT_EQ(told(move(lead, id, "close")), "done");
    return id;
  }

  std::unique_ptr<SayRelapse> saying(AccountId who, MatterId id, MatterId other, bool confirms,
                                     std::string reason, std::int64_t seen) {
    return std::make_unique<SayRelapse>(read(id),
                                        SayRelapse::Asked{other, confirms, std::move(reason)}, seen,
                                        who, enactment::testing::day, clock_.now(), packs_);
  }
  command::Outcome say(AccountId who, MatterId id, MatterId other, bool confirms,
                       std::string reason = "seen there") {
    const auto seen = find(connection(), id)->now.version;
    auto outcome =
        road().run(saying(who, id, other, confirms, std::move(reason), seen), {who, "", ""});
    EXPECT_EQ(outcome.fault, "");
    return outcome;
  }

  Matter now(MatterId id) { return find(connection(), id)->now.matter; }

  std::string waits_for_relapse(MatterId id) {
    std::string units;
    for (const auto& [matter, waits] : kept_waits(connection(), {id}))
      for (const auto& one : waits)
        if (one.kind == obligation::WaitKind::relapse) units += one.unit.text() + " ";
    return units;
  }

  const std::vector<policy::Pack> packs_ = {pack_};
};

INSTANTIATE_TEST_SUITE_P(On, RelapseTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

TEST_P(RelapseTest, what_is_like_a_settled_one_of_the_unit_is_proposed_and_nothing_follows) {
  const MatterId road = settled("the road is broken");
  const MatterId lamp = settled("no light here");
  must_open_fault("the road is broken");  // open: nobody says that it was solved
  const MatterId again = must_open_fault("the road is broken again");
  EXPECT_EQ(now(again).alike, std::vector<MatterId>{road});
  EXPECT_EQ(now(again).relapse_of, std::nullopt);
  EXPECT_EQ(now(road).relapsed_as, std::nullopt);
  EXPECT_EQ(waits_for_relapse(again), "u3 ");
  EXPECT_EQ(waits_for_relapse(lamp), "");
  EXPECT_EQ(damages(verify(connection())), "");
}

TEST_P(RelapseTest, the_lead_says_so_for_both_and_may_think_again) {
  const MatterId road = settled("the road is broken");
  const MatterId again = must_open_fault("the road is broken again");
  const MatterId other = settled("no light here");
  EXPECT_EQ(told(say(owner, again, road, true)), "role_required /other");
  EXPECT_EQ(told(say(head, again, road, true)), "role_required /other");
  EXPECT_EQ(told(say(lead, again, road, true, " ")), "field_required /reason");
  EXPECT_EQ(told(say(lead, again, other, true)), "unknown_matter /other");
  EXPECT_EQ(told(move(lead, road, "reopen")), "move_needs /move");
  ASSERT_EQ(told(say(lead, again, road, true)), "done");
  EXPECT_EQ(kinds().back(), "matter_relapse_confirmed");
  EXPECT_EQ(now(again).relapse_of, road);
  EXPECT_EQ(now(road).relapsed_as, again);
  EXPECT_EQ(now(road).state, "closed") << "somebody decides apart whether it is taken up again";
  EXPECT_EQ(waits_for_relapse(again), "");
  EXPECT_EQ(told(say(lead, again, road, true)), "wrong_state /other");
  EXPECT_EQ(damages(verify(connection())), "");
  ASSERT_EQ(told(say(lead, again, road, false)), "done");
  EXPECT_EQ(kinds().back(), "matter_relapse_denied");
  EXPECT_EQ(now(again).relapse_of, std::nullopt);
  EXPECT_EQ(now(road).relapsed_as, std::nullopt);
  EXPECT_EQ(find(connection(), road)->now.deed->kind, obligation::DeedKind::relapse_undone);
  EXPECT_EQ(damages(verify(connection())), "");
}

TEST_P(RelapseTest, denying_leaves_the_earlier_one_as_it_is) {
  const MatterId road = settled("the road is broken");
  const MatterId again = must_open_fault("the road is broken again");
  const auto versions = find(connection(), road)->now.version;
  ASSERT_EQ(told(say(lead, again, road, false)), "done");
  EXPECT_EQ(find(connection(), road)->now.version, versions);
  EXPECT_EQ(waits_for_relapse(again), "");
  EXPECT_EQ(damages(verify(connection())), "");
}

TEST_P(RelapseTest, taken_up_again_it_answers_for_itself) {
  const MatterId road = settled("the road is broken");
  const MatterId again = must_open_fault("the road is broken again");
  ASSERT_EQ(told(say(lead, again, road, true)), "done");
  ASSERT_EQ(told(move(lead, road, "reopen")), "done");
  EXPECT_EQ(now(road).relapsed_as, std::nullopt);
  EXPECT_EQ(now(again).relapse_of, road);
  ASSERT_EQ(told(say(lead, again, road, false)), "done");
  EXPECT_EQ(damages(verify(connection())), "");
}

TEST_P(RelapseTest, of_two_with_which_it_came_back_one_stays_when_the_other_is_denied) {
  const MatterId road = settled("the road is broken");
  const MatterId first = must_open_fault("the road is broken again");
  const MatterId second = must_open_fault("the road is broken once more");
  ASSERT_EQ(told(say(lead, first, road, true)), "done");
  ASSERT_EQ(told(say(lead, second, road, true)), "done");
  EXPECT_EQ(now(road).relapsed_as, second);
  ASSERT_EQ(told(say(lead, second, road, false)), "done");
  EXPECT_EQ(now(road).relapsed_as, first);
  EXPECT_EQ(damages(verify(connection())), "");
}

TEST_P(RelapseTest, whoever_comes_second_is_told_who_was_first) {
  const MatterId road = settled("the road is broken");
  const MatterId again = must_open_fault("the road is broken again");
  auto late = saying(lead, again, road, false, "elsewhere", 1);
  ASSERT_EQ(told(say(lead, again, road, true)), "done");
  EXPECT_EQ(told(this->road().run(std::move(late), {lead, "", ""})), "matter_moved /version");
}

TEST_P(RelapseTest, a_side_that_was_changed_is_damage) {
  const MatterId road = settled("the road is broken");
  const MatterId again = must_open_fault("the road is broken again");
  ASSERT_EQ(told(say(lead, again, road, true)), "done");
  connection().execute("delete from matter_version where matter = ?1 and deed = 'relapsed'",
                       {road});
  const auto found = verify(connection());
  EXPECT_TRUE(std::any_of(found.begin(), found.end(), [](const journal::Damage& one) {
    return one.what.find("the two sides of a relapse") != std::string::npos;
  }));
}

TEST_P(RelapseTest, what_it_is_held_against_is_found_by_an_index) {
  settled("the road is broken");
  store::testing::Explaining explaining(database().connect(store::Access::read));
  Matter matter = now(must_open_fault("the road is broken again"));
  const auto& type = type_in(pack_, "trial/fault");
  EXPECT_EQ(settled_like(explaining, type, matter).size(), 1U);
  EXPECT_EQ(explaining.scans(), std::vector<std::string>());
}

}  // namespace
}  // namespace huilu::matter
