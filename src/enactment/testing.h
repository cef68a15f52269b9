// For tests of what is decided here: the road on both stores over a little tree of units, a gate
// that knows who may do what, packs written in a few lines. Used by the rooms enactment, campaign
// and exemption.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "command/run.h"
#include "enactment/commands.h"
#include "policy/testing.h"
#include "store/testing.h"

namespace huilu::enactment::testing {

inline constexpr AccountId program{};
inline const Date day = Date::of(2026, 3, 5);

// u1 is the root, u2 and u3 are below it, u4 below u2; u9 is another root.
inline constexpr std::pair<int, int> units[] = {{1, 0}, {2, 1}, {3, 1}, {4, 2}, {9, 0}};

inline std::string path_of(int unit) {
  std::string path;
  for (const auto& [id, parent] : units) {
    if (id == unit) path = (parent == 0 ? "" : path_of(parent)) + "000000" + std::to_string(id);
  }
  return path;
}

// The permissions that an account holds, everywhere.
class TableGate : public command::Gate {
 public:
  void permit(AccountId account, std::set<command::Permission> permissions) {
    held_[account] = std::move(permissions);
  }

  std::unique_ptr<Question> ask(store::Connection&, AccountId account,
                                const command::Need& need) const override {
    const auto found = held_.find(account);
    const bool yes = !account || (found != held_.end() && found->second.contains(need.permission));
    return std::make_unique<Answered>(yes, need.permission);
  }

 private:
  class Answered : public Question {
   public:
    Answered(bool yes, command::Permission permission) : yes_(yes), permission_(permission) {}
    Refusals answer(Date) const override {
      if (yes_) return {};
      return {{RefusalCode::not_permitted, "", std::string(command::word_of(permission_)), "", ""}};
    }

   private:
    bool yes_;
    command::Permission permission_;
  };

  std::map<AccountId, std::set<command::Permission>> held_;
};

// A pack with one duty and one parameter; `version` and `more` make others of it.
inline policy::Pack trial_pack(const std::string& version = "1.0.0", const std::string& more = {}) {
  auto files = policy::testing::trial(
      "documents: {S9: {name: 试}}\nclauses: [{id: S9-1, doc: S9}]\n"
      "params:\n"
      "  days: {type: int, title: t, clause: S9-1, bind: period_start, "
      "values: [{from: 2019-01-01, value: 2, basis: assumed, ref: r}]}\n"
      "  grace: {type: duration, title: t, clause: S9-1, bind: period_start, "
      "values: [{from: 2019-01-01, value: {workdays: 5}, basis: assumed, ref: r}]}\n" +
          more,
      {policy::core_pack()});
  for (auto& file : files) {
    const std::string written = "version: \"1.0.0\"";
    const auto at = file.bytes.find(written);
    if (at != std::string::npos) {
      file.bytes.replace(at, written.size(), "version: \"" + version + "\"");
    }
  }
  auto pack = policy::load_pack(files, {policy::core_pack()});
  if (!pack) ADD_FAILURE() << policy::testing::lines(pack.refusals());
  return std::move(pack).value();
}

class RoadTest : public store::testing::DatabaseTest {
 protected:
  std::vector<store::Migration> migrations() const override {
    auto all = store::testing::schema_of(
        {"journal", "command", "identity", "enactment", "campaign", "exemption"});
    // Of org these rooms need a few columns.
    all.push_back({900, "units",
                   "create table unit (id bigint primary key, path {text} not null unique, "
                   "parent bigint, name text not null default '', "
                   "type text not null default 'branch', level bigint not null default 5, "
                   "rank text, tags text not null default '', "
                   "from_date {text} not null default '2020-01-01', until_date {text}){strict};\n"
                   "create table person (id bigint primary key, name text not null){strict};\n"
                   "create table tenure (id bigint primary key, person bigint){strict};"});
    return all;
  }

  void SetUp() override {
    DatabaseTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    connection_ = database().connect(store::Access::write);
    for (const auto& [id, parent] : units) {
      connection().execute("insert into unit (id, path, parent) values (?1, ?2, ?3)",
                           {id, path_of(id), parent == 0 ? store::Param() : store::Param(parent)});
    }
    road_.emplace(database(), gate_, clock_);
  }

  store::Connection& connection() { return *connection_; }
  command::Road& road() { return *road_; }

  void insert_account(AccountId account, std::optional<PersonId> person = {}) {
    connection().execute(
        "insert into account (id, name, display_name, kind, person, created_at, version, seq, "
        "latest_seq) values (?1, ?2, ?2, 'person', ?3, 1, 1, 1, 1)",
        {account, account.text(), person});
  }

  template <class Change>
  command::Outcome run(AccountId who, Change change) {
    auto outcome = road().run(std::make_unique<Change>(std::move(change)), {who, "", ""});
    EXPECT_EQ(outcome.fault, "");
    return outcome;
  }

  // "done", or the codes of the refusals with their places.
  static std::string told(const Refusals& refusals) {
    std::string out;
    for (const Refusal& refusal : refusals) {
      out += std::string(out.empty() ? "" : ", ") + std::string(kind_of(refusal.code).name) +
             (refusal.where.empty() ? "" : " " + refusal.where);
    }
    return out.empty() ? "done" : out;
  }
  static std::string told(const command::Outcome& outcome) { return told(outcome.refusals); }

  template <class IdType>
  static IdType id_in(const command::Outcome& outcome) {
    EXPECT_EQ(told(outcome), "done");
    const Value* id = outcome.reply.body.find("id");
    return id == nullptr ? IdType{} : IdType::parse(*id->text()).value_or(IdType{});
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

  std::string damages(const std::vector<journal::Damage>& found) {
    std::string out;
    for (const auto& damage : found) out += damage.table + " " + damage.id + "\n";
    return out;
  }

  SetClock clock_{day};
  TableGate gate_;

 private:
  std::unique_ptr<store::Connection> connection_;
  std::optional<command::Road> road_;
};

}  // namespace huilu::enactment::testing
