// For whom a matter waits: whose move is the next, who may move it on because a clock ran out, who
// decides about more time that was asked for, who signs what a ladder proposes and who says that he
// has it; and whom its rungs tell. Each from a day on, so that whoever keeps the answer keeps it
// until the matter changes, and no clock has to be looked at again. Pure.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "obligation/clock.h"

namespace huilu::obligation {

// In the order in which somebody who has all of them looks at them. `acknowledge`: a step that was
// signed reached a unit, which has not said so; `check`: a move that another
// person than whoever made an earlier one has to make; `returned`: the matter came back to where it
// had been. `look_back`: a settled
// one is to be looked at again; `relapse`: somebody says whether it is one of an earlier matter.
// Nobody waits for who is `told`.
enum class WaitKind {
  extension,
  step,
  acknowledge,
  check,
  returned,
  move,
  look_back,
  relapse,
  told
};

inline constexpr std::array<std::string_view, 9> wait_kind_words = {
    "extension", "step",      "acknowledge", "check", "returned",
    "move",      "look_back", "relapse",     "told"};

// Whether it has a last day of its own, and not that of its matter.
inline bool has_own_due(WaitKind kind) {
  return kind == WaitKind::acknowledge || kind == WaitKind::look_back;
}

struct Wait {
  WaitKind kind = WaitKind::move;
  std::string clock = {};  // of an extension, a step, a move that waited for it, who is told
  std::string rung = {};
  std::int64_t generation = 0;  // of the clock, where a rung is named
  Date from;
  UnitId unit = {};              // who works there,
  std::string post = {};         // or holds such a post there;
  PersonId person = {};          // otherwise a person
  std::optional<Date> due = {};  // of what has one of its own

  friend bool operator==(const Wait&, const Wait&) = default;
};

// Each once, in order. `clocks` are those of clocks_of for `life`; what its rungs ahead will be is
// as the clocks stand now.
std::vector<Wait> waits_of(const Lifecycle& life, const Matter& matter,
                           const std::vector<ClockNow>& clocks);

// How a version came about, seen from where the matter stands then. `returned`: by a move of others
// than those for whom it waits now, into a state in which it had been, or out of a final one.
// `assigned`: opened, or with another responsible unit.
enum class Arrival { assigned, returned, settled, moved, stayed };
Arrival arrival_of(const policy::MatterType& type, const std::vector<MatterStep>& history,
                   std::size_t step);

// The roles for which a matter in this state waits: those of the first move, in the order written,
// that somebody makes and that leads on from it. Nobody's where it is final.
const std::vector<std::string>& awaited_in(const policy::MatterType& type, std::string_view state);

// Those of the roles as they are read now.
std::vector<RoleNow> roles_named(const Lifecycle& life, const Matter& matter,
                                 const std::vector<std::string>& names);

}  // namespace huilu::obligation
