// Clocks of a matter type: what has to be done by when, reckoned from a turn that the matter takes;
// and ladders: who is told, and what is proposed for somebody to sign, when a clock runs out. Part
// of a matter type (policy/matter_type.h), evaluated in the room obligation (obligation/clock.h).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/test.h"

namespace huilu::policy {

// The matter enters one of the states from another, or one of the moves is made.
struct Turn {
  std::vector<std::string> states;  // YAML `enter`
  std::vector<std::string> moves;
  Place place;
};

// When an extension may be asked for.
enum class ExtensionAsk { before_expiry, any_time };

inline constexpr std::array<std::string_view, 2> extension_ask_words = {"before_expiry",
                                                                        "any_time"};

// More time, asked for by one person and approved by another.
struct Extension {
  ExtensionAsk ask = ExtensionAsk::before_expiry;
  std::vector<std::string> by;         // roles
  std::vector<std::string> approve;    // roles
  std::vector<std::string> fields;     // that must be filled, as of a move
  std::optional<DurationUse> at_most;  // each goes at most so far beyond the day that it moves
  std::optional<std::int64_t> times;   // absent: as often as it is approved
  Place place;
};

// From entering the state on there is so much time.
struct EntryBudget {
  std::string state;
  DurationUse budget;
  Place place;
};

struct MatterClock {
  std::string id;
  Label title;
  std::vector<std::string> clauses;
  Turn start;                   // of a clock that stopped: it goes on with the deadline that it had
  Turn stop;                    // a final state stops every clock
  std::optional<Turn> restart;  // a deadline anew
  std::optional<DurationUse> budget;  // one of the two
  std::string until_field;            // `due`, or a date of the type: the last day
  std::optional<Condition> pause_while;
  std::vector<EntryBudget> on_enter;
  std::optional<Extension> extend;
  Place place;
};

// How a clock stands, as the path clock.<id>.result has it.
inline constexpr std::array<std::string_view, 4> clock_result_words = {"running", "paused",
                                                                       "in_time", "late"};

// What a ladder may propose, from the mildest on.
enum class EscalationStep { remind, supervise, interview, circulate, refer };

inline constexpr std::array<std::string_view, 5> escalation_step_words = {
    "remind", "supervise", "interview", "circulate", "refer"};

// What a signed step reaches: every unit of these roles, each of which says that it has it.
struct Acknowledgement {
  std::vector<std::string> by;        // roles that are units
  std::optional<DurationUse> within;  // of the day on which it was signed
  Place place;
};

struct Rung {
  std::string id;
  Label title;
  std::vector<std::string> clauses;
  bool is_before = false;  // so long before the clock expires; otherwise so long after
  DurationUse at;
  // Instead: an earlier rung, whose time to acknowledge is over while some unit has not.
  std::string unacknowledged;
  std::vector<std::string> tell;          // roles
  std::optional<EscalationStep> propose;  // for somebody in the role to sign
  std::string signed_by;
  std::optional<Acknowledgement> acknowledge;
  // Roles that see, beside those who sign and those whom it reaches, that it was signed, and why;
  // empty: whoever sees the matter.
  std::vector<std::string> seen_by;
  Place place;
};

// The time of a clock that begins while the matter is urgent.
struct UrgentBudget {
  std::string clock;
  DurationUse budget;
  Place place;
};

// What cannot wait, while the condition holds: whoever is told is told at once, at any hour, and
// clocks that begin may have less time.
struct Urgency {
  std::vector<std::string> clauses;
  Condition when;
  std::vector<UrgentBudget> budgets;
  Place place;
};

struct Ladder {
  std::string clock;
  std::vector<Rung> rungs;
};

}  // namespace huilu::policy
