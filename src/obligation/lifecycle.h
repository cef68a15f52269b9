// Lifecycle: what a move of a matter needs, who may make it, and what it does. Pure: the room
// matter decides with it, stories of packs tell with it, and the API asks it what an account may do
// now.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/refusal.h"
#include "obligation/context.h"
#include "policy/matter_type.h"

namespace huilu::obligation {

// The version of the pack that the matter was opened under, with the organisation of its units.
struct Lifecycle {
  const Facts& facts;
  const policy::Pack& pack;
  const policy::MatterType& type;
  Date today;
  Instant now;
  const std::vector<Matter>* below = nullptr;        // the matters whose parent it is
  const std::vector<MatterStep>* history = nullptr;  // of the matter, for its clocks
  const BallotNow* ballot = nullptr;                 // null pointer: none was opened
  const std::vector<Matter>* merged = nullptr;       // the matters that were merged into it
};

// A role of the matter as it is read now: a unit, a kind of post at a unit, or persons.
struct RoleNow {
  const policy::MatterRole* role = nullptr;
  std::optional<UnitId> unit;
  std::vector<PersonId> persons;
};
std::vector<RoleNow> roles_of(const Lifecycle& life, const Matter& matter);

// Who acts, on the day.
struct Actor {
  struct Post {
    UnitId unit;
    std::string kind;
  };
  bool is_program = false;    // in every role
  std::vector<UnitId> units;  // where he works
  std::vector<Post> posts;    // that he holds
  PersonId person;            // 0: nobody that the roll knows

  bool plays(const RoleNow& role) const;
};

// What is asked: fields of the type (null empties one), and what every matter has.
struct Change {
  Value fields{Value::Object{}};
  std::optional<UnitId> unit;
  std::optional<Date> due;
  std::vector<FileId> evidence;
  std::string reason;
  std::optional<MatterId> into = {};  // of a move that merges: the one that stays
};

// Who made the earlier moves, as far as one of them must not be the same person's.
struct Made {
  std::string move;       // the last one of this id
  bool by_actor = false;  // the one who acts now, under whatever name
};

// A new matter as it will stand. Codes: those of policy::check_fields, at "/fields".
Refusals check_opening(const Lifecycle& life, const Matter& matter);

// Whether it may be moved. With `form`: nothing is said about what its form will ask for (fields,
// the reason, evidence). Codes: unknown_word and wrong_state at /move, role_required,
// move_same_person, move_needs, ballot_open and ballot_evidence of a move that settles it,
// field_required at /fields/…, /unit, /due, /reason, /evidence, /into, and those of
// policy::check_fields. What the one that stays has to say: check_merging (merge.h).
enum class Asking { whole, form };
Refusals check_move(const Lifecycle& life, const Matter& matter, std::string_view move,
                    const Change& change, const Actor& actor, const std::vector<Made>& made,
                    Asking asking = Asking::whole);

// The words of what a move needs and does not hold, for whoever asks why not.
std::vector<policy::Label> unmet(const Lifecycle& life, const Matter& matter,
                                 const policy::Move& move, const Change& change);

// Whether fields may be edited without a move; `demanded` were asked for by earlier moves and stay
// filled. A deadline that is set is moved by a move. Codes: wrong_state, field_required, those of
// policy::check_fields.
Refusals check_edit(const Lifecycle& life, const Matter& matter, const Change& change,
                    const std::vector<std::string>& demanded);

// The matter afterwards.
Matter edited(const Matter& matter, const Change& change);
// `move` is one of the type's.
Matter moved(const Lifecycle& life, const Matter& matter, std::string_view move,
             const Change& change);

}  // namespace huilu::obligation
