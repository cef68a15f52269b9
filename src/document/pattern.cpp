#include "document/pattern.h"

#include <unicode/regex.h>
#include <unicode/unistr.h>

#include <array>

#include "base/check.h"
#include "base/text.h"
#include "document/encoding.h"

namespace huilu::document {

struct Pattern::State {
  std::unique_ptr<icu::RegexPattern> pattern;
};

namespace {

// Lives as long as the matcher that looks at it.
icu::UnicodeString view(std::u16string_view text) {
  return {false, text.data(), static_cast<std::int32_t>(text.size())};
}

std::unique_ptr<icu::RegexMatcher> matcher(const icu::RegexPattern& pattern,
                                           const icu::UnicodeString& text) {
  UErrorCode error = U_ZERO_ERROR;
  std::unique_ptr<icu::RegexMatcher> made(pattern.matcher(text, error));
  CHECK(U_SUCCESS(error));
  return made;
}

Match match_of(const icu::RegexMatcher& matcher) {
  Match match;
  UErrorCode error = U_ZERO_ERROR;
  for (std::int32_t group = 0; group <= matcher.groupCount(); ++group) {
    const std::int32_t begin = matcher.start(group, error), end = matcher.end(group, error);
    const bool there = begin >= 0;
    match.groups.push_back({there ? static_cast<std::size_t>(begin) : std::string::npos,
                            there ? static_cast<std::size_t>(end) : std::string::npos});
  }
  CHECK(U_SUCCESS(error));
  return match;
}

// Marks that only differ in width or script count as one; commas and stops stay what they are.
char16_t simplified_unit(std::size_t code) {
  const auto unit = static_cast<char16_t>(code);
  const auto within = [&](char16_t first, char16_t last) { return unit >= first && unit <= last; };
  if (within(u'０', u'９') || within(u'Ａ', u'Ｚ') || within(u'ａ', u'ｚ'))
    return static_cast<char16_t>(unit - 0xfee0);
  if (unit == u'（') return u'(';
  if (unit == u'）') return u')';
  if (unit == u'％') return u'%';
  if (unit == u'．') return u'.';
  if (unit == u'﹔') return u'；';
  if (!within(0x3400, 0x9fff)) return unit;
  const std::u16string simple = utf16(folded(utf8(std::u16string_view(&unit, 1))));
  return simple.size() == 1 ? simple.front() : unit;
}

}  // namespace

Pattern::Pattern(std::string_view expression) : state_(std::make_unique<State>()) {
  UErrorCode error = U_ZERO_ERROR;
  UParseError where;
  const std::u16string units = utf16(expression);
  state_->pattern.reset(icu::RegexPattern::compile(view(units), 0, where, error));
  CHECK(U_SUCCESS(error));
}

Pattern::~Pattern() = default;
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;

std::vector<Match> Pattern::all(std::u16string_view text, std::size_t begin) const {
  const icu::UnicodeString input = view(text);
  const auto found = matcher(*state_->pattern, input);
  std::vector<Match> out;
  UErrorCode error = U_ZERO_ERROR;
  for (bool more = found->find(static_cast<std::int64_t>(begin), error); more;
       more = found->find(error))
    out.push_back(match_of(*found));
  return out;
}

std::optional<Match> Pattern::first(std::u16string_view text, std::size_t begin) const {
  const icu::UnicodeString input = view(text);
  const auto found = matcher(*state_->pattern, input);
  UErrorCode error = U_ZERO_ERROR;
  if (!found->find(static_cast<std::int64_t>(begin), error)) return {};
  return match_of(*found);
}

std::optional<Match> Pattern::at_start(std::u16string_view text) const {
  const icu::UnicodeString input = view(text);
  const auto found = matcher(*state_->pattern, input);
  UErrorCode error = U_ZERO_ERROR;
  if (!found->lookingAt(error)) return {};
  return match_of(*found);
}

std::optional<Match> Pattern::whole(std::u16string_view text) const {
  const icu::UnicodeString input = view(text);
  const auto found = matcher(*state_->pattern, input);
  UErrorCode error = U_ZERO_ERROR;
  if (!found->matches(error)) return {};
  return match_of(*found);
}

std::u16string simplified(std::u16string_view text) {
  // One entry for each unit, so that a long text asks `folded` once for each character.
  static const std::unique_ptr<std::array<char16_t, 0x10000>> table = [] {
    auto made = std::make_unique<std::array<char16_t, 0x10000>>();
    for (std::size_t c = 0; c < made->size(); ++c) (*made)[c] = simplified_unit(c);
    return made;
  }();
  std::u16string out(text);
  for (char16_t& c : out) c = (*table)[c];
  return out;
}

}  // namespace huilu::document
