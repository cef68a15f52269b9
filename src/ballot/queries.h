// Reads of ballots: those of a matter, those that are over, those that wait for somebody. Asks no
// gate: whoever calls has asked it.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "ballot/types.h"
#include "matter/commands.h"
#include "store/store.h"

namespace huilu::ballot {

std::optional<Ballot> find(store::Connection& connection, BallotId id);
std::vector<Ballot> of_matter(store::Connection& connection, MatterId matter);  // newest first
// Sets what the matter's moves know of its ballot. Whoever reads a matter to move it calls this.
void attach(store::Connection& connection, matter::Read& read);

std::vector<Voter> voters_of(store::Connection& connection, BallotId id);
std::optional<Voter> voter(store::Connection& connection, BallotId id, PersonId person);
std::int64_t voted(store::Connection& connection, BallotId id);  // how many
std::vector<Paper> papers_of(store::Connection& connection, BallotId id);
std::vector<std::string> scan_hashes(store::Connection& connection, BallotId id);  // in hex

// Open on the day, with this person among the voters: by the last day.
struct Waiting {
  Ballot ballot;
  Voter voter;
};
std::vector<Waiting> waiting_for(store::Connection& connection, PersonId person, Date today,
                                 int limit);
// Open, with a last day before today: for the program's round.
std::vector<Ballot> overdue(store::Connection& connection, Date today, int limit);
// Whether the person may vote in an open ballot of the matter.
bool may_vote_on(store::Connection& connection, MatterId matter, PersonId person);

// Where those work who may see a scan.
std::vector<UnitId> units_seeing(store::Connection& connection, FileId file);

// Rows against openings, columns against contents, for `huilu verify`.
std::vector<journal::Damage> verify(store::Connection& connection);

}  // namespace huilu::ballot
