#include "cli/document.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/value.h"
#include "cli/testing.h"

namespace huilu::cli {
namespace {

using testing::run;

class DocumentCommand : public ::testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& text) {
    std::ofstream(folder_.path() + "/" + name, std::ios::binary) << text;
    return folder_.path() + "/" + name;
  }

  store::testing::TemporaryFolder folder_;
};

const std::string rules =
    "图书馆办法\n一、开放\n各单位每年举办次讲座,邀请读者。\n党支部每年组织2次活动日例会。\n";

TEST_F(DocumentCommand, split_prints_clauses_holes_and_how_many_there_are) {
  const auto said = run({"document", "split", write("a.txt", rules), "--lang", "en"});
  EXPECT_EQ(said.exit, Exit::done) << said.err;
  EXPECT_NE(said.out.find("[1] 一  开放\n"), std::string::npos) << said.out;
  EXPECT_NE(said.out.find("missing: a number (…各单位每年举办◻次讲座,邀请读者…)"),
            std::string::npos)
      << said.out;
  EXPECT_NE(said.out.find("3 clauses, 1 holes, 0 repairs; encoding UTF-8\n"), std::string::npos);
}

TEST_F(DocumentCommand, split_as_json_has_exactly_the_promised_members) {
  const auto said = run({"document", "split", write("a.txt", "\xef\xbb\xbf" + rules), "--json"});
  const auto json = parse_json(said.out.substr(0, said.out.find('\n')));
  ASSERT_TRUE(json.ok()) << said.out;
  const auto keys = [](const Value& value) {
    std::vector<std::string> out;
    for (const auto& [key, unused] : value.object()->members) out.push_back(key);
    return out;
  };
  using Keys = std::vector<std::string>;
  EXPECT_EQ(keys(*json), (Keys{"document", "clauses", "repairs"}));
  EXPECT_EQ(keys(json->find("clauses")->list()->at(0)),
            (Keys{"id", "path", "heading", "text", "raw", "holes"}));
  const Value& repair = json->find("repairs")->list()->at(0);
  EXPECT_EQ(keys(repair), (Keys{"rule", "raw", "removed", "inserted"}));
  EXPECT_EQ(*repair.find("rule")->text(), "byte_order_mark");
  EXPECT_NE(said.out.find("各单位每年"), std::string::npos) << "texts are not escaped";
}

TEST_F(DocumentCommand, what_cannot_be_read_is_told_with_its_path) {
  const std::string pdf = write("a.pdf", "%PDF-1.7");
  const auto refused = run({"document", "split", pdf, "--lang", "en"});
  EXPECT_EQ(refused.exit, Exit::findings);
  EXPECT_EQ(refused.err,
            pdf +
                ": document_format: This file is no text and no Word document. Save it as .docx "
                "or plain text and try again. Required: text, .docx; found: PDF.\n");
  EXPECT_EQ(run({"document", "split", folder_.path() + "/none"}).exit, Exit::fault);
  EXPECT_EQ(run({"document", "split"}).exit, Exit::wrong_usage);
}

TEST_F(DocumentCommand, compare_tells_what_a_corrected_copy_fills) {
  std::string corrected = rules;
  corrected.replace(corrected.find("举办次"), 9, "举办四次");
  const std::string before = write("a.txt", rules), now = write("b.txt", corrected);
  const auto said = run({"document", "compare", before, now, "--lang", "en"});
  EXPECT_EQ(said.exit, Exit::done) << said.err;
  EXPECT_EQ(said.out,
            "[1.1] changed\n[1.1] filled: a number: 四\n"
            "1 clauses differ, 1 holes filled, 0 declarations to review\n");
  EXPECT_EQ(run({"document", "compare", before, before, "--lang", "en"}).out,
            "the same document: no new version\n");
}

TEST_F(DocumentCommand, draft_writes_a_pack_that_check_reads) {
  const std::string file = write("a.txt", rules), folder = folder_.path() + "/drafted";
  const auto said = run({"pack", "draft", file, "--out", folder, "--lang", "en"});
  EXPECT_EQ(said.exit, Exit::done) << said.err;
  EXPECT_NE(said.out.find("[1.1] 各单位每年举办次讲座\n"), std::string::npos) << said.out;
  EXPECT_NE(said.out.find("2 proposals, 1 with a missing number"), std::string::npos) << said.out;
  const auto checked = run({"pack", "check", folder, "--lang", "en"});
  EXPECT_EQ(checked.exit, Exit::done) << checked.err;
  EXPECT_EQ(run({"pack", "draft", file, "--out", folder}).exit, Exit::wrong_usage)
      << "what is there is not overwritten";
  const auto json = run({"pack", "draft", file, "--json"});
  const auto list = parse_json(json.out.substr(0, json.out.find('\n')));
  ASSERT_TRUE(list.ok()) << json.out;
  const Value& second = list->list()->at(1);
  EXPECT_EQ(*second.find("actor")->find("is")->text(), "branch");
  EXPECT_EQ(*second.find("count")->find("number")->integer(), 2);
}

TEST_F(DocumentCommand, what_was_imported_is_listed_and_verified) {
  const std::string file = write("rules.txt", rules), data = folder_.path() + "/data";
  const auto first = run({"document", "import", file, "--data", data});
  EXPECT_EQ(first.exit, Exit::done) << first.err;
  EXPECT_NE(first.out.find("\"version\":1"), std::string::npos) << first.out;
  EXPECT_EQ(run({"document", "import", file, "--data", data}).exit, Exit::done);
  const auto listed = run({"document", "list", "--data", data, "--json"});
  const auto list = parse_json(listed.out.substr(0, listed.out.find('\n')));
  ASSERT_TRUE(list.ok()) << listed.out << listed.err;
  ASSERT_EQ(list->list()->size(), 1u);
  const Value& one = list->list()->at(0);
  EXPECT_EQ(*one.find("name")->text(), "rules");
  EXPECT_EQ(*one.find("version")->integer(), 1);
  EXPECT_EQ(*one.find("clauses")->integer(), 3);
  EXPECT_EQ(run({"verify", "--data", data}).exit, Exit::done);
}

TEST_F(DocumentCommand, words_of_either_script_are_found) {
  const std::string file = write("a.txt", rules);
  EXPECT_EQ(run({"document", "find", file, "讀者"}).out, "[1.1] 一/1  读者\n");
  EXPECT_EQ(run({"document", "find", file, "没有"}).exit, Exit::findings);
}

TEST_F(DocumentCommand, a_clause_is_cut_where_asked) {
  const std::string file = write("a.txt", rules);
  const auto at = std::to_string(rules.find("邀请"));
  const auto said = run({"document", "split", file, "--cut", "1.1@" + at, "--lang", "en"});
  EXPECT_EQ(said.exit, Exit::done) << said.err;
  EXPECT_NE(said.out.find("[1.1.1] 一/1/1\n  邀请读者。\n"), std::string::npos) << said.out;
  EXPECT_EQ(run({"document", "split", file, "--cut", "1.1@1"}).exit, Exit::wrong_usage);
  EXPECT_EQ(run({"document", "split", file, "--cut", "x"}).exit, Exit::wrong_usage);
}

TEST_F(DocumentCommand, the_bench_of_drafting_says_precision_and_recall) {
  write("x_rules.txt", rules);
  const std::string labels = write("labels.csv",
                                   "document,clause,row,actor,term,every,count,due\n"
                                   "x,1.1,R1,unit,讲座,year,?,\nx,1.2,R2,unit,例会,year,3,\n"
                                   "x,1.2,R3,,不存在,,,\n");
  const auto said = run({"bench", "draft", labels, folder_.path()});
  const auto json = parse_json(said.out.substr(0, said.out.find('\n')));
  ASSERT_TRUE(json.ok()) << said.out << said.err;
  EXPECT_EQ(*json->find("precision_permille")->integer(), 1000);
  EXPECT_EQ(*json->find("recall_permille")->integer(), 667);
  EXPECT_EQ(*json->find("all_fields_recall_permille")->integer(), 333);
}

}  // namespace
}  // namespace huilu::cli
