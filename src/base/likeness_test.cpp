#include "base/likeness.h"

#include <gtest/gtest.h>

namespace huilu {
namespace {

std::int64_t percent(const std::string& one, const std::string& other) {
  return likeness_in_millionths({{one, other}}) / 10'000;
}

TEST(Likeness, is_whole_of_the_same_and_nothing_of_what_shares_nothing) {
  EXPECT_EQ(percent("村道破损", "村道破损"), 100);
  EXPECT_EQ(percent("村道破损", "路灯不亮"), 0);
  EXPECT_EQ(percent("村道破损", ""), 0);
  EXPECT_EQ(percent("", ""), 0);
}

TEST(Likeness, counts_neighbouring_characters_of_both) {
  // 村道 道破 破损 against 村道 道又 又破 破损: two of three and four.
  EXPECT_EQ(percent("村道破损", "村道又破损"), 57);
  EXPECT_EQ(percent("村道又破损", "村道破损"), 57);
  EXPECT_EQ(percent("好", "好"), 100);
  EXPECT_EQ(percent("道村", "村道"), 0) << "order counts";
}

TEST(Likeness, does_not_mind_script_width_case_and_marks) {
  EXPECT_EQ(percent("路燈不亮", "路灯不亮"), 100);
  EXPECT_EQ(percent("ＡＢ路", "ab路"), 100);
  EXPECT_EQ(percent("村道，破损。", "村道 破损"), 100);
}

TEST(Likeness, takes_words_of_letters_as_they_are) {
  EXPECT_EQ(percent("the road is broken", "the lamp is broken"), 75);
  EXPECT_EQ(percent("road", "broad"), 0);
  EXPECT_EQ(percent("3号楼漏水", "13号楼漏水"), 75);
}

TEST(Likeness, of_several_texts_is_of_all_together_and_what_is_empty_says_nothing) {
  EXPECT_EQ(likeness_in_millionths({{"村道破损", "村道破损"}, {"", "没有人管"}}), 1'000'000);
  EXPECT_EQ(likeness_in_millionths({{"村道", "村道"}, {"没人管", "没有钱"}}), 333'333);
}

TEST(Likeness, names_what_both_say_the_longest_first) {
  const auto found = likeness_of({{"东头的村道破损严重", "村道破损，东头积水"}});
  EXPECT_EQ(found.common, (std::vector<std::string>{"村道破损", "东头"}));
  EXPECT_EQ(likeness_of({{"路燈壞了", "路灯不亮"}}).common, std::vector<std::string>{"路燈"});
  EXPECT_EQ(likeness_of({{"the road is broken", "a road is broken again"}}).common,
            std::vector<std::string>{"road is broken"});
  EXPECT_TRUE(likeness_of({{"甲乙", "丙丁"}}).common.empty());
}

}  // namespace
}  // namespace huilu
