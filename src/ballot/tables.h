// The SQL of the commands of ballots: what they load, and what they write into the road's batch.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ballot/types.h"
#include "command/command.h"
#include "store/store.h"

namespace huilu::ballot {

extern const std::string ballot_columns;
Ballot ballot_from(const store::Row& row);

store::Pending queue_ballot(store::Connection& connection, BallotId id);
// The open one of a matter.
store::Pending queue_open(store::Connection& connection, MatterId matter);
// The voter behind an account: person, voted_on, paper.
store::Pending queue_voter(store::Connection& connection, BallotId id, AccountId account);
std::optional<Voter> voter_from(const store::Rows& rows);
// Of these persons those who may vote, and whether they have.
store::Pending queue_voters(store::Connection& connection, BallotId id);
std::vector<Voter> voters_from(const store::Rows& rows);
store::Pending queue_last_vote(store::Connection& connection, BallotId id, std::string_view slot);
std::int64_t last_vote_from(const store::Rows& rows);
store::Pending queue_votes(store::Connection& connection, BallotId id);
struct VoteRow {
  std::string slot;
  std::int64_t n = 0;
  std::string grade;
};
std::vector<VoteRow> votes_from(const store::Rows& rows);
store::Pending queue_papers(store::Connection& connection, BallotId id);
std::vector<Paper> papers_from(const store::Rows& rows);
store::Pending queue_known_files(store::Connection& connection, const std::vector<FileId>& files);

// Those who hold a post or stand on the roll at a unit on a day.
store::Pending queue_holders(store::Connection& connection, UnitId unit, std::string_view post,
                             Date day);
store::Pending queue_members(store::Connection& connection, UnitId unit, Date day);
std::vector<PersonId> persons_from(const store::Rows& rows);

void insert_opened(command::Writing& writing, const Ballot& ballot,
                   const std::vector<PersonId>& voters);
struct CastVote {
  BallotId ballot;
  std::string slot;
  std::int64_t n = 1;
  std::string grade;
  PersonId person;
  Date day;
  std::optional<AccountId> account;  // these three of what is kept with names
  std::optional<Instant> at;
  std::optional<journal::Sequence> seq;
};
void insert_vote(command::Writing& writing, const CastVote& vote);
void insert_paper(command::Writing& writing, BallotId ballot, const Paper& paper,
                  const std::vector<PersonId>& persons, const std::vector<UnitId>& units, Date day,
                  journal::Sequence seq);
void write_decided(command::Writing& writing, BallotId ballot, std::int64_t paper, bool confirms,
                   AccountId by, std::string_view reason, journal::Sequence seq);
void write_ended(command::Writing& writing, BallotId id, BallotResult result,
                 std::string_view outcome, AccountId by, journal::Sequence seq);
// Of a secret ballot that has ended: the votes anew, in the order of their slots.
void rewrite_votes(command::Writing& writing, BallotId id, const std::vector<VoteRow>& votes);
void write_filed(command::Writing& writing, BallotId id, std::string_view evidence, AccountId by,
                 journal::Sequence seq);

}  // namespace huilu::ballot
