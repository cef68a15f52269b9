#include <gtest/gtest.h>

#include "base/value.h"
#include "identity/queries.h"
#include "identity/testing.h"

namespace huilu::identity {
namespace {

using testing::day;
using testing::program;

class TraceTest : public testing::RoadTest {};

INSTANTIATE_TEST_SUITE_P(On, TraceTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

TEST_P(TraceTest, a_token_opens_on_its_days_until_it_is_revoked) {
  const AccountId account = make_account("somebody");
  const NewToken token = make_token();
  EXPECT_TRUE(token.raw.starts_with("huilu_"));
  const auto outcome =
      run(account, IssueToken({account, "sheet", {day + 1, day + 3}, token.hash}, Whose::own));
  const TokenId id = *TokenId::parse(*outcome.reply.body.find("id")->text());
  const auto opens = [&] { return sessions_.find(connection(), token.raw).ok(); };
  EXPECT_FALSE(opens());
  clock_.set(SetClock(day + 1).now());
  ASSERT_TRUE(opens());
  const auto identity = sessions_.find(connection(), token.raw).value();
  EXPECT_EQ(identity.how, How::token);
  EXPECT_EQ(identity.account, account);
  EXPECT_EQ(identity.session, id.text());
  EXPECT_FALSE(sessions_.find(connection(), token.raw + "x").ok());
  clock_.set(SetClock(day + 3).now());
  EXPECT_FALSE(opens());
  clock_.set(SetClock(day + 2).now());
  EXPECT_TRUE(opens());
  const AccountId other = make_account("other");
  EXPECT_EQ(told(run(other, RevokeToken(id, Whose::own))), "not_found");
  EXPECT_EQ(told(run(other, RevokeToken(id, Whose::of_others))), "not_permitted");
  EXPECT_EQ(told(run(account, RevokeToken(id, Whose::own))), "done");
  EXPECT_FALSE(opens());
  EXPECT_TRUE(tokens(connection(), account).at(0).revoked_at.has_value());
  EXPECT_EQ(told(run(account, RevokeToken(id, Whose::own))), "not_found");
}

TEST_P(TraceTest, an_administrator_makes_tokens_for_machines_and_for_no_other_person) {
  const AccountId system = make_admin(Role::system_admin);
  const AccountId person = make_account("person");
  EXPECT_EQ(told(run(system, CreateAccount({"machine", "Feed", AccountKind::machine, {}, {}}))),
            "done");
  const AccountId machine = find_account_named(connection(), "machine")->id;
  const auto issue = [&](AccountId who, AccountId account, Whose whose) {
    return told(run(who, IssueToken({account, "feed", {day, {}}, make_token().hash}, whose)));
  };
  EXPECT_EQ(issue(system, machine, Whose::of_others), "done");
  EXPECT_EQ(issue(system, person, Whose::of_others), "not_permitted");
  EXPECT_EQ(issue(system, person, Whose::own), "not_found");
  EXPECT_EQ(issue(person, machine, Whose::of_others), "not_permitted");
  EXPECT_EQ(told(run(system, ChangePassword(machine, Whose::of_others, hashed()))),
            "field_range /password");
}

TEST_P(TraceTest, no_raw_token_comes_near_the_database) {
  const AccountId account = make_account("somebody");
  const NewToken token = make_token();
  auto outcome =
      road().run(std::make_unique<IssueToken>(
                     IssueToken::Input{account, "sheet", {day, {}}, token.hash}, Whose::own),
                 {account, "a key of sixteen", "hash of the body"});
  EXPECT_EQ(to_json(outcome.reply.body).find(token.raw), std::string::npos);
  const auto kept = connection().query("select reply from idempotency");
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].text(0).find(token.raw), std::string::npos);
  EXPECT_EQ(connection().query("select hash from token")[0].text(0), bytes_of(token.hash));
}

TEST_P(TraceTest, opened_names_hold_for_the_session_and_leave_a_trace_for_the_units) {
  const AccountId leader = make_account("leader");
  must_give(new_grant(leader, Role::leader, UnitId{1}));
  const auto refused = [&](std::string_view session, int unit) {
    return !check_names(connection(), leader, session, UnitId{unit}, day).empty();
  };
  EXPECT_TRUE(refused("s1", 5));
  EXPECT_EQ(told(run(leader, OpenNamesBelow(UnitId{4}, "s1", " abc "))), "field_range /reason");
  EXPECT_EQ(told(run(leader, OpenNamesBelow(UnitId{4}, "s1", std::string(201, 'x')))),
            "field_range /reason");
  EXPECT_EQ(told(run(leader, OpenNamesBelow(UnitId{4}, "s1", "look-back in spring"))), "done");
  EXPECT_FALSE(refused("s1", 5));
  EXPECT_FALSE(refused("s1", 6));
  EXPECT_TRUE(refused("s2", 5));
  EXPECT_EQ(kinds().back(), "names_opened");

  EXPECT_TRUE(opened_names(connection(), UnitId{3}, {}, 50).empty());
  for (const int unit : {4, 5, 6}) {
    const auto traces = opened_names(connection(), UnitId{unit}, {}, 50);
    ASSERT_EQ(traces.size(), 1U);
    EXPECT_EQ(traces[0].account, leader);
    EXPECT_EQ(traces[0].account_name, "Somebody");
    EXPECT_EQ(traces[0].reason, "look-back in spring");
  }
  const AccountId stranger = make_account("stranger");
  EXPECT_EQ(told(run(stranger, OpenNamesBelow(UnitId{4}, "s3", "curiosity"))), "not_found");
}

TEST_P(TraceTest, each_entry_names_the_one_before_it) {
  const AccountId account = make_account("somebody");
  EXPECT_EQ(told(run(account, ChangePassword(account, Whose::own, hashed()))), "done");
  const GrantId id = must_give(new_grant(account, Role::leader, UnitId{2}));
  EXPECT_EQ(told(run(program, EndGrant(id, 1, "no longer needed"))), "done");
  EXPECT_EQ(told(run(program, DisableAccount(account, 2))), "done");
  const auto leaves = connection().query("select leaf from journal order by seq");
  const std::vector<std::string> previous = {"-", "1", "-", "3", "2"};
  ASSERT_EQ(leaves.size(), previous.size());
  for (std::size_t i = 0; i < previous.size(); ++i) {
    EXPECT_NE(leaves[i].text(0).find("\nprevious " + previous[i] + "\n"), std::string::npos) << i;
  }
}

TEST_P(TraceTest, rows_that_do_not_fit_the_journal_are_found) {
  const AccountId security = make_admin(Role::security_admin);
  const AccountId account = make_account("somebody", PersonId{7});
  const auto grant = new_grant(account, Role::leader, UnitId{2});
  EXPECT_EQ(told(give(security, grant)), "done");
  EXPECT_EQ(told(run(account, OpenNamesBelow(UnitId{6}, "s1", "look-back"))), "done");
  EXPECT_EQ(told(run(account, IssueToken({account, "sheet", {day, day + 1}, make_token().hash},
                                         Whose::own))),
            "done");
  const GrantId ended = must_give(new_grant(account, Role::inspector, UnitId{3}));
  EXPECT_EQ(told(run(security, EndGrant(ended, 1, "no longer needed"))), "done");
  EXPECT_EQ(told(run(account, ChangePassword(account, Whose::own, hashed()))), "done");
  EXPECT_TRUE(journal::verify(connection()).damages.empty());
  EXPECT_TRUE(verify(connection()).empty());

  const auto damaged_by = [&](const std::string& statement) {
    store::Transaction transaction(connection(), store::Access::write);
    EXPECT_GT(connection().execute(statement), 0) << statement;
    std::string tables;
    for (const auto& damage : verify(connection())) tables += damage.table + " ";
    return tables;  // and takes the damage back
  };
  EXPECT_EQ(damaged_by("update role_grant set unit = 1 where role = 'leader'"), "role_grant ");
  EXPECT_EQ(damaged_by("update role_grant set role = 'campaign_office' where role = 'leader'"),
            "role_grant ");
  EXPECT_EQ(damaged_by("update role_grant set until_date = '2027-01-01' where role = 'leader'"),
            "role_grant ");
  EXPECT_EQ(damaged_by("update role_grant set reason = 'better' where role = 'leader'"),
            "role_grant ");
  EXPECT_EQ(damaged_by("update role_grant set ended_at = null, ended_seq = null "
                       "where role = 'inspector'"),
            "role_grant ");
  EXPECT_EQ(damaged_by("insert into role_grant (id, account, duty, role, unit, scope, from_date, "
                       "reason, granted_by, granted_at, version, seq) "
                       "select id + 1000, account, duty, role, 1, scope, from_date, reason, "
                       "granted_by, granted_at, version, seq from role_grant "
                       "where role = 'leader'"),
            "role_grant role_grant ");
  EXPECT_EQ(damaged_by("update account set name = 'another' where person = 7"), "account ");
  EXPECT_EQ(damaged_by("update account set person = 8 where person = 7"), "account ");
  EXPECT_EQ(damaged_by("update account set disabled_at = 5 where person = 7"), "account ");
  EXPECT_EQ(damaged_by("update token set until_date = null"), "token ");
  EXPECT_EQ(damaged_by("update token set revoked_at = 5, revoked_seq = 5"), "token ");
  EXPECT_EQ(damaged_by("update opened_names set unit = 1"), "opened_names ");
  EXPECT_EQ(damaged_by("delete from opened_names"), "opened_names ");

  // Erased is not damaged.
  EXPECT_EQ(damaged_by("delete from opening where exists (select 1 from commitment c "
                       "where c.seq = opening.seq and c.n = opening.n and c.field = 'name')"),
            "");
}

}  // namespace
}  // namespace huilu::identity
