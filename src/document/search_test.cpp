#include "document/search.h"

#include "document/testing.h"

namespace huilu::document {
namespace {

using testing::split;
using Texts = std::vector<std::string>;

std::vector<std::string> found(const Document& document, std::string_view words) {
  Texts out;
  for (const Hit& hit : find_words(document, words)) {
    out.push_back(hit.clause + " " + hit.text);
    EXPECT_LT(hit.raw.from, hit.raw.until);
    EXPECT_EQ(normalise(document.encoding, document.raw, hit.raw, document.repairs), hit.text);
  }
  return out;
}

const std::string searched =
    "圖書館意見\n館員干部要學(xué)習(xí),,轉變為”服務清單”。\n读者服务,"
    "服务读者。\n请xx省的Xx和XX区办理。\n";

TEST(Search, either_script_finds_either) {
  const Document document = split(searched);
  EXPECT_EQ(found(document, "干部"), Texts{"1 干部"});
  EXPECT_EQ(found(document, "幹部"), Texts{"1 干部"});
  EXPECT_EQ(found(document, "讀者"), (Texts{"2 读者", "2 读者"}));
  EXPECT_EQ(found(document, "学习"), Texts{"1 學習"});
}

TEST(Search, marks_between_characters_do_not_matter) {
  const Document document = split(searched);
  EXPECT_EQ(found(document, "服务清单"), Texts{"1 服務清單"});
  EXPECT_EQ(found(document, "为“服务"), Texts{"1 為”服務"});
  EXPECT_EQ(found(document, "读者服务"), Texts{"2 读者服务"});
  EXPECT_EQ(found(document, "学习,转变"), Texts{"1 學習,轉變"});
}

TEST(Search, placeholders_and_nothing_are_not_found) {
  const Document document = split(searched);
  EXPECT_TRUE(found(document, "xx").empty());
  EXPECT_TRUE(found(document, "请省").empty());
  EXPECT_TRUE(found(document, "").empty());
  EXPECT_TRUE(found(document, "。").empty());
  EXPECT_TRUE(found(document, "不存在").empty());
}

}  // namespace
}  // namespace huilu::document
