#include <gtest/gtest.h>

#include "base/text.h"
#include "round/commands_look_backs.h"
#include "round/queries_look_backs.h"
#include "round/testing.h"

namespace huilu::round {
namespace {

using command::Permission;
using enactment::testing::day;

// The office is at u1; what is below u2 and u3 was settled.
class LookBackRoundTest : public testing::RoundRoadTest {
 protected:
  void SetUp() override {
    RoundRoadTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    for (const AccountId one : {office, unit}) insert_account(one);
    gate_.permit(office, {Permission::round_change});
  }

  static DrawGround ground(int matters) {
    DrawGround out;
    out.counts = {{"trial/issue", 20, matters + 1, 1}};
    for (int i = 1; i <= matters; ++i) {
      out.candidates.push_back({MatterId{i},
                                UnitId{4},
                                "trial/issue",
                                i % 2 == 0 ? "u2" : "u3",
                                {UnitId{2}},
                                false,
                                {},
                                {}});
    }
    return out;
  }

  command::Outcome open(std::int64_t size, int matters = 8) {
    NewLookBackRound asked{UnitId{1}, "March", {"trial/issue"}, day + 5, {}, Strata::parent};
    if (size > 0) asked.sample = {SampleKind::size, size};
    return run(office, OpenLookBackRound(std::move(asked), ground(matters)));
  }

  WholeLookBackRound whole(RoundId id) { return find_look_back_round(connection(), id).value(); }

  // As the deed writes it.
  void look_back(MatterId id, int version, const std::string& found, std::int64_t seq = 1'000'000) {
    connection().execute(
        "insert into matter_version (matter, version, move, deed, at, account, role, seq, n, "
        "content) values (?1, ?2, null, 'looked_back', 0, 1, '', ?3, 0, ?4)",
        {id, version, seq, "{\"deed\":{\"found\":\"" + found + "\",\"kind\":\"looked_back\"}}"});
  }

  command::Outcome lock(RoundId id, std::vector<MissingReason> missing) {
    const auto read = whole(id).round;
    return run(office, LockLookBackRound(read, read.version, std::move(missing)));
  }

  const AccountId office{11}, unit{12};
};

INSTANTIATE_TEST_SUITE_P(On, LookBackRoundTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

TEST_P(LookBackRoundTest, a_sample_is_drawn_looked_at_and_locked) {
  EXPECT_EQ(told(open(4, 0)), "round_empty");
  EXPECT_EQ(told(open(9999)), "field_range /size");
  const RoundId id = id_in<RoundId>(open(4));
  EXPECT_EQ(told(open(0)), "round_open");
  const auto opened = whole(id);
  EXPECT_EQ(opened.draws[0].seed.size(), 64U);
  std::vector<MatterId> drawn;
  int of_u2 = 0;
  for (const Candidate& one : opened.candidates) {
    EXPECT_EQ(one.lookers.size(), one.drawn ? 1U : 0U);
    if (one.drawn) drawn.push_back(one.matter);
    of_u2 += one.drawn && one.stratum == "u2" ? 1 : 0;
  }
  ASSERT_EQ(drawn.size(), 4U);
  EXPECT_EQ(of_u2, 2);
  look_back(drawn[0], 7, "holds", 0);  // before it was opened
  look_back(drawn[1], 7, "holds");
  look_back(drawn[1], 8, "relapsed", 1'000'001);
  EXPECT_EQ(whole(id).missing(), (std::vector<MatterId>{drawn[0], drawn[2], drawn[3]}));
  EXPECT_EQ(numbers_of(connection(), opened.round, {}).looked, 1);
  EXPECT_EQ(numbers_of(connection(), opened.round, UnitId{2}).drawn, 4);
  EXPECT_EQ(numbers_of(connection(), opened.round, UnitId{3}).drawn, 0);
  EXPECT_EQ(told(lock(id, {{drawn[0], "flood"}})), "round_unanswered /missing");
  EXPECT_EQ(told(lock(id, {{drawn[0], "flood"}, {drawn[2], " "}, {drawn[3], "flood"}})),
            "field_required /missing/1/reason");
  EXPECT_EQ(told(lock(id, {{drawn[0], "a"}, {drawn[2], "b"}, {drawn[3], "c"}, {drawn[1], "d"}})),
            "unknown_matter /missing/3/matter");
  EXPECT_EQ(told(lock(id, {{drawn[0], "a"}, {drawn[2], "b"}, {drawn[3], "c"}})), "done");
  const auto locked = whole(id);
  const Value total = *locked.round.figures->find("total");
  EXPECT_EQ(*total.find("closed"), Value(9));
  EXPECT_EQ(*total.find("looked"), Value(1));
  EXPECT_EQ(*total.find("missing"), Value(3));
  EXPECT_EQ(*total.find("stands"), Value(8));
  look_back(drawn[1], 9, "holds", 1'000'002);  // of another round
  EXPECT_EQ(whole(id).find_row(drawn[1])->looked, (Looked{"relapsed", 8}));
  EXPECT_EQ(numbers_of(connection(), locked.round, {}).looked, 1);
  EXPECT_EQ(told(lock(id, {})), "wrong_state");
  EXPECT_EQ(damages(verify_look_backs(connection())), "");
  EXPECT_EQ(told(open(0)), "done");
}

TEST_P(LookBackRoundTest, a_round_is_drawn_anew_for_a_reason_and_both_draws_stay) {
  const RoundId id = id_in<RoundId>(open(4));
  const auto anew = [&](std::int64_t seen, const std::string& reason) {
    return run(office, DrawAnew(whole(id).round, seen, reason, ground(9)));
  };
  EXPECT_EQ(told(anew(1, " ")), "field_required /reason");
  EXPECT_EQ(told(anew(2, "one was entered twice")), "version_conflict /version");
  EXPECT_EQ(told(anew(1, "one was entered twice")), "done");
  const auto now = whole(id);
  ASSERT_EQ(now.draws.size(), 2U);
  EXPECT_NE(now.draws[0].seed, now.draws[1].seed);
  EXPECT_EQ(now.draws[1].reason, "one was entered twice");
  EXPECT_EQ(now.candidates.size(), 9U);
  EXPECT_EQ(candidates_of(connection(), id, 1).size(), 8U);
  EXPECT_EQ(damages(verify_look_backs(connection())), "");
  const auto listed = [&](const LookBackRoundFilter& filter) {
    return list(connection(), filter).size();
  };
  EXPECT_EQ(listed({UnitId{1}, {}, {}, {}, 50}), 1U);
  EXPECT_EQ(listed({UnitId{2}, {}, {}, {}, 50}), 0U);
  EXPECT_EQ(listed({{}, UnitId{2}, true, {}, 50}), 1U);
  EXPECT_EQ(listed({{}, UnitId{2}, false, {}, 50}), 0U);
  EXPECT_EQ(listed({{}, UnitId{3}, {}, {}, 50}), 0U);
}

TEST_P(LookBackRoundTest, verify_finds_what_was_drawn_beside_the_seed) {
  const RoundId id = id_in<RoundId>(open(4));
  const auto breaks = [&](const std::string& sql, const std::string& table) {
    connection().execute(sql, {});
    EXPECT_NE(damages(verify_look_backs(connection())).find(table), std::string::npos) << sql;
  };
  EXPECT_EQ(told(run(unit, DrawAnew(whole(id).round, 1, "because", ground(8)))), "not_permitted");
  breaks("update look_back_candidate set drawn = 1 - drawn where matter in (1, 2)",
         "look_back_candidate ");
  breaks("update look_back_draw set seed = 'ff'", "look_back_draw ");
  breaks("update look_back_round set until = '2026-03-06'", "look_back_round ");
  breaks("delete from look_back_draw", "look_back_round ");
}

}  // namespace
}  // namespace huilu::round
