#include "obligation/measure.h"

#include <gtest/gtest.h>

#include "obligation/testing.h"

namespace huilu::obligation {
namespace {

using testing::day;
using testing::evening;
using testing::noon;

TEST(Fraction, is_exact) {
  EXPECT_EQ(fraction(4, 5), (Fraction{4, 5}));
  EXPECT_EQ(fraction(6, -4), (Fraction{-3, 2}));
  EXPECT_FALSE(fraction(1, 0));
  EXPECT_FALSE(times({INT64_MAX, 1}, {2, 1}));
  EXPECT_TRUE(order({4, 5}, {80, 100}) == 0);
  EXPECT_TRUE(order({51, 78}, {3, 4}) < 0);
  EXPECT_EQ(floor_of({783, 10}), 78);
  EXPECT_EQ(floor_of({-1, 2}), -1);
  EXPECT_EQ(ceil_of({783, 10}), 79);
  EXPECT_EQ(nearest_to({5, 2}), 3);
}

TEST(Fraction, in_digits) {
  EXPECT_EQ(text_of(Fraction{51, 78}), "0.653846");
  EXPECT_EQ(text_of(Fraction{51, 78}, 2), "0.65");
  EXPECT_EQ(text_of(Fraction{3, 2}), "1.5");
  EXPECT_EQ(text_of(Fraction{-1, 2}), "-0.5");
  EXPECT_EQ(text_of(Fraction{7, 1}), "7");
}

constexpr std::string_view lectures = R"(
indicators:
  held:
    clause: S0-1.1
    title: 党课
    count: {record: core/party_lecture}
    every: year
  well_heard:
    clause: S0-1.1
    title: 听课人数
    share: {listeners: {ge: 10}}
    of: {record: core/party_lecture}
    every: year
    floor: 0.5
  middle:
    clause: S0-1.1
    title: 中位数
    median: listeners
    of: {record: core/party_lecture}
    every: year
  most:
    clause: S0-1.1
    title: 最多
    count: {record: core/party_lecture}
    every: year
    ceiling: 1
    roll_up: worst
  beyond:
    clause: S0-1.1
    title: 超出的单位
    count: {record: core/party_lecture}
    every: year
    ceiling: 1
    roll_up: count_of_failed
  own:
    clause: S0-1.1
    title: 自己的
    count: {record: core/party_lecture}
    every: year
    roll_up: none
)";

// A town with two branches, one of which moves to another town in July.
class MeasureTest : public ::testing::Test {
 protected:
  MeasureTest() : world_(lectures) {
    world_.unit(1, {"primary_committee", 4, "", {}});
    world_.unit(2, {"primary_committee", 4, "", {}});
    world_.unit(11, testing::a_branch, "2000-01-01", 1);
    world_.unit(12, testing::a_branch, "2000-01-01", 1);
  }

  void lecture(std::vector<std::int64_t> units, std::string_view date, std::int64_t listeners) {
    Record record;
    record.id = RecordId{static_cast<std::int64_t>(world_.facts.records.size()) + 1};
    RecordVersion version;
    version.types = {"core/party_lecture"};
    for (const std::int64_t unit : units) version.units.push_back(UnitId{unit});
    version.date = day(date);
    version.fields =
        Value::object({{"core/party_lecture", Value::object({{"listeners", listeners}})}});
    version.at = noon(date);
    record.versions = {version};
    world_.facts.records[record.id] = record;
  }

  Figure figure(std::string_view name, std::int64_t unit, std::string_view at) {
    const policy::Pack& pack = world_.packs.back();
    Measuring measuring(world_.facts, {pack, day(at), day(at), evening(at)});
    return measuring.figure(*pack.find_indicator(name), UnitId{unit});
  }
  std::string shown(std::string_view name, std::int64_t unit, std::string_view at) {
    const Figure found = figure(name, unit, at);
    return found.state == FigureState::shown
               ? text_of(found.value)
               : std::string(figure_state_words[static_cast<std::size_t>(found.state)]);
  }

  testing::World world_;
};

TEST_F(MeasureTest, one_of_two_units_is_one_above_them) {
  lecture({11, 12}, "2024-03-01", 12);
  EXPECT_EQ(shown("held", 11, "2024-03-01"), "1");
  EXPECT_EQ(shown("held", 12, "2024-03-01"), "1");
  EXPECT_EQ(shown("held", 1, "2024-03-01"), "1");
  EXPECT_EQ(shown("held", 2, "2024-03-01"), "0");
}

TEST_F(MeasureTest, nothing_has_no_share_and_no_middle) {
  EXPECT_EQ(shown("well_heard", 1, "2024-03-01"), "empty");
  EXPECT_EQ(shown("middle", 1, "2024-03-01"), "empty");
  EXPECT_EQ(shown("held", 1, "2024-03-01"), "0");
}

TEST_F(MeasureTest, what_lies_below_is_added_up_and_then_divided) {
  lecture({11}, "2024-03-01", 12);
  lecture({12}, "2024-03-01", 3);
  lecture({12}, "2024-03-02", 30);
  const Figure found = figure("well_heard", 1, "2024-03-05");
  EXPECT_EQ(found.value, (Fraction{2, 3}));
  EXPECT_EQ(found.part, 2);
  EXPECT_EQ(found.base, 3);
  EXPECT_TRUE(found.beyond.empty());
  EXPECT_EQ(shown("middle", 1, "2024-03-05"), "12");
  EXPECT_EQ(shown("middle", 12, "2024-03-05"), "16.5");
}

TEST_F(MeasureTest, units_beyond_a_limit) {
  lecture({11}, "2024-03-01", 3);
  lecture({12}, "2024-03-01", 12);
  lecture({12}, "2024-03-02", 12);
  EXPECT_EQ(figure("well_heard", 1, "2024-03-05").beyond, std::vector<UnitId>{UnitId{11}});
  EXPECT_EQ(shown("most", 1, "2024-03-05"), "2");
  EXPECT_EQ(shown("beyond", 1, "2024-03-05"), "1");
  EXPECT_EQ(shown("own", 1, "2024-03-05"), "not_rolled_up");
  EXPECT_EQ(shown("own", 12, "2024-03-05"), "2");
}

TEST_F(MeasureTest, a_unit_that_moves_takes_its_year_along) {
  lecture({11}, "2024-03-01", 12);
  auto& parents = world_.facts.units[UnitId{11}].parents;
  parents.back().span.until = day("2024-07-01");
  parents.push_back({UnitId{2}, {day("2024-07-01"), {}}});
  EXPECT_EQ(shown("held", 1, "2024-06-30"), "1");
  EXPECT_EQ(shown("held", 1, "2024-07-01"), "0");
  EXPECT_EQ(shown("held", 2, "2024-07-01"), "1");
}

TEST_F(MeasureTest, only_days_of_the_period_until_the_day) {
  lecture({11}, "2023-12-31", 12);
  lecture({11}, "2024-01-01", 12);
  lecture({11}, "2024-05-01", 12);
  EXPECT_EQ(shown("held", 1, "2024-04-30"), "1");
  EXPECT_EQ(shown("held", 1, "2024-05-01"), "2");
}

}  // namespace
}  // namespace huilu::obligation
