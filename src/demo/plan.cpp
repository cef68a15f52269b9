#include "demo/plan.h"

#include <algorithm>

#include "base/check.h"
#include "calendar/period.h"
#include "demo/draft.h"

namespace huilu::demo {

namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr int province_departments = 38;
constexpr int province_universities = 12;
constexpr int city_departments = 35;

// A county with everything below it.
void plan_county(Draft& draft, const Shape& shape, int number, Index city, const Above& above) {
  const std::string name = number == 0 ? "栖湖区" : draft.names().county() + "县";
  draft.names().enter_county();
  draft.use_people(number < shape.counties_with_people);
  const Index place = draft.place(name, 3, city);
  const Organs organs = plan_organs(draft, name, 3, place, above, shape.departments);
  if (number == 0) {
    draft.plan().committee = organs.county.committee;
    draft.plan().government = organs.county.government;
    draft.plan().campaign.early = organs.county.organs;
  }
  plan_lines(draft, organs.county, shape);
  for (int town = 0; town < shape.towns; ++town) {
    plan_town(draft, organs.county, town, shape.villages);
  }
}

Organs plan_city_organs(Draft& draft, const std::string& name, Index place, const Above& above) {
  draft.use_people(false);
  return plan_organs(draft, name, 2, place, above, city_departments);
}

}  // namespace

Shape district_shape() { return {}; }

Shape province_shape() {
  Shape shape;
  shape.cities = 11;
  shape.counties = 90;
  shape.towns = 15;
  shape.villages = 18;
  shape.above_county = true;
  return shape;
}

Shape small_shape() {
  Shape shape;
  shape.towns = 1;
  shape.villages = 3;
  shape.schools = 1;
  shape.hospitals = 1;
  shape.firms = 1;
  shape.departments = 28;
  return shape;
}

bool is_branch(const PlannedUnit& unit) {
  return unit.kind.type == "branch" || unit.kind.type == "joint_branch" ||
         unit.kind.type == "temporary_branch";
}

bool has_tag(const PlannedUnit& unit, std::string_view tag) {
  const auto& tags = unit.kind.tags;
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

bool keeps_leaders_records(const Plan& plan, Index unit) {
  const PlannedUnit& candidate = plan.units[unit];
  const std::string& type = candidate.kind.type;
  return candidate.with_people &&
         (has_tag(candidate, leadership_tag) || has_tag(candidate, training_tag) ||
          has_tag(candidate, inspects_tag) || type == "primary_committee" ||
          type == "leading_party_group" || unit == plan.government);
}

bool is_leader(const Plan& plan, const PlannedPost& post) {
  return post.unit == plan.committee || (post.unit == plan.government && post.kind == "principal");
}

Date go_live_of(Instant made) {
  const auto today = Zone{}.date_of(made).ymd();
  return Date::of(static_cast<int>(today.year()) - 1, static_cast<unsigned>(today.month()), 1);
}

Date first_of_month(Date day) { return day + (1 - static_cast<int>(unsigned{day.ymd().day()})); }

// Four months, and from the last of them on until the end of the month after the demo's.
PlannedCampaign campaign_of(Date today) {
  const Date month = first_of_month(today);
  PlannedCampaign campaign;
  campaign.first = {calendar::add_months(month, -8), calendar::add_months(month, -4)};
  campaign.second = {calendar::add_months(month, -5), calendar::add_months(month, 2)};
  return campaign;
}

Instant at_time(Date day, int minutes, int seconds) {
  const std::int64_t local = static_cast<std::int64_t>(day.days) * 24 * 60 + minutes;
  return {(local - Zone{}.minutes) * minute_ms + seconds * 1000};
}

void plan_units(Plan& plan, std::uint64_t seed) {
  Draft draft(plan, seed);
  const Shape& shape = plan.shape;
  const Index province = draft.place("云岭省", 1, std::nullopt);
  Above of_province;
  if (shape.above_county) {
    draft.use_people(false);
    const Organs organs = plan_organs(draft, "云岭省", 1, province, {}, province_departments);
    plan_universities(draft, organs.county, province_universities);
    of_province = organs.as_above;
  }
  int county = 0;
  for (int city = 0; city < shape.cities; ++city) {
    const std::string name = city == 0 ? "清河市" : draft.names().county() + "市";
    const Index place = draft.place(name, 2, province);
    Above of_city;
    if (shape.above_county) {
      of_city = plan_city_organs(draft, name, place, of_province).as_above;
    }
    const int last = shape.counties * (city + 1) / shape.cities;
    for (; county < last; ++county) plan_county(draft, shape, county, place, of_city);
  }
}

Plan make_plan(std::uint64_t seed, const Shape& shape, Instant made) {
  Plan plan;
  plan.shape = shape;
  plan.made = made;
  plan.go_live = go_live_of(made);
  const Date today = Zone{}.date_of(made);
  plan.later_go_live = calendar::add_months(first_of_month(today), -6);
  plan.next_wave = calendar::add_months(first_of_month(today), 2);
  plan.campaign = campaign_of(today);
  plan_units(plan, seed);
  plan_people(plan, seed);
  plan_accounts(plan);
  plan_year(plan, seed);
  std::stable_sort(plan.steps.begin(), plan.steps.end(),
                   [](const Step& a, const Step& b) { return a.at < b.at; });
  CHECK(plan.steps.empty() || plan.steps.back().at <= made);
  return plan;
}

}  // namespace huilu::demo
