#include "round/commands.h"

#include <gtest/gtest.h>

#include "round/queries.h"
#include "round/testing.h"

namespace huilu::round {
namespace {

using command::Permission;
using enactment::testing::day;

// The office at u1; u4 says how far it is, u2 leads.
class RoundTest : public testing::RoundRoadTest {
 protected:
  void SetUp() override {
    RoundRoadTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    for (const AccountId one : {office, unit, lead}) insert_account(one);
    gate_.permit(office, {Permission::round_change});
    gate_.permit(unit, {Permission::matter_change});
    gate_.permit(lead, {Permission::matter_change});
  }

  static Row row(int matter, Date last, std::optional<Date> due = {}) {
    Standing standing;
    standing.version = 2;
    standing.state = "open";
    standing.due = due;
    standing.is_late = due && *due < day;
    standing.last_progress = last;
    return {MatterId{matter}, UnitId{4}, UnitId{2}, {}, standing, {}};
  }

  command::Outcome open(std::string name, std::vector<Row> rows) {
    NewRound asked{UnitId{1}, std::move(name), {"trial/issue"}, day + 5};
    return run(office, OpenRound(std::move(asked), std::move(rows)));
  }

  RoundId must_open(std::string name = "March") {
    return id_in<RoundId>(open(std::move(name), {row(1, day + -40, day + -3), row(2, day + -1)}));
  }

  Whole whole(RoundId id) { return find(connection(), id).value(); }

  command::Outcome say(RoundId id, std::int64_t seen, LineKind kind, std::string said) {
    return run(unit, WriteLine(id, UnitId{4}, {MatterId{1}, seen, kind, std::move(said)}));
  }

  command::Outcome lock(RoundId id, std::string reason = "") {
    const Whole read = whole(id);
    std::vector<Standing> rows;
    for (const Row& one : read.rows) rows.push_back(one.taken);
    return run(office,
               LockRound(read.round, read.round.version, std::move(reason), rows,
                         Value::object({{"rows", 2}, {"completion", Value::object({{"done", 2}})}}),
                         {{"done", {MatterId{1}, MatterId{2}}}, {"dropped", {}}}));
  }

  const AccountId office{11}, unit{12}, lead{13};
};

INSTANTIATE_TEST_SUITE_P(On, RoundTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

TEST_P(RoundTest, a_round_goes_from_opening_to_lock_and_its_journal_fits_its_rows) {
  EXPECT_EQ(told(open("March", {})), "round_empty");
  const RoundId id = must_open();
  EXPECT_EQ(asks_text(whole(id).find_row(MatterId{1})->asks), "late silent");
  EXPECT_EQ(asks_text(whole(id).find_row(MatterId{2})->asks), "");
  EXPECT_EQ(told(open("again", {row(1, day)})), "round_open");
  EXPECT_EQ(told(run(lead, ConfirmLines(id, UnitId{2}))), "round_unanswered /lead");
  EXPECT_EQ(told(say(id, 0, LineKind::none, "rain")), "done");
  EXPECT_EQ(told(say(id, 0, LineKind::none, "rain")), "version_conflict /version");
  EXPECT_EQ(told(run(lead, ConfirmLines(id, UnitId{2}))), "done");
  EXPECT_EQ(told(say(id, 1, LineKind::progress, "  paved ")), "done");
  EXPECT_EQ(whole(id).find_line(MatterId{1})->said, "paved");
  EXPECT_EQ(told(lock(id)), "round_unanswered /reason");
  EXPECT_EQ(told(run(lead, ConfirmLines(id, UnitId{2}))), "done");
  EXPECT_EQ(told(lock(id)), "done");
  const Whole locked = whole(id);
  EXPECT_EQ(locked.round.locked, day);
  EXPECT_EQ(*locked.round.figures->find("rows"), Value(2));
  EXPECT_EQ(*locked.rows[0].locked, locked.rows[0].taken);
  EXPECT_EQ(damages(verify(connection())), "");
}

TEST_P(RoundTest, what_was_decided_is_asked_about_in_the_next_round) {
  const RoundId id = must_open();
  EXPECT_EQ(told(lock(id, "the meeting is now")), "done");
  const auto decide = [&](RoundId round, int who) {
    return run(office, DecideTask(whole(round).round,
                                  {MatterId{1}, UnitId{who}, day + 9, "pave the rest"}));
  };
  EXPECT_EQ(told(decide(id, 77)), "unknown_unit /unit");
  EXPECT_EQ(told(decide(id, 4)), "done");
  const RoundId next = must_open("April");
  EXPECT_EQ(whole(next).round.previous, id);
  // Silent is now: nothing since the one before was locked.
  EXPECT_EQ(asks_text(whole(next).find_row(MatterId{2})->asks), "silent");
  EXPECT_EQ(told(decide(id, 4)), "wrong_state");
  const auto report = [&](AccountId who, bool done) {
    return run(who, ReportTask(whole(id).round, UnitId{4}, {1, done, "so it is"}));
  };
  EXPECT_EQ(told(report(lead, false)), "not_permitted");
  EXPECT_EQ(told(report(unit, true)), "done");
  EXPECT_TRUE(whole(id).find_task(1)->is_done());
  EXPECT_EQ(told(report(office, false)), "done");
  EXPECT_FALSE(whole(id).find_task(1)->is_done());
  EXPECT_EQ(damages(verify(connection())), "");
}

TEST_P(RoundTest, rounds_are_listed_by_unit_and_by_part) {
  const RoundId id = must_open();
  const auto listed = [&](const Filter& filter) { return list(connection(), filter).size(); };
  EXPECT_EQ(listed({UnitId{1}, {}, {}, {}, 50}), 1u);
  EXPECT_EQ(listed({UnitId{2}, {}, {}, {}, 50}), 0u);
  EXPECT_EQ(listed({{}, UnitId{4}, true, {}, 50}), 1u);
  EXPECT_EQ(listed({{}, UnitId{2}, {}, {}, 50}), 1u);
  EXPECT_EQ(listed({{}, UnitId{3}, {}, {}, 50}), 0u);
  EXPECT_EQ(listed({{}, UnitId{4}, false, {}, 50}), 0u);
  const Numbers numbers = numbers_of(connection(), id, UnitId{4});
  EXPECT_EQ(numbers.rows, 2);
  EXPECT_EQ(numbers.unanswered, 1);
  EXPECT_FALSE(follower_of(connection(), id));
  EXPECT_TRUE(open_matters(connection(), "", {"trial/issue"}).empty());
  EXPECT_TRUE(settled_since(connection(), "", {"trial/issue"}, day).empty());
  connection().execute("update unit set official_order = 1 where id = 3", {});
  connection().execute("update unit set official_order = 2 where id = 2", {});
  const auto positions = positions_of(connection(), {UnitId{2}, UnitId{3}, UnitId{4}});
  EXPECT_LT(positions.at(UnitId{3}), positions.at(UnitId{2}));
  EXPECT_LT(positions.at(UnitId{2}), positions.at(UnitId{4}));
}

TEST_P(RoundTest, verify_finds_what_was_changed_beside_the_road) {
  const RoundId id = must_open();
  EXPECT_EQ(told(say(id, 0, LineKind::none, "rain")), "done");
  EXPECT_EQ(told(lock(id, "the meeting is now")), "done");
  EXPECT_EQ(damages(verify(connection())), "");
  const auto breaks = [&](const std::string& sql, const std::string& table) {
    connection().execute(sql, {});
    EXPECT_NE(damages(verify(connection())).find(table), std::string::npos) << sql;
  };
  breaks("update round_line set said = 'sun'", "round_line ");
  EXPECT_EQ(counted_in(connection(), id, "done"), (std::vector{MatterId{1}, MatterId{2}}));
  EXPECT_TRUE(counted_in(connection(), id, "dropped").empty());
  breaks("update round_counted set matters = 'i1' where figure = 'done'", "round_counted ");
  breaks("update round_row set asks = '' where matter = 1", "round_row ");
  breaks("update round set figures = '{\"rows\":3}'", "round ");
  breaks("delete from round_line", "round_line ");
}

}  // namespace
}  // namespace huilu::round
