#include "policy/sentence.h"

#include <gtest/gtest.h>

#include <fstream>

#include "policy/testing.h"

namespace huilu::policy {
namespace {

TEST(Sentence, dump) {
  const auto loaded = testing::load_trial(testing::contact_points);
  ASSERT_TRUE(loaded.ok()) << testing::lines(loaded.refusals());
  for (const Language language : {Language::zh_cn})
    for (const auto& one : read_aloud(*loaded, {core_pack()}, language))
      ADD_FAILURE() << one.address << "  " << one.text;
  for (const auto& one : read_assumed(*loaded, {core_pack()}, Language::zh_cn))
    ADD_FAILURE() << one.address << "  " << one.text;
  auto files = testing::page_examples(HUILU_SOURCE_DIR "/docs/pack-language.md");
  testing::add_labels(files, {core_pack()});
  const auto page = load_pack(files, {core_pack()});
  ASSERT_TRUE(page.ok()) << testing::lines(page.refusals());
  for (const auto& one : read_aloud(*page, {core_pack()}, Language::en))
    ADD_FAILURE() << one.address << "  " << one.text;
  for (const auto& one : read_aloud(core_pack(), {core_pack()}, Language::zh_cn))
    ADD_FAILURE() << one.address << "  " << one.text;
}

}  // namespace
}  // namespace huilu::policy
