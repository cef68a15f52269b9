#include "cli/pack.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/value.h"
#include "cli/testing.h"

namespace huilu::cli {
namespace {

using testing::run;

class PackCommand : public ::testing::Test {
 protected:
  void write(const std::string& name, const std::string& text) {
    const std::filesystem::path path = folder_.path() + "/" + name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }

  // A pack of one parameter, in folder packs/one.
  void write_pack(const std::string& value) {
    write("packs/one/pack.yaml",
          "schema: policypack/2\npack: one\nversion: \"1.0.0\"\nstatus: draft\nlanguage: en\n"
          "title: One\nin_force: {from: 2020-01-01}\ntimezone: Asia/Shanghai\n"
          "documents: {D1: {name: d}}\nclauses: [{id: D1-1, doc: D1}]\n"
          "params:\n  times: {title: Times, type: int, clause: D1-1, bind: period_start,\n"
          "    values: [{from: 2020-01-01, value: " +
              value + ", basis: assumed}]}\n");
    for (const char* tag : {"zh-CN", "zh-TW"})
      write("packs/one/i18n/" + std::string(tag) + ".yaml",
            "title: 一\nparams.times.title: 次数\n");
  }

  std::string packs() const { return folder_.path() + "/packs"; }

  store::testing::TemporaryFolder folder_;
};

TEST_F(PackCommand, check_counts_what_has_no_findings) {
  write_pack("2");
  const auto said = run({"pack", "check", packs()});
  EXPECT_EQ(said.exit, Exit::done) << said.err;
  EXPECT_EQ(
      said.out,
      "1 packs checked: 0 obligations, 1 parameters (1 values of them assumed), no findings\n");
  EXPECT_EQ(run({"pack", "check", packs() + "/one", "--json"}).out, "[]\n");
}

TEST_F(PackCommand, check_names_each_finding_with_its_place) {
  write_pack("two");
  const auto said = run({"pack", "check", packs()});
  EXPECT_EQ(said.exit, Exit::findings);
  EXPECT_EQ(said.out, "");
  EXPECT_EQ(
      said.err.substr(packs().size()),
      "/one/pack.yaml:13:40: pack_type: The value is of the wrong kind. Expected: an integer, "
      "-2147483648 to 2147483647; found: two.\n");
  const auto chinese = run({"pack", "check", packs(), "--lang", "zh-CN"});
  EXPECT_NE(chinese.err.find("值的类型不对，应为：整数"), std::string::npos) << chinese.err;
  const auto json = run({"pack", "check", packs(), "--json"});
  const auto array = parse_json(json.out.substr(0, json.out.find('\n')));
  ASSERT_TRUE(array.ok()) << json.out;
  EXPECT_EQ(json.exit, Exit::findings);
  EXPECT_EQ(*array->list()->at(0).find("code")->text(), "pack_type");
}

TEST_F(PackCommand, read_says_each_declaration_and_what_is_assumed) {
  write_pack("2");
  const auto said = run({"pack", "read", packs()});
  EXPECT_EQ(said.exit, Exit::done) << said.err;
  EXPECT_EQ(said.out,
            "one  Pack “One”, version 1.0.0, from 2020-01-01.\n"
            "one/times  D1-1 “Times”: 2 (assumed); by the value of the period's first day.\n"
            "Assumed values, which nobody has decided yet:\n"
            "one/times  “Times”: 2 (assumed); decides: no duty\n");
  const auto json = run({"pack", "read", packs(), "--json", "--lang", "zh-CN"});
  const auto array = parse_json(json.out.substr(0, json.out.find('\n')));
  ASSERT_TRUE(array.ok()) << json.out;
  ASSERT_EQ(array->list()->size(), 3U);
  EXPECT_EQ(*array->list()->at(1).find("sentence")->text(),
            "D1-1 “次数”：2（假定）；以当期首日的取值为准。");
  EXPECT_TRUE(*array->list()->at(2).find("is_assumed")->boolean());
}

TEST_F(PackCommand, coverage_names_what_answers_to_each_clause) {
  write_pack("2");
  const auto said = run({"pack", "coverage", packs()});
  EXPECT_EQ(said.exit, Exit::done) << said.err;
  EXPECT_EQ(said.out,
            "d\n  D1-1\n    parameter one/times “Times”\n"
            "1 clauses: 1 declared, 0 kept to the bare fact, 0 left for later, 0 without a duty, "
            "0 without an answer\n");
}

TEST_F(PackCommand, coverage_finds_a_clause_that_nothing_answers_to) {
  write_pack("2");
  write("packs/two/pack.yaml",
        "schema: policypack/2\npack: two\nversion: \"1.0.0\"\nstatus: draft\nlanguage: en\n"
        "title: Two\nin_force: {from: 2020-01-01}\ntimezone: Asia/Shanghai\n"
        "documents: {D1: {name: d}}\nclauses:\n  - {id: D1-2, doc: D1}\n"
        "  - {id: D1-3, doc: D1, left: later, reason: needs a word}\n");
  for (const char* tag : {"zh-CN", "zh-TW"})
    write("packs/two/i18n/" + std::string(tag) + ".yaml",
          "title: 二\nclauses.D1-3.reason: 尚无此词\n");
  const auto said = run({"pack", "coverage", packs(), "--lang", "zh-CN"});
  EXPECT_EQ(said.exit, Exit::findings) << said.err;
  EXPECT_NE(said.out.find("\n  D1-2  没有对应的声明\n  D1-3  留待以后：尚无此词\n共 3 条"),
            std::string::npos)
      << said.out;
  const auto json = run({"pack", "coverage", packs(), "--json"});
  EXPECT_EQ(json.exit, Exit::findings);
  const auto rows = parse_json(json.out.substr(0, json.out.find('\n')));
  ASSERT_TRUE(rows.ok()) << json.out;
  ASSERT_EQ(rows->list()->size(), 3U);
  EXPECT_TRUE(rows->list()->at(1).find("declarations")->list()->empty());
  EXPECT_EQ(*rows->list()->at(2).find("left")->text(), "later");
}

TEST_F(PackCommand, mutate_names_what_no_story_notices) {
  write_pack("2");
  const auto said = run({"pack", "mutate", packs()});
  EXPECT_EQ(said.exit, Exit::findings) << said.err;
  EXPECT_NE(said.out.find("/one/pack.yaml:13:14: one/times: value: 2 + 1\n"), std::string::npos)
      << said.out;
  EXPECT_NE(said.out.find("\n2 changes tried, 0 noticed by a story, 2 by none\n"),
            std::string::npos)
      << said.out;
  const auto json = run({"pack", "mutate", packs(), "--json"});
  const auto rows = parse_json(json.out.substr(0, json.out.find('\n')));
  ASSERT_TRUE(rows.ok()) << json.out;
  ASSERT_EQ(rows->list()->size(), 2U);
  EXPECT_EQ(*rows->list()->at(1).find("change")->text(), "value: 2 - 1");
}

TEST_F(PackCommand, schema_describes_keys_in_chinese_unless_asked_otherwise) {
  const auto said = run({"pack", "schema"});
  EXPECT_EQ(said.exit, Exit::done) << said.err;
  const auto schema = parse_json(said.out);
  ASSERT_TRUE(schema.ok());
  const auto described = [](const Value& one) {
    return *one.find("properties")->find("obligations")->find("description")->text();
  };
  EXPECT_EQ(described(*schema), "规定任务：谁、每隔多久、需要什么、何时为止");
  const auto english = parse_json(run({"pack", "schema", "--lang", "en"}).out);
  ASSERT_TRUE(english.ok());
  EXPECT_EQ(described(*english), "duties: who, how often, what is needed, by when");
}

TEST_F(PackCommand, a_path_without_a_pack_is_wrong_usage) {
  write_pack("2");
  const auto said = run({"pack", "check", folder_.path()});
  EXPECT_EQ(said.exit, Exit::wrong_usage);
  EXPECT_NE(said.err.find("pack.yaml"), std::string::npos) << said.err;
  EXPECT_EQ(run({"pack", "check"}).exit, Exit::wrong_usage);
  EXPECT_EQ(run({"pack", "read", packs(), packs() + "/nowhere"}).exit, Exit::wrong_usage);
}

}  // namespace
}  // namespace huilu::cli
