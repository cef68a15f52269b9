#include "policy/finding.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <compare>

namespace huilu::policy {

namespace {

// Edits between two words: insert, delete, replace, or exchange two neighbours.
std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(above);
    above.swap(row);
  }
  return above[b.size()];
}

// Words are short; a longer one has no near word, and the table stays small.
constexpr std::size_t word_bytes_max = 100;

struct Position {
  std::string_view file;
  int line = 0;
  int column = 0;
  auto operator<=>(const Position&) const = default;
};

// Cut from the end: a file's name may hold colons.
int cut_number(std::string_view& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return 0;
  int number = 0;
  std::from_chars(text.data() + colon + 1, text.data() + text.size(), number);
  text = text.substr(0, colon);
  return number;
}

Position position_of(std::string_view where) {
  Position position;
  position.column = cut_number(where);
  position.line = cut_number(where);
  position.file = where;
  return position;
}

}  // namespace

std::string line(const Refusal& finding) {
  std::string text = fmt::format("{}: {}", finding.where, kind_of(finding.code).name);
  if (!finding.expected.empty()) text += ": expected " + finding.expected;
  if (!finding.got.empty()) text += (finding.expected.empty() ? ": got " : ", got ") + finding.got;
  return text;
}

std::string_view nearest_word(std::string_view word, const std::vector<std::string_view>& words) {
  if (word.size() > word_bytes_max) return {};
  std::string_view nearest;
  std::size_t fewest = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string_view candidate : words) {
    const std::size_t count = edits(word, candidate);
    if (count < fewest && count < candidate.size()) {
      fewest = count;
      nearest = candidate;
    }
  }
  return nearest;
}

std::string nearest_or_all(std::string_view word, const std::vector<std::string_view>& words) {
  const std::string_view nearest = nearest_word(word, words);
  return nearest.empty() ? fmt::format("{}", fmt::join(words, ", ")) : std::string(nearest);
}

void sort_by_place(Refusals& findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const Refusal& a, const Refusal& b) {
    return position_of(a.where) < position_of(b.where);
  });
}

}  // namespace huilu::policy
