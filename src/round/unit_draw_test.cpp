#include <gtest/gtest.h>

#include <algorithm>

#include "round/commands_unit_draws.h"
#include "round/testing.h"

namespace huilu::round {
namespace {

using command::Permission;
using enactment::testing::day;

// The office is at u1; twelve units stand below u2 and u3.
class UnitDrawTest : public testing::RoundRoadTest {
 protected:
  void SetUp() override {
    RoundRoadTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    for (const AccountId one : {office, unit}) insert_account(one);
    gate_.permit(office, {Permission::draw_make});
  }

  static Drawing drawing(int units, std::size_t size) {
    Drawing out;
    out.pack_version = "1.0.0";
    out.may_redraw = true;
    out.sampling.size = size;
    for (int i = 1; i <= units; ++i)
      out.sampling.units.push_back({UnitId{10 + i}, i % 3 == 0 ? "u2" : "u3",
                                    i == 1 ? std::nullopt : std::optional<std::int64_t>(i),
                                    i == 1 ? 1 : 1 + i});
    return out;
  }

  command::Outcome make(Drawing from, const std::string& name = "March") {
    return run(office, DrawUnits({UnitId{1}, "trial/checked", name}, std::move(from)));
  }

  WholeUnitDraw whole(DrawId id) { return find_unit_draw(connection(), id).value(); }

  const AccountId office{11}, unit{12};
};

INSTANTIATE_TEST_SUITE_P(On, UnitDrawTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

TEST_P(UnitDrawTest, a_draw_keeps_the_list_and_the_seed_that_draws_it_again) {
  const DrawId id = id_in<DrawId>(make(drawing(12, 4)));
  const auto found = whole(id);
  EXPECT_EQ(found.draw.declared, "trial/checked");
  EXPECT_EQ(found.draw.drawn, day);
  ASSERT_EQ(found.made.size(), 1U);
  EXPECT_EQ(found.made[0].seed.size(), 64U);
  ASSERT_EQ(found.units.size(), 12U);
  EXPECT_EQ(found.units[0].of, (obligation::Drawable{UnitId{11}, "u3", {}, 1}));
  std::vector<obligation::Drawable> from;
  for (const DrawnUnit& one : found.units) from.push_back(one.of);
  const auto again = drawn_units(from, found.made[0].seed, found.made[0].size);
  std::size_t drawn = 0;
  for (std::size_t i = 0; i < again.size(); ++i) {
    EXPECT_EQ(again[i].place, found.units[i].place);
    drawn += again[i].place > 0 ? 1 : 0;
  }
  EXPECT_EQ(drawn, 4U);
  EXPECT_EQ(damages(verify_unit_draws(connection())), "");
}

TEST_P(UnitDrawTest, what_cannot_be_drawn_is_refused) {
  EXPECT_EQ(told(make(drawing(0, 0))), "draw_empty /unit");
  EXPECT_EQ(told(make(drawing(3, 2), " ")), "field_required /name");
  Drawing without = drawing(3, 2);
  without.sampling.no_value = true;
  EXPECT_EQ(told(make(without)), "pack_no_value /draw");
  Drawing heavy = drawing(3, 2);
  heavy.sampling.units[0].tickets = obligation::tickets_max;
  EXPECT_EQ(told(make(heavy)), "field_range /unit");
  EXPECT_EQ(told(run(unit, DrawUnits({UnitId{1}, "trial/checked", "March"}, drawing(3, 2)))),
            "not_permitted");
}

TEST_P(UnitDrawTest, it_is_drawn_anew_for_a_reason_and_both_draws_stay) {
  const DrawId id = id_in<DrawId>(make(drawing(12, 4)));
  const auto anew = [&](std::int64_t seen, const std::string& reason, Drawing from) {
    return run(office, DrawUnitsAnew(whole(id).draw, seen, reason, std::move(from)));
  };
  EXPECT_EQ(told(anew(1, " ", drawing(13, 5))), "field_required /reason");
  EXPECT_EQ(told(anew(2, "one was closed", drawing(13, 5))), "version_conflict /version");
  Drawing once = drawing(13, 5);
  once.may_redraw = false;
  EXPECT_EQ(told(anew(1, "one was closed", once)), "draw_final");
  EXPECT_EQ(told(anew(1, "one was closed", drawing(13, 5))), "done");
  const auto now = whole(id);
  ASSERT_EQ(now.made.size(), 2U);
  EXPECT_NE(now.made[0].seed, now.made[1].seed);
  EXPECT_EQ(now.made[1].reason, "one was closed");
  EXPECT_EQ(now.units.size(), 13U);
  EXPECT_EQ(units_of(connection(), id, 1).size(), 12U);
  EXPECT_EQ(damages(verify_unit_draws(connection())), "");
  EXPECT_EQ(unit_draws_of(connection(), UnitId{1}, {}, 50).size(), 1U);
  EXPECT_EQ(unit_draws_of(connection(), UnitId{1}, id, 50).size(), 0U);
  EXPECT_EQ(unit_draws_of(connection(), UnitId{2}, {}, 50).size(), 0U);
}

TEST_P(UnitDrawTest, verify_finds_what_was_drawn_beside_the_seed) {
  EXPECT_EQ(told(make(drawing(12, 4))), "done");
  const auto breaks = [&](const std::string& sql, const std::string& table) {
    connection().execute(sql, {});
    EXPECT_NE(damages(verify_unit_draws(connection())).find(table), std::string::npos) << sql;
  };
  breaks("update unit_draw_unit set tickets = tickets + 1 where unit = 12", "unit_draw_unit ");
  breaks("update unit_draw_made set seed = 'ff'", "unit_draw_made ");
  breaks("update unit_draw set declared = 'trial/other'", "unit_draw ");
  breaks("delete from unit_draw_made", "unit_draw ");
}

}  // namespace
}  // namespace huilu::round
