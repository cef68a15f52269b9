#include "ballot/queries.h"

#include <fmt/format.h>

#include "ballot/rules.h"
#include "ballot/tables.h"
#include "base/text.h"

namespace huilu::ballot {

namespace {

using store::Row;

std::vector<Ballot> ballots_where(store::Connection& connection, std::string_view rest,
                                  const store::Params& params) {
  std::vector<Ballot> out;
  for (const Row row : connection.query(
           fmt::format("select {} from ballot b where {}", ballot_columns, rest), params)) {
    out.push_back(ballot_from(row));
  }
  return out;
}

}  // namespace

std::optional<Ballot> find(store::Connection& connection, BallotId id) {
  auto found = ballots_where(connection, "b.id = ?1", {id});
  if (found.empty()) return {};
  return std::move(found.front());
}

std::vector<Ballot> of_matter(store::Connection& connection, MatterId matter) {
  return ballots_where(connection, "b.matter = ?1 order by b.id desc", {matter});
}

void attach(store::Connection& connection, matter::Read& read) {
  read.ballot.reset();
  if (!read.type().ballot) return;
  const auto ballots = of_matter(connection, read.stored.now.matter.id);
  if (!ballots.empty() && is_of_present(ballots.front(), read.type(), read.history)) {
    read.ballot = now_of(ballots.front());
  }
}

std::vector<Voter> voters_of(store::Connection& connection, BallotId id) {
  const auto rows = queue_voters(connection, id);
  connection.flush();
  return voters_from(*rows);
}

std::optional<Voter> voter(store::Connection& connection, BallotId id, PersonId person) {
  return voter_from(connection.query(
      "select person, voted_on, paper from ballot_voter where ballot = ?1 and person = ?2",
      {id, person}));
}

// Those on a sheet that nobody has confirmed yet have not voted so far.
std::int64_t voted(store::Connection& connection, BallotId id) {
  return connection
      .query(
          "select count(*) from ballot_voter v left join ballot_paper p on p.id = v.paper "
          "where v.ballot = ?1 and v.voted_on is not null "
          "and (v.paper is null or p.decision = 'confirm')",
          {id})[0]
      .integer(0);
}

std::vector<Paper> papers_of(store::Connection& connection, BallotId id) {
  const auto rows = queue_papers(connection, id);
  connection.flush();
  auto papers = papers_from(*rows);
  for (const Row row : connection.query(
           "select distinct paper, file from ballot_file where ballot = ?1 and paper is not null "
           "order by paper, file",
           {id})) {
    for (Paper& one : papers) {
      if (one.id == row.integer(0)) one.files.push_back(row.id<FileId>(1));
    }
  }
  return papers;
}

std::vector<std::string> scan_hashes(store::Connection& connection, BallotId id) {
  std::vector<std::string> hashes;
  for (const Row row : connection.query(
           "select distinct f.sha256 from ballot_file b join ballot_paper p on p.id = b.paper "
           "join file f on f.id = b.file where b.ballot = ?1 and p.decision = 'confirm' "
           "order by f.sha256",
           {id})) {
    hashes.push_back(hex(row.text(0)));
  }
  return hashes;
}

std::vector<Waiting> waiting_for(store::Connection& connection, PersonId person, Date today,
                                 int limit) {
  std::vector<Waiting> waiting;
  for (const Row row :
       connection.query(fmt::format("select {}, v.person, v.voted_on, v.paper from ballot_voter v "
                                    "join ballot b on b.id = v.ballot where v.person = ?1 "
                                    "and b.result is null and b.until_date >= ?2 "
                                    "order by b.until_date, b.id limit ?3",
                                    ballot_columns),
                        {person, today, limit})) {
    waiting.push_back(
        {ballot_from(row), {row.id<PersonId>(14), row.date_or_null(15), row.integer_or_null(16)}});
  }
  return waiting;
}

std::vector<Ballot> overdue(store::Connection& connection, Date today, int limit) {
  return ballots_where(connection,
                       "b.result is null and b.until_date < ?1 order by b.until_date, b.id "
                       "limit ?2",
                       {today, limit});
}

bool may_vote_on(store::Connection& connection, MatterId matter, PersonId person) {
  return !connection
              .query(
                  "select b.id from ballot b join ballot_voter v on v.ballot = b.id "
                  "and v.person = ?2 where b.matter = ?1 and b.result is null limit 1",
                  {matter, person})
              .empty();
}

std::vector<UnitId> units_seeing(store::Connection& connection, FileId file) {
  std::vector<UnitId> units;
  for (const Row row :
       connection.query("select distinct unit from ballot_file where file = ?1", {file})) {
    units.push_back(row.id<UnitId>(0));
  }
  return units;
}

}  // namespace huilu::ballot
