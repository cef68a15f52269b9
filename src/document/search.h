// Search in a document: words in either script find clauses in either script, whatever marks and
// blanks stand between the characters. Placeholders (xx, X区) are no words and never found.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "document/types.h"

namespace huilu::document {

struct Hit {
  std::string clause;
  Range raw;         // from the first to the last character found
  std::string text;  // as it stands there
};

// By place, several in a clause where they do not overlap. Words without a letter find nothing.
std::vector<Hit> find_words(const Document& document, std::string_view words);

// Letters and digits of a text, simplified, in lower case, and for each the unit it came from.
struct Letters {
  std::u16string text;
  std::vector<std::size_t> at;
};

Letters letters_of(std::u16string_view text);

}  // namespace huilu::document
