#include "obligation/telling_matter.h"

#include <gtest/gtest.h>

#include "base/check.h"
#include "obligation/mutation.h"
#include "policy/testing.h"

namespace huilu::obligation {
namespace {

constexpr std::string_view matter_head = R"(
documents: {S0: {name: document}}
matter_types:
  issue:
    title: t
    pin: version_at_open
    fields: {what: {type: text, required: true, title: t}, lead: {type: unit, title: t}}
    roles: {owner: {unit: $it.unit, title: t}, lead: {unit: $it.lead, title: t}}
    initial: open
    states: {open: t, done: {title: t, final: soft, outcome: solved}}
    moves:
      - {id: close, title: t, from: [open], to: done, by: [owner, lead], fields: [lead, reason]}
      - {id: reopen, title: t, from: [done], to: open, by: [lead], not_same_person_as: close,
         needs: {holds: {lead: {ne: $it.unit}}, say: 不能自查}, sets: {what: again}}
fixtures:
  units: [{id: a, type: branch, level: village}, {id: b, type: branch, level: village}]
  posts:
    - {person: li, unit: a, kind: secretary}
    - {person: wu, unit: b, kind: secretary, until: 2026-12-01}
)";

policy::Pack matter_pack_of(std::string_view tests) {
  auto loaded =
      policy::testing::load_trial(std::string(matter_head) + "tests:\n" + std::string(tests));
  if (!loaded) ADD_FAILURE() << policy::testing::lines(loaded.refusals());
  CHECK(loaded.ok());
  return std::move(loaded).value();
}

// What is said of the story with these lines, but for moves that it does not tell.
std::string told_of_matter(std::string_view lines) {
  const policy::Pack pack = matter_pack_of(
      "  - name: t\n    matter: issue\n    story:\n      - {day: "
      "2026-11-02, open: issue, unit: a, what: w}\n" +
      std::string(lines));
  std::string text;
  for (const Refusal& one : run_stories(pack, {policy::core_pack()}).findings) {
    if (one.code == RefusalCode::pack_no_test && one.got.starts_with("issue.")) continue;
    const std::string line = policy::line(one);
    text += (text.empty() ? "" : "\n") + line.substr(line.find(": ") + 2);
  }
  return text;
}

TEST(MatterStory, that_holds_has_no_finding) {
  EXPECT_EQ(
      told_of_matter(
          "      - {day: 2026-11-02, actor: li, expect: {state: open, outcome: none, "
          "due: none, allowed: [close]}}\n"
          "      - {day: 2026-11-03, move: close, actor: li, expect: {allowed: false, "
          "missing: [lead, reason]}}\n"
          "      - {day: 2026-11-03, move: close, actor: li, lead: b, reason: r}\n"
          "      - {day: 2026-11-04, move: reopen, actor: li, expect: {allowed: false, "
          "says: [role_required, move_same_person]}}\n"
          "      - {day: 2026-11-04, actor: wu, expect: {outcome: solved, allowed: [reopen]}}\n"
          "      - {day: 2026-12-01, actor: wu, expect: {allowed: []}}\n"),
      "");
}

TEST(MatterStory, what_does_not_hold_is_told_with_what_was_found) {
  EXPECT_EQ(told_of_matter(
                "      - {day: 2026-11-03, move: close, actor: wu, lead: b, reason: r}\n"
                "      - {day: 2026-11-03, actor: li, expect: {state: done, allowed: [reopen]}}\n"),
            "pack_test: expected allowed, got /move: role_required: expected owner, lead\n"
            "pack_test: expected state done, got open\n"
            "pack_test: expected allowed reopen, got close");
  EXPECT_EQ(told_of_matter("      - {day: 2026-11-03, move: close, actor: li, lead: a, reason: r, "
                           "expect: {allowed: false}}\n"),
            "pack_test: expected allowed false, got allowed");
  EXPECT_EQ(told_of_matter("      - {day: 2026-11-03, edit: {what: null}, expect: {allowed: false, "
                           "missing: lead}}\n"),
            "pack_test: expected missing lead, got what");
}

TEST(MatterStory, what_cannot_be_read_is_a_finding) {
  EXPECT_EQ(told_of_matter("      - {day: 2026-11-03, move: close}\n"),
            "pack_no_test: expected expect\npack_missing_key: expected actor");
  EXPECT_EQ(told_of_matter("      - {day: 2026-11-01, actor: li, expect: {state: open}}\n"),
            "pack_no_test: expected expect\n"
            "pack_range: expected not before 2026-11-02, got 2026-11-01");
  EXPECT_EQ(told_of_matter(
                "      - {day: 2026-11-03, move: close, actor: li, laed: b, expect: {sate: x}}\n"),
            "pack_test: expected allowed, got /fields/lead: field_required: expected lead; "
            "/reason: field_required: expected reason\n"
            "pack_unknown_key: expected lead, got laed\n"
            "pack_unknown_key: expected state, got sate");
}

TEST(MatterStory, every_move_is_made_and_refused_where_it_has_a_condition) {
  const policy::Pack pack = matter_pack_of(
      "  - name: t\n    matter: issue\n    story:\n"
      "      - {day: 2026-11-02, open: issue, unit: a, what: w}\n"
      "      - {day: 2026-11-03, move: close, actor: li, lead: b, reason: r, "
      "expect: {state: done}}\n");
  const StoryReport report = run_stories(pack, {policy::core_pack()});
  EXPECT_EQ(report.failed, 0U);
  EXPECT_EQ(report.assertions, 2U);
  ASSERT_EQ(report.findings.size(), 2U);
  EXPECT_EQ(report.findings[0].expected, "move: reopen");
  EXPECT_EQ(report.findings[1].expected, "expect: {allowed: false}");
}

TEST(MatterStory, a_change_of_a_move_that_no_story_sees_survives) {
  const policy::Pack pack = matter_pack_of(
      "  - name: t\n    matter: issue\n    story:\n"
      "      - {day: 2026-11-02, open: issue, unit: a, what: w}\n"
      "      - {day: 2026-11-03, move: close, actor: li, lead: a, "
      "expect: {allowed: false, missing: reason}}\n"
      "      - {day: 2026-11-03, move: close, actor: li, lead: a, reason: r}\n"
      "      - {day: 2026-11-04, move: reopen, actor: li, expect: {allowed: false, says: "
      "[不能自查, "
      "move_same_person]}}\n");
  std::string survivors;
  const auto report = try_mutations(pack, {policy::core_pack()});
  for (const Mutation& one : report.survivors) survivors += one.change + "\n";
  EXPECT_EQ(survivors,
            "move close by: without the 2.\nmove close fields: without the 1.\n"
            "move reopen sets: without the 1.\n");
}

// What is not said of them is missing; what is proposed and never decided too.
TEST(MatterStory, confirms_a_relapse_somewhere_and_denies_one_somewhere) {
  std::string head(matter_head);
  head.replace(head.find("fixtures:"), 9,
               "    relapse: {of: done, within: {days: 9}, alike: what, at_least: 0.5, by: lead}\n"
               "fixtures:");
  const auto missing = [&](const std::string& line) {
    const std::string tests =
        "tests:\n  - name: t\n    matter: issue\n    story:\n"
        "      - {day: 2026-11-02, other: was, unit: a, what: dark, state: done}\n"
        "      - {day: 2026-11-04, open: issue, unit: a, what: dark, lead: b}\n"
        "      - {day: 2026-11-04, expect: {alike: was}}\n" +
        line;
    const auto pack = policy::testing::load_trial(head + tests);
    CHECK(pack.ok());
    std::string text;
    for (const Refusal& one : run_stories(*pack, {policy::core_pack()}).findings)
      if (one.got == "issue.relapse") text += (text.empty() ? "" : ", ") + one.expected;
    return text;
  };
  const std::string confirmed =
      "      - {day: 2026-11-05, confirm_relapse: was, actor: wu, reason: r}\n";
  const std::string denied = "      - {day: 2026-11-06, deny_relapse: was, actor: wu, reason: r}\n";
  EXPECT_EQ(missing(""), "confirm_relapse, deny_relapse");
  EXPECT_EQ(missing(confirmed), "deny_relapse");
  EXPECT_EQ(missing(confirmed + denied), "");
}

}  // namespace
}  // namespace huilu::obligation
