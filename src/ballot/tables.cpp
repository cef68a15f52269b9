#include "ballot/tables.h"

#include <fmt/format.h>

#include "ballot/rules.h"
#include "store/lists.h"

namespace huilu::ballot {

namespace {

using enum store::ColumnType;
using store::Row;

const store::Table ballot_table{"ballot",
                                {{"id", integer},
                                 {"matter", integer},
                                 {"version", integer},
                                 {"unit", integer},
                                 {"opened", text},
                                 {"until_date", text},
                                 {"secret", integer},
                                 {"voters", integer},
                                 {"slot_key", bytes},
                                 {"seq", integer}}};
const store::Table ballot_voter_table{"ballot_voter",
                                      {{"ballot", integer}, {"person", integer}, {"n", integer}}};
const store::Table vote_table{"vote",
                              {{"ballot", integer},
                               {"slot", text},
                               {"n", integer},
                               {"grade", text},
                               {"account", integer},
                               {"at", integer},
                               {"seq", integer}}};
const store::Table ballot_paper_table{"ballot_paper",
                                      {{"id", integer},
                                       {"ballot", integer},
                                       {"votes", text},
                                       {"persons", integer},
                                       {"entered_by", integer},
                                       {"entered_at", integer},
                                       {"seq", integer}}};
const store::Table ballot_file_table{
    "ballot_file",
    {{"file", integer}, {"ballot", integer}, {"unit", integer}, {"paper", integer}},
    "on conflict (file, ballot, unit) do nothing"};

std::optional<Instant> instant_or_none(const Row& row, std::size_t column) {
  if (row.is_null(column)) return {};
  return row.instant(column);
}

}  // namespace

const std::string ballot_columns =
    "b.id, b.matter, b.version, b.unit, b.opened, b.until_date, b.secret, b.voters, b.slot_key, "
    "b.seq, b.outcome, b.ended_at, b.evidence, b.filed_at";

Ballot ballot_from(const Row& row) {
  Ballot out;
  out.id = row.id<BallotId>(0);
  out.matter = row.id<MatterId>(1);
  out.version = row.integer(2);
  out.unit = row.id<UnitId>(3);
  out.opened = row.date(4);
  out.until = row.date(5);
  out.is_secret = row.integer(6) != 0;
  out.voters = row.integer(7);
  out.slot_key = row.text_or_null(8).value_or("");
  out.seq = row.integer(9);
  if (const auto outcome = row.text_or_null(10)) out.outcome = outcome_from(*outcome);
  out.ended_at = instant_or_none(row, 11);
  out.evidence = row.text_or_null(12);
  out.filed_at = instant_or_none(row, 13);
  return out;
}

store::Pending queue_ballot(store::Connection& connection, BallotId id) {
  return connection.queue_query(
      fmt::format("select {} from ballot b where b.id = ?1", ballot_columns), {id});
}

store::Pending queue_open(store::Connection& connection, MatterId matter) {
  return connection.queue_query(
      fmt::format("select {} from ballot b where b.matter = ?1 and b.result is null order by b.id",
                  ballot_columns),
      {matter});
}

store::Pending queue_voter(store::Connection& connection, BallotId id, AccountId account) {
  return connection.queue_query(
      "select v.person, v.voted_on, v.paper from account a join ballot_voter v "
      "on v.person = a.person and v.ballot = ?1 where a.id = ?2",
      {id, account});
}

std::optional<Voter> voter_from(const store::Rows& rows) {
  auto voters = voters_from(rows);
  if (voters.empty()) return {};
  return voters.front();
}

store::Pending queue_voters(store::Connection& connection, BallotId id) {
  return connection.queue_query(
      "select person, voted_on, paper from ballot_voter where ballot = ?1 order by person", {id});
}

std::vector<Voter> voters_from(const store::Rows& rows) {
  std::vector<Voter> voters;
  for (const Row row : rows) {
    voters.push_back({row.id<PersonId>(0), row.date_or_null(1), row.integer_or_null(2)});
  }
  return voters;
}

store::Pending queue_last_vote(store::Connection& connection, BallotId id, std::string_view slot) {
  return connection.queue_query(
      "select n from vote where ballot = ?1 and slot = ?2 order by n desc limit 1", {id, slot});
}

std::int64_t last_vote_from(const store::Rows& rows) {
  return rows.empty() ? 0 : rows[0].integer(0);
}

store::Pending queue_votes(store::Connection& connection, BallotId id) {
  return connection.queue_query(
      "select slot, n, grade from vote where ballot = ?1 order by slot, n", {id});
}

std::vector<VoteRow> votes_from(const store::Rows& rows) {
  std::vector<VoteRow> votes;
  for (const Row row : rows) votes.push_back({row.text(0), row.integer(1), row.text(2)});
  return votes;
}

store::Pending queue_papers(store::Connection& connection, BallotId id) {
  return connection.queue_query(
      "select id, votes, persons, entered_by, entered_at, decision, reason from ballot_paper "
      "where ballot = ?1 order by id",
      {id});
}

std::vector<Paper> papers_from(const store::Rows& rows) {
  std::vector<Paper> papers;
  for (const Row row : rows) {
    Paper one;
    one.id = row.integer(0);
    one.votes = votes_from(parse_json(row.text(1)).value());
    one.persons = row.integer(2);
    one.entered_by = row.id<AccountId>(3);
    one.entered_at = row.instant(4);
    if (const auto word = row.text_or_null(5)) {
      one.decision = *word == "confirm" ? PaperDecision::confirm : PaperDecision::refuse;
    }
    one.reason = row.text_or_null(6).value_or("");
    papers.push_back(std::move(one));
  }
  return papers;
}

store::Pending queue_known_files(store::Connection& connection, const std::vector<FileId>& files) {
  const store::Params ids(files.begin(), files.end());
  auto pending = store::queue_in(connection, "select id from file where id in ({ids})", ids);
  if (pending.empty()) return connection.queue_query("select id from file where id = 0", {});
  return pending.front();  // there are fewer than one question asks about
}

store::Pending queue_holders(store::Connection& connection, UnitId unit, std::string_view post,
                             Date day) {
  return connection.queue_query(
      "select t.person from post p join tenure t on t.post = p.id where p.unit = ?1 "
      "and p.kind = ?2 and t.from_date <= ?3 and (t.until_date is null or t.until_date > ?3)",
      {unit, post, day});
}

store::Pending queue_members(store::Connection& connection, UnitId unit, Date day) {
  return connection.queue_query(
      "select person from membership where unit = ?1 and from_date <= ?2 "
      "and (until_date is null or until_date > ?2)",
      {unit, day});
}

std::vector<PersonId> persons_from(const store::Rows& rows) {
  std::vector<PersonId> persons;
  for (const Row row : rows) persons.push_back(row.id<PersonId>(0));
  return persons;
}

void insert_opened(command::Writing& writing, const Ballot& ballot,
                   const std::vector<PersonId>& voters) {
  store::Param key;
  if (ballot.is_secret) key = store::Bytes{ballot.slot_key};
  writing.rows.insert(ballot_table,
                      {ballot.id, ballot.matter, ballot.version, ballot.unit, ballot.opened,
                       ballot.until, ballot.is_secret ? 1 : 0, ballot.voters, key, ballot.seq});
  std::int64_t n = 1;
  for (const PersonId person : voters) {
    writing.rows.insert(ballot_voter_table, {ballot.id, person, ++n});
  }
}

void insert_vote(command::Writing& writing, const CastVote& vote) {
  writing.rows.insert(
      vote_table, {vote.ballot, vote.slot, vote.n, vote.grade, vote.account, vote.at, vote.seq});
  writing.rows.before(
      "update ballot_voter set voted_on = coalesce(voted_on, ?3) where ballot = ?1 "
      "and person = ?2",
      {vote.ballot, vote.person, vote.day});
}

void insert_paper(command::Writing& writing, BallotId ballot, const Paper& paper,
                  const std::vector<PersonId>& persons, const std::vector<UnitId>& units, Date day,
                  journal::Sequence seq) {
  writing.rows.insert(ballot_paper_table,
                      {paper.id, ballot, canonical_json(votes_value(paper.votes)), paper.persons,
                       paper.entered_by, paper.entered_at, seq});
  for (const PersonId person : persons) {
    writing.rows.before(
        "update ballot_voter set voted_on = ?3, paper = ?4 where ballot = ?1 and person = ?2",
        {ballot, person, day, paper.id});
  }
  for (const FileId file : paper.files) {
    for (const UnitId unit : units) {
      writing.rows.insert(ballot_file_table, {file, ballot, unit, paper.id});
    }
  }
}

void write_decided(command::Writing& writing, BallotId ballot, std::int64_t paper, bool confirms,
                   AccountId by, std::string_view reason, journal::Sequence seq) {
  writing.rows.before(
      "update ballot_paper set decision = ?2, reason = ?3, decided_by = ?4, decided_at = ?5, "
      "decided_seq = ?6 where id = ?1",
      {paper, confirms ? "confirm" : "refuse", reason, by, writing.at(), seq});
  if (confirms) return;
  writing.rows.before(
      "update ballot_voter set voted_on = null, paper = null where ballot = ?1 and paper = ?2",
      {ballot, paper});
}

void write_ended(command::Writing& writing, BallotId id, BallotResult result,
                 std::string_view outcome, AccountId by, journal::Sequence seq) {
  writing.rows.before(
      "update ballot set result = ?2, outcome = ?3, ended_at = ?4, ended_by = ?5, ended_seq = ?6, "
      "slot_key = null where id = ?1",
      {id, obligation::ballot_result_words[static_cast<std::size_t>(result)], outcome, writing.at(),
       by, seq});
}

void rewrite_votes(command::Writing& writing, BallotId id, const std::vector<VoteRow>& votes) {
  writing.rows.before("delete from vote where ballot = ?1", {id});
  for (const VoteRow& one : votes) {
    writing.rows.insert(vote_table,
                        {id, one.slot, one.n, one.grade, std::nullopt, std::nullopt, std::nullopt});
  }
}

void write_filed(command::Writing& writing, BallotId id, std::string_view evidence, AccountId by,
                 journal::Sequence seq) {
  writing.rows.before(
      "update ballot set evidence = ?2, filed_by = ?3, filed_at = ?4, filed_seq = ?5 "
      "where id = ?1",
      {id, evidence, by, writing.at(), seq});
}

}  // namespace huilu::ballot
