// The ballot of a matter type: whoever the matter concerns rates how it was settled, on a scale of
// words; the pack says who may vote, for how long, and from which share on the rating is passed.
// Part of a matter type (policy/matter_type.h); judged in the room obligation
// (obligation/ballot.h), held and kept by the room ballot.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "policy/record_type.h"
#include "policy/test.h"

namespace huilu::policy {

// Each participant has one vote that counts: his last.
enum class OnePer { participant };

inline constexpr std::array<std::string_view, 1> one_per_words = {"participant"};

// Whether a settled matter needs the written evidence of its rating.
enum class BallotEvidence { none, required };

inline constexpr std::array<std::string_view, 2> ballot_evidence_words = {"none", "required"};

// So large a share of the votes is for one of these words.
struct BallotPass {
  Threshold at_least;  // from 0 to 1
  std::vector<std::string> share;
  Place place;
};

// YAML below_min that names no move: nothing moves by itself, and somebody decides.
inline constexpr std::string_view below_min_wait = "wait";

struct MatterBallot {
  Label title;
  std::vector<std::string> clauses;
  std::vector<std::string> voters;   // roles: persons, holders of a post, members of a unit
  std::vector<std::string> held_by;  // roles: enter votes on paper, file the evidence
  std::vector<Term> scale;           // from the best word on
  std::vector<std::string> opens;    // YAML `opens: {enter}`: states
  DurationUse window;                // the day on which it opens is not counted
  OnePer one_per = OnePer::participant;
  bool secret = false;
  bool paper = false;
  BallotPass pass;
  Threshold min_ballots;
  std::string below_min;  // `wait`, or an automatic move
  std::string if_failed;  // an automatic move
  BallotEvidence evidence = BallotEvidence::none;
  Place place;

  const Term* find_grade(std::string_view code) const;
};

// How the last ballot of a matter stands, as the path ballot.result has it. `unknown`: no value was
// in force by which it could be judged.
inline constexpr std::array<std::string_view, 5> ballot_result_words = {"open", "pass", "fail",
                                                                        "too_few", "unknown"};

}  // namespace huilu::policy
