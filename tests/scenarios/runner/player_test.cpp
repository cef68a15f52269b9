#include <gtest/gtest.h>

#include <filesystem>

#include "tests/scenarios/runner/asking.h"
#include "tests/scenarios/runner/play.h"

namespace huilu::scenario {
namespace {

const std::filesystem::path player_fixtures = HUILU_SOURCE_DIR "/tests/fixtures";

Read read(std::string_view text) { return read_scenario("a.yaml", text, player_fixtures); }

Played played(std::string_view text, Course course = Course::straight) {
  const auto scenario = read(text);
  EXPECT_TRUE(scenario.faults.empty());
  return play(scenario.scenario, store::Dialect::sqlite, course);
}

std::vector<std::string> mismatches(std::string_view text, Course course = Course::straight) {
  std::vector<std::string> lines;
  for (const auto& mismatch : played(text, course).mismatches) lines.push_back(mismatch.text());
  return lines;
}

const std::string ground = R"(tree:
  county: {name: 清河县委员会, type: local_committee, level: 3}
  east_a: {name: 东川一村支部, type: branch, level: 5, parent: county}
accounts:
  chen: {role: branch_secretary, unit: east_a}
steps:
)";  // seven lines: the steps begin on the eighth

using Lines = std::vector<std::string>;

TEST(Player, what_is_not_so_is_named_with_file_line_and_column) {
  EXPECT_EQ(mismatches(ground + R"(  - as: chen
    do: GET /units/{east_a}
    expect:
      body:
        id: east_a
        name: 西坪一村支部
        level: 5
)"),
            (Lines{"a.yaml:12:15: /body/name: expected 西坪一村支部, got 东川一村支部"}));
}

TEST(Player, every_way_to_write_an_expectation_can_fail) {
  EXPECT_EQ(
      mismatches(ground + R"(  - as: chen
    do: GET /units/{east_a}
    expect: 201
  - do: GET /units/{east_a}
    expect: [not_found]
  - do: GET /units/u999999
    expect: 200
  - do: GET /units/u999999
    expect: [not_permitted]
  - do: GET /units/u999999
  - expect: {journal: [record_entered]}
  - do: GET /units/{east_a}
    expect: {headers: {cache-control: public}}
)"),
      (Lines{"a.yaml:9:13: expected 201, got 200", "a.yaml:11:13: expected [not_found], got []",
             "a.yaml:13:13: expected 200, got [not_found]",
             "a.yaml:15:14: /0: expected not_permitted, got not_found",
             "a.yaml:16:5: expected success, got [not_found]",
             "a.yaml:17:23: /journal: expected [record_entered], got []",
             "a.yaml:19:39: /headers/cache-control: expected public, got no-store"}));
}

TEST(Player, a_rewritten_file_holds_and_is_otherwise_as_it_was) {
  const std::string before = ground + R"(  # 以前的说明
  - as: chen
    do: GET /units/{east_a}
    expect:
      body:
        id: county
        type: joint_branch
  - do: GET /units/u999999
    expect: 200   # a remark within what is rewritten is lost
  - do: GET /units/{county}
    expect:
  - expect: {journal: []}
)";
  const std::string after = replaced(before, played(before).replacements);
  EXPECT_EQ(after, ground + R"(  # 以前的说明
  - as: chen
    do: GET /units/{east_a}
    expect: {body: {id: east_a, type: branch}}
  - do: GET /units/u999999
    expect: [not_found]
  - do: GET /units/{county}
    expect: 200
  - expect: {journal: []}
)");
  EXPECT_EQ(mismatches(after), Lines{});
}

TEST(Player, a_restart_changes_nothing) {
  EXPECT_EQ(mismatches(ground + R"(  - as: chen
    do: POST /records
    with: {types: [core/good_deed], units: [east_a], date: 2026-03-01,
           fields: {core/good_deed: {deed: 修桥}}}
    named: deed
  - do: GET /records/{deed}
    expect: {body: {version: 1}}
)",
                       Course::restarted),
            Lines{});
}

TEST(Player, a_scenario_is_read_strictly_and_every_fault_is_named) {
  const auto faults = read(R"(tree:
  county: {name: 县委, type: local_committee, level: 12}
  EAST: {name: 东川, type: branch, level: 5}
stepps: []
steps:
  - do: GET /me
    expects: 200
)")
                          .faults;
  Lines lines;
  for (const auto& fault : faults) {
    lines.push_back(fault.where + " " + std::string(kind_of(fault.code).name));
  }
  EXPECT_EQ(lines, (Lines{"a.yaml:4:1 pack_unknown_key", "a.yaml:2:52 pack_range",
                          "a.yaml:3:3 pack_type", "a.yaml:7:5 pack_unknown_key"}));
}

TEST(Player, what_cannot_be_played_says_where_it_broke_off) {
  EXPECT_EQ(mismatches(ground + R"(  - do: GET /units/{nowhere}
  - do: GET /me
)"),
            (Lines{"a.yaml:7:5: expected a scenario that can be played, got nothing is called "
                   "nowhere"}));
  EXPECT_EQ(mismatches(ground + "  - as: zhao\n").front(),
            "a.yaml:7:5: expected a scenario that can be played, got no account zhao");
  // A name that is also a word of the language could not be told from it.
  EXPECT_EQ(mismatches(R"(tree:
  branch: {name: 支部, type: branch, level: 5}
steps:
  - expect: {journal: []}
)")
                .front(),
            "a.yaml:1:1: expected a scenario that can be played, got branch is a word of the "
            "language, not a name");
}

TEST(Player, answers_that_break_a_common_rule_are_found) {
  Answered answered;
  answered.status = 422;
  answered.headers = Value::object({{"content-type", "text/plain"}});
  answered.body = Value::object({{"code", "no_such_code"}});
  EXPECT_EQ(broken_rules(answered).size(), 6u);
}

}  // namespace
}  // namespace huilu::scenario
