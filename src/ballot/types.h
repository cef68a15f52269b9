// The nouns of ballots: one on a matter, its voters, what was voted on paper. Used by the room's
// commands and queries, the API and the demo.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "base/value.h"
#include "journal/journal.h"
#include "obligation/ballot.h"

namespace huilu::ballot {

using obligation::BallotResult;
using obligation::Votes;

// What it came to, as it was committed to when it ended.
struct Outcome {
  BallotResult result = BallotResult::open;
  Votes votes;
  std::int64_t on_paper = 0;               // of the votes
  std::optional<std::int64_t> share = {};  // that was needed, in millionths
  std::optional<std::int64_t> least = {};
  bool is_assumed = false;
  std::string move;  // that followed; empty: none
};

struct Ballot {
  BallotId id;
  MatterId matter;
  std::int64_t version = 0;  // of the matter, which opened it
  UnitId unit;
  Date opened;
  Date until;
  bool is_secret = false;
  std::int64_t voters = 0;
  std::string slot_key;  // of a secret one that is open
  journal::Sequence seq = 0;
  std::optional<Outcome> outcome;  // absent: it is open
  std::optional<Instant> ended_at;
  std::optional<std::string> evidence;
  std::optional<Instant> filed_at;

  bool is_open() const { return !outcome; }
  // The row of a voter, or of nobody who can be told from it.
  std::string slot_of(PersonId person) const;
};

struct Voter {
  PersonId person;
  std::optional<Date> voted_on;
  std::optional<std::int64_t> paper;
};

enum class PaperDecision { confirm, refuse };

struct Paper {
  std::int64_t id = 0;
  Votes votes;
  std::int64_t persons = 0;
  AccountId entered_by;
  Instant entered_at;
  std::optional<PaperDecision> decision;
  std::string reason;
  std::vector<FileId> files;
};

// What a ballot shows to anybody: votes by word only where there are so many that nobody can be
// told from them.
inline constexpr std::int64_t shown_from = 5;

}  // namespace huilu::ballot
