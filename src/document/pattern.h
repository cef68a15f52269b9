// Pattern: a regular expression of ICU (UTS #18) over UTF-16, compiled once. Rules of splitting and
// of drafting are data (data/*.yaml) and made of these. They are matched against the simplified
// shadow of a text, so that one word list serves both scripts.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace huilu::document {

struct Span {
  std::size_t begin = 0;  // UTF-16 units
  std::size_t end = 0;

  bool empty() const { return begin == end; }
  std::size_t size() const { return end - begin; }
};

// Group 0 is the whole; a group that took no part is {npos, npos}.
struct Match {
  std::vector<Span> groups;

  bool has(std::size_t group) const {
    return group < groups.size() && groups[group].begin != std::string::npos;
  }
  Span operator[](std::size_t group) const { return groups[group]; }
  Span whole() const { return groups.front(); }
};

class Pattern {
 public:
  // CHECKs that `expression` (UTF-8) is one; it comes with the program.
  explicit Pattern(std::string_view expression);
  ~Pattern();
  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;

  // In `text` from `begin` on; ^ and $ are the ends of `text`. Look-behind sees what lies before.
  std::vector<Match> all(std::u16string_view text, std::size_t begin = 0) const;
  std::optional<Match> first(std::u16string_view text, std::size_t begin = 0) const;
  std::optional<Match> at_start(std::u16string_view text) const;  // matches a prefix
  std::optional<Match> whole(std::u16string_view text) const;     // matches all of it

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Unit for unit the Simplified form, half-width letters, digits and brackets; same length.
std::u16string simplified(std::u16string_view text);

}  // namespace huilu::document
