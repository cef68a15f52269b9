// Deeds: asking for more time and deciding about it, signing or dismissing the step that a ladder
// proposes. Pure, like the lifecycle: who may, when, and what a matter is afterwards. Each needs
// the history of the matter in `life`.
#pragma once

#include <string>
#include <string_view>

#include "obligation/clock.h"

namespace huilu::obligation {

// Codes: unknown_word and wrong_state at /clock, role_required there, field_range at /until,
// field_required and those of policy::check_fields as of a move. With Asking::form nothing is said
// about what its form will ask for.
Refusals check_asking(const Lifecycle& life, const Matter& matter, std::string_view clock,
                      Date until, const Change& change, const Actor& actor,
                      Asking asking = Asking::whole);

// `by_asker`: the one who asked decides, under whatever name. Codes: as above; wrong_state where
// nothing waits, move_same_person, field_required at /reason of a refusal.
Refusals check_deciding(const Lifecycle& life, const Matter& matter, std::string_view clock,
                        bool grants, const Change& change, const Actor& actor, bool by_asker,
                        Asking asking = Asking::whole);

// Codes: unknown_word at /clock and /rung, wrong_state at /rung where it proposes nothing that
// waits, role_required there, field_required at /reason of a dismissal.
Refusals check_step(const Lifecycle& life, const Matter& matter, std::string_view clock,
                    std::string_view rung, bool signs, const Change& change, const Actor& actor,
                    Asking asking = Asking::whole);

// The units that the step reaches when it is signed now.
std::vector<UnitId> reached_by(const Lifecycle& life, const Matter& matter,
                               const policy::Rung& rung);
// Those that steps of this history reached.
std::vector<UnitId> reached_so_far(const std::vector<MatterStep>& history);

// A unit says that it has a step that reached it: `unit`, otherwise the only one of the actor's.
// Codes: unknown_word at /clock and /rung, wrong_state at /rung where no unit is to say so (any
// more), unknown_unit where it did not reach `unit`, role_required at /rung, field_required at
// /unit where the actor works at several.
struct Acknowledging {
  Refusals refusals;
  UnitId unit = {};
  std::int64_t generation = 0;  // of the clock
};
Acknowledging check_acknowledging(const Lifecycle& life, std::string_view clock,
                                  std::string_view rung, std::optional<UnitId> unit,
                                  const Actor& actor);

// The matter after its extension was granted: the field that the clock follows says the new day.
Matter extended(const policy::MatterType& type, const Matter& matter, std::string_view clock,
                Date until);

}  // namespace huilu::obligation
