// A plan carried out: whoever tries the demo finds everything in it, and it verifies.
#include "demo/carry_out.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "campaign/queries.h"
#include "compliance/load_facts.h"
#include "demo/plan.h"
#include "demo/testing.h"
#include "enactment/queries.h"
#include "exemption/queries.h"
#include "identity/queries.h"
#include "obligation/evaluate.h"
#include "org/queries.h"
#include "record/queries.h"
#include "round/queries.h"
#include "round/queries_look_backs.h"

namespace huilu::demo {
namespace {

using testing::made;
using testing::read;

class CarriedOutTest : public testing::GroundTest {
 protected:
  // How every duty of some units stands on the day the demo is made: verdict → cells.
  using Judged = std::map<std::string, std::map<obligation::Verdict, int>>;
  Judged judged(const std::vector<UnitId>& units) {
    auto facts = compliance::load_policy(*connection_, packs_);
    compliance::load_units(*connection_, units, compliance::Names::left_out, facts);
    obligation::Evaluator evaluator(facts);
    const Date today = Zone{}.date_of(made);
    Judged judged;
    for (const auto* duty : obligation::obligations_on(facts, today, made)) {
      const auto& address = duty->address;
      for (const auto& period :
           obligation::periods_of(facts, *duty, today + -365, today + 1, made)) {
        for (const auto& bearer : obligation::bearers_of(facts, *duty, period, made)) {
          // Of others only what is asked of them from above was loaded.
          const UnitId home = obligation::home_of(facts, bearer, *duty, period, today);
          if (std::find(units.begin(), units.end(), home) == units.end()) continue;
          const auto found = evaluator.evaluate({address, bearer, period.name, today, made});
          EXPECT_EQ(found.error, "") << address << ' ' << bearer.text();
          ++judged[address][found.verdict];
        }
      }
    }
    return judged;
  }

  // Branches, every so many, and all who lead.
  std::vector<UnitId> sample(const Plan& plan) {
    constexpr Index stride = 9;
    std::vector<UnitId> units;
    const Date today = Zone{}.date_of(made);
    for (Index unit = 0; unit < plan.units.size(); ++unit) {
      if (unit % stride != 0 && !keeps_leaders_records(plan, unit)) continue;
      const auto found =
          org::unit_by_code(*connection_, "demo", fmt::format("{:07}", unit + 1), today);
      if (found) units.push_back(found->id);
    }
    return units;
  }

  void expect_accounts_for_the_owner_alone(const Made& done) {
    const std::string path = folder_.path() + "/demo-accounts.txt";
    struct stat about {};
    ASSERT_EQ(stat(path.c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777, 0600u);
    const std::string listed = read(path);
    for (const auto& account : done.accounts) {
      EXPECT_NE(listed.find(account.name + " " + account.password + "\n"), listed.npos);
    }
  }

  void expect_organisation(const Plan& plan) {
    const Date today = Zone{}.date_of(made);
    const auto roots = org::children_of(*connection_, std::nullopt, today, {});
    ASSERT_EQ(roots.items.size(), 1u);
    EXPECT_EQ(roots.items.front().name, "中共栖湖区委员会");
    EXPECT_EQ(roots.items.front().go_live, plan.go_live);

    const auto secretary = identity::find_account_named(*connection_, "secretary");
    ASSERT_TRUE(secretary && secretary->has_password && secretary->person);
    const auto me = identity::me(*connection_, secretary->id, today);
    ASSERT_TRUE(me);
    ASSERT_EQ(me->grants.size(), 1u);
    record::Filter filter;
    filter.unit = me->grants.front().unit;
    const auto records = record::list(*connection_, record::Catalog(packs_, *connection_), filter);
    ASSERT_TRUE(records.ok());
    EXPECT_GT(records->items.size(), 10u);
  }

  void expect_policy_in_force() {
    EXPECT_EQ(enactment::activations(*connection_).size(), 3u);
    const auto campaigns = campaign::campaigns(*connection_);
    ASSERT_EQ(campaigns.size(), 1u);
    EXPECT_EQ(campaigns[0].batches.size(), 2u);
    EXPECT_EQ(campaigns[0].placed.size(), 1u);

    std::map<exemption::State, int> leaves;
    exemption::Filter everywhere;
    everywhere.ranges = {{"", "~"}};
    everywhere.limit = 1'000;
    for (const auto& leave : exemption::list(*connection_, everywhere)) {
      ++leaves[leave.state()];
    }
    EXPECT_GT(leaves[exemption::State::approved], 10);
    EXPECT_GT(leaves[exemption::State::refused], 2);
    EXPECT_GT(leaves[exemption::State::asked], 2);
  }

  // Most is done, and there are gaps.
  void expect_gaps(const Plan& plan) {
    using obligation::Verdict;
    Judged judged = this->judged(sample(plan));
    std::size_t duties = 0;
    for (const policy::Pack& pack : packs_) {
      const bool in_force = pack.id == "standing-duties" || pack.id == "five-ones";
      duties += in_force ? pack.obligations.size() : 0;
    }
    // A province decides them; no team was sent to units of the district.
    for (const char* address : {"standing-duties/special_topics", "five-ones/assigned_visited"}) {
      EXPECT_FALSE(judged.contains(address));
    }
    EXPECT_EQ(judged.size() + 2, duties);
    // Nothing of the kind has happened here.
    const std::set<std::string> quiet = {
        "standing-duties/political_birthday",     "standing-duties/newcomers_talked_with",
        "standing-duties/life_meetings_attended", "standing-duties/seminars_attended",
        "standing-duties/documents_received",     "standing-duties/local_plans"};
    for (auto& [address, cells] : judged) {
      if (quiet.contains(address)) {
        EXPECT_EQ(cells.size(), 1u) << address;
        EXPECT_GT(cells[Verdict::not_applicable], 0) << address;
        continue;
      }
      // Who holds the courses held one without the compulsory lesson: that is its worst case.
      if (address != "standing-duties/training_content") {
        EXPECT_GT(cells[Verdict::met], 0) << address;
      }
      EXPECT_EQ(cells[Verdict::unknown], 0) << address;
    }
    for (const char* address :
         {"standing-duties/theme_day", "standing-duties/committee_meeting",
          "standing-duties/members_meeting", "standing-duties/attend_sittings"}) {
      auto& cells = judged[address];
      EXPECT_GT(cells[Verdict::failed], 0) << address;
      EXPECT_GT(cells[Verdict::met], 4 * cells[Verdict::failed]) << address;
    }
  }

  // One is locked with what it decided, and one is half answered.
  void expect_rounds() {
    const auto rounds = round::list(*connection_, round::Filter{});
    ASSERT_EQ(rounds.size(), 2u);
    const auto open = round::find(*connection_, rounds[0].id).value();
    const auto locked = round::find(*connection_, rounds[1].id).value();
    EXPECT_TRUE(open.round.is_open());
    EXPECT_EQ(open.round.previous, locked.round.id);
    EXPECT_GT(open.rows.size(), 10u);
    EXPECT_GT(open.lines.size(), 2u);
    EXPECT_GT(open.unanswered().size(), 2u);
    EXPECT_FALSE(locked.round.is_open());
    EXPECT_TRUE(locked.unanswered().empty());
    ASSERT_EQ(locked.tasks.size(), 2u);
    EXPECT_TRUE(locked.tasks[0].is_done());
    EXPECT_FALSE(locked.tasks[1].is_done());
  }

  // What was struck off is being looked at again.
  void expect_look_backs() {
    const auto rounds = round::list(*connection_, round::LookBackRoundFilter{});
    ASSERT_EQ(rounds.size(), 1u);
    EXPECT_TRUE(rounds[0].is_open());
    const auto numbers = round::numbers_of(*connection_, rounds[0], {});
    EXPECT_GT(numbers.looked, 0);
    EXPECT_GT(numbers.drawn, numbers.looked);
  }
};

TEST_P(CarriedOutTest, a_small_district_has_everything_that_a_visitor_should_find) {
  const Plan plan = make_plan(5, small_shape(), made);
  std::vector<Date> weeks;
  at_week_end_ = [&] { weeks.push_back(clock_.today()); };
  const Made done = carried_out(plan);
  EXPECT_EQ(done.units, static_cast<std::int64_t>(plan.units.size()));
  EXPECT_EQ(done.accounts.size(), 12u);
  EXPECT_EQ(clock_.now(), made);
  expect_sound();
  expect_accounts_for_the_owner_alone(done);
  ASSERT_GT(weeks.size(), 40u);
  EXPECT_EQ(weeks.back(), Date::of(2026, 11, 15));  // the last Sunday evening before it is made
  for (std::size_t i = 1; i < weeks.size(); ++i) EXPECT_EQ(weeks[i] - weeks[i - 1], 7);
  expect_organisation(plan);
  expect_policy_in_force();
  expect_gaps(plan);
  expect_rounds();
  expect_look_backs();
}

INSTANTIATE_TEST_SUITE_P(On, CarriedOutTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

// What differs from a district is not a matter of the database.
class ProvinceTest : public testing::GroundTest {};

INSTANTIATE_TEST_SUITE_P(On, ProvinceTest, ::testing::Values(store::Dialect::sqlite),
                         store::testing::name_of_dialect);

TEST_P(ProvinceTest, a_province_puts_policy_in_force_for_all_of_it) {
  Shape shape = small_shape();
  shape.counties = 2;
  shape.above_county = true;
  const Plan plan = make_plan(5, shape, made);
  const Made done = carried_out(plan);
  EXPECT_EQ(done.units, static_cast<std::int64_t>(plan.units.size()));
  EXPECT_EQ(enactment::activations(*connection_).size(), 3u);
}

}  // namespace
}  // namespace huilu::demo
