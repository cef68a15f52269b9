// Which stories a change of a pack can reach: those of the declarations that it can decide. Used by
// mutation.cpp only.
#pragma once

#include <set>
#include <string>

#include "obligation/mutation.h"

namespace huilu::obligation {

// The duties, checks, matter types, indicators, draws and views that a declaration can decide, by
// name.
struct Reached {
  std::set<std::string> duties;
  std::set<std::string> checks;
  std::set<std::string> matters;
  std::set<std::string> indicators;
  std::set<std::string> draws;
  std::set<std::string> views;

  bool concerns(const policy::Node& story) const;
};

Reached reached_by(const policy::Pack& pack, const Mutation& mutation);

}  // namespace huilu::obligation
