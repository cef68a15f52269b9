#include "exemption/commands.h"

#include <gtest/gtest.h>

#include "enactment/testing.h"
#include "exemption/queries.h"

namespace huilu::exemption {
namespace {

using command::Permission;
using enactment::testing::day;
using enactment::testing::program;
using obligation::Bearer;

const identity::Range everywhere = {"", "~"};

// The unit u4, below u2, below u1.
class LeaveTest : public enactment::testing::RoadTest {
 protected:
  void SetUp() override {
    RoadTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    insert_account(secretary, PersonId{7});
    insert_account(second_of_secretary, PersonId{7});
    insert_account(office, PersonId{8});
    insert_account(township);
    gate_.permit(secretary, {Permission::exemption_ask, Permission::exemption_decide});
    for (const AccountId one : {office, township, second_of_secretary}) {
      gate_.permit(one, {Permission::exemption_decide});
    }
    grant(1, office, "campaign_office", 2);
    grant(2, township, "campaign_office", 4);
    grant(3, secretary, "branch_secretary", 4);
    grant(4, second_of_secretary, "campaign_office", 1);
  }

  void grant(std::int64_t id, AccountId account, const std::string& role, int unit) {
    connection().execute("update account set duty = 'business' where id = ?1", {account});
    connection().execute(
        "insert into role_grant (id, account, duty, role, unit, scope, from_date, reason, "
        "granted_by, granted_at, version, seq) "
        "values (?1, ?2, 'business', ?3, ?4, 'subtree', '2026-01-01', 'for the test', 0, 1, 1, 1)",
        {id, account, role, unit});
  }

  static Terms terms() {
    Terms terms;
    terms.home = UnitId{4};
    terms.approver = UnitId{2};
    terms.reasons = {"flood", "other"};
    terms.act = Date::of(2026, 3, 31);
    terms.enter = Date::of(2026, 4, 3);
    return terms;
  }

  static NewLeave asked(LeaveKind kind = LeaveKind::exempt, Bearer bearer = {UnitId{4}, {}, {}}) {
    NewLeave leave{kind, "trial/meeting", bearer, "2026-03", {}, {}, "flood", "the dam broke"};
    if (kind == LeaveKind::defer) leave.act = Date::of(2026, 4, 20);
    return leave;
  }

  LeaveId must_ask(NewLeave leave = asked()) {
    return id_in<LeaveId>(run(secretary, AskLeave(std::move(leave), terms())));
  }

  command::Outcome decide(AccountId who, LeaveId id, NewDecision decision,
                          Addressed addressed = {UnitId{4}, UnitId{2}}) {
    return run(who, DecideLeave(*find(connection(), id), addressed, std::move(decision), who));
  }

  command::Outcome approve(AccountId who, LeaveId id) {
    return decide(who, id, {1, Decision::approve, ""});
  }

  const AccountId secretary{11}, second_of_secretary{12}, office{13}, township{14};
};

INSTANTIATE_TEST_SUITE_P(On, LeaveTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

TEST_P(LeaveTest, an_exemption_is_asked_by_one_and_approved_by_the_unit_above) {
  const auto outcome = run(secretary, AskLeave(asked(), terms()));
  const auto id = id_in<LeaveId>(outcome);
  EXPECT_EQ(*outcome.reply.body.find("state"), Value("asked"));
  EXPECT_EQ(*outcome.reply.body.find("approver")->find("unit"), Value("u2"));
  EXPECT_EQ(*outcome.reply.body.find("journal"), Value(1));
  EXPECT_TRUE(all_leaves(connection()).empty());
  clock_.set({clock_.now().ms + 60'000});
  EXPECT_EQ(told(approve(office, id)), "done");
  const auto granted = all_leaves(connection());
  ASSERT_EQ(granted.size(), 1U);
  EXPECT_EQ(granted[0].home, UnitId{4});
  EXPECT_EQ(granted[0].leave.id, id.value);
  EXPECT_EQ(granted[0].leave.kind, LeaveKind::exempt);
  EXPECT_EQ(granted[0].leave.obligation, "trial/meeting");
  EXPECT_EQ(granted[0].leave.bearer, "u4");
  EXPECT_EQ(granted[0].leave.period, "2026-03");
  EXPECT_EQ(granted[0].leave.reason, "flood");
  EXPECT_EQ(granted[0].leave.at, clock_.now());
  EXPECT_EQ(leaves_at(connection(), {UnitId{4}, UnitId{9}}).size(), 1U);
  EXPECT_EQ(leaves_at(connection(), {UnitId{2}}).size(), 0U);
  EXPECT_EQ(leaves_of(connection(), {Bearer{UnitId{4}, {}, {}}}).size(), 1U);
  EXPECT_EQ(kinds(), (std::vector<std::string>{"leave_asked", "leave_approved"}));
  EXPECT_EQ(openings("note"), "the dam broke\n\n");
  EXPECT_EQ(openings("bearer"), "u4\n");
  EXPECT_EQ(openings("content").find("dam"), std::string::npos);
  EXPECT_EQ(damages(verify(connection())), "");
}

TEST_P(LeaveTest, a_deferral_keeps_its_days_and_may_be_refused_with_a_reason) {
  const auto id = must_ask(asked(LeaveKind::defer));
  EXPECT_EQ(told(decide(office, id, {1, Decision::refuse, ""})), "field_required /note");
  EXPECT_EQ(told(decide(office, id, {1, Decision::refuse, "there is time enough"})), "done");
  EXPECT_TRUE(all_leaves(connection()).empty());
  EXPECT_EQ(find(connection(), id)->state(), State::refused);
  EXPECT_EQ(find(connection(), id)->act, Date::of(2026, 4, 20));
  EXPECT_EQ(told(approve(office, id)), "version_conflict /version, wrong_state");
  EXPECT_EQ(told(run(secretary, WithdrawLeave(*find(connection(), id), 2, "a mistake",
                                              Permission::exemption_ask))),
            "wrong_state");
  must_ask(asked(LeaveKind::defer));
  EXPECT_EQ(kinds()[1], "leave_refused");
}

TEST_P(LeaveTest, nobody_decides_his_own_leave_under_whatever_name) {
  const auto id = must_ask();
  // He has no grant above, and both his accounts have asked.
  EXPECT_EQ(told(approve(secretary, id)), "not_permitted u2, leave_own");
  EXPECT_EQ(told(approve(second_of_secretary, id)), "leave_own");
  EXPECT_EQ(told(approve(township, id)), "not_permitted u2, leave_own");
  grant(9, office, "unit_editor", 4);
  EXPECT_EQ(told(approve(office, id)), "leave_own");
}

TEST_P(LeaveTest, the_person_whose_duty_it_is_does_not_decide_it) {
  connection().execute("insert into tenure (id, person) values (5, 8)", {});
  connection().execute("insert into person (id, name) values (8, '林一')", {});
  for (const Bearer bearer : {Bearer{{}, TenureId{5}, {}}, Bearer{{}, {}, PersonId{8}}}) {
    const auto id = must_ask(asked(LeaveKind::exempt, bearer));
    EXPECT_EQ(told(approve(office, id)), "leave_own") << bearer.text();
    EXPECT_EQ(names_of(connection(), {bearer, {UnitId{4}, {}, {}}}).at(bearer), "林一");
  }
}

TEST_P(LeaveTest, the_unit_that_the_duty_names_or_one_above_it_decides) {
  const auto id = must_ask();
  EXPECT_EQ(told(decide(office, id, {1, Decision::approve, ""}, {UnitId{4}, UnitId{1}})),
            "not_permitted u1");
  grant(9, office, "campaign_office", 1);
  EXPECT_EQ(told(decide(office, id, {1, Decision::approve, ""}, {UnitId{4}, UnitId{1}})), "done");
  EXPECT_EQ(find(connection(), id)->approver, UnitId{1});
  EXPECT_EQ(damages(verify(connection())), "");
}

TEST_P(LeaveTest, the_home_at_the_decision_counts) {
  const auto id = must_ask();
  EXPECT_EQ(told(decide(office, id, {1, Decision::approve, ""}, {UnitId{9}, UnitId{2}})), "done");
  EXPECT_EQ(leave_of(connection(), id)->home, UnitId{9});
  EXPECT_EQ(damages(verify(connection())), "");
}

TEST_P(LeaveTest, asking_twice_is_refused_until_the_first_is_gone) {
  const auto id = must_ask();
  EXPECT_EQ(told(run(secretary, AskLeave(asked(), terms()))), "duplicate");
  must_ask(asked(LeaveKind::defer));
  EXPECT_EQ(told(run(secretary, WithdrawLeave(*find(connection(), id), 1, "it was held after all",
                                              Permission::exemption_ask))),
            "done");
  EXPECT_EQ(told(approve(office, id)), "version_conflict /version, wrong_state");
  must_ask();
}

TEST_P(LeaveTest, a_withdrawn_approval_holds_no_longer_from_then_on) {
  const auto id = must_ask();
  EXPECT_EQ(told(approve(office, id)), "done");
  clock_.set({clock_.now().ms + 60'000});
  EXPECT_EQ(told(run(office, WithdrawLeave(*find(connection(), id), 2, "given by mistake",
                                           Permission::exemption_decide))),
            "done");
  EXPECT_EQ(leave_of(connection(), id)->leave.withdrawn, clock_.now());
  EXPECT_EQ(list(connection(), {{everywhere}, State::withdrawn, {}, 50}).size(), 1U);
  EXPECT_EQ(list(connection(), {{everywhere}, State::approved, {}, 50}).size(), 0U);
  EXPECT_EQ(damages(verify(connection())), "");
}

TEST_P(LeaveTest, lists_go_by_the_units_below_a_path) {
  const auto id = must_ask();
  const auto below = [](int unit) {
    const std::string path = enactment::testing::path_of(unit);
    return std::vector<identity::Range>{{path, path + "~"}};
  };
  EXPECT_EQ(list(connection(), {below(2), {}, {}, 50}).at(0).id, id);
  EXPECT_EQ(list(connection(), {below(4), State::asked, {}, 50}).size(), 1U);
  EXPECT_EQ(list(connection(), {below(3), {}, {}, 50}).size(), 0U);
  EXPECT_EQ(list(connection(), {{}, {}, {}, 50}).size(), 0U);
  EXPECT_EQ(list(connection(), {below(2), {}, id, 50}).size(), 0U);
}

TEST_P(LeaveTest, verify_names_every_row_that_was_changed) {
  const auto id = must_ask(asked(LeaveKind::defer));
  EXPECT_EQ(told(approve(office, id)), "done");
  EXPECT_EQ(told(run(secretary, WithdrawLeave(*find(connection(), id), 2, "held after all",
                                              Permission::exemption_ask))),
            "done");
  const std::string e = "leave " + id.text() + "\n";
  const std::pair<const char*, std::string> changes[] = {
      {"update leave set period = '2026-04'", e},
      {"update leave set bearer = 'u2'", e},
      {"update leave set home_unit = 2", e},
      {"update leave set act_date = '2026-04-21'", e},
      {"update leave set note = 'another'", e},
      {"update leave set decision = 'refuse'", e + "leave -\nleave -\n"},
      {"update leave set decided_at = 1", e},
      {"update leave set withdrawn_by = 13", e},
      {"update leave set withdrawn_at = null, withdrawn_seq = null", "leave -\n"},
  };
  for (const auto& [sql, wanted] : changes) {
    store::Transaction transaction(connection(), store::Access::write);
    connection().execute(sql);
    EXPECT_EQ(damages(verify(connection())), wanted) << sql;
    transaction.rollback();
  }
}

}  // namespace
}  // namespace huilu::exemption
