#include "obligation/mutation.h"

#include <gtest/gtest.h>

#include "base/check.h"
#include "obligation/story.h"
#include "policy/testing.h"

namespace huilu::obligation {
namespace {

constexpr std::string_view written = R"(
documents: {S0: {name: document}}
clauses: [{id: S0-1.1, doc: S0}]
params:
  days:
    type: int
    title: 次数
    clause: S0-1.1
    bind: period_start
    values: [{from: 2019-01-01, value: 2, basis: seed}]
obligations:
  theme_day:
    clause: S0-1.1
    title: 主题党日
    who: {unit: {type: [branch, joint_branch]}}
    every: month
    needs: {at_least: {param: days}, of: {record: theme_party_day, where: {unit: $bearer}}}
    due: {enter: {after: period_end, by: {workdays: 5}}}
    missing: counts_as_zero
fixtures:
  units:
    - {id: a, type: branch, level: village}
    - {id: b, type: joint_branch, level: village}
tests:
)";

policy::Pack pack_of(std::string_view tests) {
  auto loaded = policy::testing::load_trial(std::string(written) + std::string(tests));
  if (!loaded) ADD_FAILURE() << policy::testing::lines(loaded.refusals());
  CHECK(loaded.ok());
  return std::move(loaded).value();
}

std::string survivors(std::string_view tests) {
  const policy::Pack pack = pack_of(tests);
  std::string text;
  for (const Mutation& one : try_mutations(pack, {policy::core_pack()}).survivors)
    text += one.declaration + ": " + one.change + "\n";
  return text;
}

constexpr std::string_view one_story = R"(
  - name: 两次即完成
    obligation: theme_day
    bearer: a
    period: 2026-11
    story:
      - {day: 2026-11-10, record: theme_party_day}
      - {day: 2026-11-10, expect: {verdict: open}}
      - {day: 2026-11-11, record: theme_party_day}
      - {day: 2026-11-11, expect: {verdict: met}}
)";

constexpr std::string_view more_stories = R"(
  - name: 别的支部的不算,录入有五个工作日
    obligation: theme_day
    bearer: b
    period: 2026-11
    story:
      - {day: 2026-11-10, record: theme_party_day, units: [a]}
      - {day: 2026-11-11, record: theme_party_day, units: [a]}
      - {day: 2026-12-07, expect: {verdict: in_grace, have: 0}}
      - {day: 2026-12-08, expect: {verdict: failed}}
  - name: 别的单位没有这项任务
    obligation: theme_day
    bearer: c
    period: 2026-11
    given: {units: [{id: c, type: general_branch, level: village}]}
    story:
      - {day: 2026-12-20, expect: {verdict: not_applicable}}
)";

TEST(Mutation, a_change_that_no_story_notices_is_named) {
  EXPECT_EQ(survivors(one_story),
            "trial/theme_day: who type: without joint_branch\n"
            "trial/theme_day: who: without type\n"
            "trial/theme_day: needs where: without unit\n"
            "trial/theme_day: due enter: 5 workdays + 1\n"
            "trial/theme_day: due enter: 5 workdays - 1\n"
            "trial/theme_day: without due enter\n");
}

TEST(Mutation, stories_that_look_at_everything_leave_none) {
  EXPECT_EQ(survivors(std::string(one_story) + std::string(more_stories)), "");
}

// What is tried is what the pack says, each once, and each is another pack.
TEST(Mutation, each_change_is_one_change) {
  const policy::Pack pack = pack_of(one_story);
  const auto all = mutations_of(pack);
  EXPECT_EQ(all.size(), 10U);
  EXPECT_EQ(all.front().place.text(), "pack.yaml:22:25");
  const auto number = [](const policy::Pack& one) {
    return std::get<std::int64_t>(*one.parameters.front().values.front().value);
  };
  std::vector<std::int64_t> numbers;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const policy::Pack other = mutated(pack, i);
    if (all[i].declaration == "trial/days") numbers.push_back(number(other));
    EXPECT_EQ(number(other) != 2, all[i].declaration == "trial/days") << all[i].change;
  }
  EXPECT_EQ(numbers, (std::vector<std::int64_t>{3, 1}));
}

}  // namespace
}  // namespace huilu::obligation
