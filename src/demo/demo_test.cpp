#include "demo/demo.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "demo/numbered.h"
#include "demo/plan.h"
#include "demo/testing.h"

namespace huilu::demo {
namespace {

using testing::made;
using testing::read;

std::map<std::string, int> units_by_type(const Plan& plan) {
  std::map<std::string, int> counts;
  for (const auto& unit : plan.units) ++counts[unit.kind.type];
  return counts;
}

int branches_in(const Plan& plan) {
  int count = 0;
  for (const auto& unit : plan.units) count += is_branch(unit) ? 1 : 0;
  return count;
}

// Everything that the plan says of its structure and its year, as one text.
std::string told(const Plan& plan) {
  std::ostringstream out;
  for (const auto& place : plan.places) out << place.code << ' ' << place.name << '\n';
  for (const auto& unit : plan.units) {
    out << unit.name << ' ' << unit.kind.type << ' ' << unit.from.text() << ' '
        << unit.parent.value_or(0) << ' ' << unit.relations.size() << '\n';
  }
  for (const auto& person : plan.persons) {
    out << person.name << ' ' << (person.membership ? person.membership->unit : 0) << '\n';
  }
  for (const auto& post : plan.posts) out << post.title << ' ' << post.holder.value_or(0) << '\n';
  for (const auto& step : plan.steps) {
    out << step.at.ms << ' ' << step.what.index();
    if (const auto* enter = std::get_if<Enter>(&step.what)) {
      out << ' ' << to_json(enter->content.fields) << ' ' << enter->content.present.size();
    }
    out << '\n';
  }
  return out.str();
}

const Plan& district() {
  static const Plan plan = make_plan(1, district_shape(), made);
  return plan;
}

TEST(DemoPlan, the_district_has_the_size_of_the_design) {
  const Plan& plan = district();
  EXPECT_NEAR(static_cast<double>(plan.units.size()), 1'450, 150);
  EXPECT_NEAR(branches_in(plan), 1'050, 100);
  std::size_t members = 0;
  for (const auto& roll : plan.rolls) members += roll.size();
  EXPECT_NEAR(static_cast<double>(members), 22'000, 2'000);
}

TEST(DemoPlan, every_type_of_a_county_occurs_and_as_often_as_it_should) {
  auto counts = units_by_type(district());
  EXPECT_EQ(counts["local_committee"], 1);
  EXPECT_EQ(counts["discipline_commission"], 13);
  EXPECT_EQ(counts["party_department"], 9);
  EXPECT_EQ(counts["gov_department"], 28);
  EXPECT_EQ(counts["leading_party_group"], 32);
  EXPECT_EQ(counts["mass_org"], 5);
  EXPECT_EQ(counts["school"], 40);
  EXPECT_EQ(counts["hospital"], 4);
  EXPECT_EQ(counts["state_firm"], 5);
  EXPECT_EQ(counts["government"] + counts["subdistrict_office"], 13);
  for (const char* type : {"primary_committee",
                           "general_branch",
                           "joint_branch",
                           "temporary_branch",
                           "party_group",
                           "working_committee",
                           "organs_working_committee",
                           "congress",
                           "cppcc",
                           "court",
                           "procuratorate",
                           "self_governing_committee",
                           "public_institution",
                           "party_school",
                           "private_firm",
                           "social_org",
                           "leading_group",
                           "task_force",
                           "campaign_office",
                           "guidance_group"}) {
    EXPECT_GT(counts[type], 0) << type;
  }
  EXPECT_EQ(std::count_if(district().places.begin(), district().places.end(),
                          [](const auto& place) { return place.level == 5; }),
            180);
}

TEST(DemoPlan, a_leading_party_group_has_no_branches_and_leads_its_bureau) {
  const Plan& plan = district();
  for (const auto& unit : plan.units) {
    if (is_branch(unit) && unit.parent) {
      EXPECT_NE(plan.units[*unit.parent].kind.type, "leading_party_group") << unit.name;
    }
    if (unit.kind.type != "gov_department") continue;
    const auto led = std::find_if(unit.relations.begin(), unit.relations.end(), [](const auto& r) {
      return r.kind == org::RelationKind::led_by_group;
    });
    ASSERT_NE(led, unit.relations.end()) << unit.name;
    EXPECT_EQ(plan.units[led->unit].kind.type, "leading_party_group");
  }
}

TEST(DemoPlan, a_branch_has_a_committee_from_seven_full_members_on) {
  const Plan& plan = district();
  std::map<Index, int> seats;
  for (const auto& post : plan.posts) ++seats[post.unit];
  for (Index unit = 0; unit < plan.units.size(); ++unit) {
    if (!is_branch(plan.units[unit]) || plan.rolls[unit].empty()) continue;
    const auto full =
        std::count_if(plan.rolls[unit].begin(), plan.rolls[unit].end(), [&](Index person) {
          return plan.persons[person].membership->kind == org::MembershipKind::full_member;
        });
    EXPECT_EQ(seats[unit] > 1, full >= 7) << plan.units[unit].name;
  }
}

TEST(DemoPlan, parents_stand_before_their_children_and_live_as_long) {
  const Plan& plan = district();
  for (Index unit = 1; unit < plan.units.size(); ++unit) {
    ASSERT_TRUE(plan.units[unit].parent) << plan.units[unit].name;
    EXPECT_LT(*plan.units[unit].parent, unit);
    EXPECT_LE(plan.units[*plan.units[unit].parent].from, plan.units[unit].from);
  }
}

TEST(DemoPlan, the_year_goes_forward_and_ends_on_the_day_it_is_made) {
  const Plan& plan = district();
  EXPECT_EQ(plan.go_live, Date::of(2025, 11, 1));
  Instant last = at_time(plan.go_live + -6, 0);
  int corrections = 0, voids = 0, joint = 0, ahead = 0, closed = 0, several_types = 0;
  for (const auto& step : plan.steps) {
    EXPECT_GE(step.at, last);
    last = step.at;
    corrections += std::holds_alternative<Correct>(step.what) ? 1 : 0;
    voids += std::holds_alternative<Void>(step.what) ? 1 : 0;
    closed += std::holds_alternative<CloseBranch>(step.what) ? 1 : 0;
    if (const auto* enter = std::get_if<Enter>(&step.what)) {
      const auto& content = enter->content;
      joint += content.units.size() == 3 ? 1 : 0;
      several_types += content.types.size() > 1 ? 1 : 0;
      ahead += content.date > Zone{}.date_of(step.at) ? 1 : 0;
      EXPECT_GE(content.date, plan.go_live);
    }
  }
  EXPECT_LE(last, made);
  EXPECT_GE(last, Instant{made.ms - 86'400'000});
  EXPECT_GT(plan.records, 15'000u);
  EXPECT_GT(corrections, 20);
  EXPECT_GT(voids, 5);
  EXPECT_GT(joint, 2);
  EXPECT_GT(ahead, 10);
  EXPECT_GT(several_types, 1'000);
  EXPECT_EQ(closed, 2);
}

TEST(DemoPlan, one_branch_has_all_its_records_from_one_evening) {
  const Plan& plan = district();
  std::map<Index, std::vector<Instant>> entries;
  for (const auto& step : plan.steps) {
    if (const auto* enter = std::get_if<Enter>(&step.what)) {
      for (const Index unit : enter->content.units) entries[unit].push_back(step.at);
    }
  }
  int evenings = 0;
  for (const auto& [unit, instants] : entries) {
    const bool one_evening =
        instants.size() == 48 && instants.back().ms - instants.front().ms < 3 * 3'600'000;
    evenings += one_evening ? 1 : 0;
  }
  EXPECT_EQ(evenings, 1);
}

TEST(DemoPlan, august_is_quiet) {
  std::map<unsigned, int> meetings;
  for (const auto& step : district().steps) {
    const auto* enter = std::get_if<Enter>(&step.what);
    if (enter == nullptr) continue;
    const auto& types = enter->content.types;
    if (std::find(types.begin(), types.end(), "core/branch_committee_meeting") == types.end()) {
      continue;
    }
    ++meetings[static_cast<unsigned>(enter->content.date.ymd().month())];
  }
  EXPECT_LT(meetings[8] * 2, meetings[7]);
  EXPECT_LT(meetings[8] * 2, meetings[9]);
}

TEST(DemoPlan, one_seed_and_day_make_the_same_again_and_another_seed_does_not) {
  EXPECT_EQ(told(make_plan(7, small_shape(), made)), told(make_plan(7, small_shape(), made)));
  EXPECT_NE(told(make_plan(7, small_shape(), made)), told(make_plan(8, small_shape(), made)));
}

TEST(DemoPlan, every_day_of_a_leap_year_can_be_the_day_it_is_made) {
  for (Date day = Date::of(2028, 1, 1); day < Date::of(2029, 1, 1); day = day + 11) {
    const Plan plan = make_plan(3, small_shape(), at_time(day, 3));
    EXPECT_GT(plan.records, 300u) << day.text();
  }
}

TEST(DemoPlan, accounts_are_the_roles_of_the_first_release) {
  std::set<std::string> shown;
  std::set<Index> typed_for;
  for (const auto& account : district().accounts) {
    if (account.has_password) shown.insert(account.name);
    for (const auto& grant : account.grants) {
      if (grant.role == identity::Role::delegate) typed_for.insert(*grant.unit);
    }
  }
  EXPECT_EQ(shown, (std::set<std::string>{"secretary", "department", "delegate", "office", "leader",
                                          "inspector", "author", "tree", "auditor", "admin",
                                          "security", "member"}));
  EXPECT_GT(typed_for.size(), 900u);
}

const std::vector<org::PlaceFile>& few_places() {
  static const std::vector<org::PlaceFile> files = {
      {"provinces.csv", "code,name\n11,\"甲\"\n12,\"乙\"\n", 1},
      {"cities.csv", "code,name,provinceCode\n1101,\"丙\",11\n1201,\"丁\",12\n", 2},
      {"areas.csv", "code,name,cityCode\n110101,\"戊\",1101\n120101,\"己\",1201\n", 3},
      {"streets.csv", "code,name,areaCode\n110101001,\"庚\",110101\n110101002,\"辛\",110101\n", 4},
      {"villages.csv",
       "code,name,streetCode\n110101001001,\"壬\",110101001\n110101002001,\"癸\",110101002\n", 5}};
  return files;
}

TEST(DemoNumbered, a_code_takes_the_places_above_and_below_it) {
  const auto places = places_at(few_places(), "110101");
  ASSERT_TRUE(places.ok());
  const Plan plan = plan_numbered(*places, made);
  EXPECT_EQ(plan.units.size(), 7u);
  const auto one = places_at(few_places(), "110101002");
  ASSERT_TRUE(one.ok());
  EXPECT_EQ(plan_numbered(*one, made).units.size(), 5u);
  const auto all = places_at(few_places(), "all");
  ASSERT_TRUE(all.ok());
  EXPECT_EQ(plan_numbered(*all, made).units.size(), 10u);
  const auto none = places_at(few_places(), "13");
  ASSERT_FALSE(none.ok());
  EXPECT_EQ(none.refusals().front().code, RefusalCode::unknown_place);
}

TEST(DemoNumbered, units_carry_numbers_and_no_name_of_a_place) {
  const Plan plan = plan_numbered(few_places(), made);
  EXPECT_EQ(plan.units.front().name, "第000001号党委");
  EXPECT_EQ(plan.units.back().name, "第000010号党支部");
  EXPECT_EQ(plan.units.back().parent, 7u);
}

class DemoTest : public testing::GroundTest {};

TEST_P(DemoTest, what_is_no_longer_empty_is_refused) {
  Options options;
  options.real_places = "110101";
  options.places_folder = folder_.path();
  const char* names[] = {"provinces.csv", "cities.csv", "areas.csv", "streets.csv", "villages.csv"};
  for (std::size_t i = 0; i < few_places().size(); ++i) {
    std::ofstream(folder_.path() + "/" + names[i]) << few_places()[i].bytes;
  }
  const auto quiet = [](Stage, std::int64_t, std::int64_t) {};
  const auto first = make(options, ground(), quiet);
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(first->units, 7);
  EXPECT_EQ(first->branches, 2);
  expect_sound();
  const auto mark = parse_json(read(folder_.path() + "/demo.json"));
  ASSERT_TRUE(mark.ok());
  EXPECT_EQ(*mark->find("made_on")->text(), "2026-11-22");
  EXPECT_EQ(*mark->find("real_places")->text(), "110101");

  const auto second = make(options, ground(), quiet);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.refusals().front().code, RefusalCode::duplicate);
}

INSTANTIATE_TEST_SUITE_P(On, DemoTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

}  // namespace
}  // namespace huilu::demo
