// For tests of rights: a database with accounts, grants and a tree of units, written directly, and
// the same tree as parents, from which a naive oracle reads. Used by identity's own tests.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "command/run.h"
#include "identity/commands.h"
#include "identity/gate.h"
#include "identity/permissions.h"
#include "identity/sessions.h"
#include "store/testing.h"

namespace huilu::identity::testing {

// Identity's tests know no org: of its table they need two columns.
inline std::vector<store::Migration> migrations() {
  auto all = store::testing::schema_of({"journal", "command", "identity"});
  all.push_back({20, "units",
                 "create table unit (id bigint primary key, path {text} not null unique)"
                 "{strict};"});
  return all;
}

inline std::string label(int number) {
  std::string text(path_label, '0');
  for (std::size_t i = path_label; number > 0; number /= 32) {
    text[--i] = "0123456789abcdefghijklmnopqrstuv"[number % 32];
  }
  return text;
}

// Units 1 … n; parent 0 is none.
struct Tree {
  std::vector<int> parents = {0};
  std::vector<std::string> paths = {""};

  int add(int parent) {
    const int id = static_cast<int>(parents.size());
    parents.push_back(parent);
    paths.push_back(paths[static_cast<std::size_t>(parent)] + label(id));
    return id;
  }
  int size() const { return static_cast<int>(parents.size()) - 1; }
  int parent(int unit) const { return parents[static_cast<std::size_t>(unit)]; }
  const std::string& path(int unit) const { return paths[static_cast<std::size_t>(unit)]; }

  // Levels from `top` down to `unit` by the parents; absent: not below it.
  std::optional<int> levels(int unit, int top) const {
    int count = 0;
    for (int at = unit; at != 0; at = parent(at), ++count) {
      if (at == top) return count;
    }
    return {};
  }
};

// HUILU_SEED, or a new one; printed, so that a failure can be run again.
inline std::mt19937_64 seeded() {
  const char* given = std::getenv("HUILU_SEED");
  const std::uint64_t seed = given ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  std::cout << "HUILU_SEED=" << seed << "\n";
  return std::mt19937_64(seed);
}

inline int pick(std::mt19937_64& random, int from, int to) {
  return std::uniform_int_distribution<int>(from, to)(random);
}

inline Tree random_tree(std::mt19937_64& random, int units) {
  Tree tree;
  for (int i = 1; i <= units; ++i) tree.add(i == 1 ? 0 : pick(random, 0, i - 1));
  return tree;
}

inline const Date day = Date::of(2026, 3, 5);

struct UnitGrant {
  Role role;
  int unit = 0;  // 0: the whole installation
  Scope scope = Scope::subtree;
  Interval days = {Date::of(2026, 1, 1), {}};
};

inline Grant grant_in(const Tree& tree, const UnitGrant& grant) {
  std::optional<std::string> path;
  if (grant.unit != 0) path = tree.path(grant.unit);
  return {grant.role, path, grant.scope, grant.days};
}

inline UnitGrant random_grant(std::mt19937_64& random, const Tree& tree) {
  UnitGrant grant{all_roles()[static_cast<std::size_t>(pick(random, 0, role_count - 1))]};
  if (!is_installation_wide(grant.role)) grant.unit = pick(random, 1, tree.size());
  grant.scope = pick(random, 0, 2) == 0 ? Scope::self : Scope::subtree;
  grant.days.from = day + pick(random, -2, 1);
  if (pick(random, 0, 2) == 0) grant.days.until = grant.days.from + pick(random, 1, 3);
  return grant;
}

// Rows, without road and journal.
inline void insert_tree(store::Connection& connection, const Tree& tree) {
  for (int unit = 1; unit <= tree.size(); ++unit) {
    connection.execute("insert into unit (id, path) values (?1, ?2)", {unit, tree.path(unit)});
  }
}

inline void insert_account(store::Connection& connection, AccountId account,
                           std::optional<PersonId> person = {}) {
  connection.execute(
      "insert into account (id, name, display_name, kind, person, created_at, version, seq, "
      "latest_seq) values (?1, ?2, ?2, 'person', ?3, 1, 1, 1, 1)",
      {account, account.text(), person});
}

// One account has one duty: an account of its own for each where a test mixes them.
inline void insert_grant(store::Connection& connection, std::int64_t id, AccountId account,
                         const UnitGrant& grant) {
  const auto duty = word_of(duty_of(grant.role));
  std::optional<UnitId> unit;
  if (grant.unit != 0) unit = UnitId{grant.unit};
  connection.execute("update account set duty = ?2 where id = ?1", {account, duty});
  connection.execute(
      "insert into role_grant (id, account, duty, role, unit, scope, from_date, until_date, "
      "reason, granted_by, granted_at, version, seq) "
      "values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'for the test', 0, 1, 1, 1)",
      {id, account, duty, word_of(grant.role), unit, word_of(grant.scope), grant.days.from,
       grant.days.until});
}

inline constexpr AccountId program{};

// The road over a chain of six units, with changes asked for and rights looked up.
class RoadTest : public store::testing::DatabaseTest {
 protected:
  std::vector<store::Migration> migrations() const override { return testing::migrations(); }

  void SetUp() override {
    DatabaseTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    connection_ = database().connect(store::Access::write);
    for (int parent = 0; parent <= 5; ++parent) tree_.add(parent);  // 1 ← 2 ← … ← 6
    insert_tree(connection(), tree_);
    road_.emplace(database(), gate_, clock_);
  }

  store::Connection& connection() { return *connection_; }
  command::Road& road() { return *road_; }

  template <class Change>
  command::Outcome run(AccountId who, Change change) {
    auto outcome = road().run(std::make_unique<Change>(std::move(change)), {who, "", ""});
    EXPECT_EQ(outcome.fault, "");
    return outcome;
  }

  // "done", or the codes of the refusals with their places.
  static std::string told(const command::Outcome& outcome) {
    std::string out;
    for (const Refusal& refusal : outcome.refusals) {
      out += std::string(out.empty() ? "" : ", ") + std::string(kind_of(refusal.code).name) +
             (refusal.where.empty() ? "" : " " + refusal.where);
    }
    return out.empty() ? "done" : out;
  }

  static HashedPassword hashed() {
    static const auto hash = hash_password("the rain in April", "somebody").value();
    return hash;
  }

  static CreateAccount account_named(std::string name, std::optional<PersonId> person = {}) {
    return CreateAccount({std::move(name), "Somebody", AccountKind::person, person, hashed()});
  }

  AccountId make_account(std::string name, std::optional<PersonId> person = {}) {
    const auto outcome = run(program, account_named(std::move(name), person));
    EXPECT_EQ(told(outcome), "done");
    return *AccountId::parse(*outcome.reply.body.find("id")->text());
  }

  static NewGrant new_grant(AccountId account, Role role, std::optional<UnitId> unit = {}) {
    return {account, role, unit, Scope::subtree, {day, {}}, "needed for work"};
  }

  command::Outcome give(AccountId granter, NewGrant grant) {
    return run(granter, GiveGrant(std::move(grant), granter));
  }

  GrantId must_give(NewGrant grant) {
    const auto outcome = give(program, std::move(grant));
    EXPECT_EQ(told(outcome), "done");
    return *GrantId::parse(*outcome.reply.body.find("id")->text());
  }

  AccountId make_admin(Role role) {
    const AccountId admin = make_account(std::string(word_of(role)));
    must_give(new_grant(admin, role));
    return admin;
  }

  bool may(AccountId who, command::Permission permission, UnitId unit) {
    const auto question = gate_.ask(connection(), who, {permission, {unit}});
    connection().flush();
    return question->answer(day).empty();
  }

  std::string session_of(AccountId account) {
    const std::string token = "token of " + account.text();
    connection().execute(
        "insert into session (token_hash, label, account, created_at, last_seen, expires_at, "
        "long_lived) values (?1, ?2, ?3, ?4, ?4, ?5, 0)",
        {store::Bytes{std::string(bytes_of(sha256(token)))}, "s" + account.text(), account,
         clock_.now(), Instant{clock_.now().ms + 1000}});
    return token;
  }

  std::vector<std::string> kinds() {
    std::vector<std::string> out;
    const auto rows = connection().query("select kind from journal order by seq");
    for (const store::Row row : rows) out.push_back(row.text(0));
    return out;
  }

  // What the journal has kept of a field, all entries one after another.
  std::string openings(std::string_view field) {
    std::string out;
    const auto rows = connection().query(
        "select o.bytes from opening o join commitment c on c.seq = o.seq and c.n = o.n "
        "where c.field = ?1 order by o.seq, o.n",
        {field});
    for (const store::Row row : rows) out += row.text(0) + "\n";
    return out;
  }

  Tree tree_;
  SetClock clock_{day};
  IdentityGate gate_;
  Passwords passwords_;
  Sessions sessions_{clock_, passwords_};

 private:
  std::unique_ptr<store::Connection> connection_;
  std::optional<command::Road> road_;
};

}  // namespace huilu::identity::testing
