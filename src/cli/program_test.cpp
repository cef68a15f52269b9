#include "cli/program.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/value.h"
#include "cli/serve.h"
#include "cli/testing.h"

namespace huilu::cli {
namespace {

using store::testing::TemporaryFolder;
using testing::contains;
using testing::run;

TEST(Program, wrong_usage_is_2_and_says_what_is_wrong) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
      {{}, "subcommand"},
      {{"fly"}, "subcommand"},
      {{"verify", "--fly"}, "--fly"},
      {{"account"}, "subcommand"},
      {{"account", "create", "wang"}, "--display"},
      {{"account", "create", "m1", "--display", "M", "--machine", "--password-stdin"}, "--machine"},
      {{"backup"}, "FOLDER"},
      {{"import", "units"}, "PATH"},
      {{"verify", "--log-level", "loud"}, "loud"},
      {{"serve", "--threads", "0"}, "--threads"},
      {{"serve", "--listen", "here"}, "ADDRESS:PORT"},
      {{"serve", "--listen", "0.0.0.0:80"}, "--behind-proxy"},
      {{"serve", "--listen", "[::]:80"}, "--behind-proxy"},
      {{"serve", "--tls-cert", "a.pem"}, "--tls-key"},
      {{"bench", "dreams"}, "dreams"},
  };
  for (const auto& [arguments, part] : cases) {
    const auto said = run(arguments);
    EXPECT_EQ(said.exit, Exit::wrong_usage) << part;
    EXPECT_TRUE(contains(said.err, part)) << said.err;
    EXPECT_EQ(said.out, "") << part;
  }
}

TEST(Program, help_and_version_are_done) {
  EXPECT_EQ(run({"--version"}).out, "huilu " HUILU_VERSION "\n");
  const auto help = run({"serve", "--help"});
  EXPECT_EQ(help.exit, Exit::done);
  EXPECT_TRUE(contains(help.out, "--listen"));
}

TEST(Program, another_today_is_for_demos_only) {
  const TemporaryFolder folder;
  const auto said = run({"serve", "--data", folder.path(), "--today", "2026-03-05"});
  EXPECT_EQ(said.exit, Exit::wrong_usage);
  EXPECT_TRUE(contains(said.err, "demo")) << said.err;
  EXPECT_EQ(run({"serve", "--data", folder.path(), "--today", "tomorrow"}).exit, Exit::wrong_usage);
}

TEST(Program, a_missing_database_is_a_fault_and_is_not_made) {
  const TemporaryFolder folder;
  for (const auto& command : {"verify", "backup"}) {
    std::vector<std::string> arguments = {command, "--data", folder.path()};
    if (command == std::string("backup")) arguments.push_back(folder.path() + "/to");
    const auto said = run(arguments);
    EXPECT_EQ(said.exit, Exit::fault);
    EXPECT_TRUE(contains(said.err, "huilu.db")) << said.err;
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Program, a_database_server_that_is_not_there_is_a_fault) {
  const TemporaryFolder folder;
  const auto said = run(
      {"account", "list", "--data", folder.path(), "--postgres", "postgresql://%2Fnowhere/huilu"});
  EXPECT_EQ(said.exit, Exit::fault);
}

TEST(Program, it_speaks_the_language_that_is_asked_for) {
  const TemporaryFolder folder;
  std::vector<std::string> arguments = {"serve", "--listen", "here", "--lang", "zh-CN"};
  EXPECT_TRUE(contains(run(arguments).err, "地址:端口")) << run(arguments).err;
  arguments.back() = "zh_TW.UTF-8";
  EXPECT_TRUE(contains(run(arguments).err, "位址:連接埠")) << run(arguments).err;
  arguments.back() = "fr";
  EXPECT_EQ(run(arguments).exit, Exit::wrong_usage);
}

TEST(Program, findings_are_lines_or_with_json_an_array) {
  const TemporaryFolder folder;
  std::vector<std::string> arguments = {"account", "create", "wang",        "--display",
                                        "Wang",    "--role", "king",        "--unit",
                                        "u99",     "--data", folder.path(), "--password-stdin"};
  const auto lines = run(arguments, "a long enough password\n");
  EXPECT_EQ(lines.exit, Exit::findings);
  EXPECT_EQ(lines.out, "");
  EXPECT_TRUE(contains(lines.err, "--role: unknown_word: ")) << lines.err;
  EXPECT_TRUE(contains(lines.err, "--unit: unknown_unit: ")) << lines.err;
  arguments.push_back("--json");
  const auto array = run(arguments, "a long enough password\n");
  EXPECT_EQ(array.exit, Exit::findings);
  const auto value = parse_json(array.out.substr(0, array.out.find('\n')));
  ASSERT_TRUE(value.ok()) << array.out;
  ASSERT_EQ(value->list()->size(), 2u);
  EXPECT_EQ(*value->list()->front().find("code")->text(), "unknown_word");
}

TEST(Program, an_endpoint_is_a_number_and_a_port) {
  const auto at = [](std::string_view text) { return endpoint_from(text); };
  EXPECT_TRUE(at("127.0.0.1:0")->is_loopback());
  EXPECT_TRUE(at("localhost:8080")->is_loopback());
  EXPECT_TRUE(at("[::1]:8080")->is_loopback());
  EXPECT_FALSE(at("10.1.2.3:8080")->is_loopback());
  EXPECT_FALSE(at("[fe80::1]:8080")->is_loopback());
  EXPECT_EQ(at("[::1]:80")->url("https", 443), "https://[::1]:443");
  EXPECT_EQ(at("127.0.0.1:80")->url("http", 81), "http://127.0.0.1:81");
  for (const char* wrong :
       {"", ":", "8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536",
        "127.0.0.1:-1", "::1:80", "127.1:80", "example.org:80", "127.0.0.1:80 "}) {
    EXPECT_FALSE(at(wrong).has_value()) << wrong;
  }
}

}  // namespace
}  // namespace huilu::cli
