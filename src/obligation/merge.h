// Merging: of two matters that are the same one stays, and the other, settled as a duplicate, says
// into which it went. What was owed to those who raised either, and the earlier deadline, go on
// with the one that stays; taken out again, each has what was its own. Pure, beside the lifecycle.
#pragma once

#include <optional>

#include "obligation/clock.h"

namespace huilu::obligation {

// One of the two as it stands, with its history and the matters below it and merged into it.
struct MergeSide {
  const Lifecycle& life;
  const Matter& matter;
};

// Whether `one` may be merged into `stays` by this move. Codes, at /into: merge_type (itself, or
// another type), merge_settled, merge_chain (others were merged into it), merge_below (matters
// below it are open), merge_apart (it is below another parent), merge_rated (those who raised it
// would not be asked), role_required (of the move, on the one that stays), those of
// policy::check_fields.
Refusals check_merging(const MergeSide& one, const policy::Move& move, const MergeSide& stays,
                       const Actor& actor);
// Whether it may be taken out again by this move. Codes, at /into: merge_settled, role_required.
Refusals check_unmerging(const policy::Move& move, const MergeSide& stays, const Actor& actor);

// What is done to the one that stays.
Deed merging_deed(const MergeSide& one, const MergeSide& stays);
// The one that stays, afterwards. `one` as it stood before.
Matter merged_in(const MergeSide& one, const policy::Move& move, const MergeSide& stays,
                 const Deed& deed);
// After `one` was taken out: what it brought goes, and the deadline is that of those which are
// left.
Matter merge_undone(const MergeSide& one, const MergeSide& stays);

}  // namespace huilu::obligation
