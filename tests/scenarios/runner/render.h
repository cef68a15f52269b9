// Values as the YAML of scenarios, with names in place of ids; and files in which an expectation is
// replaced by what came.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/value.h"
#include "policy/yaml.h"
#include "tests/scenarios/runner/names.h"

namespace huilu::scenario {

// On one line.
std::string flow(const Value& value, const Names& names);

// What follows a key that stands `indent` columns from the left: on its line where that fits, else
// below it. Ends with a line feed.
std::string after_key(std::string_view key, const Value& value, int indent, const Names& names);

// The value of the key at a place, in new words.
struct Replacement {
  policy::Place key;
  std::string text;  // as after_key gives it
};

// Miswritten where a key does not begin its line. Comments within what is replaced are lost.
std::string replaced(std::string_view file, const std::vector<Replacement>& replacements);

}  // namespace huilu::scenario
