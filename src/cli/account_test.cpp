#include "cli/account.h"

#include <gtest/gtest.h>

#include <future>

#include "base/value.h"
#include "cli/testing.h"
#include "identity/sessions.h"

namespace huilu::cli {
namespace {

const std::string password = "a river in autumn\n";

class AccountTest : public testing::OnBoth {
 protected:
  std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

  bool may_sign_in(const std::string& name, const std::string& with) {
    const SystemClock clock;
    const auto reads = fresh()->connect(store::Access::read);
    identity::Passwords passwords;
    identity::Sessions sessions(clock, passwords);
    std::promise<Result<identity::Checked>> checked;
    sessions.check(*reads, {name, first_line(with), "127.0.0.1", "", false},
                   [&](Result<identity::Checked> found) { checked.set_value(std::move(found)); });
    const auto found = checked.get_future().get();
    return found && found->outcome == identity::Checked::Outcome::fits;
  }
};

TEST_P(AccountTest, a_new_account_signs_in_with_its_password_until_it_is_disabled) {
  const auto made =
      run_here({"account", "create", "Wang", "--display", "王", "--password-stdin"}, password);
  ASSERT_EQ(made.exit, Exit::done) << made.err;
  EXPECT_TRUE(may_sign_in("wang", password));
  EXPECT_FALSE(may_sign_in("wang", "something else"));
  ASSERT_EQ(
      run_here({"account", "password", "wang", "--password-stdin"}, "a lake in spring\n").exit,
      Exit::done);
  EXPECT_FALSE(may_sign_in("wang", password));
  EXPECT_TRUE(may_sign_in("wang", "a lake in spring\n"));
  ASSERT_EQ(run_here({"account", "disable", "wang"}).exit, Exit::done);
  EXPECT_FALSE(may_sign_in("wang", "a lake in spring\n"));
}

TEST_P(AccountTest, what_is_wrong_is_refused_and_nothing_is_made) {
  const auto weak =
      run_here({"account", "create", "wang", "--display", "Wang", "--password-stdin"}, "short\n");
  EXPECT_EQ(weak.exit, Exit::findings);
  EXPECT_NE(weak.err.find("password_weak"), std::string::npos) << weak.err;
  EXPECT_EQ(run_here({"account", "list"}).out, "");
  for (const std::string command : {"disable", "password"}) {
    const auto unknown = run_here({"account", command, "nobody"}, password);
    EXPECT_EQ(unknown.exit, Exit::findings);
    EXPECT_NE(unknown.err.find("unknown_account"), std::string::npos) << unknown.err;
  }
}

TEST_P(AccountTest, a_name_is_taken_once) {
  const std::vector<std::string> create = {"account",   "create", "wang",
                                           "--display", "Wang",   "--password-stdin"};
  ASSERT_EQ(run_here(create, password).exit, Exit::done);
  const auto again = run_here(create, password);
  EXPECT_EQ(again.exit, Exit::findings);
  EXPECT_NE(again.err.find("duplicate"), std::string::npos) << again.err;
}

TEST_P(AccountTest, a_first_grant_comes_with_the_account_and_more_later) {
  const auto made = run_here({"account", "create", "wang", "--display", "Wang", "--role",
                              "system_admin", "--password-stdin"},
                             password);
  ASSERT_EQ(made.exit, Exit::done) << made.err;
  const auto other = run_here({"account", "grant", "wang", "--role", "auditor"});
  EXPECT_EQ(other.exit, Exit::findings);
  EXPECT_NE(other.err.find("duties_apart"), std::string::npos) << other.err;
}

TEST_P(AccountTest, a_token_is_printed_once_and_works) {
  ASSERT_EQ(run_here({"account", "create", "m1", "--display", "Machine", "--machine"}).exit,
            Exit::done);
  const auto issued = run_here({"account", "token", "m1", "--name", "nightly"});
  ASSERT_EQ(issued.exit, Exit::done) << issued.err;
  const SystemClock clock;
  identity::Passwords passwords;
  identity::Sessions sessions(clock, passwords);
  const auto reads = fresh()->connect(store::Access::read);
  const auto found = sessions.find(*reads, first_line(issued.out));
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->name, "m1");
  EXPECT_EQ(run_here({"account", "token", "m1", "--name", "n", "--until", "soon"}).exit,
            Exit::findings);
}

TEST_P(AccountTest, the_list_has_every_account) {
  ASSERT_EQ(run_here({"account", "create", "m1", "--display", "One", "--machine"}).exit,
            Exit::done);
  ASSERT_EQ(run_here({"account", "create", "m2", "--display", "Two", "--machine"}).exit,
            Exit::done);
  const auto lines = run_here({"account", "list"});
  EXPECT_NE(lines.out.find("\tm1\tOne\t"), std::string::npos) << lines.out;
  EXPECT_NE(lines.out.find("\tm2\tTwo\t"), std::string::npos) << lines.out;
  const auto list = parse_json(first_line(run_here({"account", "list", "--json"}).out));
  ASSERT_TRUE(list.ok());
  ASSERT_EQ(list->list()->size(), 2u);
  EXPECT_EQ(*list->list()->back().find("display_name")->text(), "Two");
}

INSTANTIATE_TEST_SUITE_P(On, AccountTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

}  // namespace
}  // namespace huilu::cli
