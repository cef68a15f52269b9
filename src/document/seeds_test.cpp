// The source documents, where they lie beside the project; only our own words stand here.
#include <filesystem>
#include <fstream>
#include <iterator>

#include "document/split.h"
#include "document/testing.h"

namespace huilu::document {
namespace {

using testing::detail;
using testing::expect_reversible;
using testing::headings;
using testing::holes;
using testing::ids;
using testing::metadata;
using testing::notes;
using testing::repairs;
using testing::split;
using testing::text_of;
using Texts = std::vector<std::string>;

class Seeds : public ::testing::Test {
 protected:
  static std::filesystem::path folder() {
    return std::filesystem::path(HUILU_SOURCE_DIR) / "../shared/seeds";
  }

  void SetUp() override {
    if (!std::filesystem::is_directory(folder())) GTEST_SKIP() << "no source documents here";
  }

  static std::string bytes(const std::string& number) {
    for (const auto& entry : std::filesystem::directory_iterator(folder())) {
      if (!entry.path().filename().string().starts_with(number + "_")) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      return {std::istreambuf_iterator<char>(in), {}};
    }
    ADD_FAILURE() << number;
    return {};
  }

  static Document seed(const std::string& number) { return split(bytes(number)); }
};

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; ++at) ++found;
  return found;
}

// The clauses of a part, which is what its sentences or paragraphs say.
std::size_t holes_of_kind(const Document& document, std::string_view kind) {
  std::size_t found = 0;
  for (const Clause& clause : document.clauses)
    for (const Hole& hole : clause.holes) found += hole.kind == kind ? 1 : 0;
  return found;
}

TEST_F(Seeds, t0_one_line_without_marks) {
  const Document document = seed("000");
  EXPECT_EQ(headings(document).size(), 9u);  // T0.1 to T0.3
  for (int part = 1; part <= 9; ++part)
    EXPECT_NE(document.find(std::to_string(part)), nullptr) << part;
  ASSERT_NE(document.find("10.1"), nullptr);  // T0.4
  ASSERT_EQ(notes(document, "break").size(), 1u);
  EXPECT_EQ(notes(document, "break")[0].clause, "10.1");
  EXPECT_EQ(holes_of_kind(document, "number"), 6u);  // T0.5
  EXPECT_EQ(document.holes.size(), 3u);              // T0.6
  EXPECT_EQ(document.holes[0].kind, "page");
  EXPECT_FALSE(notes(document, "marks_missing").empty());  // T0.7
  EXPECT_EQ(detail(notes(document, "marks_missing")[0], "marks"), "、");
  std::size_t commas = 0, stops = 0;
  for (const Clause& clause : document.clauses) {
    commas += count(clause.text, "，");
    stops += count(clause.text, "。");
  }
  EXPECT_EQ(commas, 139u);
  EXPECT_EQ(stops, 79u);
  EXPECT_EQ(count(document.text, document.title), 1u);  // T0.8
  EXPECT_EQ(metadata(document, "retrieved"), "2020-09-15 12:33");
  EXPECT_EQ(metadata(document, "issued"), "");
  EXPECT_EQ(repairs(document, "footer"), 1u);  // T0.9
  expect_reversible(document);
}

TEST_F(Seeds, t1_readings_and_doubled_commas) {
  const Document document = seed("001");
  EXPECT_EQ(repairs(document, "pinyin_gloss"), 386u);         // T1.1
  EXPECT_EQ(repairs(document, "doubled_punctuation"), 400u);  // T1.2
  for (const std::string_view doubled : {",,", ",、", ",。", ",;"})
    EXPECT_EQ(count(document.text, doubled), 0u);
  EXPECT_GT(count(document.text, ","), 0u);  // T1.3: widths stay
  EXPECT_EQ(count(document.text, "黨委(黨組)"), 1u);
  ASSERT_EQ(notes(document, "repair_offer").size(), 1u);  // T1.4
  const Note offer = notes(document, "repair_offer")[0];
  EXPECT_EQ(document.find(offer.clause)->line, 15);
  EXPECT_NE(detail(offer, "offer").find("從嚴治黨"), std::string::npos);
  EXPECT_EQ(document.find(offer.clause)->holes.front().kind, "damage");
  EXPECT_EQ(headings(document).size(), 5u);  // T1.6
  EXPECT_EQ(document.find("2")->path, "二");
  std::vector<int> lines;  // T1.7
  for (const Note& note : notes(document, "sub_heading"))
    lines.push_back(document.find(note.clause)->line);
  EXPECT_EQ(lines, (std::vector<int>{4, 5, 6, 9, 10, 11, 14, 21, 22, 23, 26, 27, 28}));
  EXPECT_EQ(document.title, "");  // T1.8
  EXPECT_EQ(notes(document, "title_missing").size(), 1u);
  EXPECT_NE(metadata(document, "affiliation"), "");
  expect_reversible(document);
}

TEST_F(Seeds, t2_a_paywall_in_the_middle) {
  const Document document = seed("002");
  const Clause* lost = document.find("3");  // T2.1 to T2.3
  ASSERT_NE(lost, nullptr);
  EXPECT_TRUE(lost->synthetic);
  ASSERT_EQ(lost->holes.size(), 2u);
  EXPECT_EQ(lost->holes[0].kind, "passage");
  EXPECT_EQ(document.find("3.1")->path, "三/(一)");
  EXPECT_EQ(document.find("2.3.9")->path, "二/(三)/9");  // T2.4
  Texts missing;                                         // T2.5
  for (const Note& note : notes(document, "missing_sibling"))
    missing.push_back(detail(note, "number"));
  EXPECT_EQ(missing, (Texts{"(四)", "(五)", "(六)"}));
  std::size_t inside = 0;  // T2.6
  for (const Note& note : notes(document, "placeholder")) inside += note.clause.empty() ? 0 : 1;
  EXPECT_EQ(inside, 11u);
  EXPECT_EQ(notes(document, "citation").size(), 7u);  // T2.8
  EXPECT_EQ(
      ids(document),  // T2.7: brackets inside are none
      (Texts{"0.1",   "1",     "1.1", "2",     "2.1",   "2.1.1", "2.1.2", "2.1.3", "2.2", "2.2.4",
             "2.2.5", "2.2.6", "2.3", "2.3.7", "2.3.8", "2.3.9", "3",     "3.1",   "3.2", "3.3"}));
  expect_reversible(document);
}

TEST_F(Seeds, t3_a_news_report) {
  const Document document = seed("003");
  EXPECT_EQ(repairs(document, "breadcrumb"), 1u);      // T3.1
  EXPECT_EQ(repairs(document, "no_break_space"), 2u);  // T3.2
  EXPECT_EQ(count(document.title, " "), 2u);
  EXPECT_EQ(metadata(document, "date"), "2019-09-09");  // T3.3
  EXPECT_EQ(metadata(document, "time"), "07:59");
  EXPECT_FALSE(metadata(document, "source").empty());
  EXPECT_EQ(document.clauses.size(), 12u);  // T3.4, T3.5
  EXPECT_EQ(ids(document).back(), "12");
  EXPECT_EQ(document.find("7")->line, 19);
  const auto speakers = notes(document, "speaker");  // T3.6
  ASSERT_FALSE(speakers.empty());
  EXPECT_EQ(speakers.back().clause, "11");
  EXPECT_NE(detail(speakers.back(), "name"), detail(speakers.front(), "name"));
  EXPECT_EQ(repairs(document, "footer"), 1u);  // T3.7
  const auto dates = notes(document, "date");  // T3.8
  ASSERT_FALSE(dates.empty());
  EXPECT_EQ(dates[0].status, NoteStatus::inferred);
  EXPECT_EQ(detail(dates[0], "value"), "2019-09-08");
  ASSERT_EQ(notes(document, "sum").size(), 1u);  // T3.9
  EXPECT_EQ(detail(notes(document, "sum")[0], "addends"), "8 2");
  expect_reversible(document);
}

TEST_F(Seeds, t4_a_feature_with_headings_of_two_kinds) {
  const Document document = seed("004");
  EXPECT_EQ(count(document.text, "﹔"), 11u);               // T4.1
  const auto quotes = notes(document, "unbalanced_quote");  // T4.2
  ASSERT_EQ(quotes.size(), 1u);
  EXPECT_EQ(document.find(quotes[0].clause)->line, 5);
  std::vector<int> lines;  // T4.3, T4.5
  for (const Note& note : notes(document, "heading"))
    lines.push_back(document.find(note.clause)->line);
  EXPECT_EQ(lines, (std::vector<int>{6, 11, 14, 16, 18, 20}));
  EXPECT_EQ(repairs(document, "footer"), 1u);  // T4.6
  std::vector<std::string> numbers;            // T4.7
  for (const Note& note : notes(document, "number")) {
    if (document.find(note.clause)->line == 15 && detail(note, "approximate") == "true")
      numbers.push_back(detail(note, "value"));
  }
  EXPECT_EQ(numbers, (Texts{"3700", "100"}));
  const auto dates = notes(document, "date");  // T4.8
  EXPECT_TRUE(std::any_of(dates.begin(), dates.end(), [](const Note& note) {
    return note.text == "11月中旬" && detail(note, "partial") == "true";
  }));
  expect_reversible(document);
}

TEST_F(Seeds, t5_over_all_files) {
  for (const std::string number : {"000", "001", "002", "003", "004"}) {
    const Document document = seed(number);
    EXPECT_EQ(ids(document), ids(seed(number)));     // T5.1
    for (const Clause& clause : document.clauses) {  // T5.4
      for (const std::string_view around : {"责任编辑", "责编", ">>", "Copyright", "查看", "权限"})
        EXPECT_EQ(clause.text.find(around), std::string::npos) << number << " " << clause.id;
    }
    const std::u16string units = utf16(bytes(number));  // T5.5
    std::string crlf = bytes(number);
    for (std::size_t at = 0; (at = crlf.find('\n', at)) != std::string::npos; at += 2)
      crlf.replace(at, 1, "\r\n");
    for (const std::string& twin : {encode(Encoding::gb18030, units), "\xef\xbb\xbf" + crlf,
                                    encode(Encoding::utf_16le, u"\ufeff" + units)}) {
      const Document other = split(twin);
      EXPECT_EQ(ids(other), ids(document));
      EXPECT_EQ(holes(other), holes(document));
      for (const Clause& clause : document.clauses)
        EXPECT_EQ(text_of(other, clause.id), clause.text);
      expect_reversible(other);
    }
  }
}

}  // namespace
}  // namespace huilu::document
