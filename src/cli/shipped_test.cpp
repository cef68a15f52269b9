// The shipped packs as an installation tells about them: their stories hold, and each declaration
// reads as the texts in tests/fixtures/read say. After a change of a pack, the new text is
// `huilu pack read packs/ID --lang zh-CN`; read it before it is kept.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "cli/testing.h"

namespace huilu::cli {
namespace {

using testing::run;

const std::string source = HUILU_SOURCE_DIR;

std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(ShippedPacks, stories_beside_them_hold) {
  const auto said = run({"pack", "test", source + "/packs"});
  EXPECT_EQ(said.exit, Exit::done) << said.err;
  std::istringstream words(said.out);
  std::size_t stories = 0, assertions = 0;
  std::string word;
  words >> stories >> word >> assertions;
  EXPECT_GE(stories, 90U) << said.out;
  EXPECT_GE(assertions, 250U) << said.out;
}

TEST(ShippedPacks, read_as_sentences_that_somebody_read) {
  for (const std::string pack : {"standing-duties", "five-ones", "rectification"}) {
    const auto said = run({"pack", "read", source + "/packs/" + pack, "--lang", "zh-CN"});
    EXPECT_EQ(said.exit, Exit::done) << said.err;
    EXPECT_EQ(said.out, text_of(source + "/tests/fixtures/read/" + pack + ".txt"));
  }
}

}  // namespace
}  // namespace huilu::cli
