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
