// The packs of a scenario, as the folders that an installation takes. Labels that a scenario leaves
// out in the other two languages are their own paths there, so that a story needs one language.
#pragma once

#include <string>
#include <vector>

#include "tests/scenarios/runner/scenario.h"

namespace huilu::scenario {

// What is found in a pack that is written in the scenario, as "code where".
std::vector<std::string> findings_of(const Pack& pack);

// Folders of the packs that are to be installed, in order; those that are written in the scenario
// are made below `folder`.
std::vector<std::string> pack_folders(const Scenario& scenario, const std::string& folder);

}  // namespace huilu::scenario
