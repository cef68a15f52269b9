// Where the packs of a command stand, and the packs themselves: shared by what `huilu pack` can do.
#pragma once

#include <vector>

#include "cli/pack.h"
#include "policy/pack_set.h"

namespace huilu::cli {

// Wrong usage where a path leads to no pack.
std::vector<policy::PackSource> find_sources(const PackOptions& options, Console& console);
policy::PackSet load_packs(const PackOptions& options, Console& console);
// Named on the command line, and not only needed by one that was.
bool is_given(const policy::PackSet& set, const policy::Pack& pack);

}  // namespace huilu::cli
