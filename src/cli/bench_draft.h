// `huilu bench draft`: how well drafting reads documents, against duties labelled by hand.
#pragma once

#include <string>
#include <vector>

#include "cli/console.h"

namespace huilu::cli {

// LABELS.csv FOLDER: texts whose names begin with the label's document and "_". A label is found by
// a proposal from the same clause whose words hold its term; it is right where actor, frequency,
// count and deadline are as well, as far as the label names them.
Exit bench_draft(const std::vector<std::string>& arguments, Console& console);

}  // namespace huilu::cli
