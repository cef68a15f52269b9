#include "document/reimport.h"

#include "document/testing.h"
#include "policy/pack_set.h"

namespace huilu::document {
namespace {

using testing::ids;
using testing::replaced;
using testing::split;
using Texts = std::vector<std::string>;

const std::string as_it_came =
    "图书馆办法\n一、开放\n(一)每年至少次讲座,邀请读者参加。\n(二)各馆每日开放。\n二、借阅\n"
    "每人借阅三册,逾期归还的暂停借阅。\n续借不少于次。\n";

std::vector<std::string> changes(const Reimport& reimport) {
  Texts out;
  for (const ClauseChange& one : reimport.changes)
    out.push_back(one.clause + " " + std::string(name_of(one.kind)));
  return out;
}

std::vector<std::string> filled(const Reimport& reimport) {
  Texts out;
  for (const FilledHole& one : reimport.filled)
    out.push_back(one.clause + " " + one.kind + " " + one.text);
  return out;
}

TEST(Reimport, the_same_bytes_make_no_version) {
  const Document before = split(as_it_came);
  const Reimport again = reimport(before, split(as_it_came));
  EXPECT_TRUE(again.is_same);
  EXPECT_EQ(ids(again.document), ids(before));
  EXPECT_TRUE(again.changes.empty());
  EXPECT_TRUE(again.filled.empty());
}

TEST(Reimport, other_spelling_of_the_same_text_is_the_same) {
  const Document before = split(as_it_came);
  const std::string gbk = encode(Encoding::gb18030, utf16(as_it_came));
  EXPECT_TRUE(reimport(before, split(gbk)).is_same);
}

TEST(Reimport, a_corrected_copy_fills_holes_and_keeps_ids) {
  const Document before = split(as_it_came);
  EXPECT_EQ(testing::holes(before), (Texts{"1.1 number", "2.2 number"}));
  const std::string corrected =
      replaced(replaced(as_it_came, "至少次", "至少4次"), "不少于次", "不少于二次");
  const Reimport again = reimport(before, split(corrected));
  EXPECT_FALSE(again.is_same);
  EXPECT_EQ(ids(again.document), ids(before));
  EXPECT_EQ(changes(again), (Texts{"1.1 changed", "2.2 changed"}));
  EXPECT_EQ(filled(again), (Texts{"1.1 number 4", "2.2 number 二"}));
  EXPECT_TRUE(testing::holes(again.document).empty());
}

TEST(Reimport, a_clause_that_moved_keeps_its_id_and_a_lost_one_is_superseded) {
  const Document before = split(as_it_came);
  std::string moved = replaced(as_it_came, "(一)每年", "(一)周末延长开放时间,方便学生。\n(二)每年");
  moved = replaced(moved, "(二)各馆", "(三)各馆");
  moved = replaced(moved, "续借不少于次。\n", "");
  const Reimport again = reimport(before, split(moved));
  const auto id_of = [&](std::string_view text) -> std::string {
    for (const Clause& clause : again.document.clauses)
      if (clause.text.find(text) != std::string::npos) return clause.id;
    return "none";
  };
  EXPECT_EQ(id_of("讲座"), "1.1");
  EXPECT_EQ(id_of("每日开放"), "1.2");
  EXPECT_EQ(id_of("周末"), "1.1~2");
  EXPECT_NE(std::find(again.changes.begin(), again.changes.end(),
                      ClauseChange{ChangeKind::superseded, "2.2"}),
            again.changes.end());
  EXPECT_NE(std::find(again.changes.begin(), again.changes.end(),
                      ClauseChange{ChangeKind::added, "1.1~2"}),
            again.changes.end());
}

TEST(Reimport, a_passage_that_came_back_is_filled) {
  const Document before =
      split("办法\n一、开放\n每日开放,周一除外。\n此处内容需要权限查看\n三、附则\n即日施行。");
  const Reimport again = reimport(
      before,
      split("办法\n一、开放\n每日开放,周一除外。\n二、借阅\n每人三册。\n三、附则\n即日施行。"));
  EXPECT_EQ(filled(again), (Texts{"1.1 passage "}));
}

TEST(Reimport, what_depends_on_a_filled_hole_is_named) {
  const Document before = split(as_it_came);
  const std::string labels = "title: L\nparams.lectures.title: L\nparams.books.title: B\n";
  const policy::PackSet set = policy::load_together(
      {{"p",
        {{"pack.yaml",
          "schema: policypack/2\npack: library\nversion: \"1.0.0\"\nstatus: draft\n"
          "title: 图书馆\nin_force: {from: 2020-01-01}\ntimezone: Asia/Shanghai\n"
          "documents: {D: {name: other, hash: \"" +
              before.hash +
              "\"}}\n"
              "clauses: [{id: D-1, doc: D, at: \"1\", hole: number}, {id: D-2, doc: D, at: "
              "\"2\"}]\nparams:\n"
              "  lectures: {title: L, type: int, clause: D-1, bind: period_start, values: "
              "[{from: 2020-01-01, value: 1, basis: assumed}]}\n"
              "  books: {title: B, type: int, clause: D-2, bind: period_start, values: "
              "[{from: 2020-01-01, value: 3, basis: seed}]}\n"},
         {"i18n/zh-TW.yaml", labels},
         {"i18n/en.yaml", labels}}}});
  ASSERT_TRUE(set.findings.empty()) << set.findings.front().where << set.findings.front().got;
  const auto named = [&](std::string_view clause, std::string_view hole) {
    Texts out;
    for (const Dependant& one : dependants(set.packs, before, clause, hole))
      out.push_back(one.clause + " " + one.declaration);
    return out;
  };
  EXPECT_EQ(named("1.1", "number"), (Texts{"D-1 library/lectures"}));
  EXPECT_EQ(named("1.1", "date"), Texts{});
  EXPECT_EQ(named("2.2", ""), (Texts{"D-2 library/books"}));
  EXPECT_EQ(named("11", "number"), Texts{});
}

TEST(Reimport, fingerprints_are_of_letters_in_one_script) {
  EXPECT_EQ(fingerprint("圖書館,每日開放。"), fingerprint("图书馆 每日开放"));
  EXPECT_NE(fingerprint("每日开放"), fingerprint("每周开放"));
}

}  // namespace
}  // namespace huilu::document
