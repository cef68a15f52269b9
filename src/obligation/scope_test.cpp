#include "obligation/scope.h"

#include "obligation/testing.h"

namespace huilu::obligation {
namespace {

using testing::counts;
using testing::day;
using testing::line;
using testing::monthly;
using testing::person;
using testing::tenure;
using testing::unit;
using testing::World;

// One duty a year, with more keys.
std::string yearly_duty(std::string_view keys, std::string_view who = "{unit: {type: branch}}",
                        std::string_view need = "4", std::string_view where = "unit: $bearer") {
  return "obligations:\n  duty:\n    clause: S0-1.1\n    title: 走访\n    who: " +
         std::string(who) + "\n    every: year\n    needs: {at_least: " + std::string(need) +
         ", of: {record: visit, where: {" + std::string(where) +
         "}}}\n    missing: counts_as_zero\n" + std::string(keys);
}

struct Row {
  const char* keys;
  const char* begins;  // of the bearer, the duty or the collection
  const char* expected;
  int need;
};

std::string answer(World& world, const Bearer& bearer, const char* at = "2026-12-15") {
  return line(world.ask(bearer, "2026", at));
}

// O1, T15: what begins within a period.
TEST(FirstPeriod, of_a_unit_that_was_founded_within_it) {
  const Row rows[] = {
      {"", "2026-01-01", "open", 4},
      {"", "2026-01-02", "not_applicable: first_period", 0},
      {"    first_period: skip\n", "2026-07-01", "not_applicable: first_period", 0},
      {"    first_period: full\n", "2026-07-01", "open", 4},
      {"    first_period: pro_rata\n", "2026-07-01", "open", 2},  // 184 of 365 days: 2.01
      {"    pro_rata: {round: floor}\n", "2026-07-01", "open", 2},
      {"    pro_rata: {round: ceil}\n", "2026-07-01", "open", 3},
      {"    pro_rata: {round: floor}\n", "2026-07-03", "open", 1},
      {"    pro_rata: {round: ceil}\n", "2026-07-03", "open", 2},
      {"    pro_rata: {round: floor, min: 1}\n", "2026-12-10", "open", 1},
      {"    pro_rata: {round: floor}\n", "2026-12-10", "not_applicable: first_period", 0},
      {"    pro_rata: {round: ceil}\n", "2026-12-10", "open", 1},
      {"    pro_rata: {round: ceil, min: 9}\n", "2026-12-10", "open", 4},  // never more than all
      {"    pro_rata: {round: floor}\n    first_period: full\n", "2026-07-01", "open", 2},
  };
  for (const Row& row : rows) {
    World world(yearly_duty(row.keys));
    world.unit(1, testing::a_branch, row.begins);
    EXPECT_EQ(answer(world, unit(1)), row.expected) << row.keys << row.begins;
    EXPECT_EQ(world.ask(1, "2026", "2026-12-15").test.need, row.need) << row.keys << row.begins;
    EXPECT_EQ(line(world.ask(1, "2027", "2027-12-15")), "open") << row.keys;
    EXPECT_EQ(world.ask(1, "2027", "2027-12-15").test.need, 4) << row.keys;
  }
}

TEST(FirstPeriod, of_a_pack_that_came_into_force_within_it) {
  const Row rows[] = {
      {"", "2026-01-01", "open", 4},
      {"", "2026-09-15", "not_applicable: first_period", 0},
      {"    first_period: full\n", "2026-09-15", "open", 4},
      {"    first_period: pro_rata\n", "2026-07-01", "open", 2},
      // The key pro_rata is about the bearer; the duty itself is skipped.
      {"    pro_rata: {round: floor}\n", "2026-09-15", "not_applicable: first_period", 0},
  };
  for (const Row& row : rows) {
    World world(yearly_duty(row.keys));
    world.unit(1);
    world.facts.activations[0].span.from = day(row.begins);
    EXPECT_EQ(answer(world, unit(1)), row.expected) << row.keys << row.begins;
    EXPECT_EQ(world.ask(1, "2026", "2026-12-15").test.need, row.need) << row.keys << row.begins;
    EXPECT_EQ(line(world.ask(1, "2025", "2026-12-15")), "not_applicable: not_in_force");
  }
}

// A duty that a later version of the pack adds is new, too.
TEST(FirstPeriod, of_a_duty_that_a_version_added) {
  World world("record_types: {act: {title: 事, fields: {}}}\n");
  world.unit(1);
  EXPECT_EQ(answer(world, unit(1)), "not_applicable: not_in_force");
  world.activate(yearly_duty(""), {day("2026-06-01"), {}});
  EXPECT_EQ(answer(world, unit(1)), "not_applicable: first_period");
  EXPECT_EQ(line(world.ask(1, "2027", "2027-03-01")), "open");
}

// Before we were asked is not overdue.
TEST(GoLive, what_lies_before_it_is_not_collected) {
  World world(yearly_duty(""));
  Unit& branch = world.unit(1);
  branch.go_live = day("2026-07-01");
  EXPECT_EQ(line(world.ask(1, "2025", "2026-12-15")), "not_applicable: not_collected");
  EXPECT_EQ(answer(world, unit(1)), "not_applicable: first_period");
  EXPECT_EQ(line(world.ask(1, "2027", "2028-12-15")), "failed");
  branch.go_live = day("2026-01-01");
  EXPECT_EQ(line(world.ask(1, "2025", "2026-12-15")), "not_applicable: not_collected");
  EXPECT_EQ(answer(world, unit(1)), "open");
  World full(yearly_duty("    first_period: full\n"));
  full.unit(1).go_live = day("2026-07-01");
  EXPECT_EQ(answer(full, unit(1)), "open");
  EXPECT_EQ(line(full.ask(1, "2025", "2026-12-15")), "not_applicable: not_collected");
  World monthly_world(monthly);
  monthly_world.unit(1).go_live = day("2026-05-20");
  EXPECT_EQ(line(monthly_world.ask(1, "2026-04", "2026-08-01")), "not_applicable: not_collected");
  EXPECT_EQ(line(monthly_world.ask(1, "2026-05", "2026-08-01")), "not_applicable: first_period");
  EXPECT_EQ(line(monthly_world.ask(1, "2026-06", "2026-08-01")), "failed");
}

// O2: ends with the unit; what was failed, exceeded or met by then stays.
TEST(Ended, a_unit_that_was_closed) {
  const auto world_with = [](int visits, std::string_view keys) {
    auto world = std::make_unique<World>(yearly_duty(keys, "{unit: {type: branch}}", "2"));
    world->unit(1).span.until = day("2026-07-01");
    for (int i = 0; i < visits; ++i)
      world->record("core/visit", {UnitId{1}}, i == 0 ? "2026-02-02" : "2026-03-03");
    return world;
  };
  EXPECT_EQ(line(world_with(1, "")->ask(1, "2026", "2026-06-30")), "open") << "not yet closed";
  EXPECT_EQ(line(world_with(1, "")->ask(1, "2026", "2026-07-01")), "not_applicable: closed");
  EXPECT_EQ(line(world_with(1, "")->ask(1, "2026", "2027-05-01")), "not_applicable: closed");
  EXPECT_EQ(line(world_with(2, "")->ask(1, "2026", "2026-07-01")), "met");
  EXPECT_EQ(line(world_with(2, "")->ask(1, "2027", "2027-07-01")), "not_applicable: closed");
  // The need is the whole year's, as it was before the end was known.
  EXPECT_EQ(counts(world_with(1, "    pro_rata: {round: floor}\n")->ask(1, "2026", "2027-05-01")),
            "1/2");
  const auto due = "    due: {act: {month_day: \"03-31\"}, after_act: too_late}\n";
  EXPECT_EQ(line(world_with(1, due)->ask(1, "2026", "2026-07-01")), "failed") << "by then";
  EXPECT_EQ(line(world_with(2, due)->ask(1, "2026", "2026-07-01")), "met");
}

TEST(Ended, at_most_stays_exceeded_and_is_not_judged_otherwise) {
  World world(R"(
obligations:
  duty:
    clause: S0-1.1
    title: 走访
    who: {unit: {type: branch}}
    every: year
    needs: {at_most: 1, of: {record: visit, where: {unit: $bearer}}}
    missing: counts_as_zero
)");
  for (int i = 1; i <= 2; ++i) {
    world.unit(i).span.until = day("2026-07-01");
    for (int n = 0; n < i; ++n) world.record("core/visit", {UnitId{i}}, "2026-02-02");
  }
  EXPECT_EQ(answer(world, unit(1)), "not_applicable: closed");
  EXPECT_EQ(answer(world, unit(2)), "failed");
}

// O7: the selector over time.
TEST(Selector, says_on_which_day_it_has_to_match) {
  using policy::InScope;
  using policy::ScopeDay;
  const auto on = [](ScopeDay asked) { return InScope{{}, asked}; };
  const auto least = [](policy::DurationUnit unit, std::int64_t count) {
    return InScope{policy::Duration{unit, count}, ScopeDay::any_day};
  };
  using policy::DurationUnit;
  struct Case {
    std::optional<InScope> scope;
    const char* becomes;  // a branch, from this day
    const char* until;    // and is none any more from this one
    const char* expected;
  };
  const Case cases[] = {
      {{}, "2000-01-01", "", "open"},
      {{}, "2026-07-01", "", "not_applicable: first_period"},
      {{}, "2000-01-01", "2026-07-01", "not_applicable: not_in_scope"},
      {{}, "2027-01-01", "", "not_applicable: not_in_scope"},
      {on(ScopeDay::period_start), "2000-01-01", "2026-07-01", "open"},
      {on(ScopeDay::period_start), "2026-01-02", "", "not_applicable: not_in_scope"},
      {on(ScopeDay::period_end), "2026-12-31", "", "open"},
      {on(ScopeDay::period_end), "2000-01-01", "2026-12-31", "not_applicable: not_in_scope"},
      {on(ScopeDay::any_day), "2026-07-01", "2026-07-02", "open"},
      {on(ScopeDay::any_day), "2027-01-01", "", "not_applicable: not_in_scope"},
      {least(DurationUnit::days, 365), "2026-01-01", "", "open"},
      {least(DurationUnit::days, 365), "2026-01-02", "", "not_applicable: not_in_scope"},
      {least(DurationUnit::months, 6), "2026-07-01", "", "not_applicable: first_period"},
      {least(DurationUnit::months, 6), "2026-07-05", "", "not_applicable: not_in_scope"},
  };
  for (const Case& one : cases) {
    World world(yearly_duty(""));
    world.packs.front().obligations[0].who.in_scope = one.scope;
    Unit& changed = world.unit(1);
    Dates<Kind> kinds;
    const Kind other = {"general_branch", 5, "", {}};
    if (day(one.becomes) > day("2000-01-01"))
      kinds.push_back({other, {day("2000-01-01"), day(one.becomes)}});
    const bool ends = std::string_view(one.until) != "";
    kinds.push_back({testing::a_branch,
                     {day(one.becomes), ends ? std::optional(day(one.until)) : std::nullopt}});
    if (ends) kinds.push_back({other, {day(one.until), {}}});
    changed.kinds = kinds;
    EXPECT_EQ(answer(world, unit(1), "2026-12-31"), one.expected)
        << (&one - cases) << " " << one.becomes << " " << one.until;
  }
}

TEST(Selector, reads_the_links_of_a_unit_on_the_day) {
  World world(yearly_duty("", "{unit: {type: branch, parent.type: primary_committee}}"));
  world.unit(10, {"primary_committee", 4, "", {}});
  world.unit(11, {"general_branch", 4, "", {}});
  Unit& branch = world.unit(1, testing::a_branch, "2000-01-01", 10);
  EXPECT_EQ(answer(world, unit(1)), "open");
  branch.parents = {{UnitId{10}, {day("2000-01-01"), day("2026-05-01")}},
                    {UnitId{11}, {day("2026-05-01"), {}}}};
  EXPECT_EQ(answer(world, unit(1)), "not_applicable: not_in_scope");
  EXPECT_EQ(line(world.ask(1, "2026", "2026-04-30")), "open");
  // The parent itself becomes another kind of unit.
  branch.parents = {{UnitId{10}, {day("2000-01-01"), {}}}};
  world.facts.units[UnitId{10}].kinds = {
      {{"general_branch", 4, "", {}}, {day("2000-01-01"), day("2026-05-01")}},
      {{"primary_committee", 4, "", {}}, {day("2026-05-01"), {}}}};
  EXPECT_EQ(answer(world, unit(1)), "not_applicable: first_period");
}

// O8, O9, the worked example's li and wang: duties of posts follow the post.
TEST(Post, the_holder_owes_while_he_holds_it) {
  const auto who = "{post: {kind: secretary}, in_scope: {at_least: {days: 90}}}";
  World world(yearly_duty("    pro_rata: {of: membership_days, round: floor, min: 1}\n", who, "2",
                          "present: {has: $bearer.holder}"));
  world.unit(1);
  world.post(1, 1, 1, "secretary", "2020-05-01");
  world.post(2, 2, 1, "secretary", "2026-07-01");                // half a year: one of two
  world.post(3, 3, 1, "secretary", "2026-11-20");                // six weeks
  world.post(4, 4, 1, "secretary", "2020-01-01", "2026-08-01");  // left in August
  world.post(5, 5, 1, "liaison", "2020-01-01");
  world.post(6, 6, 1, "secretary", "2020-01-01").acting = true;
  EXPECT_EQ(answer(world, tenure(1)), "open");
  EXPECT_EQ(answer(world, tenure(2)), "open");
  EXPECT_EQ(world.ask(tenure(2), "2026", "2026-12-15").test.need, 1);
  EXPECT_EQ(answer(world, tenure(3)), "not_applicable: not_in_scope");
  EXPECT_EQ(answer(world, tenure(4)), "not_applicable: left");
  EXPECT_EQ(line(world.ask(tenure(4), "2026", "2026-07-31")), "open");
  EXPECT_EQ(answer(world, tenure(5)), "not_applicable: not_in_scope");
  EXPECT_EQ(answer(world, tenure(6)), "open [acting]");
  const auto because = world.ask(tenure(2), "2026", "2026-12-15").in_scope_because;
  ASSERT_EQ(because.size(), 2U);
  EXPECT_EQ(because[0].second, "secretary");
  EXPECT_EQ(because[1].second, "184/365");
}

TEST(Post, what_was_done_in_another_post_counts_for_the_other) {
  World world(yearly_duty("    first_period: full\n", "{post: {kind: secretary}}", "1",
                          "present: {has: $bearer.holder}"));
  world.unit(1);
  world.unit(2);
  world.post(1, 7, 1, "secretary", "2020-05-01", "2026-08-01");
  world.post(2, 7, 2, "secretary", "2026-08-01");
  Record& record = world.record("core/visit", {UnitId{1}}, "2026-03-03");
  record.versions[0].present = {PersonId{7}};
  EXPECT_EQ(answer(world, tenure(1)), "met") << "before he left";
  EXPECT_EQ(answer(world, tenure(2)), "open");
  const auto rejected = world.ask(tenure(2), "2026", "2026-12-15").test.rejected;
  ASSERT_EQ(rejected.size(), 1U);
  EXPECT_EQ(rejected[0].why, "outside_period");
}

// O10.
TEST(Post, several_posts_of_one_person_are_one_duty_where_they_are_merged) {
  for (const bool merged : {false, true}) {
    World world(yearly_duty(
        "", merged ? "{post: {kind: secretary}, merge_posts: true}" : "{post: {kind: secretary}}",
        "1", "present: {has: $bearer.holder}"));
    world.unit(1);
    world.unit(2);
    world.post(1, 7, 1, "secretary", "2020-01-01", "2026-09-01");
    world.post(2, 7, 2, "secretary", "2021-01-01");
    world.post(3, 7, 2, "liaison", "2019-01-01");
    const auto bearers = bearers_of(world.facts, world.packs.front().obligations[0],
                                    *calendar::period_from("2026"), testing::noon("2026-12-15"));
    ASSERT_EQ(bearers.size(), merged ? 1U : 2U);
    EXPECT_EQ(bearers[0], tenure(1));
    EXPECT_EQ(answer(world, tenure(1)), merged ? "open" : "not_applicable: left");
    EXPECT_EQ(answer(world, tenure(2)), merged ? "not_applicable: not_in_scope" : "open");
    Record& record = world.record("core/visit", {UnitId{2}}, "2026-10-03");
    record.versions[0].present = {PersonId{7}};
    EXPECT_EQ(answer(world, tenure(1)), merged ? "met" : "not_applicable: left");
  }
}

// O8, O11: a member's duty goes with the member, and is counted where he is.
TEST(Member, is_counted_in_the_row_of_the_day) {
  World world(yearly_duty("", "{member: {probationary: false}, at: host_else_home}", "1",
                          "present: {has: $bearer}"));
  world.unit(1);
  world.unit(2);
  world.unit(3);
  world.member(7, 1, "2010-01-01", "2026-06-01");
  world.member(7, 2, "2026-06-01");
  Membership& floating = world.member(8, 1, "2010-01-01");
  floating.floating = true;
  floating.host = UnitId{3};
  world.member(9, 1, "2010-01-01").probationary = true;
  world.member(5, 1, "2010-01-01", "2026-03-01");
  world.member(6, 1, "2026-03-01");
  const policy::Obligation& duty = world.packs.front().obligations[0];
  const auto year = *calendar::period_from("2026");
  const auto home = [&](std::int64_t one, const char* at) {
    return home_of(world.facts, person(one), duty, year, day(at)).value;
  };
  EXPECT_EQ(home(7, "2026-05-31"), 1);
  EXPECT_EQ(home(7, "2026-06-01"), 2);
  EXPECT_EQ(home(7, "2030-01-01"), 2);
  EXPECT_EQ(home(8, "2026-05-31"), 3);
  EXPECT_EQ(home(5, "2026-05-31"), 1) << "where he was last";
  EXPECT_EQ(home(6, "2026-01-31"), 1) << "where he will be first";
  EXPECT_EQ(answer(world, person(7)), "open") << "a transfer is no beginning and no end";
  EXPECT_EQ(answer(world, person(8)), "open");
  EXPECT_EQ(answer(world, person(9)), "not_applicable: not_in_scope");
  EXPECT_EQ(answer(world, person(5)), "not_applicable: left");
  EXPECT_EQ(answer(world, person(6)), "not_applicable: first_period");
  Record& record = world.record("core/visit", {UnitId{1}}, "2026-02-03");
  record.versions[0].present = {PersonId{7}, PersonId{5}};
  EXPECT_EQ(answer(world, person(7)), "met") << "not asked again";
  EXPECT_EQ(answer(world, person(5)), "met");
  EXPECT_EQ(bearers_of(world.facts, duty, year, testing::noon("2026-12-15")).size(), 4U);
}

TEST(Member, at_the_host_only_those_who_have_one_owe) {
  World world(yearly_duty("", "{member: {}, at: host}", "1", "present: {has: $bearer}"));
  world.unit(1);
  world.unit(3);
  world.member(8, 1, "2010-01-01").host = UnitId{3};
  world.member(9, 1, "2010-01-01");
  EXPECT_EQ(answer(world, person(8)), "open");
  EXPECT_EQ(answer(world, person(9)), "not_applicable: not_in_scope");
}

TEST(Bearers, are_those_whom_the_selector_finds_on_some_day) {
  World world(monthly);
  world.unit(1);
  world.unit(2).span.until = day("2026-05-10");
  world.unit(3, testing::a_branch, "2026-05-31");
  world.unit(4, testing::a_branch, "2026-06-01");
  world.unit(5, {"general_branch", 5, "", {}});
  std::string found;
  for (const Bearer& one :
       bearers_of(world.facts, world.packs.front().obligations[0],
                  *calendar::period_from("2026-05"), testing::noon("2026-12-15")))
    found += one.text() + " ";
  EXPECT_EQ(found, "u1 u2 u3 ");
  EXPECT_EQ(Bearer::parse("u12"), unit(12));
  EXPECT_EQ(Bearer::parse("t5"), tenure(5));
  EXPECT_EQ(Bearer::parse("p9"), person(9));
  EXPECT_FALSE(Bearer::parse("r9"));
}

// As of a day before a bearer was there it is not there, whatever is known today.
TEST(Bearers, are_not_there_before_they_begin) {
  World world(yearly_duty("    first_period: full\n"));
  world.unit(1, testing::a_branch, "2026-07-01");
  EXPECT_EQ(line(world.ask(1, "2026", "2026-06-30")), "not_applicable: not_in_scope");
  EXPECT_EQ(line(world.ask(1, "2026", "2026-07-01")), "open");
  EXPECT_EQ(line(world.ask(1, "2027", "2026-06-30")), "open") << "a period ahead";
}

}  // namespace
}  // namespace huilu::obligation
