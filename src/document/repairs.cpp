#include "document/repairs.h"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <memory>

#include "base/check.h"
#include "document/wording.h"

namespace huilu::document {

namespace {

bool is_invisible(char16_t c) {
  return c == 0xad || (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2060 && c <= 0x2064) || c == 0xfeff;
}

bool breaks_line(char16_t c) {
  return c == u'\r' || c == u'\u0085' || c == u'\u2028' || c == u'\u2029' || c == u'\f' ||
         c == u'\v';
}

void repair_characters(EditedText& edited) {
  const std::u16string& text = edited.text();
  std::vector<Edit> edits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char16_t c = text[i];
    if (c == 0xfeff && i == 0) {
      edits.push_back({0, 1, u"", "byte_order_mark"});
    } else if (c == u'\r' && i + 1 < text.size() && text[i + 1] == u'\n') {
      edits.push_back({i, i + 2, u"\n", "line_break"});
      ++i;
    } else if (breaks_line(c)) {
      edits.push_back({i, i + 1, u"\n", "line_break"});
    } else if (c == u'\u00a0' || c == u'\u202f' || c == u'\u2007') {
      edits.push_back({i, i + 1, u" ", "no_break_space"});
    } else if (is_invisible(c)) {
      edits.push_back({i, i + 1, u"", "invisible"});
    }
  }
  edited.apply(std::move(edits));
}

// "xue" for 學: the reading that ICU gives, without its tone.
std::u16string plain(const char* rules, std::u16string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> made(
      icu::Transliterator::createInstance(rules, UTRANS_FORWARD, error));
  CHECK(U_SUCCESS(error));
  icu::UnicodeString copy(text.data(), static_cast<std::int32_t>(text.size()));
  made->transliterate(copy);
  return {copy.getBuffer(), static_cast<std::size_t>(copy.length())};
}

// 經(jīng): one syllable in brackets behind its character. A syllable without a tone mark is one
// only if that is how the character is read, so that 维生素(a) stays.
void remove_glosses(EditedText& edited) {
  const std::u16string& text = edited.text();
  const auto part = [&](Span span) {
    return std::u16string_view(text).substr(span.begin, span.size());
  };
  std::vector<Edit> edits;
  for (const Match& match : wording().gloss.all(text)) {
    const bool is_reading = wording().toned.first(part(match[3])) ||
                            plain("Latin-ASCII; Lower", part(match[3])) ==
                                plain("Han-Latin; Latin-ASCII; Lower", part(match[1]));
    if (is_reading) edits.push_back({match[2].begin, match[2].end, u"", "pinyin_gloss"});
  }
  edited.apply(std::move(edits));
}

// A comma before another mark separates nothing; the mark that follows stays as it is.
void remove_doubled_commas(EditedText& edited) {
  static const Pattern doubled(R"([,，]+(?=[,，、。；;：:！？]))");
  std::vector<Edit> edits;
  for (const Match& match : doubled.all(edited.text()))
    edits.push_back({match.whole().begin, match.whole().end, u"", "doubled_punctuation"});
  edited.apply(std::move(edits));
}

}  // namespace

void repair(EditedText& text) {
  repair_characters(text);
  remove_glosses(text);
  remove_doubled_commas(text);
}

}  // namespace huilu::document
