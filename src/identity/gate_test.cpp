#include "identity/gate.h"

#include <gtest/gtest.h>

#include <set>

#include "identity/queries.h"
#include "identity/testing.h"

namespace huilu::identity {
namespace {

using command::Need;
using command::Permission;
using testing::day;
using testing::insert_account;
using testing::pick;
using testing::Tree;

constexpr AccountId account{100};
constexpr AccountId stranger{101};

class GateTest : public store::testing::DatabaseTest {
 protected:
  std::vector<store::Migration> migrations() const override { return testing::migrations(); }

  void SetUp() override {
    DatabaseTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    connection_ = database().connect(store::Access::write);
    insert_account(connection(), account);
    insert_account(connection(), stranger);
  }

  store::Connection& connection() { return *connection_; }

  // 1 ← 2 ← 3 ← 4 ← 5 ← 6, and 7 beside 3.
  void plant() {
    for (int parent = 0; parent <= 5; ++parent) tree_.add(parent);
    tree_.add(2);
    insert_tree(connection(), tree_);
  }

  void grant(const testing::UnitGrant& grant, AccountId to = account) {
    insert_grant(connection(), ++next_id_, to, grant);
  }

  std::unique_ptr<command::Gate::Question> ask(AccountId who, Permission permission,
                                               std::vector<UnitId> units) {
    auto question = gate_.ask(connection(), who, Need{permission, std::move(units)});
    connection().flush();
    return question;
  }

  // "yes", or the code of the first refusal.
  std::string answer(AccountId who, Permission permission, std::vector<UnitId> units = {},
                     Date today = day) {
    const Refusals refusals = ask(who, permission, std::move(units))->answer(today);
    return refusals.empty() ? "yes" : std::string(kind_of(refusals[0].code).name);
  }

  std::set<std::int64_t> listed(AccountId who, Permission permission) {
    const auto visible = visible_subtrees(connection(), who, permission, day);
    if (!visible) return {};
    store::Params params;
    const std::string where = path_condition(visible->ranges, "path", params);
    std::set<std::int64_t> units;
    const auto rows = connection().query("select id from unit where " + where, params);
    for (const store::Row row : rows) units.insert(row.integer(0));
    return units;
  }

  Tree tree_;
  IdentityGate gate_;

 private:
  std::unique_ptr<store::Connection> connection_;
  std::int64_t next_id_ = 1000;
};

INSTANTIATE_TEST_SUITE_P(On, GateTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

TEST_P(GateTest, what_is_not_visible_is_not_found_and_what_is_not_permitted_is_forbidden) {
  plant();
  grant({Role::unit_editor, 3});
  EXPECT_EQ(answer(account, Permission::record_enter, {UnitId{3}}), "yes");
  EXPECT_EQ(answer(account, Permission::record_enter, {UnitId{4}}), "not_permitted");
  EXPECT_EQ(answer(account, Permission::standing_read, {UnitId{4}}), "yes");
  EXPECT_EQ(answer(account, Permission::standing_read, {UnitId{2}}), "not_permitted");
  EXPECT_EQ(answer(account, Permission::unit_read, {UnitId{1}}), "yes");
  EXPECT_EQ(answer(account, Permission::standing_read, {UnitId{7}}), "not_found");
  EXPECT_EQ(answer(account, Permission::standing_read, {UnitId{99}}), "not_found");
}

TEST_P(GateTest, every_unit_of_a_need_must_be_covered_and_an_unseen_one_hides_the_rest) {
  plant();
  grant({Role::unit_editor, 3});
  EXPECT_EQ(answer(account, Permission::standing_read, {UnitId{3}, UnitId{6}}), "yes");
  EXPECT_EQ(answer(account, Permission::standing_read, {UnitId{3}, UnitId{2}}), "not_permitted");
  const auto refusals =
      ask(account, Permission::standing_read, {UnitId{2}, UnitId{7}, UnitId{99}})->answer(day);
  ASSERT_EQ(refusals.size(), 2U);
  EXPECT_EQ(refusals[0].code, RefusalCode::not_found);
  EXPECT_EQ(refusals[0].where, "u7");
  EXPECT_EQ(refusals[1].where, "u99");
  EXPECT_EQ(refusals[0].expected, refusals[1].expected);
}

TEST_P(GateTest, without_units_it_is_enough_to_hold_the_permission_anywhere) {
  plant();
  grant({Role::leader, 4});
  EXPECT_EQ(answer(account, Permission::record_read), "yes");
  EXPECT_EQ(answer(account, Permission::record_enter), "not_permitted");
}

TEST_P(GateTest, everybody_is_signed_in_who_is_not_disabled) {
  EXPECT_EQ(answer(account, Permission::signed_in), "yes");
  EXPECT_EQ(answer(account, Permission::unit_read), "not_permitted");
  EXPECT_EQ(answer(AccountId{555}, Permission::signed_in), "not_permitted");
  connection().execute("update account set disabled_at = 5 where id = ?1", {account});
  EXPECT_EQ(answer(account, Permission::signed_in), "not_permitted");
}

TEST_P(GateTest, a_disabled_account_has_no_grants) {
  plant();
  grant({Role::leader, 3});
  EXPECT_EQ(answer(account, Permission::standing_read, {UnitId{3}}), "yes");
  connection().execute("update account set disabled_at = 5 where id = ?1", {account});
  EXPECT_EQ(answer(account, Permission::standing_read, {UnitId{3}}), "not_found");
  EXPECT_TRUE(listed(account, Permission::standing_read).empty());
}

TEST_P(GateTest, an_ended_grant_is_closed_at_once_whatever_its_dates) {
  plant();
  grant({Role::leader, 3});
  connection().execute("update role_grant set ended_at = 5, ended_seq = 5");
  EXPECT_EQ(answer(account, Permission::standing_read, {UnitId{3}}), "not_found");
}

TEST_P(GateTest, a_grant_is_open_on_its_days_only) {
  plant();
  grant({Role::leader, 3, Scope::subtree, {day, day + 2}});
  EXPECT_EQ(answer(account, Permission::standing_read, {UnitId{3}}, day + -1), "not_found");
  EXPECT_EQ(answer(account, Permission::standing_read, {UnitId{3}}, day), "yes");
  EXPECT_EQ(answer(account, Permission::standing_read, {UnitId{3}}, day + 1), "yes");
  EXPECT_EQ(answer(account, Permission::standing_read, {UnitId{3}}, day + 2), "not_found");
}

TEST_P(GateTest, grants_of_others_open_nothing) {
  plant();
  grant({Role::leader, 1}, stranger);
  EXPECT_EQ(answer(account, Permission::standing_read, {UnitId{3}}), "not_found");
}

TEST_P(GateTest, the_gate_says_by_which_role_it_opened) {
  plant();
  grant({Role::delegate, 3});
  grant({Role::campaign_office, 7});
  const auto role = [&](Permission permission, std::vector<UnitId> units) {
    const auto question = ask(account, permission, std::move(units));
    EXPECT_TRUE(question->answer(day).empty());
    return std::string(question->role());
  };
  EXPECT_EQ(role(Permission::record_enter, {UnitId{3}, UnitId{7}}), "delegate");
  EXPECT_EQ(role(Permission::record_enter, {UnitId{7}, UnitId{3}}), "campaign_office");
  EXPECT_EQ(role(Permission::campaign_change, {}), "campaign_office");
  EXPECT_EQ(ask(AccountId{}, Permission::unit_change, {})->role(), "");
}

TEST_P(GateTest, the_program_passes_everywhere) {
  plant();
  EXPECT_EQ(answer(AccountId{}, Permission::unit_change, {UnitId{3}, UnitId{99}}), "yes");
  EXPECT_EQ(listed(AccountId{}, Permission::record_read).size(), 7U);
}

TEST_P(GateTest, the_three_administrators_see_no_business) {
  plant();
  for (const Role role : {Role::system_admin, Role::security_admin, Role::auditor}) {
    const AccountId admin{200 + static_cast<int>(role)};
    insert_account(connection(), admin);
    grant({role}, admin);
    for (const Permission permission :
         {Permission::standing_read, Permission::record_read, Permission::record_enter,
          Permission::member_names_read, Permission::post_names_read, Permission::unit_change,
          Permission::person_change, Permission::campaign_change, Permission::pack_activate}) {
      EXPECT_NE(answer(admin, permission, {UnitId{3}}), "yes");
      EXPECT_NE(answer(admin, permission), "yes");
      EXPECT_TRUE(listed(admin, permission).empty());
    }
  }
}

TEST_P(GateTest, lists_hold_exactly_what_the_gate_lets_through) {
  auto random = testing::seeded();
  tree_ = testing::random_tree(random, 40);
  insert_tree(connection(), tree_);
  for (int round = 0; round < 12; ++round) {
    const AccountId who{300 + round};
    insert_account(connection(), who);
    std::optional<Duty> duty;  // of the account's first grant; others cannot join it
    for (int i = pick(random, 0, 4); i > 0; --i) {
      const auto one = testing::random_grant(random, tree_);
      if (duty.value_or(duty_of(one.role)) != duty_of(one.role)) continue;
      duty = duty_of(one.role);
      grant(one, who);
    }
    for (const Permission permission : command::all_permissions()) {
      // A list that nobody may ask for is empty; being signed in lists nothing.
      if (permission == Permission::signed_in) continue;
      std::set<std::int64_t> let_through;
      for (int unit = 1; unit <= tree_.size(); ++unit) {
        if (answer(who, permission, {UnitId{unit}}) == "yes") let_through.insert(unit);
      }
      ASSERT_EQ(listed(who, permission), let_through) << command::word_of(permission);
    }
  }
}

TEST_P(GateTest, a_list_of_what_is_held_nowhere_is_refused) {
  plant();
  grant({Role::member, 3, Scope::self});
  const auto none = visible_subtrees(connection(), account, Permission::standing_read, day);
  ASSERT_FALSE(none.ok());
  EXPECT_EQ(none.refusals()[0].code, RefusalCode::not_permitted);
}

TEST_P(GateTest, a_member_sees_what_names_his_own_person_and_no_unit) {
  plant();
  const AccountId member{210};
  insert_account(connection(), member, PersonId{77});
  grant({Role::member, 3, Scope::self}, member);
  const auto visible = visible_subtrees(connection(), member, Permission::record_read, day);
  ASSERT_TRUE(visible.ok());
  EXPECT_TRUE(visible->ranges.empty());
  EXPECT_EQ(visible->person, PersonId{77});
  store::Params params;
  EXPECT_TRUE(
      connection()
          .query("select id from unit where " + path_condition(visible->ranges, "path", params),
                 params)
          .empty());
  EXPECT_EQ(answer(member, Permission::record_read, {UnitId{3}}), "not_permitted");
}

TEST_P(GateTest, names_are_open_two_levels_down_and_deeper_with_a_reason) {
  plant();
  grant({Role::leader, 2});
  const auto check = [&](std::string_view session, int unit) {
    const Refusals refusals = check_names(connection(), account, session, UnitId{unit}, day);
    return refusals.empty() ? "open" : std::string(kind_of(refusals[0].code).name);
  };
  EXPECT_EQ(check("s1", 1), "open");
  EXPECT_EQ(check("s1", 4), "open");
  EXPECT_EQ(check("s1", 7), "open");
  EXPECT_EQ(check("s1", 5), "reason_required");
  EXPECT_EQ(check("s1", 6), "reason_required");
  EXPECT_EQ(check("s1", 99), "not_found");
  connection().execute(
      "insert into opened_names (id, account, session, unit, reason, at, seq) "
      "values (1, ?1, 's1', 5, 'look-back', 1, 1)",
      {account});
  EXPECT_EQ(check("s1", 5), "open");
  EXPECT_EQ(check("s1", 6), "open");
  EXPECT_EQ(check("s2", 5), "reason_required");

  const OpenNames names = open_names(connection(), account, "s1", day);
  EXPECT_EQ(names.levels_below(tree_.path(6)), 4);
  EXPECT_TRUE(names.open(tree_.path(6)));
  EXPECT_FALSE(open_names(connection(), account, "s2", day).open(tree_.path(6)));
  // What is granted below a unit is not granted at it, nor at one below.
  EXPECT_TRUE(names.granted(tree_.path(2)));
  EXPECT_FALSE(names.granted(tree_.path(1)));
  EXPECT_FALSE(names.granted(tree_.path(4)));
}

TEST_P(GateTest, an_opened_subtree_closes_with_the_grant) {
  plant();
  grant({Role::leader, 2, Scope::subtree, {day, day + 1}});
  connection().execute(
      "insert into opened_names (id, account, session, unit, reason, at, seq) "
      "values (1, ?1, 's1', 5, 'look-back', 1, 1)",
      {account});
  EXPECT_TRUE(check_names(connection(), account, "s1", UnitId{6}, day).empty());
  EXPECT_EQ(check_names(connection(), account, "s1", UnitId{6}, day + 1)[0].code,
            RefusalCode::not_found);
}

// Counts what goes to the database; everything else is the real connection.
class Counting : public store::Connection {
 public:
  explicit Counting(store::Connection& real) : real_(real) {}
  int statements = 0;

  store::Dialect dialect() const override { return real_.dialect(); }
  store::Rows query(std::string_view sql, const store::Params& params) override {
    ++statements;
    return real_.query(sql, params);
  }
  std::int64_t execute(std::string_view sql, const store::Params& params) override {
    ++statements;
    return real_.execute(sql, params);
  }
  void for_each(std::string_view sql, const store::Params& params,
                const std::function<void(const store::Row&)>& each) override {
    ++statements;
    real_.for_each(sql, params, each);
  }
  void queue(std::string_view sql, store::Params params) override {
    ++statements;
    real_.queue(sql, std::move(params));
  }
  store::Pending queue_query(std::string_view sql, store::Params params) override {
    ++statements;
    return real_.queue_query(sql, std::move(params));
  }
  void flush() override { real_.flush(); }
  void queue_notify() override { real_.queue_notify(); }
  void insert_many(const store::Table& table, std::span<const store::Param> values) override {
    ++statements;
    real_.insert_many(table, values);
  }
  void run_script(std::string_view sql) override { real_.run_script(sql); }
  bool usable() const override { return real_.usable(); }

 private:
  void begin(store::Access) override {}
  void commit() override {}
  void rollback() noexcept override {}

  store::Connection& real_;
};

TEST_P(GateTest, a_need_costs_one_statement_however_many_units_and_grants) {
  plant();
  grant({Role::unit_editor, 3});
  grant({Role::leader, 7});
  Counting counting(connection());
  const auto question =
      gate_.ask(counting, account, {Permission::standing_read, {UnitId{3}, UnitId{4}, UnitId{7}}});
  counting.flush();
  EXPECT_TRUE(question->answer(day).empty());
  EXPECT_EQ(counting.statements, 1);
  gate_.ask(counting, AccountId{}, {Permission::standing_read, {UnitId{3}}});
  EXPECT_EQ(counting.statements, 1);
}

TEST_P(GateTest, the_database_keeps_the_three_administrators_apart) {
  grant({Role::system_admin});
  EXPECT_THROW(grant({Role::security_admin}), Fault);
  EXPECT_THROW(grant({Role::auditor}), Fault);
  EXPECT_THROW(grant({Role::leader, 3}), Fault);
}

}  // namespace
}  // namespace huilu::identity
