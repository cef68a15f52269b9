// What several commands of ballots ask and write in the same way.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ballot/commands.h"
#include "command/parts.h"

namespace huilu::ballot {

// Nothing where there is none; what was read in the batch.
std::optional<Ballot> stored_from(const store::Rows& rows);
// wrong_state at /ballot unless it is open on the day.
void check_open(const std::optional<Ballot>& stored, Date today, Refusals& refusals);
// role_required at /ballot unless the actor plays a role that holds the ballot.
void check_holder(const matter::Read& read, const obligation::Actor& actor, Date today, Instant now,
                  Refusals& refusals);
// The units at which those work who hold it.
std::vector<UnitId> holder_units(const matter::Read& read, Date today, Instant now);

journal::Entry entry_of(std::string_view kind, const Ballot& ballot, UnitId unit,
                        const command::Context& context, const Value& content);
// Of all votes: the last of each slot, and those on confirmed sheets.
Votes counted(const std::vector<VoteRow>& votes, const std::vector<Paper>& papers,
              std::int64_t& on_paper);
// Ends the ballot in this batch. `votes` are rewritten where they are secret.
void write_outcome(const Ballot& ballot, UnitId unit, const Outcome& outcome,
                   const std::vector<VoteRow>& votes, const command::Context& context,
                   command::Writing& writing);

}  // namespace huilu::ballot
