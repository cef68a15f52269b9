// Relapses: which settled matters of the same unit a new one is so like that somebody is asked
// whether the problem is back, why they are alike, and who may say so. What is proposed is written
// with the opening; a person confirms or denies it, and may think again. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "obligation/lifecycle.h"

namespace huilu::obligation {

// Why two are alike, as the type has it.
struct Alike {
  std::vector<std::string> same;    // fields that say the same
  std::int64_t millionths = 0;      // how alike the texts are
  std::vector<std::string> common;  // what stands in both texts
};
Alike alike(const policy::MatterType& type, const Matter& one, const Matter& other);

// How alike their texts are, in millionths; 0 where they differ in what must be the same.
std::int64_t likeness(const policy::MatterType& type, const Matter& one, const Matter& other);

// A matter that stands settled, and since when.
struct Settled {
  Matter matter;
  Date since;
};
// The day on which it came into the state in which it stands.
Date settled_since(const std::vector<MatterStep>& history);
// Of these, those that the new matter may be a relapse of: of its unit and type, settled as the
// type says and not too long before it was opened, and alike; the most alike first.
std::vector<MatterId> likely_relapses(const Lifecycle& life, const Matter& matter,
                                      const std::vector<Settled>& settled);

// What was said about one that was proposed.
enum class RelapseStands { proposed, confirmed, denied };
struct RelapseNow {
  MatterId other;
  RelapseStands stands = RelapseStands::proposed;
  std::optional<std::size_t> decided = {};  // the step that said so last
};
// In the order in which they were proposed.
std::vector<RelapseNow> relapses_of(const std::vector<MatterStep>& history);

// Whether it may be said that the matter is a relapse of the other, or is not. Codes, at /other:
// unknown_matter (it was not proposed), wrong_state (it was said already, or it is one of another),
// role_required; field_required at /reason. With Asking::form nothing is said about the reason.
Refusals check_relapse(const Lifecycle& life, const Matter& matter, MatterId other, bool confirms,
                       const Change& change, const Actor& actor, Asking asking = Asking::whole);

// The matter afterwards, and the earlier one, whose history is given.
Matter with_relapse(const Matter& matter, MatterId other, bool confirms);
Matter with_relapsed(const std::vector<MatterStep>& earlier, MatterId later, bool confirms);

}  // namespace huilu::obligation
