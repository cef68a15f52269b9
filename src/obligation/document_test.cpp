// The page of the language is true: its stories hold.
#include <gtest/gtest.h>

#include "obligation/story.h"
#include "policy/testing.h"

namespace huilu::obligation {
namespace {

TEST(PackLanguagePage, its_stories_hold) {
  auto files = policy::testing::page_examples(HUILU_SOURCE_DIR "/docs/pack-language.md");
  policy::testing::add_labels(files, {policy::core_pack()});
  const auto pack = policy::load_pack(files, {policy::core_pack()});
  ASSERT_TRUE(pack.ok()) << policy::testing::lines(pack.refusals());
  const StoryReport report = run_stories(*pack, {policy::core_pack()});
  EXPECT_EQ(report.stories, 32U);
  EXPECT_EQ(report.assertions, 238U);
  EXPECT_EQ(report.failed, 0U) << policy::testing::lines(report.findings);
}

}  // namespace
}  // namespace huilu::obligation
