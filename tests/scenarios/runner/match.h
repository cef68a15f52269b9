// Holding what came against what is written: a map speaks only of the members that it has, a list
// of all of its items, and the word `anything` of whatever is there.
#pragma once

#include <string>
#include <vector>

#include "base/value.h"
#include "policy/yaml.h"
#include "tests/scenarios/runner/names.h"

namespace huilu::scenario {

struct Mismatch {
  policy::Place place;  // of what is not so
  std::string pointer;  // "/body/items/0/name"
  std::string expected;
  std::string got;

  std::string text() const;  // "a.yaml:12:5: /body/name: expected x, got y"
};

void compare(const policy::Node& expected, const Value& actual, const Names& names,
             const std::string& pointer, std::vector<Mismatch>& mismatches);

// What came, as far as the expectation speaks of it: what it would have to be to hold.
Value masked(const policy::Node& expected, const Value& actual, const Names& names);

}  // namespace huilu::scenario
