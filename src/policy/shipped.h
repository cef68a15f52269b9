// The packs that are part of the program, and the order in which packs are read. The command line
// knows them without being told; `core_pack` (pack.h) is the first of them. Promises that each
// stands after those whose declarations it names.
#pragma once

#include <vector>

#include "policy/pack.h"

namespace huilu::policy {

const std::vector<Pack>& shipped_packs();

// Each pack after those that its files name ("city.special/visit"), core before all. What stands in
// a circle keeps its place, and loading it finds what is missing.
std::vector<std::vector<PackFile>> in_order(std::vector<std::vector<PackFile>> packs);

}  // namespace huilu::policy
