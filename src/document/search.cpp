#include "document/search.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "document/edited_text.h"
#include "document/wording.h"

namespace huilu::document {

namespace {

constexpr char16_t apart = u'\n';  // what no word contains

// Letters, with a break in place of each placeholder.
Letters searchable(const std::u16string& text) {
  std::u16string without = text;
  for (const Match& match : wording().placeholder.all(simplified(text)))
    std::fill(without.begin() + static_cast<std::ptrdiff_t>(match.whole().begin),
              without.begin() + static_cast<std::ptrdiff_t>(match.whole().end), apart);
  return letters_of(without);
}

}  // namespace

Letters letters_of(std::u16string_view text) {
  const std::u16string shadow = simplified(text);
  Letters out;
  for (std::size_t i = 0; i < shadow.size(); ++i) {
    const auto c = static_cast<UChar32>(shadow[i]);
    // Halves of a surrogate pair are letters too: no word is lost by that.
    const bool is_letter = u_isalnum(c) || U_IS_SURROGATE(c) || shadow[i] == apart;
    if (!is_letter) continue;
    out.text += static_cast<char16_t>(u_tolower(c));
    out.at.push_back(i);
  }
  return out;
}

std::vector<Hit> find_words(const Document& document, std::string_view words) {
  std::u16string wanted = letters_of(utf16(words)).text;
  wanted.erase(std::remove(wanted.begin(), wanted.end(), apart), wanted.end());
  std::vector<Hit> out;
  if (wanted.empty()) return out;
  for (const Clause& clause : document.clauses) {
    const std::u16string text = utf16(clause.text);
    const Letters letters = searchable(text);
    std::size_t found = letters.text.find(wanted);
    if (found == std::u16string::npos) continue;
    const std::vector<std::size_t> raw = raw_offsets(document, clause.raw);
    for (; found != std::u16string::npos;
         found = letters.text.find(wanted, found + wanted.size())) {
      const std::size_t begin = letters.at[found], end = letters.at[found + wanted.size() - 1] + 1;
      out.push_back({clause.id,
                     {raw[begin], raw[end]},
                     utf8(std::u16string_view(text).substr(begin, end - begin))});
    }
  }
  return out;
}

}  // namespace huilu::document
