#include "identity/commands.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "identity/queries.h"
#include "identity/testing.h"

namespace huilu::identity {
namespace {

using command::Permission;
using testing::day;
using testing::program;

class CommandTest : public testing::RoadTest {};

INSTANTIATE_TEST_SUITE_P(On, CommandTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

TEST_P(CommandTest, an_account_is_created_with_its_entry_and_without_its_password) {
  const AccountId id = make_account("Ｖillage Clerk", PersonId{7});
  const auto row = find_account(connection(), id);
  ASSERT_TRUE(row.has_value());
  EXPECT_EQ(row->name, "villageclerk");
  EXPECT_EQ(row->display_name, "Somebody");
  EXPECT_EQ(row->person, PersonId{7});
  EXPECT_TRUE(row->has_password);
  EXPECT_EQ(find_account_named(connection(), "villageclerk")->id, id);
  EXPECT_EQ(kinds(), std::vector<std::string>{"account_created"});
  EXPECT_EQ(openings("content"), R"({"account":")" + id.text() + R"(","kind":"person"})" + "\n");
  EXPECT_EQ(openings("name"), "villageclerk\n");
  EXPECT_EQ(openings("person"), "p7\n");
  const auto all = connection().query("select bytes from opening");
  for (const store::Row opening : all) {
    EXPECT_EQ(opening.text(0).find("argon2"), std::string::npos);
  }
}

TEST_P(CommandTest, an_account_is_refused_with_all_that_is_wrong_with_it) {
  make_account("clerk");
  EXPECT_EQ(told(run(program, account_named("CLERK"))), "duplicate /name");
  EXPECT_EQ(told(run(program, CreateAccount({"x", "", AccountKind::machine, {}, hashed()}))),
            "field_range /name, field_required /display_name, field_range /password");
  EXPECT_EQ(accounts(connection(), AccountId{}, 50).size(), 1U);
}

TEST_P(CommandTest, the_system_administrator_alone_makes_accounts_and_cannot_grant) {
  const AccountId system = make_admin(Role::system_admin);
  const AccountId security = make_admin(Role::security_admin);
  const AccountId auditor = make_admin(Role::auditor);
  EXPECT_EQ(told(run(system, account_named("made"))), "done");
  const AccountId made = find_account_named(connection(), "made")->id;
  for (const AccountId other : {security, auditor, made}) {
    EXPECT_EQ(told(run(other, account_named("another"))), "not_permitted");
  }
  const auto leader = new_grant(made, Role::leader, UnitId{2});
  EXPECT_EQ(told(give(auditor, leader)), "not_permitted /unit");
  EXPECT_EQ(told(give(system, leader)), "unknown_unit /unit");  // he sees no unit
  EXPECT_EQ(told(give(security, leader)), "done");
  EXPECT_TRUE(may(made, Permission::standing_read, UnitId{3}));
}

TEST_P(CommandTest, nobody_grants_to_himself_under_whatever_name) {
  const AccountId security = make_account("first", PersonId{7});
  must_give(new_grant(security, Role::security_admin));
  const AccountId second = make_account("second", PersonId{7});
  EXPECT_EQ(told(give(security, new_grant(security, Role::security_admin))),
            "grant_own /account, duplicate");
  EXPECT_EQ(told(give(security, new_grant(second, Role::leader, UnitId{2}))), "grant_own /account");
  EXPECT_FALSE(may(second, Permission::standing_read, UnitId{2}));
}

TEST_P(CommandTest, one_account_never_holds_two_of_the_three_duties) {
  const AccountId auditor = make_admin(Role::auditor);
  EXPECT_EQ(told(give(program, new_grant(auditor, Role::system_admin))), "duties_apart /role");
  EXPECT_EQ(told(give(program, new_grant(auditor, Role::leader, UnitId{2}))), "duties_apart /role");
  const AccountId leader = make_account("leader");
  must_give(new_grant(leader, Role::leader, UnitId{2}));
  must_give(new_grant(leader, Role::inspector, UnitId{3}));
  EXPECT_EQ(told(give(program, new_grant(leader, Role::security_admin))), "duties_apart /role");
}

TEST_P(CommandTest, a_grant_is_refused_with_all_that_is_wrong_with_it) {
  NewGrant grant = new_grant(AccountId{999}, Role::leader);
  grant.days = {day + -1, day + -1};
  grant.reason = "  x ";
  EXPECT_EQ(told(give(program, grant)),
            "field_range /reason, unknown_account /account, field_required /unit, "
            "date_before_limit /from, date_order /until");
  const AccountId account = make_account("somebody");
  EXPECT_EQ(told(give(program, new_grant(account, Role::leader, UnitId{99}))),
            "unknown_unit /unit");
  EXPECT_EQ(told(give(program, new_grant(account, Role::policy_author, UnitId{2}))),
            "field_range /unit");
}

TEST_P(CommandTest, the_same_grant_is_not_given_twice_for_the_same_days) {
  const AccountId account = make_account("somebody");
  NewGrant grant = new_grant(account, Role::leader, UnitId{2});
  grant.days = {day, day + 10};
  must_give(grant);
  grant.days = {day + 9, {}};
  EXPECT_EQ(told(give(program, grant)), "duplicate");
  grant.days = {day + 10, {}};
  must_give(grant);
}

TEST_P(CommandTest, a_grant_leaves_its_row_and_its_entry_at_the_unit) {
  const AccountId account = make_account("somebody");
  const GrantId id = must_give(new_grant(account, Role::delegate, UnitId{4}));
  const auto rows = grants(connection(), {account, {}}, GrantId{}, 50);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].id, id);
  EXPECT_EQ(rows[0].role, Role::delegate);
  EXPECT_EQ(rows[0].unit, UnitId{4});
  EXPECT_EQ(rows[0].days.from, day);
  EXPECT_EQ(rows[0].reason, "needed for work");
  EXPECT_EQ(rows[0].granted_by, program);
  EXPECT_EQ(kinds().back(), "grant_given");
  const auto leaf = connection().query("select leaf from journal where kind = 'grant_given'");
  EXPECT_NE(leaf[0].text(0).find("u4"), std::string::npos);
  EXPECT_EQ(leaf[0].text(0).find("needed for work"), std::string::npos);
  EXPECT_EQ(openings("reason"), "needed for work\n");
}

TEST_P(CommandTest, an_ended_grant_closes_on_the_next_request) {
  const AccountId security = make_admin(Role::security_admin);
  const AccountId account = make_account("somebody");
  const GrantId id = must_give(new_grant(account, Role::leader, UnitId{2}));
  EXPECT_TRUE(may(account, Permission::standing_read, UnitId{3}));
  EXPECT_EQ(told(run(account, EndGrant(id, 1, "no longer needed"))), "not_permitted");
  EXPECT_EQ(told(run(security, EndGrant(id, 2, "x"))),
            "field_range /reason, version_conflict /version");
  EXPECT_EQ(told(run(security, EndGrant(GrantId{999}, 1, "no longer needed"))), "not_found");
  EXPECT_EQ(told(run(security, EndGrant(id, 1, "no longer needed"))), "done");
  EXPECT_FALSE(may(account, Permission::standing_read, UnitId{3}));
  EXPECT_EQ(told(run(security, EndGrant(id, 2, "no longer needed"))), "not_found");
  const auto row = grants(connection(), {{}, UnitId{2}}, GrantId{}, 50).at(0);
  EXPECT_EQ(row.ended_by, security);
  EXPECT_EQ(row.end_reason, "no longer needed");
  EXPECT_EQ(row.days.until, std::nullopt);  // what was granted is not overwritten
  must_give(new_grant(account, Role::leader, UnitId{2}));
}

TEST_P(CommandTest, disabling_an_account_ends_its_sessions_tokens_and_rights_at_once) {
  const AccountId system = make_admin(Role::system_admin);
  const AccountId account = make_account("somebody");
  must_give(new_grant(account, Role::leader, UnitId{2}));
  const std::string session = session_of(account);
  const NewToken token = make_token();
  EXPECT_EQ(told(run(account, IssueToken({account, "sheet", {day, {}}, token.hash}, Whose::own))),
            "done");
  EXPECT_TRUE(sessions_.find(connection(), session).ok());
  EXPECT_TRUE(sessions_.find(connection(), token.raw).ok());

  EXPECT_EQ(told(run(account, DisableAccount(account, 1))), "not_permitted");
  EXPECT_EQ(told(run(system, DisableAccount(account, 7))), "version_conflict /version");
  EXPECT_EQ(told(run(system, DisableAccount(account, 1))), "done");
  EXPECT_FALSE(sessions_.find(connection(), session).ok());
  EXPECT_FALSE(sessions_.find(connection(), token.raw).ok());
  EXPECT_FALSE(may(account, Permission::standing_read, UnitId{2}));
  EXPECT_FALSE(me(connection(), account, day).has_value());
  EXPECT_EQ(connection().query("select token_hash from session").size(), 0U);
  EXPECT_EQ(told(run(system, DisableAccount(account, 2))), "not_found");
  EXPECT_EQ(told(give(program, new_grant(account, Role::leader, UnitId{3}))),
            "unknown_account /account");
  EXPECT_EQ(kinds().back(), "account_disabled");
}

TEST_P(CommandTest, a_new_password_ends_every_session_and_is_not_in_the_journal) {
  const AccountId system = make_admin(Role::system_admin);
  const AccountId account = make_account("somebody");
  const AccountId other = make_account("other");
  const auto fresh_hash = hash_password("another fine one", "somebody").value();
  std::string session = session_of(account);
  const std::string others = session_of(other);

  EXPECT_EQ(told(run(account, ChangePassword(other, Whose::own, fresh_hash))), "not_found");
  EXPECT_EQ(told(run(account, ChangePassword(other, Whose::of_others, fresh_hash))),
            "not_permitted");
  EXPECT_EQ(told(run(account, ChangePassword(account, Whose::own, fresh_hash))), "done");
  EXPECT_FALSE(sessions_.find(connection(), session).ok());
  EXPECT_TRUE(sessions_.find(connection(), others).ok());
  const auto stored =
      connection().query("select password_hash, version from account where id = ?1", {account});
  EXPECT_EQ(stored[0].text(0), fresh_hash.text());
  EXPECT_EQ(stored[0].integer(1), 2);

  EXPECT_EQ(told(run(system, ChangePassword(other, Whose::of_others, fresh_hash))), "done");
  EXPECT_FALSE(sessions_.find(connection(), others).ok());
  EXPECT_EQ(openings("content").find("argon2"), std::string::npos);
  EXPECT_EQ(kinds().back(), "password_changed");
}

TEST_P(CommandTest, me_says_who_i_am_and_what_i_may_do_today) {
  const AccountId account = make_account("somebody");
  must_give(new_grant(account, Role::inspector, UnitId{3}));
  NewGrant later_grant = new_grant(account, Role::tree_keeper, UnitId{1});
  later_grant.days.from = day + 1;
  must_give(later_grant);
  const auto today = me(connection(), account, day);
  ASSERT_TRUE(today.has_value());
  EXPECT_EQ(today->account.name, "somebody");
  ASSERT_EQ(today->grants.size(), 1U);
  EXPECT_EQ(today->grants[0].role, Role::inspector);
  const auto has = [](const Me& who, Permission permission) {
    return std::ranges::find(who.permissions, permission) != who.permissions.end();
  };
  EXPECT_TRUE(has(*today, Permission::signed_in));
  EXPECT_TRUE(has(*today, Permission::visit_enter));
  EXPECT_FALSE(has(*today, Permission::record_enter));
  EXPECT_FALSE(has(*today, Permission::unit_change));
  EXPECT_TRUE(has(*me(connection(), account, day + 1), Permission::unit_change));
}

TEST_P(CommandTest, pages_go_on_where_the_last_one_ended) {
  const AccountId first = make_account("first");
  const AccountId second = make_account("second");
  const AccountId third = make_account("third");
  const auto page = accounts(connection(), first, 1);
  ASSERT_EQ(page.size(), 1U);
  EXPECT_EQ(page[0].id, second);
  EXPECT_EQ(accounts(connection(), second, 50).at(0).id, third);
  const GrantId one = must_give(new_grant(first, Role::leader, UnitId{2}));
  const GrantId two = must_give(new_grant(second, Role::leader, UnitId{2}));
  must_give(new_grant(third, Role::leader, UnitId{3}));
  EXPECT_EQ(grants(connection(), {{}, UnitId{2}}, one, 50).at(0).id, two);
  EXPECT_EQ(grants(connection(), {}, GrantId{}, 50).size(), 3U);
  EXPECT_EQ(grants(connection(), {third, UnitId{2}}, GrantId{}, 50).size(), 0U);
}

}  // namespace
}  // namespace huilu::identity
