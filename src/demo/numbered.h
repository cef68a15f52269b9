// Numbered units: the real divisions with units that carry numbers and no names, for size and
// speed. A committee for each place above the villages, a branch for each village; affiliation
// follows the division. Nothing is invented about them: no people, no records.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "demo/plan.h"
#include "org/places.h"

namespace huilu::demo {

// The rows of the files at, above and below `code`; "all" takes every row. Refusal: unknown_place.
Result<std::vector<org::PlaceFile>> places_at(std::vector<org::PlaceFile> files,
                                              const std::string& code);

// Of files that an import has accepted; with the accounts that look at all of it.
Plan plan_numbered(const std::vector<org::PlaceFile>& files, Instant made);

}  // namespace huilu::demo
