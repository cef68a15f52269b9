#include "cli/import.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/value.h"
#include "cli/testing.h"

namespace huilu::cli {
namespace {

class ImportTest : public testing::OnBoth {
 protected:
  std::string file(const std::string& name, const std::string& text) {
    const std::string path = folder_.path() + "/" + name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  std::int64_t count(const testing::Said& said, std::string_view member) {
    const auto value = parse_json(said.out.substr(0, said.out.find('\n')));
    EXPECT_TRUE(value.ok() && value->find(member)) << said.out << said.err;
    return value.ok() && value->find(member) ? *value->find(member)->integer() : -1;
  }

  const std::string units_ =
      "编码,名称,type,level,parent,from\n"
      "001,城东镇党委,primary_committee,4,,2020-01-01\n"
      "002,柳树村党支部,branch,5,001,2020-01-01\n";

 private:
  store::testing::TemporaryFolder folder_;
};

TEST_P(ImportTest, units_come_in_once) {
  const auto path = file("units.csv", units_);
  const std::vector<std::string> import = {"import",    "units", path,       "--map",
                                           "编码=code", "--map", "名称=name"};
  auto dry = import;
  dry.push_back("--dry-run");
  EXPECT_EQ(count(run_here(dry), "created"), 2);
  EXPECT_EQ(count(run_here(import), "created"), 2);
  const auto again = run_here(import);
  EXPECT_EQ(count(again, "created"), 0);
  EXPECT_EQ(count(again, "unchanged"), 2);
  const auto granted = run_here({"account", "create", "m1", "--display", "One", "--machine",
                                 "--role", "unit_editor", "--unit", "002"});
  EXPECT_EQ(granted.exit, Exit::done) << granted.err;
}

TEST_P(ImportTest, faults_stand_where_they_are_in_the_file) {
  const auto path = file("units.csv", units_ + "003,东村,castle,5,001,2020-01-01\n");
  const auto said = run_here({"import", "units", path});
  EXPECT_EQ(said.exit, Exit::findings);
  EXPECT_NE(said.err.find("units.csv:4:"), std::string::npos) << said.err;
}

TEST_P(ImportTest, wrong_arguments_and_files_that_are_not_there) {
  const auto path = file("units.csv", units_);
  EXPECT_EQ(run_here({"import", "units", path, "--map", "code"}).exit, Exit::wrong_usage);
  EXPECT_EQ(run_here({"import", "units", path, "--date", "x"}).exit, Exit::wrong_usage);
  EXPECT_EQ(run_here({"import", "units", path + "x"}).exit, Exit::fault);
  EXPECT_EQ(run_here({"import", "places", path + "x"}).exit, Exit::fault);
}

INSTANTIATE_TEST_SUITE_P(On, ImportTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

}  // namespace
}  // namespace huilu::cli
