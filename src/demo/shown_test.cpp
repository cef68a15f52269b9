// What whoever tries the demo finds in it, on whatever day and from whatever seed it is made.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "demo/plan.h"
#include "demo/testing.h"

namespace huilu::demo {
namespace {

bool has_type(const PlannedContent& content, const std::string& type) {
  return std::find(content.types.begin(), content.types.end(), type) != content.types.end();
}

TEST(DemoShown, the_secretary_owes_this_months_theme_day) {
  for (Date day = Date::of(2026, 11, 1); day < Date::of(2027, 2, 1); day = day + 9) {
    const Plan plan = make_plan(1, small_shape(), at_time(day, 10 * 60));
    int before = 0;
    for (const auto& step : plan.steps) {
      const auto* enter = std::get_if<Enter>(&step.what);
      if (!enter || enter->content.units.front() != plan.secretary_branch) continue;
      if (!has_type(enter->content, "core/theme_party_day")) continue;
      EXPECT_LT(enter->content.date, first_of_month(day)) << day.text();
      ++before;
    }
    EXPECT_GE(before, 6) << day.text();
  }
}

// A visit names its point; one to a point that was taken back would be refused. Of these seeds 652
// has a point that the dice would take back.
TEST(DemoShown, no_contact_point_is_taken_back) {
  int points = 0;
  for (std::uint64_t seed = 645; seed <= 660; ++seed) {
    const Plan plan = make_plan(seed, small_shape(), at_time(Date::of(2026, 11, 22), 10 * 60));
    std::set<Index> entered;
    for (const auto& step : plan.steps) {
      if (const auto* enter = std::get_if<Enter>(&step.what)) {
        if (has_type(enter->content, "standing-duties/contact_point")) {
          entered.insert(enter->record);
        }
      } else if (const auto* taken_back = std::get_if<Void>(&step.what)) {
        EXPECT_FALSE(entered.contains(taken_back->record)) << "seed " << seed;
      }
    }
    points += static_cast<int>(entered.size());
  }
  EXPECT_GT(points, 20);
}

}  // namespace
}  // namespace huilu::demo
