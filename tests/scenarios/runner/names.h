// Names: what a scenario calls things, in place of ids. A name is bound once, to an id or another
// text of a reply; it stands in braces within a text (`GET /records/{day}`) and alone, without
// quotes, as a value (`units: [east_a]`).
#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/value.h"
#include "policy/yaml.h"

namespace huilu::scenario {

// The scenario is written wrongly; the one who plays it says where.
class Miswritten : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Names {
 public:
  // Refused: a name that is bound, and one that is a word of the language (role, type, kind), which
  // could not be told apart from it.
  void bind(const std::string& name, const Value& meant);  // a text or an integer
  std::string meaning(const std::string& name) const;      // as it stands within a text
  bool knows(const std::string& name) const { return meanings_.contains(name); }

  std::string filled(std::string_view text) const;
  // The value that is written: a plain scalar is a name, null, true, false, an integer or a text.
  Value value_of(const policy::Node& node) const;
  // A text as one would write it: a name where it is what a name means, also at the end of a path.
  std::string written(const std::string& text) const;

 private:
  std::map<std::string, Value> meanings_;
  std::map<std::string, std::string> names_;  // of texts, by meaning
};

}  // namespace huilu::scenario
