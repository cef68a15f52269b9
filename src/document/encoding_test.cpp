#include "document/encoding.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "document/testing.h"

namespace huilu::document {
namespace {

using testing::split;
using Texts = std::vector<std::string>;

const std::string notice =
    "图书馆意见\n一、总则\n本馆免费开放,每周一天闭馆。𠮷字也在。\n二、任务\n(一)借阅\n每人三册。\n";

std::string with_crlf(std::string from) {
  for (std::size_t at = 0; (at = from.find('\n', at)) != std::string::npos; at += 2)
    from.replace(at, 1, "\r\n");
  return from;
}

struct Twin {
  std::string bytes;
  Encoding encoding;
};

std::vector<Twin> twins() {
  const std::u16string units = utf16(notice);
  return {{"\xef\xbb\xbf" + notice, Encoding::utf_8},
          {with_crlf(notice), Encoding::utf_8},
          {encode(Encoding::gb18030, units), Encoding::gb18030},
          {encode(Encoding::gb18030, utf16(with_crlf(notice))), Encoding::gb18030},
          {encode(Encoding::utf_16le, u"\ufeff" + units), Encoding::utf_16le},
          {encode(Encoding::utf_16be, u"\ufeff" + units), Encoding::utf_16be},
          {encode(Encoding::utf_16le, units), Encoding::utf_16le},
          {encode(Encoding::utf_16be, units), Encoding::utf_16be}};
}

TEST(Encoding, every_spelling_gives_the_same_clauses) {
  const Document plain = split(notice);
  for (const Twin& twin : twins()) {
    const Document other = split(twin.bytes);
    EXPECT_EQ(other.encoding, twin.encoding);
    EXPECT_EQ(testing::ids(other), testing::ids(plain)) << name_of(twin.encoding);
    for (const Clause& clause : plain.clauses)
      EXPECT_EQ(testing::text_of(other, clause.id), clause.text);
    testing::expect_reversible(other);
  }
}

TEST(Encoding, the_first_byte_that_fits_nowhere_is_named) {
  const auto decoded = decode("好\xff\xff", "notice.txt");
  ASSERT_FALSE(decoded.ok());
  const Refusal& refusal = decoded.refusals().front();
  EXPECT_EQ(refusal.where, "notice.txt");
  EXPECT_EQ(refusal.got, "byte 3: 0xFF");
  EXPECT_EQ(refusal.expected, "UTF-8, UTF-16, GB18030");
}

// Texts that hit every rule: marks, readings, blanks, breaks, surrogates.
rc::Gen<std::string> messy_text() {
  const Texts pieces = {"一、",
                        "(二)",
                        "3.",
                        "馆",
                        "學(xué)",
                        ",,",
                        ",。",
                        "\r\n",
                        "\n",
                        "\u00a0",
                        "\u200b",
                        "。",
                        "，",
                        "每年至少次",
                        "𠮷",
                        "xx",
                        "《办法》",
                        "???",
                        "此处内容需要权限查看",
                        "——— ",
                        "“",
                        "”",
                        " ",
                        "10%",
                        "会员免费查看",
                        "\u2028",
                        "鍏ㄩ潰"};
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces)),
                      [](const std::vector<std::string>& chosen) {
                        std::string out = "字";
                        for (const std::string& piece : chosen) out += piece;
                        return out;
                      });
}

RC_GTEST_PROP(Encoding, repairs_of_any_text_lead_back_to_its_bytes, ()) {
  const std::string messy = *messy_text();
  const auto encoding = *rc::gen::element(Encoding::utf_8, Encoding::gb18030, Encoding::utf_16le);
  const std::string mark = encoding == Encoding::utf_16le ? "\xff\xfe" : "";
  const std::string bytes = mark + encode(encoding, utf16(messy));
  const auto document = split_document(bytes, "messy");
  if (!document.ok()) {
    RC_ASSERT(document.refusals().front().code == RefusalCode::document_format);
    return;
  }
  RC_ASSERT(restore(document->encoding, document->text, document->repairs) == bytes);
  std::set<std::string> ids;
  for (const Clause& clause : document->clauses) {
    RC_ASSERT(ids.insert(clause.id).second);
    RC_ASSERT(normalise(document->encoding, bytes, clause.raw, document->repairs) == clause.text);
  }
}

}  // namespace
}  // namespace huilu::document
