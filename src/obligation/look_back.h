// Look-backs of a matter: each time that it was settled, the day from which on it is to be looked
// at again, and what was found. Read from its versions, under the version of the pack that it
// keeps, so that what a later version says about look-backs changes none that runs. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "obligation/lifecycle.h"

namespace huilu::obligation {

struct LookBackNow {
  std::size_t entered = 0;               // the step that brought the matter into such a state
  Date since = {};                       // its day
  std::optional<Date> due = {};          // none: the time has no value
  bool is_assumed = false;               // it rests on a value that nobody has decided
  bool is_provisional = false;           // a calendar on the way was not published
  std::optional<std::size_t> done = {};  // the newest step that looked at it again
  std::string found = {};                // by that step

  friend bool operator==(const LookBackNow&, const LookBackNow&) = default;
};

// One for each time that the matter was settled, oldest first. Steps that came after `life.today`
// or `life.now` are not looked at.
std::vector<LookBackNow> look_backs_of(const Lifecycle& life,
                                       const std::vector<MatterStep>& history);
// What the newest look-back since it was last settled found; empty: there was none.
std::string found_last(const Lifecycle& life, const std::vector<MatterStep>& history);
// The look-back that is still to come, or that is due; nothing where the matter is not settled so,
// or was looked at.
std::optional<LookBackNow> awaited_look_back(const Lifecycle& life, const Matter& matter,
                                             const std::vector<MatterStep>& history);

// Who looks back settled it not himself, and is not of the responsible unit. What is bad is said
// whenever it is seen; that it holds, not before the day. `settled_it`: he made the move that
// settled it, under whatever name. Codes, at /outcome: unknown_word, wrong_state, role_required,
// move_same_person, field_range; field_required at /reason. With Asking::form nothing is said about
// the outcome and the reason.
Refusals check_looking_back(const Lifecycle& life, const Matter& matter, std::string_view outcome,
                            const Change& change, const Actor& actor, bool settled_it,
                            Asking asking = Asking::whole);

}  // namespace huilu::obligation
