// Pattern: a regular expression, compiled once and asked often. It stands apart because the library
// behind it costs every source that includes it ten seconds of compiling.
#pragma once

#include <memory>
#include <string_view>

namespace huilu {

class Pattern {
 public:
  // ECMAScript's grammar, as in JSON Schema. Throws where the expression is none.
  explicit Pattern(const char* expression);

  // The whole text. False for a text of more than 128 bytes: matching recurses once a character.
  bool matches(std::string_view text) const;
  // Some part of the text, under the same limit.
  bool found_in(std::string_view text) const;

 private:
  struct Compiled;
  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace huilu
