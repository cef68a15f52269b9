// Packs that are given together, as the command line checks and reads them: each is loaded after
// those that it refers to, whatever the order in which they are named. Core is among them, from the
// program where no folder of it is given.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "policy/pack.h"

namespace huilu::policy {

struct PackSource {
  std::string path;  // what findings begin with: the folder, or the file itself
  std::vector<PackFile> files;
};

// The pack that the path is (a folder with pack.yaml, or one file), or the packs of its folders, by
// name. Empty where there is none. A Fault when something cannot be read.
std::vector<PackSource> find_packs(const std::filesystem::path& path);

struct PackSet {
  std::vector<Pack> packs;         // those that loaded, core first, each after what it refers to
  std::vector<std::string> given;  // ids of those that loaded and were given, in that order
  std::vector<std::size_t> from;   // which of the sources each of them is
  Refusals findings;               // of the others, with paths as they were given
};

// Of `others`, those that are referred to and not among the sources are loaded with them. They are
// not given; a finding of theirs has their own path.
PackSet load_together(const std::vector<PackSource>& sources,
                      const std::vector<PackSource>& others = {});

// Where a finding of a pack's file stands, seen from where the packs were named.
std::string place_in(const PackSource& source, const std::string& where);

}  // namespace huilu::policy
