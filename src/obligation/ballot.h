// Ballots of matters: when one opens and ends, who may vote, and what the votes come to. Pure: the
// room ballot holds them with it, and stories of packs tell with it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "obligation/lifecycle.h"

namespace huilu::obligation {

// Votes by word of the scale.
using Votes = std::map<std::string, std::int64_t, std::less<>>;
std::int64_t number_of(const Votes& votes);

// Whether the matter comes from one state into another that opens a ballot, or leaves these.
bool opens_ballot(const policy::MatterType& type, std::string_view from, std::string_view to);
bool stops_ballot(const policy::MatterType& type, std::string_view to);

// The last day on which one can vote in what opens on a day; nothing where the time has no value.
std::optional<Date> last_day_of_ballot(const Lifecycle& life, const Matter& matter, Date opened);

// Those who vote by a role on the day: the persons, who holds the post, who stands on the roll.
std::vector<PersonId> voters_by(const RoleNow& role, const std::vector<Membership>& memberships,
                                const std::vector<Tenure>& tenures, Date day);
// By all of the ballot's roles, each once, in order of their ids.
std::vector<PersonId> voters_of(const Lifecycle& life, const Matter& matter,
                                const std::vector<Membership>& memberships,
                                const std::vector<Tenure>& tenures);

// What votes come to at the end of the last day, `life.today`. Shares are compared exactly.
struct BallotJudged {
  BallotResult result = BallotResult::unknown;
  std::optional<std::int64_t> share = {};  // that was needed, in millionths
  std::optional<std::int64_t> least = {};  // number of votes
  bool is_assumed = false;                 // nobody has decided one of these
};
BallotJudged judge(const Lifecycle& life, const Matter& matter, const Votes& votes);

// The move that is made when a ballot has ended so; null pointer: none.
const policy::Move* follows(const policy::MatterType& type, BallotResult result);

// The word of a vote. Codes: unknown_word at `where`.
Refusals check_grade(const policy::MatterType& type, std::string_view grade,
                     std::string_view where);
// Votes on paper: how many of each word, and from whom. Codes: unknown_word and field_range at
// /votes/…, field_required at /persons, ballot_paper_sum where the two numbers differ.
Refusals check_paper(const policy::MatterType& type, const Votes& votes, std::size_t persons);

}  // namespace huilu::obligation
