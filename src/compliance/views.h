// Views: columns, figures and explanations as JSON. The API, `--json` of the command line and the
// statements that closing a period keeps all have them from here.
#pragma once

#include <string>
#include <vector>

#include "base/value.h"
#include "compliance/figures.h"
#include "obligation/evaluate.h"
#include "words/words.h"

namespace huilu::compliance {

Value column_view(const ColumnView& column, const std::vector<policy::Pack>& packs,
                  words::Language language, Date on);
Value cell_view(const Standing& standing);

// How much of an explanation somebody may see.
enum class Shown {
  everything,
  without_names,  // of persons
  counts,         // no single record either
};

struct Explained {
  const obligation::Explanation& explanation;
  const obligation::Facts& facts;  // for names of units and persons
  UnitId home;
  Shown shown = Shown::everything;
};
// Without "as_of".
Value explanation_view(const Explained& explained, const std::vector<policy::Pack>& packs,
                       words::Language language);

// A number as the tests count: an integer, or the text of a decimal.
Value number_view(std::int64_t number, bool decimal);

}  // namespace huilu::compliance
