// For this room's tests: a road with a gate that lets everybody through, a vocabulary, and short
// ways to make units.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>

#include "command/run.h"
#include "org/commands.h"
#include "org/tables.h"
#include "store/testing.h"

namespace huilu::org::testing {

class OpenGate : public command::Gate {
 public:
  std::unique_ptr<Question> ask(store::Connection&, AccountId,
                                const command::Need&) const override {
    struct Yes : Question {
      Refusals answer(Date) const override { return {}; }
    };
    return std::make_unique<Yes>();
  }
};

// A few words of core; the rules must not know any of them by name.
inline const Vocabulary& words() {
  static const Vocabulary vocabulary = [] {
    Vocabulary v;
    const auto label = [](const char* zh, const char* en) { return policy::Label{{zh, zh, en}}; };
    v.unit_types.items = {{"local_committee", label("地方党委", "local committee"), false},
                          {"primary_committee", label("基层党委", "primary committee"), false},
                          {"branch", label("党支部", "branch"), true},
                          {"gov_department", label("政府部门", "department"), false}};
    for (const int number : {0, 1, 2, 3, 4, 5, 9}) {
      v.levels.items.push_back({"level" + std::to_string(number), label("级", "level"), number});
    }
    v.levels.items[3].title = label("县级", "county");
    v.ranks.items = {{"none", label("无", "none")}, {"county", label("县处级", "county")}};
    v.post_kinds.items = {{"secretary", label("书记", "secretary")}};
    return v;
  }();
  return vocabulary;
}

inline Date day(const char* text) {
  const auto date = Date::parse(text);
  CHECK(date);
  return *date;
}

class OrgTest : public store::testing::DatabaseTest {
 protected:
  std::vector<store::Migration> migrations() const override {
    return store::testing::schema_of({"journal", "command", "org"});
  }

  void SetUp() override {
    DatabaseTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    restart({});
  }
  void TearDown() override { road_.reset(); }

  void restart(std::vector<command::Follower*> followers) {
    road_.reset();
    road_.emplace(database(), gate_, clock_, std::move(followers));
    connection_ = database().connect(store::Access::read);
  }

  command::Outcome run(CommandPtr command) { return road_->run(std::move(command), {}); }

  // Runs what must succeed; the reply's body.
  Value done(CommandPtr command) {
    const auto outcome = run(std::move(command));
    EXPECT_EQ(outcome.fault, "");
    for (const auto& refusal : outcome.refusals) {
      ADD_FAILURE() << kind_of(refusal.code).name << " at " << refusal.where << ", expected "
                    << refusal.expected << ", got " << refusal.got;
    }
    return outcome.reply.body;
  }

  // "code where", one line each.
  std::string refused(CommandPtr command) {
    const auto outcome = run(std::move(command));
    EXPECT_EQ(outcome.fault, "");
    std::string lines;
    for (const auto& refusal : outcome.refusals) {
      lines += std::string(lines.empty() ? "" : "\n") + std::string(kind_of(refusal.code).name) +
               " " + refusal.where;
    }
    return lines;
  }

  UnitId create(const std::string& name, std::optional<UnitId> parent = {},
                const char* type = "primary_committee", Date from = day("2020-01-01")) {
    CreateUnit change;
    change.name = name;
    change.kind = {type, 5, std::nullopt, {}};
    change.parent = parent;
    change.from = from;
    const Value body = done(make_command(std::move(change), words()));
    return *UnitId::parse(*body.find("unit")->text());
  }

  Value move(UnitId unit, std::optional<UnitId> to, Date date) {
    const Unit now = unit_of(unit);
    return done(make_command(MoveUnit{unit, now.version, parent_on(now, date), to, date}));
  }

  Unit unit_of(UnitId id) {
    const UnitLoad load(*connection_, "u.id = ?1", {id});
    connection_->flush();
    return *load.unit();
  }

  void set_today(Date date) { clock_.set(SetClock(date).now()); }
  store::Connection& connection() { return *connection_; }

  SetClock clock_{day("2026-03-02")};
  OpenGate gate_;
  std::unique_ptr<store::Connection> connection_;
  std::optional<command::Road> road_;
};

}  // namespace huilu::org::testing
