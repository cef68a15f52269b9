// The page of the language is true: its examples are one pack.
#include <gtest/gtest.h>

#include "policy/sentence.h"
#include "policy/testing.h"

namespace huilu::policy {
namespace {

TEST(PackLanguagePage, its_examples_are_a_pack) {
  auto files = testing::page_examples(HUILU_SOURCE_DIR "/docs/pack-language.md");
  ASSERT_EQ(files.size(), 20U + language_tags.size());
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

TEST(PackLanguagePage, its_city_stands_on_the_pack) {
  const auto all = testing::page_examples(HUILU_SOURCE_DIR "/docs/pack-language.md");
  auto files = all;
  testing::add_labels(files, {core_pack()});
  auto whole = load_pack(files, {core_pack()});
  ASSERT_TRUE(whole.ok()) << testing::lines(whole.refusals());
  const std::vector<Pack> known = {core_pack(), std::move(whole).value()};
  std::vector<PackFile> city;
  for (const PackFile& file : all) {
    if (file.path == "city/pack.yaml") city.push_back({"pack.yaml", file.bytes});
    if (file.path.starts_with("i18n/")) city.push_back(file);
  }
  testing::add_labels(city, known);
  const auto loaded = load_pack(city, known);
  ASSERT_TRUE(loaded.ok()) << testing::lines(loaded.refusals());
  EXPECT_EQ(loaded->obligations.size(), known[1].obligations.size() - 1);
  EXPECT_EQ(loaded->find_obligation("service")->title.in(Language::en),
            "Voluntary service, at least one day");
  const auto* const histories = loaded->find_parameter("histories");
  EXPECT_EQ(std::get<std::vector<ListItem>>(*histories->values[0].value).size(), 3U);
  EXPECT_TRUE(loaded->record_types.empty());
}

}  // namespace
}  // namespace huilu::policy
