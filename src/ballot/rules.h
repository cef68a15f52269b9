// What the room decides beside the pure rules of obligation/ballot.h: what is committed to, which
// ballot a matter's moves look at, what the written evidence says. Pure.
#pragma once

#include <string>
#include <string_view>

#include "ballot/types.h"
#include "matter/types.h"
#include "policy/matter_type.h"
#include "words/words.h"

namespace huilu::ballot {

Value opened_content(const Ballot& ballot);
Value vote_content(BallotId ballot, std::int64_t n);
Value paper_content(BallotId ballot, std::int64_t paper, const Votes& votes, std::int64_t persons);
Value decision_content(BallotId ballot, std::int64_t paper, std::string_view decision);
Value filed_content(BallotId ballot, std::string_view evidence);
// `rows`: of a secret ballot every vote as it is kept, so that from now on it is committed to.
Value outcome_content(BallotId ballot, const Outcome& outcome, Value::List rows);
Outcome outcome_from(std::string_view content);

Value votes_value(const Votes& votes);
Votes votes_from(const Value& value);

// The one that was opened when the matter last entered a state that opens one.
bool is_of_present(const Ballot& last, const policy::MatterType& type,
                   const std::vector<matter::Version>& history);
obligation::BallotNow now_of(const Ballot& ballot);

// Whether the words are shown one by one.
bool is_shown(const Votes& votes);

// The written evidence of a ballot that has ended: one line each, in the language of the pack.
std::string evidence_text(const Ballot& ballot, const policy::MatterType& type,
                          const matter::Matter& matter, const std::vector<Paper>& papers,
                          const std::vector<std::string>& scans);

}  // namespace huilu::ballot
