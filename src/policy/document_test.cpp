// The page of the language is true: its examples are one pack.
#include <gtest/gtest.h>

#include "policy/sentence.h"
#include "policy/testing.h"

namespace huilu::policy {
namespace {

TEST(PackLanguagePage, its_examples_are_a_pack) {
  auto files = testing::page_examples(HUILU_SOURCE_DIR "/docs/pack-language.md");
  ASSERT_EQ(files.size(), 15U + language_tags.size());
  testing::add_labels(files, {core_pack()});
  const auto loaded = load_pack(files, {core_pack()});
  ASSERT_TRUE(loaded.ok()) << testing::lines(loaded.refusals());
  EXPECT_EQ(loaded->obligations.size(), 19U);
  EXPECT_EQ(loaded->checks.size(), 3U);
  EXPECT_EQ(loaded->parameters.size(), 4U);
  EXPECT_EQ(loaded->bundles.size(), 1U);
  // Every word of it can be read aloud: a text that is missing would show as its key.
  for (const Language language : {Language::zh_cn, Language::zh_tw, Language::en})
    for (const ReadDeclaration& one : read_aloud(*loaded, {core_pack()}, language)) {
      EXPECT_EQ(one.text.find("sentence."), std::string::npos) << one.text;
      // The words of a check are read as they are written, with their places.
      const bool is_check = loaded->find_check(one.address.substr(one.address.find('/') + 1));
      EXPECT_TRUE(is_check || one.text.find('{') == std::string::npos) << one.text;
    }
}

}  // namespace
}  // namespace huilu::policy
