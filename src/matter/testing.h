// For tests of matters: the road on both stores with a pack of two types, whose roles several
// accounts play. Used by this room.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "enactment/testing.h"
#include "matter/deeds.h"
#include "matter/queries.h"

namespace huilu::matter::testing {

using command::Permission;
using obligation::Change;

inline constexpr std::string_view matters = R"(
matter_types:
  issue:
    title: t
    pin: version_at_open
    fields:
      what: {type: text, required: true, title: t}
      lead: {type: unit, title: t}
      who: {type: person, title: t}
      done: {type: text, title: t}
    roles:
      owner: {unit: $it.unit, title: t}
      lead: {unit: $it.lead, title: t}
      head: {post: secretary, of: $it.unit.parent, title: t}
      asker: {persons: $it.who, title: t}
    initial: open
    states: {open: t, claimed: t, closed: {title: t, final: soft, outcome: solved}}
    moves:
      - {id: claim, title: t, from: [open], to: claimed, by: [owner], fields: [done, evidence]}
      - {id: close, title: t, from: [claimed], to: closed, by: [lead, head, asker],
         not_same_person_as: claim}
      - {id: later, title: t, from: [open], to: open, by: [owner], fields: [due, reason]}
      - {id: pass, title: t, from: [open], to: open, by: [owner], fields: [unit, reason]}
      - {id: settle, title: t, from: [claimed], to: closed, by: [lead], needs: {id: parts,
         at_most: 0, of: {matter: issue, where: {parent: $it, outcome: {present: false}}}}}
      - {id: reopen, title: t, from: [closed], to: open, by: [lead], sets: {done: null, unit: lead}}
      - {id: relapse, title: t, from: [closed], to: open, by: [lead],
         needs: {holds: {look_back: [not_done, relapsed]}}}
      - {id: look, title: t, from: [claimed], to: claimed, by: [lead, head],
         reviews: [done, evidence]}
      - {id: finish, title: t, from: [claimed], to: closed, by: [head], reviews: [evidence],
         needs: {id: unchanged, holds: {stale: false}}}
    look_back: {start: {enter: closed}, after: {days: 30}, by: [lead, head],
      outcomes: [holds, not_done, relapsed]}
  task:
    title: t
    pin: version_at_open
    fields: {lead: {type: unit, title: t}}
    roles: {owner: {unit: $it.unit, title: t}, lead: {unit: $it.lead, title: t}}
    initial: open
    states: {open: t, closed: {title: t, final: soft, outcome: solved}}
    moves: [{id: close, title: t, from: [open], to: closed, by: [owner]}]
    clocks:
      work: {title: t, start: {enter: open}, stop: {enter: closed}, until_field: due,
        extend: {by: [owner], approve: [owner, lead], fields: [reason]}}
    ladder:
      work: [{rung: late, title: t, at: {days: 0}, propose: remind, signed_by: lead,
        acknowledge: {by: [owner], within: {days: 3}}}]
  report:
    title: t
    pin: version_at_open
    fields:
      what: {type: text, title: t}
      raised: {type: list, of: person, max: 3, title: t}
      answered: {type: date, title: t}
    roles: {owner: {unit: $it.unit, title: t}}
    initial: open
    states: {open: t, closed: {title: t, final: soft, outcome: solved},
      merged: {title: t, final: soft, outcome: duplicate}}
    moves:
      - {id: close, title: t, from: [open], to: closed, by: [owner]}
      - {id: reopen, title: t, from: [closed], to: open, by: [owner]}
      - {id: merge, title: t, from: [open], to: merged, by: [owner], fields: [into],
         combines: raised, clears: answered}
      - {id: part, title: t, from: [merged], to: open, by: [owner]}
  fault:
    title: t
    pin: version_at_open
    fields: {what: {type: text, title: t}, more: {type: text, title: t},
      lead: {type: unit, title: t}}
    roles: {owner: {unit: $it.unit, title: t}, lead: {unit: $it.lead, title: t}}
    initial: open
    states: {open: t, closed: {title: t, final: soft, outcome: solved}}
    moves:
      - {id: close, title: t, from: [open], to: closed, by: [lead]}
      - {id: reopen, title: t, from: [closed], to: open, by: [lead],
         needs: {holds: {relapsed_as: {present: true}}}}
    relapse: {of: closed, within: {days: 30}, alike: [what, more], at_least: 0.5, by: lead}
)";

// u4 is responsible, u3 leads; u2 is above u4.
class MatterTest : public enactment::testing::RoadTest {
 protected:
  std::vector<store::Migration> migrations() const override {
    auto all = store::testing::schema_of(
        {"journal", "command", "identity", "enactment", "record", "matter"});
    all.push_back({900, "units",
                   "create table unit (id bigint primary key, path {text} not null unique, "
                   "parent bigint, from_date {text} not null default '2020-01-01', "
                   "until_date {text}){strict};\n"
                   "create table person (id bigint primary key, name text not null){strict};\n"
                   "create table post (id bigint primary key, unit bigint, kind text){strict};\n"
                   "create index post_by_unit on post (unit);\n"
                   "create table tenure (id bigint primary key, post bigint, person bigint, "
                   "from_date {text} not null default '2020-01-01', until_date {text}){strict};\n"
                   "create index tenure_by_person on tenure (person);"});
    return all;
  }

  void SetUp() override {
    RoadTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    insert_account(owner, PersonId{7});
    insert_account(second_of_owner, PersonId{7});
    insert_account(lead);
    insert_account(head, PersonId{8});
    insert_account(asker, PersonId{9});
    for (const AccountId one : {owner, second_of_owner, lead, head, asker}) {
      gate_.permit(one, {Permission::matter_open, Permission::matter_change});
    }
    grant(owner, "branch_secretary", 4);
    grant(second_of_owner, "unit_editor", 3);
    grant(lead, "unit_editor", 3);
    connection().execute("insert into person (id, name) values (7, 'a'), (8, 'b'), (9, 'c')");
    connection().execute("insert into post (id, unit, kind) values (1, 2, 'secretary')");
    connection().execute("insert into tenure (id, post, person) values (1, 1, 8)");
    connection().execute(
        "insert into file (id, sha256, size, media_type, name, account, at, seq) "
        "values (50, ?1, 1, 't', 'n', 1, 1, 1)",
        {store::Bytes{std::string(32, 'x')}});
  }

  void grant(AccountId account, const std::string& role, int unit) {
    connection().execute("update account set duty = 'business' where id = ?1", {account});
    connection().execute(
        "insert into role_grant (id, account, duty, role, unit, scope, from_date, reason, "
        "granted_by, granted_at, version, seq) "
        "values (?1, ?1, 'business', ?2, ?3, 'subtree', '2026-01-01', 'for the test', 0, 1, 1, 1)",
        {account, role, unit});
  }

  FactsPointer facts() const {
    auto facts = std::make_shared<obligation::Facts>();
    facts->activations.push_back({&pack_, {Date::of(2026, 1, 1), {}}, {}, {}, {}});
    for (const auto& [id, parent] : enactment::testing::units) {
      obligation::Unit unit;
      unit.id = UnitId{id};
      unit.span = {Date::of(2020, 1, 1), {}};
      unit.parents = {{parent == 0 ? std::nullopt : std::optional(UnitId{parent}), unit.span}};
      facts->units[unit.id] = unit;
    }
    return facts;
  }

  static Value fields() {
    return Value::object({{"what", "the road"}, {"lead", "u3"}, {"who", "p9"}});
  }

  command::Outcome open(Value fields, std::optional<Date> due = {}) {
    NewMatter asked{"trial/issue", UnitId{4}, {}, {}, {}};
    asked.change.fields = std::move(fields);
    asked.change.due = due;
    return run(owner, OpenMatter(facts(), pack_, std::move(asked)));
  }

  MatterId must_open() { return id_in<MatterId>(open(fields(), Date::of(2026, 6, 30))); }

  Read read(MatterId id) {
    return read_with_history(connection(), facts(), pack_, find(connection(), id).value());
  }

  std::unique_ptr<MoveMatter> moving(AccountId who, MatterId id, const std::string& move,
                                     Change change, std::int64_t seen) {
    return std::make_unique<MoveMatter>(read(id), move, std::move(change), seen, who,
                                        enactment::testing::day, clock_.now());
  }

  command::Outcome move(AccountId who, MatterId id, const std::string& move, Change change = {}) {
    const auto seen = find(connection(), id)->now.version;
    auto outcome = road().run(moving(who, id, move, std::move(change), seen), {who, "", ""});
    EXPECT_EQ(outcome.fault, "");
    return outcome;
  }

  MatterId must_open_task(Date due) {
    NewMatter asked{"trial/task", UnitId{4}, {}, {}, {}};
    asked.change.fields = Value::object({{"lead", "u3"}});
    asked.change.due = due;
    return id_in<MatterId>(run(owner, OpenMatter(facts(), pack_, std::move(asked))));
  }

  command::Outcome deed(AccountId who, MatterId id, AskedDeed asked, std::string reason = {}) {
    Change change;
    change.reason = std::move(reason);
    const auto seen = find(connection(), id)->now.version;
    auto outcome =
        road().run(std::make_unique<DoDeed>(read(id), std::move(asked), std::move(change), seen,
                                            who, enactment::testing::day, clock_.now()),
                   {who, "", ""});
    EXPECT_EQ(outcome.fault, "");
    return outcome;
  }

  command::Outcome edit(MatterId id, Change change) {
    const auto seen = find(connection(), id)->now.version;
    return run(owner, EditMatter(read(id), std::move(change), seen));
  }

  static Change with(Value fields, std::vector<FileId> evidence = {}) {
    Change change;
    change.fields = std::move(fields);
    change.evidence = std::move(evidence);
    return change;
  }

  static Change claim() { return with(Value::object({{"done", "mended"}}), {FileId{50}}); }

  const policy::Pack pack_ = enactment::testing::trial_pack("1.0.0", std::string(matters));
  const AccountId owner{11}, second_of_owner{12}, lead{13}, head{14}, asker{15};
};

}  // namespace huilu::matter::testing
