// Lays the ground of a scenario: tree, people, posts and accounts, entered through the road as the
// program itself, and their names.
#pragma once

#include <map>
#include <string>

#include "tests/scenarios/runner/names.h"
#include "tests/scenarios/runner/scenario.h"
#include "tests/scenarios/runner/world.h"

namespace huilu::scenario {

// How an account shows who it is.
struct Credentials {
  std::string token;     // bearer; or
  std::string name;      // of the account
  std::string password;  // with which it signs in
  std::string cookie;    // once it has
};

// Binds the names of units, persons (`li`, and `li_membership`), posts (`head`, and `head_tenure`)
// and accounts. Throws Miswritten with the refusal where something of it is refused.
std::map<std::string, Credentials> lay_ground(const Scenario& scenario, World& world, Names& names);

}  // namespace huilu::scenario
