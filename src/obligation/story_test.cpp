#include "obligation/story.h"

#include <gtest/gtest.h>

#include "base/check.h"
#include "policy/testing.h"

namespace huilu::obligation {
namespace {

constexpr std::string_view head = R"(
documents: {S0: {name: document}}
clauses: [{id: S0-1.1, doc: S0}]
obligations:
  theme_day:
    clause: S0-1.1
    title: 主题党日
    who: {unit: {type: branch}}
    every: month
    needs: {at_least: 1, of: {record: theme_party_day, where: {unit: $bearer}}}
    due: {enter: {after: period_end, by: {workdays: 5}}, warn: {days: 7}}
    missing: counts_as_zero
    exempt: {reasons: [illness], approver: unit.parent}
fixtures:
  units: [{id: a, type: branch, level: village}]
)";

StoryReport told(std::string_view tests, std::string_view before = head) {
  auto loaded = policy::testing::load_trial(std::string(before) + "tests:\n" + std::string(tests));
  if (!loaded) ADD_FAILURE() << policy::testing::lines(loaded.refusals());
  CHECK(loaded.ok());
  return run_stories(*loaded, {policy::core_pack()});
}

std::string summary(const StoryReport& report) {
  return std::to_string(report.stories) + " stories, " + std::to_string(report.assertions) +
         " assertions, " + std::to_string(report.failed) + " failed\n" +
         policy::testing::lines(report.findings);
}

constexpr std::string_view good = R"(
  - name: 当月有一次即完成
    obligation: theme_day
    bearer: a
    period: 2026-11
    story:
      - {day: 2026-11-24, expect: {verdict: at_risk, need: 1, have: 0, missing: 1, due: 2026-11-30}}
      - {day: 2026-11-25, record: theme_party_day, id: r1}
      - {day: 2026-11-25, expect: {verdict: met, have: 1, marks: [], rejected: 0}}
      - {day: 2026-11-26, void: r1}
      - {day: 2026-12-02, expect: {verdict: in_grace, rejected: [r1], due: 2026-12-07}}
      - {day: 2026-12-08, expect: {verdict: failed, cause: short}}
      - {day: 2026-12-08, looking_back: 2026-11-25, expect: {verdict: met}}
)";

TEST(Story, that_holds_has_no_finding) {
  EXPECT_EQ(summary(told(good)), "1 stories, 15 assertions, 0 failed\n");
}

TEST(Story, an_assertion_that_does_not_hold_is_a_finding_with_its_place) {
  std::string bad(good);
  bad.replace(bad.find("verdict: met, have: 1"), 21, "verdict: open, have: 2");
  bad.replace(bad.find("rejected: [r1]"), 14, "rejected: 0");
  EXPECT_EQ(
      summary(told(bad)),
      "1 stories, 15 assertions, 3 failed\n"
      "pack.yaml:32:45: pack_test: expected verdict open, got met, need 1, have 1\n"
      "pack.yaml:32:57: pack_test: expected have 2, got have 1: met, need 1, have 1\n"
      "pack.yaml:34:65: pack_test: expected rejected 0, got rejected 1: in_grace, need 1, have 0; "
      "rejected r1 2026-11-25 void");
}

// Whatever could not fail is no test.
TEST(Story, that_expects_nothing_is_a_finding_and_so_is_a_duty_without_both_kinds) {
  const auto told_with = [](std::string_view line) {
    return summary(
        told("  - name: 什么也没期望\n    obligation: theme_day\n    bearer: a\n"
             "    period: 2026-11\n    story: [" +
             std::string(line) + "]\n"));
  };
  const std::string of_the_duty =
      "pack.yaml:13:5: pack_no_test: expected expect: {verdict: met}, got theme_day\n"
      "pack.yaml:13:5: pack_no_test: expected expect: {verdict: failed}, got theme_day";
  EXPECT_EQ(told_with("{day: 2026-11-25, record: theme_party_day, id: r1}"),
            "1 stories, 0 assertions, 1 failed\n" + of_the_duty +
                "\npack.yaml:28:12: pack_no_test: expected expect");
  EXPECT_EQ(told_with("{day: 2026-11-25, expect: {}}"),
            "1 stories, 0 assertions, 1 failed\n" + of_the_duty +
                "\npack.yaml:28:39: pack_no_test: expected an expectation");
  EXPECT_EQ(told_with("{day: 2026-11-24, expect: {verdict: at_risk}}"),
            "1 stories, 1 assertions, 0 failed\n"
            "pack.yaml:13:5: pack_no_test: expected expect: {verdict: met}, got theme_day");
}

}  // namespace
}  // namespace huilu::obligation
