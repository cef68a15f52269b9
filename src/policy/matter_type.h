// Matter types: what has to be settled, with its lifecycle. A matter is in one of the states, and
// somebody in a role moves it to another. Parsed and checked here, decided in the room obligation
// (lifecycle.h), kept by the room matter, read aloud by policy/sentence.h. A loaded pack promises
// that every state, role, field and move that a type names is there.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/ballot.h"
#include "policy/clock.h"
#include "policy/look_back.h"
#include "policy/record_type.h"
#include "policy/relapse.h"
#include "policy/round.h"
#include "policy/test.h"

namespace huilu::policy {

// What every matter has, whatever its type; a type never declares these. `due` is its deadline,
// whose earlier days are kept; `clock` leads to how its clocks stand, `ballot` to how its last one
// does, `look_back` to what was found when it was last looked at again, `stale` to whether what was
// reviewed has changed since, `into` to the one that it was merged into, `relapse_of` to the
// earlier one that came back with it, `relapsed_as` to the later one with which it came back. Every
// move may give `reason` and `evidence` (attachments).
inline constexpr std::array<std::string_view, 16> matter_header_words = {
    "unit",     "parent", "campaign", "opened",    "due",   "state", "outcome",    "reason",
    "evidence", "clock",  "ballot",   "look_back", "stale", "into",  "relapse_of", "relapsed_as"};

enum class Final { soft, hard };  // whether a move may lead out of it again

inline constexpr std::array<std::string_view, 2> final_words = {"soft", "hard"};

// How a matter ended; only `solved` is solved.
enum class Outcome {
  solved,
  partly,
  long_term,
  unfounded,
  not_ours,
  duplicate,
  conditions_lacking,
};

inline constexpr std::array<std::string_view, 7> outcome_words = {
    "solved", "partly", "long_term", "unfounded", "not_ours", "duplicate", "conditions_lacking"};

struct MatterState {
  std::string id;
  Label title;
  std::optional<Final> final;
  std::optional<Outcome> outcome;        // of a final state
  std::optional<Completion> completion;  // of another, where it says more than being in hand
  Place place;
};

// Who may act: who works at a unit, who holds a post of a kind there, or persons. Read from the
// matter at every move, so that a transfer moves the role.
enum class RoleKind { unit, post, persons };

inline constexpr std::array<std::string_view, 3> role_kind_words = {"unit", "post", "persons"};

struct MatterRole {
  std::string name;
  Label title;
  RoleKind kind = RoleKind::unit;
  Path path;         // of unit and persons; of post: YAML `of`, a unit
  std::string post;  // kind of the post
  Place place;
};

// {field: value}: the name of a role that is a unit, a path, or a literal.
struct Assignment {
  std::string field;
  std::string role;  // empty: `value`
  Operand value;
};

struct Move {
  std::string id;
  Label title;
  std::optional<Label> guide;
  std::vector<std::string> clauses;
  std::vector<std::string> from;
  std::string to;
  bool automatic = false;       // made by what ends a ballot, and by nobody
  std::vector<std::string> by;  // roles; of an automatic move none
  std::vector<std::string>
      fields;  // that must be filled: of the type, or unit, due, reason, evidence, into
  std::optional<Test> needs;
  std::vector<std::string> not_same_person_as;  // moves
  // What whoever makes it has looked through: fields of the type, or evidence.
  std::vector<std::string> reviews;
  std::vector<Assignment> sets;
  std::vector<std::string> tells;  // roles
  // Of a move that merges, fields of the one that stays: lists that get what stands in the merged
  // one's as well, and what is asked for once more.
  std::vector<std::string> combines;
  std::vector<std::string> clears;
  Place place;

  bool merges() const;  // it asks for `into`
};

// A paper that is printed from a matter and signed by hand: what it shows, and what it leaves open.
// Its number is the registry's to give.
inline constexpr std::array<std::string_view, 8> sheet_header_words = {
    "unit", "opened", "due", "state", "outcome", "reason", "evidence", "clock"};

struct SheetBlank {
  std::string name;
  Label title;
};

struct MatterSheet {
  std::string name;
  Label title;
  std::optional<Label> guide;       // at its foot
  std::vector<std::string> fields;  // of the type, or of its header, in the order printed
  std::vector<SheetBlank> blanks;   // to be filled in by hand, after them
  Place place;
};

struct MatterType {
  std::string name;     // "rectification"
  std::string address;  // "rectification/rectification"
  std::vector<std::string> clauses;
  Label title;
  std::optional<Label> guide;
  std::vector<Field> fields;  // in the order of the form
  std::vector<MatterRole> roles;
  std::string initial;
  std::vector<MatterState> states;  // in the order written, which is that of columns and counts
  std::vector<Move> moves;
  std::vector<MatterClock> clocks;
  std::vector<Ladder> ladders;  // of clocks, each at most one
  std::optional<Urgency> urgent;
  std::vector<MatterSheet> sheets;
  std::optional<MatterBallot> ballot;
  std::optional<MatterLookBack> look_back;
  std::optional<MatterRelapse> relapse;
  std::optional<MatterRound> round;  // absent: rounds leave it out
  Visible visible;
  Place place;

  const Field* find_field(std::string_view field) const;
  const MatterState* find_state(std::string_view id) const;
  const MatterRole* find_role(std::string_view name) const;
  const Move* find_move(std::string_view id) const;
  const MatterClock* find_clock(std::string_view id) const;
  bool has_reviews() const;  // some move reviews something
  bool has_merges() const;   // some move merges
  // Of the clock's ladder, in the order written; none where it has no ladder.
  const std::vector<Rung>& rungs_of(std::string_view clock) const;
  const Rung* find_rung(std::string_view clock, std::string_view id) const;
  // How far a matter in this state is; of a state that is none, under_way.
  Completion completion_of(std::string_view state) const;
};

}  // namespace huilu::policy
