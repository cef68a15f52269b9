#include "obligation/check.h"

#include <gtest/gtest.h>

#include "base/check.h"
#include "obligation/mutation.h"
#include "obligation/story.h"
#include "policy/testing.h"

namespace huilu::obligation {
namespace {

constexpr std::string_view registers = R"(
documents: {S0: {name: document}}
clauses: [{id: S0-1, doc: S0}]
params:
  limit:
    {type: int, title: a, clause: S0-1, bind: case,
     values: [{from: 2019-01-01, value: 1, basis: assumed},
              {from: 2024-01-01, value: 2, basis: decision},
              {from: 2025-01-01, value: null}]}
record_types:
  point:
    title: a
    lasts: true
    fields:
      holder: {title: a, type: person}
      host: {title: a, type: unit}
      from: {title: a, type: date, required: true}
      until: {title: a, type: date}
  visit:
    title: a
    plannable: true
    fields:
      host: {title: a, type: unit}
      hours: {title: a, type: int}
      kind: {title: a, type: enum, of: [call, talk]}
fixtures:
  units:
    - {id: a, type: branch, level: village}
    - {id: b, type: branch, level: village}
)";

StoryReport told_of(const std::string& check, const std::string& story) {
  auto loaded = policy::testing::load_trial(
      std::string(registers) + "checks:\n  one:\n    clause: S0-1\n    title: 题\n" + check +
      "tests:\n- name: 名\n  check: one\n  bearer: a\n  story:\n" + story);
  if (!loaded) ADD_FAILURE() << policy::testing::lines(loaded.refusals());
  CHECK(loaded.ok());
  return run_stories(*loaded, {policy::core_pack()});
}

// Only what did not hold: that a check has too few stories is said beside it.
std::string faults(const StoryReport& report) {
  std::string text;
  for (const Refusal& one : report.findings)
    if (one.code != RefusalCode::pack_no_test)
      text += one.where + " " + one.expected + " / " + one.got + "\n";
  return text;
}

constexpr const char* at_most = R"(    before: {save: visit}
    needs: {at_most: {param: limit}, of: {record: visit, where: {host: $it.host}}}
    otherwise: refuse
    say: "{have}/{need}: {others}"
)";

TEST(Check, the_value_of_the_records_day_counts) {
  EXPECT_EQ(faults(told_of(at_most, R"(
    - {day: 2023-12-01, record: visit, id: x, host: b}
    - {day: 2023-12-01, expect: {allowed: true, says: ""}}
    - {day: 2023-12-31, record: visit, host: b}
    - {day: 2023-12-31, expect: {allowed: false, need: 1, have: 2, says: "2/1: a 2023-12-01"}}
    - {day: 2024-01-02, record: visit, host: b, date: 2023-12-31}
    - {day: 2024-01-02, expect: {allowed: false}}
    - {day: 2024-01-02, record: visit, host: b}
    - {day: 2024-01-02, expect: {allowed: true, need: 2, have: 2, others: [x]}}
    - {day: 2025-01-02, record: visit, host: b}
    - {day: 2025-01-02, expect: {allowed: true, says: ""}}
)")),
            "");
}

TEST(Check, plans_are_seen_and_what_was_taken_back_is_not) {
  EXPECT_EQ(faults(told_of(at_most, R"(
    - {day: 2023-12-01, plan: visit, id: x, host: b, date: 2023-12-20}
    - {day: 2023-12-01, record: visit, host: b}
    - {day: 2023-12-01, expect: {allowed: false, others: [x]}}
    - {day: 2023-12-02, record: visit, host: a}
    - {day: 2023-12-02, expect: {allowed: true}}
    - {day: 2023-12-03, void: x}
    - {day: 2023-12-03, record: visit, id: z, host: b}
    - {day: 2023-12-03, expect: {allowed: true, others: []}}
    - {day: 2023-12-04, correct: z, hours: 2}
    - {day: 2023-12-04, expect: {allowed: true, have: 1, others: []}}
)")),
            "");
}

TEST(Check, sums_shares_and_tests_of_tests) {
  constexpr const char* hours = R"(    before: {save: visit}
    when: {kind: call}
    needs:
      all_of:
        - {at_most: 5, of: {record: visit, where: {host: $it.host}}, sum: hours}
        - {at_least: 0.5, of: {record: visit, where: {host: $it.host}}, share: {kind: call}}
    otherwise: reason
)";
  EXPECT_EQ(faults(told_of(hours, R"(
    - {day: 2023-12-01, record: visit, host: b, hours: 3, kind: talk}
    - {day: 2023-12-01, expect: {allowed: true, says: ""}}
    - {day: 2023-12-02, record: visit, host: b, hours: 2, kind: call}
    - {day: 2023-12-02, expect: {allowed: true}}
    - {day: 2023-12-03, record: visit, host: b, hours: 1, kind: call}
    - {day: 2023-12-03, expect: {allowed: false, says: 题, have: 1, need: 2}}
    - {day: 2023-12-03, record: visit, host: b, hours: 1, kind: call, reason: r}
    - {day: 2023-12-03, expect: {allowed: true}}
)")),
            "");
}

TEST(Check, the_share_of_nothing_cannot_be_judged) {
  constexpr const char* share = R"(    before: {save: visit}
    needs:
      at_least: 0.5
      of: {record: visit, where: {host: $it.host, kind: talk}}
      share: {hours: {ge: 1}}
    otherwise: refuse
)";
  EXPECT_EQ(faults(told_of(share, R"(
    - {day: 2023-12-01, record: visit, host: b, kind: call}
    - {day: 2023-12-01, expect: {allowed: false, says: "“题”无法判断，请把相关内容填全"}}
    - {day: 2023-12-01, record: visit, host: b, kind: talk, hours: 2}
    - {day: 2023-12-01, expect: {allowed: true}}
)")),
            "");
}

TEST(Check, ending_is_the_day_that_is_new) {
  constexpr const char* end = R"(    before: {end: point}
    needs: {holds: {until: {ge: {after: $it.from, by: {months: 6}}}}}
    otherwise: warn
)";
  EXPECT_EQ(faults(told_of(end, R"(
    - {day: 2023-01-01, record: point, id: p, holder: li, host: b, from: 2023-01-01}
    - {day: 2023-01-01, expect: {says: ""}}
    - {day: 2023-03-01, correct: p, until: 2023-03-01}
    - {day: 2023-03-01, expect: {allowed: true, says: 题}}
    - {day: 2023-03-02, correct: p, holder: chen}
    - {day: 2023-03-02, expect: {allowed: true, says: ""}}
    - {day: 2023-03-03, correct: p, until: 2023-07-01}
    - {day: 2023-03-03, expect: {says: ""}}
)")),
            "");
}

TEST(Check, a_story_that_is_wrong_says_so) {
  EXPECT_EQ(faults(told_of(at_most, R"(
    - {day: 2023-12-01, record: visit, host: b}
    - {day: 2023-12-01, expect: {allowed: false, have: 2, says: x, others: [y]}}
)")),
            "pack.yaml:52:43 false / allowed: \npack.yaml:52:56 2 / 1\n"
            "pack.yaml:52:65 x / allowed: \npack.yaml:52:76 list / \n");
  const auto untold = told_of(at_most, "    - {day: 2023-12-01, expect: {allowed: true}}\n");
  EXPECT_EQ(policy::testing::lines(untold.findings),
            "pack.yaml:39:5: pack_no_test: expected expect: {says: text}, got one");
}

TEST(Check, mutations_of_checks_are_noticed) {
  auto loaded = policy::testing::load_trial(std::string(registers) +
                                            "checks:\n  one:\n    clause: S0-1\n    title: 题\n" +
                                            at_most + "tests: []\n");
  ASSERT_TRUE(loaded.ok());
  std::string changes;
  for (const Mutation& one : mutations_of(*loaded))
    if (one.declaration == "trial/one") changes += one.change + "\n";
  EXPECT_EQ(changes,
            "before: save -> change\notherwise: refuse -> warn\n"
            "needs where: without host\n");
}

}  // namespace
}  // namespace huilu::obligation
