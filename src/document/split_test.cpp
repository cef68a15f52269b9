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
using testing::paths;
using testing::repairs;
using testing::split;
using testing::text_of;
using Texts = std::vector<std::string>;

// Own texts with the defects that real ones have; what they say is about a library.

TEST(Split, paragraphs_without_numbers_are_counted) {
  const Document document =
      split("图书馆开放办法\n\n周一闭馆。\n\n\n周二开放。\n　　周三开放,读者凭证入馆。\n");
  EXPECT_EQ(document.title, "图书馆开放办法");
  EXPECT_EQ(ids(document), (Texts{"1", "2", "3"}));
  EXPECT_EQ(text_of(document, "3"), "周三开放,读者凭证入馆。");
  EXPECT_EQ(document.find("3")->line, 7);
  expect_reversible(document);
}

TEST(Split, numbers_make_the_tree) {
  const Document document = split(
      "图书馆开放办法\n为了方便读者,制定本办法。\n一、总则\n本馆免费开放。\n二、任务\n(一)借阅\n"
      "1.每人借阅三册。续借一次。\n2.逾期归还的,暂停借阅。\n(二)讲座\n3."
      "每月举办一次讲座。讲座免费。\n"
      "三、附则\n本办法自公布之日起施行。");
  EXPECT_EQ(ids(document),
            (Texts{"0.1", "1", "1.1", "2", "2.1", "2.1.1", "2.1.2", "2.2", "2.2.3", "3", "3.1"}));
  EXPECT_EQ(paths(document), (Texts{"0/1", "一", "一/1", "二", "二/(一)", "二/(一)/1", "二/(一)/2",
                                    "二/(二)", "二/(二)/3", "三", "三/1"}));
  EXPECT_EQ(headings(document),
            (Texts{"总则", "任务", "借阅", "每人借阅三册", "讲座", "每月举办一次讲座", "附则"}));
  expect_reversible(document);
}

TEST(Split, chapters_and_articles_of_rules) {
  const Document document = split(
      "图书馆规则\n第一章 总则\n第一条 本馆免费开放。\n第二条 读者凭证入馆。\n(一)本人持证。\n"
      "(二)不得转借。\n第二章 借阅\n第三条 每人借阅三册。");
  EXPECT_EQ(paths(document),
            (Texts{"第一章", "第一章/第一条", "第一章/第二条", "第一章/第二条/(一)",
                   "第一章/第二条/(二)", "第二章", "第二章/第三条"}));
}

const std::string one_line =
    "图书馆工作意见\n2024/03/05 "
    "10:20\n图书馆工作意见来源晨报版本报江城月日电近日,图书馆印发了意见。"
    "全文如下。一坚持免费开放。各馆每年至少举办期读书会，让读者参加。一时办不了的要说明原因。"
    "二加强馆员培训。馆员每年参加次培训。十里八乡的读者都能办证。三改进服务作风。一级带动一级，层层"
    "落实。"
    "各级党委要负起主体责任，加强组织领导。定期听取意见。责任编辑张三关键词";

TEST(Split, a_text_without_line_breaks_is_cut_at_numerals_in_sequence) {
  const Document document = split(one_line);
  EXPECT_EQ(headings(document), (Texts{"坚持免费开放", "加强馆员培训", "改进服务作风"}));
  EXPECT_EQ(paths(document), (Texts{"0/1", "0/2", "一", "一/1", "一/2", "二", "二/1", "二/2", "三",
                                    "三/1", "4/1", "4/2"}));
  EXPECT_EQ(text_of(document, "1.2"), "一时办不了的要说明原因。");
  EXPECT_EQ(holes(document), (Texts{"1.1 number", "2.1 number"}));
  ASSERT_EQ(notes(document, "break").size(), 1u);
  EXPECT_EQ(notes(document, "break")[0].clause, "4.1");
  EXPECT_EQ(notes(document, "break")[0].status, NoteStatus::proposed);
  expect_reversible(document);
}

TEST(Split, what_stands_around_a_text_is_metadata) {
  const Document document = split(one_line);
  EXPECT_EQ(document.title, "图书馆工作意见");
  EXPECT_EQ(metadata(document, "retrieved"), "2024-03-05 10:20");
  EXPECT_EQ(metadata(document, "source"), "晨报");
  ASSERT_EQ(document.holes.size(), 3u);
  EXPECT_EQ(document.holes[0].kind, "page");
  EXPECT_EQ(document.holes[1].kind, "date");
  EXPECT_EQ(document.holes[2].kind, "date");
  EXPECT_EQ(document.text.find("责任编辑"), std::string::npos);
  EXPECT_EQ(text_of(document, "0.1"), "近日,图书馆印发了意见。");

  const Document news = split(
      "晨报网>>图书馆频道\n\n馆长\u00a0谈开放\n\n2024年03月05日07:59 来源:江城晨报\n\n"
      "本报讯(记者 李四)昨天下午,图书馆开会。\n\n李馆长说,要办好讲座。\n\n(责编:王五)\n");
  EXPECT_EQ(news.title, "馆长 谈开放");
  EXPECT_EQ(metadata(news, "date"), "2024-03-05");
  EXPECT_EQ(metadata(news, "time"), "07:59");
  EXPECT_EQ(metadata(news, "source"), "江城晨报");
  EXPECT_EQ(metadata(news, "author"), "李四");
  EXPECT_EQ(ids(news), (Texts{"1", "2"}));
  EXPECT_EQ(text_of(news, "1"), "昨天下午,图书馆开会。");
  ASSERT_FALSE(notes(news, "date").empty());
  EXPECT_EQ(detail(notes(news, "date")[0], "value"), "2024-03-04");
  expect_reversible(news);
}

TEST(Split, readings_and_doubled_commas_are_repaired) {
  const Document document = split(
      "圖書館意見\n館員(yuán)要學(xué)習(xí),,讀者(黨員)要守時,、守約,。維生素(a)留下(xià),;"
      "再見。\n"
      "第二段,正常的逗號留下。");
  EXPECT_EQ(text_of(document, "1"), "館員要學習,讀者(黨員)要守時、守約。維生素(a)留下;再見。");
  EXPECT_EQ(repairs(document, "pinyin_gloss"), 4u);
  EXPECT_EQ(repairs(document, "doubled_punctuation"), 4u);
  EXPECT_EQ(text_of(document, "2"), "第二段,正常的逗號留下。");
  expect_reversible(document);
}

TEST(Split, a_hidden_passage_is_a_hole_and_a_lost_heading_is_made) {
  const Document document = split(
      "图书馆意见\n一、要求\n聚焦方便读者借书、改进馆员服务、增加周末讲座、修缮老旧书库开展工作。\n"
      "二、任务\n(一)方便读者借书,延长时间\n每天开放。\n(二)改进馆员服务,耐心解答\n认真培训。\n"
      "此处内容需要权限查看\n会员免费查看(一)落实责任。各馆负责。\n(二)定期检查。每季检查。");
  EXPECT_EQ(paths(document), (Texts{"一", "一/1", "二", "二/(一)", "二/(一)/1", "二/(二)",
                                    "二/(二)/1", "三", "三/(一)", "三/(二)"}));
  const Clause* lost = document.find("3");
  ASSERT_NE(lost, nullptr);
  EXPECT_TRUE(lost->synthetic);
  EXPECT_EQ(lost->text, "");
  ASSERT_EQ(lost->holes.size(), 2u);
  EXPECT_EQ(lost->holes[0].kind, "passage");
  EXPECT_EQ(lost->holes[1].kind, "heading");
  EXPECT_EQ(document.find("3.1")->heading, "落实责任");
  const auto missing = notes(document, "missing_sibling");
  ASSERT_EQ(missing.size(), 2u);
  EXPECT_EQ(detail(missing[0], "number"), "(三)");
  EXPECT_EQ(detail(missing[0], "heading"), "增加周末讲座");
  EXPECT_EQ(detail(missing[1], "heading"), "修缮老旧书库");
  EXPECT_EQ(missing[0].status, NoteStatus::inferred);
  expect_reversible(document);
}

TEST(Split, placeholders_citations_and_numbers_are_noted) {
  const Document document = split(
      "X区图书馆意见\n根据《图书馆办法(试行)》和xx省《读者守则》,开展“8+2”行动。\n"
      "3700多名读者参加100余场次讲座,增长10%,自11月中旬起。");
  const auto placeholders = notes(document, "placeholder");
  ASSERT_EQ(placeholders.size(), 2u);
  EXPECT_EQ(placeholders[0].clause, "");
  EXPECT_EQ(placeholders[1].text, "xx");
  const auto citations = notes(document, "citation");
  ASSERT_EQ(citations.size(), 2u);
  EXPECT_EQ(detail(citations[0], "title"), "图书馆办法(试行)");
  ASSERT_EQ(notes(document, "sum").size(), 1u);
  EXPECT_EQ(detail(notes(document, "sum")[0], "addends"), "8 2");
  const auto numbers = notes(document, "number");
  ASSERT_EQ(numbers.size(), 3u);
  EXPECT_EQ(detail(numbers[0], "value"), "3700");
  EXPECT_EQ(detail(numbers[0], "approximate"), "true");
  EXPECT_EQ(detail(numbers[1], "unit"), "场次");
  EXPECT_EQ(detail(numbers[2], "unit"), "%");
  EXPECT_EQ(detail(numbers[2], "approximate"), "");
  ASSERT_EQ(notes(document, "date").size(), 1u);
  EXPECT_EQ(detail(notes(document, "date")[0], "partial"), "true");
}

TEST(Split, headings_without_numbers_are_proposed) {
  const Document document = split(
      "圖書館回頭看\n開篇的一段話,"
      "說明來由。\n延長開放時間\n各館延長開放。\n增加服務———\n提供送書上門。\n"
      "“老館———新貌”展覽開幕。\n改進作風\n館員要耐心。");
  EXPECT_EQ(headings(document), (Texts{"延長開放時間", "增加服務", "改進作風"}));
  EXPECT_EQ(ids(document), (Texts{"0.1", "1", "1.0.1", "1.1", "1.1.1", "1.1.2", "2", "2.1"}));
  EXPECT_EQ(notes(document, "heading").size(), 3u);
}

TEST(Split, quotes_speakers_and_run_in_headings_are_noted) {
  const Document document = split(
      "圖書館會議\n會議在江城召開,總結了工作。\n王平強調,要辦好講座。\n突出重點。各館要抓住重點,"
      "辦好”讀書月”。\n"
      "李明肯定了成績。他提出要求。\n會議還研究了其他事項。");
  const auto quotes = notes(document, "unbalanced_quote");
  ASSERT_EQ(quotes.size(), 1u);
  EXPECT_EQ(quotes[0].clause, "3");
  const auto speakers = notes(document, "speaker");
  ASSERT_EQ(speakers.size(), 3u);
  EXPECT_EQ(speakers[0].clause, "2");
  EXPECT_EQ(detail(speakers[1], "name"), "王平");
  EXPECT_EQ(detail(speakers[2], "name"), "李明");
  const auto proposed = notes(document, "sub_heading");
  ASSERT_EQ(proposed.size(), 1u);
  EXPECT_EQ(proposed[0].text, "突出重點");
}

TEST(Split, damage_is_marked_and_its_repair_only_offered) {
  // 改進圖書館為讀者服務 in GBK without three of its bytes, read as GBK.
  const Document document = split(
      "圖書館意見\n要改進圖書館為讀者服務的辦法。\n推動解決突出問題??倪MD書馂樽x者服務的職責。\n"
      "还有一处鍏ㄩ潰问题。");
  const auto offers = notes(document, "repair_offer");
  ASSERT_EQ(offers.size(), 2u);
  EXPECT_EQ(offers[0].text, "??倪MD書馂樽x");
  EXPECT_EQ(detail(offers[0], "offer"), "改進圖書館為讀");
  EXPECT_EQ(offers[0].status, NoteStatus::proposed);
  EXPECT_EQ(detail(offers[1], "offer"), "全面");
  EXPECT_EQ(text_of(document, "2"), "推動解決突出問題??倪MD書馂樽x者服務的職責。");
  EXPECT_EQ(document.find("2")->holes.front().kind, "damage");
  EXPECT_TRUE(notes(split("意见\n真的吗??好的。再说。"), "repair_offer").empty());
}

TEST(Split, missing_numbers_raise_holes_only_where_one_is_missing) {
  const Document document = split(
      "办法\n每年至少次。不少于年。组织年度讲座。安排名额。每年讲1次课。讲期间。开展项目。第条规定"
      "。增长%。\n"
      "至少举办两期。于月日前完成。每月日常检查。每年年初报告。");
  EXPECT_EQ(holes(document),
            (Texts{"1 number", "1 number", "1 number", "1 number", "2 date", "2 date"}));
}

TEST(Split, numbers_of_standards_and_bullets) {
  const Document document = split(
      "节水规范\n1 范围\n本规范规定了要求。\n2 术语\n2.1 用水\n指使用水。\n2.2 节水\n指节约水。\n"
      "2.2.1 指标 按年计。\n3 要求\n- 关好水龙头\n- 修好水管。");
  EXPECT_EQ(paths(document), (Texts{"1", "1/1", "2", "2/2.1", "2/2.1/1", "2/2.2", "2/2.2/0/1",
                                    "2/2.2/2.2.1", "3", "3/1", "3/2"}));
  EXPECT_EQ(document.find("2.2")->heading, "节水");
}

TEST(Split, who_issued_and_when_stand_below_the_text) {
  const Document document = split("通知\n各单位:\n一、时间\n五月一日。\n水务局\n2021年3月4日\n");
  EXPECT_EQ(metadata(document, "issuer"), "水务局");
  EXPECT_EQ(metadata(document, "issued"), "2021-03-04");
  EXPECT_EQ(ids(document), (Texts{"0.1", "1", "1.1"}));
  expect_reversible(document);
}

TEST(Split, a_clause_that_says_several_things_can_be_cut) {
  Document document =
      split("办法\n开展“三个一”,馆员培训次,每年至少讲次课,办一次讲座。\n另一段话。");
  const std::string raw = document.raw;
  const std::vector<std::size_t> places = {raw.find("馆员"), raw.find("每年"), raw.find("办一次")};
  ASSERT_TRUE(cut_clause(document, "1", places));
  EXPECT_EQ(ids(document), (Texts{"1", "1.1", "1.2", "1.3", "2"}));
  EXPECT_EQ(text_of(document, "1"), "开展“三个一”,");
  EXPECT_EQ(text_of(document, "1.3"), "办一次讲座。");
  EXPECT_EQ(holes(document), (Texts{"1.1 number", "1.2 number"}));
  expect_reversible(document);
  EXPECT_FALSE(cut_clause(document, "1.3", {raw.find("另一段")})) << "of another clause";
  EXPECT_FALSE(cut_clause(document, "1.3", {raw.find("办一次") + 1})) << "inside a character";
  EXPECT_FALSE(cut_clause(document, "9", {raw.find("办一次")}));
}

TEST(Split, ids_are_unique_and_the_same_each_time) {
  const std::string text =
      "意见\n一、比较\n甲。\n一、比较\n乙。\n二、比较\n丙。\n附件\n一、比较\n丁。";
  const Document document = split(text);
  auto all = ids(document);
  EXPECT_EQ(all, ids(split(text)));
  std::sort(all.begin(), all.end());
  EXPECT_EQ(std::unique(all.begin(), all.end()), all.end());
  EXPECT_FALSE(notes(document, "repeated_number").empty());
}

TEST(Split, every_file_that_is_no_text_is_refused_with_what_to_do) {
  const auto refused = [](const std::string& bytes) {
    auto read = split_document(bytes, "file");
    return read.ok() ? "read" : std::string(kind_of(read.refusals().front().code).name);
  };
  EXPECT_EQ(refused("%PDF-1.7 …"), "document_format");
  EXPECT_EQ(refused("\xd0\xcf\x11\xe0\xa1\xb1"), "document_format");
  EXPECT_EQ(refused(""), "document_format");
  EXPECT_EQ(refused(" \n \n"), "document_format");
  EXPECT_EQ(refused("PK\x03\x04 cut off"), "document_damaged");
  EXPECT_EQ(refused(std::string("\xff\xff\xff\xff\x80", 5)), "document_encoding");
}

}  // namespace
}  // namespace huilu::document
