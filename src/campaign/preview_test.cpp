#include "campaign/preview.h"

#include <gtest/gtest.h>

#include "enactment/testing.h"

namespace huilu::campaign {
namespace {

using enactment::testing::day;
using enactment::testing::path_of;

// u1 is the root; u2 and u3 are below it, u4 and u5 below u2.
class PreviewTest : public enactment::testing::RoadTest {
 protected:
  void SetUp() override {
    RoadTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    connection().execute("insert into unit (id, path, parent) values (5, ?1, 2)",
                         {path_of(2) + "0000005"});
    connection().execute("update unit set type = 'local_committee', level = 3 where id = 1");
    connection().execute(
        "update unit set type = 'primary_committee', level = 4 where id in (2, 3)");
    policy_.activations = {{&pack_, {Date::of(2026, 1, 1), {}}, {}, {1}, {}}};
    campaign_.pack = "trial";
    campaign_.unit = UnitId{1};
    campaign_.batches = {{"towns", {Date::of(2026, 4, 1), Date::of(2026, 7, 1)}},
                         {"branches", {Date::of(2026, 7, 1), Date::of(2026, 10, 1)}}};
  }

  std::string counted(int unit = 1) {
    Parts parts = count_parts(connection(), policy_, campaign_, path_of(unit), day, clock_.now());
    return std::to_string(parts.units["towns"]) + " " + std::to_string(parts.units["branches"]) +
           " " + std::to_string(parts.in_none);
  }

  void select(const std::string& towns) { pack_ = declared(towns); }

  static policy::Pack declared(const std::string& towns) {
    return enactment::testing::trial_pack(
        "1.0.0",
        "campaign:\n"
        "  clause: S9-1\n  title: t\n  window: {from: 2026-03-01, until: 2026-12-01}\n"
        "  batches:\n"
        "    - {id: towns, title: t, who: {unit: " +
            towns +
            "}, "
            "window: {from: 2026-04-01, until: 2026-07-01}}\n"
            "    - {id: branches, title: t, who: {unit: {type: branch}}, "
            "window: {from: 2026-07-01, until: 2026-10-01}}\n");
  }

  policy::Pack pack_ = declared("{type: primary_committee}");
  obligation::Facts policy_;
  obligation::Campaign campaign_;
};

INSTANTIATE_TEST_SUITE_P(On, PreviewTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

TEST_P(PreviewTest, units_are_counted_by_the_selectors_of_the_batches) {
  EXPECT_EQ(counted(), "2 2 1");
  EXPECT_EQ(counted(2), "1 2 0");
}

TEST_P(PreviewTest, a_selector_may_ask_what_stands_above) {
  select("{parent.type: primary_committee}");
  EXPECT_EQ(counted(), "2 0 3");
}

TEST_P(PreviewTest, a_placed_unit_takes_along_what_lies_below_it) {
  campaign_.placed = {{UnitId{2}, "branches", day}, {UnitId{5}, "", day}};
  EXPECT_EQ(counted(), "1 2 2");
}

TEST_P(PreviewTest, without_its_pack_in_force_nobody_takes_part) {
  policy_.activations.clear();
  EXPECT_EQ(counted(), "0 0 5");
}

}  // namespace
}  // namespace huilu::campaign
