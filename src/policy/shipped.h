// The packs that are part of the program: core, which `core_pack` (pack.h) is as well, and after it
// every other folder of packs/, each after those that it refers to. The command line knows them
// without being told.
#pragma once

#include <vector>

#include "policy/pack_set.h"

namespace huilu::policy {

// Promises that they load.
const std::vector<Pack>& shipped_packs();

// As they are written, by folder: "standing-duties/".
const std::vector<PackSource>& shipped_sources();

}  // namespace huilu::policy
