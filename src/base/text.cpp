#include "base/text.h"

#include <sodium.h>
#include <unicode/coll.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <memory>
#include <mutex>

#include "base/check.h"

namespace huilu {

namespace {

constexpr UChar32 han_first = 0x3400;
constexpr UChar32 han_last = 0x9fff;

// Characters of names of places and persons that are read in two ways; ICU gives one.
const std::map<UChar32, std::string>& second_readings() {
  static const std::map<UChar32, std::string> letters = {
      {U'重', "cz"}, {U'长', "cz"}, {U'朝', "cz"}, {U'乐', "ly"}, {U'行', "hx"}, {U'会', "hk"},
      {U'单', "ds"}, {U'解', "jx"}, {U'曾', "zc"}, {U'盛', "sc"}, {U'六', "l"},  {U'区', "qo"},
      {U'仇', "cq"}, {U'查', "cz"}, {U'种', "zc"}, {U'覃', "qt"}, {U'翟', "zd"}, {U'尉', "wy"},
      {U'藏', "cz"}, {U'都', "d"},  {U'大', "d"},  {U'堡', "bp"}, {U'厦', "xs"}, {U'陂', "bp"},
      {U'蚌', "b"},  {U'番', "fp"}, {U'莘', "sx"}, {U'蔚', "wy"}, {U'浒', "hx"}, {U'圩', "wx"},
      {U'埔', "bp"}, {U'荥', "xy"}, {U'涡', "gw"}, {U'筠', "jy"}, {U'车', "cj"}, {U'石', "sd"},
      {U'乘', "cs"}, {U'弹', "dt"}, {U'铅', "yq"}, {U'歙', "sx"}, {U'亳', "b"},  {U'涪', "f"},
      {U'尹', "y"},  {U'燕', "y"},  {U'任', "r"},  {U'华', "h"},  {U'纪', "j"},  {U'朴', "p"},
      {U'洗', "xs"}, {U'员', "y"},  {U'召', "zs"}, {U'宿', "s"},  {U'柏', "b"},  {U'泷', "ls"},
  };
  return letters;
}

// A Han character: its Simplified form and the first letters of its readings, at most two.
struct Han {
  UChar32 simplified = 0;
  std::array<char, 2> initials = {};
};

using Rules = std::unique_ptr<icu::Transliterator>;

Rules rules_named(const char* id) {
  UErrorCode error = U_ZERO_ERROR;
  Rules rules(icu::Transliterator::createInstance(id, UTRANS_FORWARD, error));
  CHECK(U_SUCCESS(error));
  return rules;
}

// By one thread at a time.
UChar32 transliterated(const icu::Transliterator& rules, UChar32 c) {
  icu::UnicodeString text(c);
  rules.transliterate(text);
  return text.char32At(0);
}

Han looked_up(UChar32 c) {
  static const Rules simplify = rules_named("Traditional-Simplified");
  static const Rules read = rules_named("Han-Latin; Latin-ASCII; Lower");
  Han han{transliterated(*simplify, c), {}};
  const auto second = second_readings().find(c);
  if (second != second_readings().end()) {
    const std::string& letters = second->second;
    han.initials = {letters[0], letters.size() > 1 ? letters[1] : '\0'};
  } else if (const UChar32 letter = transliterated(*read, c); letter >= 'a' && letter <= 'z') {
    han.initials[0] = static_cast<char>(letter);
  }
  return han;
}

// Names use some thousand of the 27,000 characters, and looking up all of them takes half a second:
// each is looked up when it is first met, and kept as one word that any thread may read.
Han han(UChar32 c) {
  static std::array<std::atomic<std::uint64_t>, han_last - han_first + 1> kept{};
  static std::mutex looking;
  auto& entry = kept[static_cast<std::size_t>(c - han_first)];
  std::uint64_t word = entry.load(std::memory_order_relaxed);
  if (word == 0) {
    const std::lock_guard lock(looking);
    const Han found = looked_up(c);
    word = static_cast<std::uint64_t>(found.simplified) |
           static_cast<std::uint64_t>(static_cast<unsigned char>(found.initials[0])) << 32 |
           static_cast<std::uint64_t>(static_cast<unsigned char>(found.initials[1])) << 40;
    entry.store(word, std::memory_order_relaxed);
  }
  return {static_cast<UChar32>(word & 0xffffffff),
          {static_cast<char>(word >> 32 & 0xff), static_cast<char>(word >> 40 & 0xff)}};
}

bool is_han(UChar32 c) { return c >= han_first && c <= han_last; }

// Lower case, half-width, Simplified; 0 for what search passes over.
UChar32 folded_character(UChar32 c) {
  if (c >= 0xff01 && c <= 0xff5e) c -= 0xff01 - 0x21;
  if (u_isUWhiteSpace(c)) return 0;
  if (is_han(c)) return han(c).simplified;
  return u_tolower(c);
}

void append_utf8(std::string& out, UChar32 c) {
  char bytes[4];
  std::int32_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, c);
  out.append(bytes, static_cast<std::size_t>(size));
}

template <class Each>
void each_character(std::string_view text, Each each) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(bytes, at, size, c);
    each(c);
  }
}

}  // namespace

bool is_utf8(std::string_view bytes) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const auto size = static_cast<std::int32_t>(bytes.size());
  for (std::int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT(data, at, size, c);
    if (c <= 0) return false;
  }
  return true;
}

std::string to_nfc(std::string_view text) {
  if (std::all_of(text.begin(), text.end(), [](char c) { return static_cast<signed char>(c) > 0; }))
    return std::string(text);
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(error);
  CHECK(U_SUCCESS(error));
  const icu::StringPiece piece(text.data(), static_cast<std::int32_t>(text.size()));
  if (nfc->isNormalizedUTF8(piece, error)) return std::string(text);
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  nfc->normalizeUTF8(0, piece, sink, nullptr, error);
  CHECK(U_SUCCESS(error));
  return out;
}

std::string trimmed(std::string_view text) {
  static constexpr std::array<std::string_view, 6> blanks = {" ",  "\t",     "\n",
                                                             "\r", "\u3000", "\u00a0"};
  for (bool again = true; again;) {
    again = false;
    for (const auto blank : blanks) {
      if (text.starts_with(blank)) text.remove_prefix(blank.size()), again = true;
      if (text.ends_with(blank)) text.remove_suffix(blank.size()), again = true;
    }
  }
  return std::string(text);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

std::string folded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  each_character(text, [&](UChar32 c) {
    if (const UChar32 simple = folded_character(c); simple != 0) append_utf8(out, simple);
  });
  return out;
}

std::vector<std::string> pinyin_initials(std::string_view text) {
  std::vector<std::string> out;
  each_character(text, [&](UChar32 c) {
    const UChar32 simple = folded_character(c);
    if (simple == 0) return;
    std::string& letters = out.emplace_back();
    if (is_han(simple)) {
      for (const char letter : han(simple).initials)
        if (letter != '\0') letters += letter;
    }
    if (letters.empty()) append_utf8(letters, simple);
  });
  return out;
}

std::string sort_key(std::string_view text) {
  thread_local const std::unique_ptr<icu::Collator> collator = [] {
    UErrorCode error = U_ZERO_ERROR;
    std::unique_ptr<icu::Collator> made(
        icu::Collator::createInstance(icu::Locale("zh@collation=pinyin"), error));
    CHECK(U_SUCCESS(error));
    return made;
  }();
  const auto source = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  std::array<std::uint8_t, 256> key;
  const std::int32_t size =
      collator->getSortKey(source, key.data(), static_cast<std::int32_t>(key.size()));
  const auto used = static_cast<std::size_t>(std::clamp(size - 1, 0, 255));  // without the end mark
  return {reinterpret_cast<const char*>(key.data()), used};
}

std::string hex(std::string_view bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    out += digits[static_cast<unsigned char>(c) >> 4];
    out += digits[static_cast<unsigned char>(c) & 15];
  }
  return out;
}

std::string base64url(std::string_view bytes) {
  constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string out(sodium_base64_ENCODED_LEN(bytes.size(), variant), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), variant);
  out.pop_back();  // the terminating zero
  return out;
}

}  // namespace huilu
