#include "ballot/commands.h"

#include <gtest/gtest.h>

#include "ballot/queries.h"
#include "enactment/testing.h"
#include "matter/queries.h"

namespace huilu::ballot {
namespace {

using command::Permission;

constexpr std::string_view rated_type = R"(
matter_types:
  issue:
    title: t
    pin: version_at_open
    fields:
      what: {type: text, required: true, title: t}
      askers: {type: list, of: person, title: t}
    roles:
      owner: {unit: $it.unit, title: t}
      head: {unit: $it.unit.parent, title: t}
      asker: {persons: $it.askers, title: t}
      secretary: {post: secretary, of: $it.unit, title: t}
    initial: open
    states: {open: t, rated: t, closed: {title: t, final: soft, outcome: solved}}
    moves:
      - {id: claim, title: t, from: [open], to: rated, by: [owner]}
      - {id: back, title: t, from: [rated], to: open, by: [owner]}
      - {id: again, title: t, from: [rated], to: open, automatic: true}
      - {id: close, title: t, from: [rated], to: closed, by: [owner],
         needs: {holds: {ballot.result: [pass, too_few]}}}
    ballot:
      title: t
      voters: [asker, secretary]
      held_by: head
      scale: [good, poor]
      opens: {enter: rated}
      window: {workdays: 5}
      one_per: participant
      secret: SECRET
      paper: true
      pass: {at_least: 0.6, share: [good]}
      min_ballots: 2
      below_min: wait
      if_failed: again
      evidence: required
)";

policy::Pack pack_with(bool secret) {
  std::string text(rated_type);
  const std::string_view word = "SECRET";
  text.replace(text.find(word), word.size(), secret ? "true" : "false");
  return enactment::testing::trial_pack("1.0.0", text);
}

// u4 is responsible, u2 is above it. p5, p6 and p7 raised it, p8 is the secretary of u4.
class BallotTest : public enactment::testing::RoadTest {
 protected:
  std::vector<store::Migration> migrations() const override {
    auto all = store::testing::schema_of(
        {"journal", "command", "identity", "enactment", "record", "matter", "ballot"});
    all.push_back({900, "units",
                   "create table unit (id bigint primary key, path {text} not null unique, "
                   "parent bigint, from_date {text} not null default '2020-01-01', "
                   "until_date {text}){strict};\n"
                   "create table person (id bigint primary key, name text not null){strict};\n"
                   "create table post (id bigint primary key, unit bigint, kind text){strict};\n"
                   "create table tenure (id bigint primary key, post bigint, person bigint, "
                   "from_date {text} not null default '2020-01-01', until_date {text}){strict};\n"
                   "create table membership (id bigint primary key, person bigint, unit bigint, "
                   "from_date {text} not null default '2020-01-01', until_date {text}){strict};"});
    return all;
  }

  void SetUp() override {
    RoadTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    insert_account(owner);
    insert_account(head, PersonId{1});
    insert_account(second_of_head, PersonId{1});
    insert_account(other_head, PersonId{2});
    for (int person = 5; person <= 9; ++person) insert_account(voter(person), PersonId{person});
    for (const AccountId one : {owner, head, second_of_head, other_head}) {
      gate_.permit(one, {Permission::matter_open, Permission::matter_change});
    }
    for (int person = 5; person <= 9; ++person) {
      gate_.permit(voter(person), {Permission::signed_in});
    }
    grant(owner, "branch_secretary", 4);
    for (const AccountId one : {head, second_of_head, other_head}) grant(one, "unit_editor", 2);
    for (int person = 1; person <= 9; ++person) {
      connection().execute("insert into person (id, name) values (?1, 'n')", {person});
    }
    connection().execute("insert into post (id, unit, kind) values (1, 4, 'secretary')");
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

  static AccountId voter(int person) { return AccountId{20 + person}; }

  matter::FactsPointer facts() const {
    auto facts = std::make_shared<obligation::Facts>();
    facts->activations.push_back({&pack(), {Date::of(2026, 1, 1), {}}, {}, {}, {}});
    for (const auto& [id, parent] : enactment::testing::units) {
      obligation::Unit unit;
      unit.id = UnitId{id};
      unit.span = {Date::of(2020, 1, 1), {}};
      unit.parents = {{parent == 0 ? std::nullopt : std::optional(UnitId{parent}), unit.span}};
      facts->units[unit.id] = unit;
    }
    return facts;
  }

  const policy::Pack& pack() const { return is_secret_ ? secret_ : named_; }

  matter::Read read(MatterId id) {
    auto read = matter::read_with_history(connection(), facts(), pack(),
                                          matter::find(connection(), id).value());
    attach(connection(), read);
    return read;
  }

  command::Outcome send(AccountId who, std::unique_ptr<command::Command> command) {
    auto outcome = road().run(std::move(command), {who, "", ""});
    EXPECT_EQ(outcome.fault, "");
    return outcome;
  }

  std::string move(AccountId who, MatterId id, const std::string& move) {
    return told(send(who, moving(read(id), move, {}, matter::find(connection(), id)->now.version,
                                 who, clock_.today(), clock_.now(), packs_)));
  }

  // A matter that is being rated.
  MatterId must_claim() {
    matter::NewMatter asked{"trial/issue", UnitId{4}, {}, {}, {}};
    asked.change.fields =
        Value::object({{"what", "the road"}, {"askers", Value::List{"p5", "p6", "p7"}}});
    const auto id =
        id_in<MatterId>(run(owner, matter::OpenMatter(facts(), pack(), std::move(asked))));
    EXPECT_EQ(move(owner, id, "claim"), "done");
    return id;
  }

  Ballot last(MatterId id) { return of_matter(connection(), id).at(0); }

  std::string vote(int person, MatterId id, const std::string& grade) {
    return told(
        send(voter(person), std::make_unique<Vote>(last(id), matter::type_in(pack(), "trial/issue"),
                                                   PersonId{person}, voter(person), grade)));
  }

  std::string enter(AccountId who, MatterId id, Votes votes, std::vector<PersonId> persons) {
    return told(send(
        who, std::make_unique<EnterPaper>(
                 read(id), last(id), NewPaper{std::move(votes), std::move(persons), {FileId{50}}},
                 who, clock_.today(), clock_.now())));
  }

  std::string decide(AccountId who, MatterId id, bool confirms) {
    const auto papers = papers_of(connection(), last(id).id);
    return told(send(who, std::make_unique<DecidePaper>(read(id), last(id), papers.back(), confirms,
                                                        confirms ? "" : "not what the scan says",
                                                        who, clock_.today(), clock_.now())));
  }

  std::string end(MatterId id) {
    return told(
        send({}, std::make_unique<EndBallot>(read(id), last(id), clock_.today(), clock_.now())));
  }

  void on(Date day) { clock_.set(SetClock(day).now()); }

  bool is_secret_ = false;
  const policy::Pack named_ = pack_with(false), secret_ = pack_with(true);
  const std::vector<policy::Pack> packs_;  // for merging, which these types do not
  const AccountId owner{11}, head{12}, second_of_head{13}, other_head{14};
};

INSTANTIATE_TEST_SUITE_P(On, BallotTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

TEST_P(BallotTest, it_opens_with_the_move_and_its_voters_are_frozen) {
  const MatterId id = must_claim();
  const Ballot ballot = last(id);
  EXPECT_TRUE(ballot.is_open());
  EXPECT_EQ(ballot.voters, 4);
  connection().execute("update tenure set until_date = '2026-01-01'");
  EXPECT_EQ(vote(8, id, "good"), "done");
  EXPECT_EQ(vote(9, id, "good"), "not_a_voter");
  EXPECT_EQ(vote(5, id, "fair"), "unknown_word /grade");
  EXPECT_EQ(kinds(), (std::vector<std::string>{"matter_opened", "matter_moved", "ballot_opened",
                                               "vote_cast"}));
  EXPECT_EQ(damages(verify(connection())), "");
}

TEST_P(BallotTest, what_fails_goes_back_by_itself_and_only_once) {
  const MatterId id = must_claim();
  for (const int person : {5, 6}) EXPECT_EQ(vote(person, id, "poor"), "done");
  EXPECT_EQ(vote(7, id, "good"), "done");
  EXPECT_EQ(end(id), "wrong_state /ballot");
  const auto first = read(id);
  const Ballot ballot = last(id);
  on(ballot.until + 1);
  EXPECT_EQ(vote(8, id, "good"), "wrong_state /ballot");
  EXPECT_EQ(end(id), "done");
  EXPECT_EQ(matter::find(connection(), id)->now.matter.state, "open");
  EXPECT_EQ(last(id).outcome->result, BallotResult::fail);
  EXPECT_EQ(last(id).outcome->move, "again");
  // Another server that read it before comes second.
  EXPECT_EQ(
      told(send({}, std::make_unique<EndBallot>(first, ballot, clock_.today(), clock_.now()))),
      "wrong_state /ballot");
  EXPECT_EQ(kinds().back(), "matter_moved");
  EXPECT_EQ(damages(verify(connection())), "");
  EXPECT_EQ(damages(matter::verify(connection())), "");
}

TEST_P(BallotTest, the_last_vote_counts_and_what_passes_is_closed_with_evidence) {
  const MatterId id = must_claim();
  EXPECT_EQ(vote(5, id, "poor"), "done");
  EXPECT_EQ(vote(5, id, "good"), "done");
  EXPECT_EQ(vote(6, id, "good"), "done");
  EXPECT_EQ(vote(7, id, "poor"), "done");
  EXPECT_EQ(move(owner, id, "close"), "move_needs /move, ballot_open /move");
  on(last(id).until + 1);
  ASSERT_EQ(end(id), "done");
  EXPECT_EQ(last(id).outcome->result, BallotResult::pass);
  EXPECT_EQ(last(id).outcome->votes, (Votes{{"good", 2}, {"poor", 1}}));
  EXPECT_EQ(move(owner, id, "close"), "ballot_evidence /move");
  EXPECT_EQ(told(send(owner, std::make_unique<FileEvidence>(read(id), last(id), "e", owner,
                                                            clock_.today(), clock_.now()))),
            "role_required /ballot");
  EXPECT_EQ(told(send(head, std::make_unique<FileEvidence>(read(id), last(id), "e", head,
                                                           clock_.today(), clock_.now()))),
            "done");
  EXPECT_EQ(move(owner, id, "close"), "done");
  EXPECT_EQ(damages(verify(connection())), "");
  connection().execute("update vote set grade = 'good' where grade = 'poor'");
  EXPECT_NE(damages(verify(connection())), "");
}

TEST_P(BallotTest, of_a_secret_one_nothing_in_the_journal_tells_a_vote_before_it_ends) {
  is_secret_ = true;
  const MatterId id = must_claim();
  EXPECT_EQ(vote(5, id, "poor"), "done");
  EXPECT_EQ(vote(5, id, "good"), "done");
  EXPECT_EQ(vote(6, id, "good"), "done");
  EXPECT_EQ(openings("grade"), "");
  EXPECT_TRUE(connection()
                  .query("select slot from vote where account is not null or at is not null "
                         "or seq is not null or slot like 'p%'")
                  .empty());
  EXPECT_EQ(damages(verify(connection())), "");
  const std::string key = last(id).slot_key;
  EXPECT_EQ(key.size(), 32U);
  on(last(id).until + 1);
  ASSERT_EQ(end(id), "done");
  EXPECT_EQ(last(id).outcome->votes, (Votes{{"good", 2}}));
  EXPECT_EQ(last(id).slot_key, "");
  EXPECT_EQ(damages(verify(connection())), "");
  connection().execute("update vote set grade = 'poor'");
  EXPECT_NE(damages(verify(connection())), "");
}

TEST_P(BallotTest, votes_on_paper_take_two_persons_and_nobody_votes_twice) {
  const MatterId id = must_claim();
  EXPECT_EQ(vote(5, id, "good"), "done");
  EXPECT_EQ(enter(owner, id, {{"good", 1}}, {PersonId{6}}), "role_required /ballot");
  EXPECT_EQ(enter(head, id, {{"good", 2}}, {PersonId{6}}), "ballot_paper_sum /votes");
  EXPECT_EQ(enter(head, id, {{"good", 2}}, {PersonId{5}, PersonId{9}}),
            "vote_on_paper /persons/0, not_a_voter /persons/1");
  EXPECT_EQ(enter(head, id, {{"good", 1}, {"poor", 1}}, {PersonId{6}, PersonId{7}}), "done");
  EXPECT_EQ(voted(connection(), last(id).id), 1);
  EXPECT_EQ(vote(6, id, "good"), "vote_on_paper");
  EXPECT_EQ(decide(second_of_head, id, true), "move_same_person /paper");
  EXPECT_EQ(decide(other_head, id, false), "done");
  EXPECT_EQ(vote(6, id, "good"), "done");
  EXPECT_EQ(enter(head, id, {{"poor", 1}}, {PersonId{7}}), "done");
  EXPECT_EQ(decide(other_head, id, true), "done");
  EXPECT_EQ(decide(other_head, id, false), "wrong_state /paper");
  EXPECT_EQ(voted(connection(), last(id).id), 3);
  EXPECT_EQ(units_seeing(connection(), FileId{50}), std::vector<UnitId>{UnitId{2}});
  on(last(id).until + 1);
  ASSERT_EQ(end(id), "done");
  EXPECT_EQ(last(id).outcome->votes, (Votes{{"good", 2}, {"poor", 1}}));
  EXPECT_EQ(last(id).outcome->on_paper, 1);
  EXPECT_EQ(damages(verify(connection())), "");
}

TEST_P(BallotTest, what_is_taken_back_is_not_judged) {
  const MatterId id = must_claim();
  EXPECT_EQ(vote(5, id, "good"), "done");
  EXPECT_EQ(move(owner, id, "back"), "done");
  EXPECT_EQ(last(id).outcome->result, BallotResult::stopped);
  EXPECT_EQ(vote(6, id, "good"), "wrong_state /ballot");
  EXPECT_EQ(move(owner, id, "again"), "wrong_state /move");
  EXPECT_EQ(move(owner, id, "claim"), "done");
  EXPECT_EQ(move(owner, id, "again"), "role_required /move");
  EXPECT_EQ(of_matter(connection(), id).size(), 2U);
  on(last(id).until + 1);
  EXPECT_EQ(overdue(connection(), clock_.today(), 10).size(), 1U);
  ASSERT_EQ(end(id), "done");
  EXPECT_EQ(last(id).outcome->result, BallotResult::too_few);
  EXPECT_EQ(matter::find(connection(), id)->now.matter.state, "rated");
  EXPECT_TRUE(overdue(connection(), clock_.today(), 10).empty());
  EXPECT_EQ(damages(verify(connection())), "");
}

}  // namespace
}  // namespace huilu::ballot
