// The packs that are part of the program: core, which `core_pack` (pack.h) is as well, and after it
// every other folder of packs/, each after those that it refers to. The command line knows them
// without being told. Promises that they load.
#pragma once

#include <vector>

#include "policy/pack.h"

namespace huilu::policy {

const std::vector<Pack>& shipped_packs();

}  // namespace huilu::policy
