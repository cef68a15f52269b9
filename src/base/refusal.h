// Refusal: the answer is no, and the one who asked can do something about it. Every refusal has a
// code from base/refusals.def, the place in the input, and what was expected and found. An input's
// refusals are collected, never only the first.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace huilu {

enum class RefusalCode {
#define REFUSAL(code, category, status, exit) code,
#include "base/refusals.def"
#undef REFUSAL
};

struct RefusalKind {
  RefusalCode code;
  std::string_view name;      // "field_required", the word in JSON
  std::string_view category;  // "invalid"
  int status;                 // of HTTP
  int exit;                   // of the command line
};

const RefusalKind& kind_of(RefusalCode code);
const std::vector<RefusalKind>& all_refusals();

struct Refusal {
  RefusalCode code;
  std::string where;     // JSON pointer, "file:line:column" or "sheet!C7"
  std::string expected;  // what would have been accepted; may be empty
  std::string got;       // what stood there; never personal data
  std::string link;      // what it collides with, as a path of the API; may be empty
};

using Refusals = std::vector<Refusal>;

}  // namespace huilu
