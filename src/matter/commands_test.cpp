#include "matter/commands.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "matter/testing.h"
#include "store/explaining.h"

namespace huilu::matter {
namespace {

using command::Permission;
using obligation::Change;
using testing::MatterTest;

INSTANTIATE_TEST_SUITE_P(On, MatterTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

TEST_P(MatterTest, what_is_missing_or_not_there_is_refused_and_nothing_is_written) {
  EXPECT_EQ(told(open(Value::object({{"lead", "u3"}, {"waht", "x"}}))),
            "unknown_field /fields/waht, field_required /fields/what");
  EXPECT_EQ(told(open(Value::object({{"what", "x"}, {"lead", "u77"}, {"who", "p77"}}))),
            "unknown_unit /fields/lead, unknown_person /fields/who");
  EXPECT_TRUE(kinds().empty());
}

TEST_P(MatterTest, a_matter_goes_from_state_to_state_by_its_roles_and_keeps_every_version) {
  const MatterId id = must_open();
  EXPECT_EQ(told(move(lead, id, "claim", claim())), "role_required /move");
  EXPECT_EQ(told(move(owner, id, "close")), "wrong_state /move");
  EXPECT_EQ(told(move(owner, id, "clam")), "unknown_word /move");
  EXPECT_EQ(told(move(owner, id, "claim")),
            "field_required /fields/done, field_required /evidence");
  EXPECT_EQ(told(move(owner, id, "claim", with(Value::object({{"done", "x"}}), {FileId{51}}))),
            "unknown_file /evidence/0");
  EXPECT_EQ(told(move(owner, id, "claim", claim())), "done");
  EXPECT_EQ(told(move(lead, id, "close")), "done");
  const auto stored = find(connection(), id);
  EXPECT_EQ(stored->now.matter.state, "closed");
  EXPECT_EQ(stored->now.matter.outcome, "solved");
  EXPECT_EQ(stored->now.pack_version, "1.0.0");
  const auto history = history_of(connection(), id);
  ASSERT_EQ(history.size(), 3U);
  EXPECT_TRUE(history[0].is_opening());
  EXPECT_EQ(history[1].move, "claim");
  EXPECT_EQ(*history[1].matter.fields.find("done"), Value("mended"));
  EXPECT_EQ(history[1].account, owner);
  EXPECT_EQ(kinds(), (std::vector<std::string>{"matter_opened", "matter_moved", "matter_moved"}));
  // Free texts and persons are commitments of their own.
  EXPECT_EQ(openings("content").find("road"), std::string::npos);
  EXPECT_EQ(openings("part /fields/done"), "\"mended\"\n\"mended\"\n");
  EXPECT_EQ(units_using(connection(), FileId{50}), std::vector<UnitId>{UnitId{4}});
  EXPECT_EQ(damages(verify(connection())), "");
}

TEST_P(MatterTest, whoever_claimed_it_does_not_close_it_under_any_name) {
  const MatterId id = must_open();
  ASSERT_EQ(told(move(owner, id, "claim", claim())), "done");
  EXPECT_EQ(told(move(owner, id, "close")), "role_required /move, move_same_person /move");
  EXPECT_EQ(told(move(second_of_owner, id, "close")), "move_same_person /move");
  EXPECT_EQ(told(move(head, id, "close")), "done");
}

TEST_P(MatterTest, roles_are_posts_above_and_persons_as_they_are_at_the_move) {
  const MatterId first = must_open(), second = must_open(), third = must_open();
  for (const MatterId id : {first, second, third}) {
    ASSERT_EQ(told(move(owner, id, "claim", claim())), "done");
  }
  EXPECT_EQ(told(move(asker, first, "close")), "done");
  EXPECT_EQ(told(move(head, second, "close")), "done");
  connection().execute("update tenure set until_date = '2026-03-01' where id = 1");
  EXPECT_EQ(told(move(head, third, "close")), "role_required /move");
}

TEST_P(MatterTest, the_first_deadline_is_kept_and_a_set_one_takes_a_move) {
  const MatterId id = must_open();
  Change change;
  change.due = Date::of(2026, 9, 30);
  EXPECT_EQ(told(edit(id, change)), "wrong_state /due");
  EXPECT_EQ(told(move(owner, id, "later", change)), "field_required /reason");
  change.reason = "the dam broke";
  EXPECT_EQ(told(move(owner, id, "later", change)), "done");
  const auto stored = find(connection(), id);
  EXPECT_EQ(stored->now.matter.due, Date::of(2026, 9, 30));
  EXPECT_EQ(stored->first_due, Date::of(2026, 6, 30));
  EXPECT_EQ(damages(verify(connection())), "");
}

TEST_P(MatterTest, more_time_is_asked_for_by_one_and_granted_by_another) {
  using obligation::DeedKind;
  const MatterId id = must_open_task(Date::of(2026, 6, 30));
  EXPECT_EQ(find(connection(), id)->next_due, Date::of(2026, 6, 30));
  const AskedDeed ask{DeedKind::extension_asked, "work", "", Date::of(2026, 9, 30)};
  const AskedDeed grant{DeedKind::extension_granted, "work", "", {}};
  EXPECT_EQ(told(deed(owner, id, grant)), "wrong_state /clock");
  EXPECT_EQ(told(deed(lead, id, ask, "r")), "role_required /clock");
  EXPECT_EQ(told(deed(owner, id, ask)), "field_required /reason");
  EXPECT_EQ(told(deed(owner, id, ask, "the dam broke")), "done");
  EXPECT_EQ(told(deed(owner, id, grant)), "move_same_person /clock");
  EXPECT_EQ(told(deed(second_of_owner, id, grant)), "move_same_person /clock");
  EXPECT_EQ(told(deed(lead, id, grant)), "done");
  const auto stored = find(connection(), id);
  EXPECT_EQ(stored->now.matter.due, Date::of(2026, 9, 30));
  EXPECT_EQ(stored->first_due, Date::of(2026, 6, 30));
  EXPECT_EQ(stored->next_due, Date::of(2026, 9, 30));
  EXPECT_EQ(kinds(), (std::vector<std::string>{"matter_opened", "matter_extension_asked",
                                               "matter_extension_granted"}));
  EXPECT_EQ(damages(verify(connection())), "");
  connection().execute(
      "update matter_version set deed = 'extension_refused' where matter = ?1 and version = 3",
      {id});
  EXPECT_NE(damages(verify(connection())), "");
}

TEST_P(MatterTest, a_proposal_is_signed_once_and_what_is_settled_has_no_last_day) {
  using obligation::DeedKind;
  const MatterId id = must_open_task(Date::of(2026, 3, 3));
  const AskedDeed sign{DeedKind::step_signed, "work", "late", {}};
  EXPECT_EQ(told(deed(owner, id, sign)), "role_required /rung");
  EXPECT_EQ(told(deed(lead, id, sign)), "done");
  EXPECT_EQ(told(deed(lead, id, sign)), "wrong_state /rung");
  EXPECT_EQ(find(connection(), id)->next_due, Date::of(2026, 3, 3));
  EXPECT_EQ(told(move(owner, id, "close")), "done");
  EXPECT_EQ(find(connection(), id)->next_due, std::nullopt);
}

TEST_P(MatterTest, what_was_signed_waits_for_its_unit_until_somebody_there_has_it) {
  using obligation::DeedKind;
  const MatterId id = must_open_task(Date::of(2026, 3, 1));
  const auto waiting = [&] {
    std::string all;
    for (const auto& [matter, waits] : kept_waits(connection(), {id}))
      for (const auto& one : waits)
        if (one.kind == obligation::WaitKind::acknowledge)
          all += one.unit.text() + " " + one.from.text() + " " + one.due->text();
    return all;
  };
  const AskedDeed acknowledge{DeedKind::step_acknowledged, "work", "late", {}};
  EXPECT_EQ(told(deed(owner, id, acknowledge)), "wrong_state /rung");
  EXPECT_EQ(told(deed(lead, id, {DeedKind::step_signed, "work", "late", {}})), "done");
  EXPECT_EQ(waiting(), "u4 2026-03-05 2026-03-09");
  EXPECT_EQ(told(deed(lead, id, acknowledge)), "role_required /rung");
  EXPECT_EQ(told(deed(second_of_owner, id, acknowledge)), "role_required /rung");
  EXPECT_EQ(told(deed(owner, id, acknowledge, "we begin today")), "done");
  EXPECT_EQ(told(deed(owner, id, acknowledge)), "wrong_state /rung");
  EXPECT_EQ(waiting(), "");
  EXPECT_EQ(kinds().back(), "matter_step_acknowledged");
  EXPECT_EQ(find(connection(), id)->now.deed->units, std::vector{UnitId{4}});
  EXPECT_EQ(damages(verify(connection())), "");
}

TEST_P(MatterTest, it_passes_to_another_unit_and_back_by_the_rules_of_its_type) {
  const MatterId id = must_open();
  Change change;
  change.unit = UnitId{2};
  change.reason = "theirs";
  EXPECT_EQ(told(move(owner, id, "pass", change)), "done");
  EXPECT_EQ(find(connection(), id)->now.matter.unit, UnitId{2});
  EXPECT_EQ(told(move(owner, id, "claim", claim())), "role_required /move");
  EXPECT_EQ(damages(verify(connection())), "");
}

TEST_P(MatterTest, a_move_sets_and_empties_fields) {
  const MatterId id = must_open();
  ASSERT_EQ(told(move(owner, id, "claim", claim())), "done");
  ASSERT_EQ(told(move(lead, id, "close")), "done");
  ASSERT_EQ(told(move(lead, id, "reopen")), "done");
  const auto now = find(connection(), id)->now;
  EXPECT_EQ(now.matter.unit, UnitId{3});
  EXPECT_TRUE(now.matter.fields.find("done")->is_null());
  EXPECT_EQ(now.matter.outcome, "");
}

TEST_P(MatterTest, it_waits_for_what_lies_below_it) {
  const MatterId above = must_open();
  NewMatter asked{"trial/issue", UnitId{4}, above, {}, {}};
  asked.change.fields = fields();
  const auto below = id_in<MatterId>(run(owner, OpenMatter(facts(), pack_, std::move(asked))));
  ASSERT_EQ(told(move(owner, above, "claim", claim())), "done");
  EXPECT_EQ(told(move(lead, above, "settle")), "move_needs /move");
  ASSERT_EQ(told(move(owner, below, "claim", claim())), "done");
  ASSERT_EQ(told(move(lead, below, "close")), "done");
  EXPECT_EQ(told(move(lead, above, "settle")), "done");
  NewMatter orphan{"trial/issue", UnitId{4}, MatterId{777}, {}, {}};
  orphan.change.fields = fields();
  EXPECT_EQ(told(run(owner, OpenMatter(facts(), pack_, std::move(orphan)))),
            "unknown_matter /parent");
  EXPECT_EQ(damages(verify(connection())), "");
}

TEST_P(MatterTest, an_edit_leaves_what_a_move_asked_for_and_ends_with_the_matter) {
  const MatterId id = must_open();
  EXPECT_EQ(told(edit(id, with(Value::object({{"what", "the bridge"}})))), "done");
  ASSERT_EQ(told(move(owner, id, "claim", claim())), "done");
  EXPECT_EQ(told(edit(id, with(Value::object({{"done", Value()}})))),
            "field_required /fields/done");
  ASSERT_EQ(told(move(lead, id, "close")), "done");
  EXPECT_EQ(told(edit(id, with(Value::object({{"what", "x"}})))), "wrong_state");
}

TEST_P(MatterTest, of_sixty_four_who_close_it_one_wins_and_the_others_are_told_who) {
  const MatterId id = must_open();
  ASSERT_EQ(told(move(owner, id, "claim", claim())), "done");
  constexpr int clients = 64;
  std::vector<std::unique_ptr<MoveMatter>> commands;
  for (int i = 0; i < clients; ++i) {
    const AccountId one{100 + i};
    insert_account(one);
    gate_.permit(one, {Permission::matter_change});
    grant(one, "unit_editor", 3);
    commands.push_back(moving(one, id, "close", {}, 2));
  }
  std::vector<command::Outcome> outcomes(clients);
  std::vector<std::thread> threads;
  for (int i = 0; i < clients; ++i) {
    threads.emplace_back([&, i] {
      const auto at = static_cast<std::size_t>(i);
      outcomes[at] = road().run(std::move(commands[at]), {AccountId{100 + i}, "", ""});
    });
  }
  for (auto& thread : threads) thread.join();
  std::string winner;
  for (int i = 0; i < clients; ++i) {
    const auto& outcome = outcomes[static_cast<std::size_t>(i)];
    EXPECT_EQ(outcome.fault, "");
    if (!outcome.refusals.empty()) continue;
    EXPECT_EQ(winner, "");
    winner = AccountId{100 + i}.text();
  }
  ASSERT_NE(winner, "");
  for (const auto& outcome : outcomes) {
    if (outcome.refusals.empty()) continue;
    EXPECT_EQ(told(outcome), "matter_moved /version");
    EXPECT_EQ(outcome.refusals.front().expected, "3: close, " + winner);
    EXPECT_EQ(outcome.refusals.front().got, "2");
  }
  EXPECT_EQ(history_of(connection(), id).size(), 3U);
  EXPECT_EQ(damages(verify(connection())), "");
}

TEST_P(MatterTest, lists_are_in_order_and_come_in_pages_gathered_or_walked) {
  std::vector<MatterId> all;
  for (int month = 9; month >= 4; --month) {
    all.push_back(id_in<MatterId>(open(fields(), Date::of(2026, static_cast<unsigned>(month), 1))));
  }
  all.push_back(id_in<MatterId>(open(fields())));
  const Reading gathered{1000, 2, 1000}, walked{0, 2, 0, 1000}, both{0, 2, 0, 2};
  for (const Sort sort : {Sort::newest, Sort::due}) {
    std::vector<MatterId> wanted = all;
    std::ranges::reverse(wanted);
    if (sort == Sort::due)
      std::rotate(wanted.begin(), wanted.begin() + 1, wanted.end());  // none comes last
    for (const Reading& reading : {gathered, walked, both}) {
      std::vector<MatterId> found;
      Filter filter;
      filter.path = enactment::testing::path_of(2);
      filter.sort = sort;
      filter.limit = 3;
      do {
        const auto page = list(connection(), filter, reading);
        ASSERT_TRUE(page.ok());
        for (const auto& one : page->items) found.push_back(one.now.matter.id);
        filter.cursor = page->next_cursor;
      } while (!filter.cursor.empty());
      EXPECT_EQ(found, wanted);
      const auto counts = counts_of(connection(), filter.path, {"trial/issue", "trial/task"},
                                    Date::of(2026, 6, 1), reading);
      EXPECT_EQ(counts.at("trial/issue").at("open").all, 7);
      EXPECT_EQ(counts.at("trial/issue").at("open").overdue, 2);
      EXPECT_FALSE(counts.contains("trial/task"));
    }
  }
  Filter late;
  late.path = enactment::testing::path_of(1);
  late.due_before = Date::of(2026, 6, 1);
  EXPECT_EQ(list(connection(), late)->items.size(), 2U);
  late.path = enactment::testing::path_of(3);
  EXPECT_TRUE(list(connection(), late)->items.empty());
  Filter party;
  party.party = UnitId{3};
  Filter typed;
  typed.path = enactment::testing::path_of(1);
  typed.type = "trial/issue";
  for (const Reading& reading : {gathered, walked, both}) {
    EXPECT_EQ(list(connection(), party, reading)->items.size(), 7U);
    EXPECT_EQ(list(connection(), typed, reading)->items.size(), 7U);
  }
  party.cursor = "x";
  EXPECT_FALSE(list(connection(), party).ok());
}

TEST_P(MatterTest, no_list_and_no_count_reads_a_table_from_end_to_end) {
  const MatterId id = must_open();
  store::testing::Explaining explaining(database().connect(store::Access::read));
  for (const Reading& reading : {Reading{1000, 2, 1000}, Reading{0, 2, 0, 1000}}) {
    for (const Sort sort : {Sort::newest, Sort::due}) {
      Filter filter;
      filter.path = enactment::testing::path_of(1);
      filter.sort = sort;
      EXPECT_TRUE(list(explaining, filter, reading).ok());
      filter.type = "trial/issue";
      EXPECT_TRUE(list(explaining, filter, reading).ok());
      filter.state = "open";
      filter.due_before = Date::of(2026, 6, 1);
      EXPECT_TRUE(list(explaining, filter, reading).ok());
      filter.parent = id;
      EXPECT_TRUE(list(explaining, filter, reading).ok());
      filter.party = UnitId{3};
      EXPECT_TRUE(list(explaining, filter, reading).ok());
    }
    for (const int unit : {1, 2}) {
      counts_of(explaining, enactment::testing::path_of(unit), {"trial/issue", "trial/task"},
                Date::of(2026, 6, 1), reading);
    }
  }
  EXPECT_TRUE(find(explaining, id));
  history_of(explaining, id);
  children_of(explaining, id);
  units_using(explaining, FileId{50});
  EXPECT_EQ(explaining.scans(), std::vector<std::string>());
  EXPECT_GT(explaining.statements(), 20U);
}

TEST_P(MatterTest, verification_finds_what_was_changed_behind_its_back) {
  const MatterId id = must_open();
  ASSERT_EQ(told(move(owner, id, "claim", claim())), "done");
  connection().execute("update matter set state = 'closed' where id = ?1", {id});
  EXPECT_EQ(damages(verify(connection())), "matter " + id.text() + "\n");
  connection().execute(
      "update matter set state = 'claimed', first_due = '2026-01-01' where id = ?1", {id});
  EXPECT_EQ(damages(verify(connection())), "matter " + id.text() + "\n");
  connection().execute("update matter set first_due = due where id = ?1", {id});
  connection().execute(
      "update matter_part set value = '\"x\"' where matter = ?1 and version = 2 "
      "and pointer = '/fields/done'",
      {id});
  EXPECT_NE(damages(verify(connection())).find("matter_part"), std::string::npos);
  EXPECT_EQ(damages(verify(connection())).find("matter_file"), std::string::npos);
  connection().execute("update matter_file set file = 51 where matter = ?1", {id});
  const auto evidence = damages(verify(connection()));
  EXPECT_NE(evidence.find("matter_file f50/" + id.text()), std::string::npos) << evidence;
  EXPECT_NE(evidence.find("matter_file f51/" + id.text()), std::string::npos) << evidence;
  connection().execute("delete from matter_part where matter = ?1", {id});
  connection().execute("delete from matter_version where matter = ?1 and version = 2", {id});
  EXPECT_NE(damages(verify(connection())), "");
}

}  // namespace
}  // namespace huilu::matter
