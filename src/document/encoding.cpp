#include "document/encoding.h"

#include <fmt/format.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <memory>

#include "base/check.h"
#include "base/text.h"

namespace huilu::document {

namespace {

void append(Decoded& out, char32_t c, std::size_t from) {
  const auto code = static_cast<UChar32>(c);
  if (U_IS_BMP(code)) {
    out.text += static_cast<char16_t>(c);
  } else {
    out.text += static_cast<char16_t>(U16_LEAD(code));
    out.text += static_cast<char16_t>(U16_TRAIL(code));
    out.at.push_back(from);
  }
  out.at.push_back(from);
}

bool decode_utf8(std::string_view bytes, Decoded& out) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const auto size = static_cast<std::int32_t>(bytes.size());
  for (std::int32_t at = 0; at < size;) {
    const std::int32_t from = at;
    UChar32 c = 0;
    U8_NEXT(data, at, size, c);
    if (c <= 0) return out.at.push_back(static_cast<std::size_t>(from)), false;
    append(out, static_cast<char32_t>(c), static_cast<std::size_t>(from));
  }
  return true;
}

bool decode_utf16(std::string_view bytes, bool big_endian, Decoded& out) {
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<char16_t>(big_endian ? first << 8 | second : second << 8 | first);
  };
  for (std::size_t at = 0; at < bytes.size(); at += 2) {
    out.at.push_back(at);
    if (at + 1 == bytes.size()) return false;
    const char16_t c = unit(at);
    if (c == 0 || U16_IS_TRAIL(c)) return false;
    out.text += c;
    if (!U16_IS_LEAD(c)) continue;
    if (at + 3 >= bytes.size() || !U16_IS_TRAIL(unit(at + 2))) return false;
    out.at.push_back(at);
    out.text += unit(at += 2);
  }
  return true;
}

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

// Opened once in each thread: that is dear, and every call starts it anew.
UConverter* gb18030() {
  thread_local const Converter converter = [] {
    UErrorCode error = U_ZERO_ERROR;
    Converter made(ucnv_open("gb18030", &error), ucnv_close);
    CHECK(U_SUCCESS(error));
    ucnv_setToUCallBack(made.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
    CHECK(U_SUCCESS(error));
    return made;
  }();
  return converter.get();
}

bool decode_gb18030(std::string_view bytes, Decoded& out) {
  for (std::size_t at = 0; at < bytes.size();) {
    const auto byte = [&](std::size_t i) {
      return at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U;
    };
    const std::size_t size = byte(0) < 0x80 ? 1 : byte(1) >= 0x30 && byte(1) <= 0x39 ? 4 : 2;
    std::array<char16_t, 4> units{};
    UErrorCode error = U_ZERO_ERROR;
    const std::size_t there = std::min(size, bytes.size() - at);
    const std::int32_t count =
        ucnv_toUChars(gb18030(), units.data(), static_cast<std::int32_t>(units.size()),
                      bytes.data() + at, static_cast<std::int32_t>(there), &error);
    if (U_FAILURE(error) || count == 0 || units[0] == 0 || there < size)
      return out.at.push_back(at), false;
    for (std::int32_t i = 0; i < count; ++i) {
      out.at.push_back(at);
      out.text += units[static_cast<std::size_t>(i)];
    }
    at += size;
  }
  return true;
}

std::optional<Decoded> finished(bool whole, Decoded& out, Encoding encoding, std::size_t size) {
  if (!whole) return {};
  out.at.push_back(size);
  out.encoding = encoding;
  return std::move(out);
}

// What Chinese texts are made of; a text read in the wrong order of bytes is hardly ever that.
bool is_common(char16_t c) {
  return c == u'\n' || c == u'\r' || c == u'\t' || (c >= u' ' && c <= u'~') ||
         (c >= 0x2010 && c <= 0x2027) || (c >= 0x3000 && c <= 0x301f) ||
         (c >= 0x4e00 && c <= 0x9fa5) || (c >= 0xff01 && c <= 0xff5e);
}

bool is_mostly_common(const Decoded& decoded) {
  const auto common = std::count_if(decoded.text.begin(), decoded.text.end(), is_common);
  return static_cast<std::size_t>(common) * 100 >= decoded.text.size() * 95;
}

struct Signature {
  std::string_view bytes;
  std::string_view name;
};

// What people choose by mistake.
constexpr std::array<Signature, 8> not_texts = {{{"%PDF", "PDF"},
                                                 {"\xd0\xcf\x11\xe0", ".doc"},
                                                 {"{\\rtf", "RTF"},
                                                 {"\x89PNG", "PNG"},
                                                 {"\xff\xd8\xff", "JPEG"},
                                                 {"Rar!", "RAR"},
                                                 {"7z\xbc\xaf", "7z"},
                                                 {"\x1f\x8b", "gzip"}}};

Refusal not_decodable(std::string_view bytes, const std::string& where, std::size_t at) {
  std::string got = fmt::format("byte {}", at);
  if (at < bytes.size()) got += fmt::format(": 0x{:02X}", static_cast<unsigned char>(bytes[at]));
  return {RefusalCode::document_encoding, where, "UTF-8, UTF-16, GB18030", got, ""};
}

}  // namespace

std::optional<Decoded> decode_as(Encoding encoding, std::string_view bytes) {
  Decoded out;
  bool whole = false;
  switch (encoding) {
    case Encoding::docx:
    case Encoding::utf_8:
      whole = decode_utf8(bytes, out);
      break;
    case Encoding::utf_16le:
      whole = decode_utf16(bytes, false, out);
      break;
    case Encoding::utf_16be:
      whole = decode_utf16(bytes, true, out);
      break;
    case Encoding::gb18030:
      whole = decode_gb18030(bytes, out);
      break;
  }
  return finished(whole, out, encoding, bytes.size());
}

Result<Decoded> decode(std::string_view bytes, const std::string& where) {
  for (const Signature& signature : not_texts) {
    if (bytes.starts_with(signature.bytes)) {
      return Refusal{RefusalCode::document_format, where, "text, .docx",
                     std::string(signature.name), ""};
    }
  }
  if (bytes.starts_with("\xff\xfe"))
    if (auto decoded = decode_as(Encoding::utf_16le, bytes)) return std::move(*decoded);
  if (bytes.starts_with("\xfe\xff"))
    if (auto decoded = decode_as(Encoding::utf_16be, bytes)) return std::move(*decoded);
  if (auto decoded = decode_as(Encoding::utf_8, bytes)) return std::move(*decoded);
  for (const Encoding order : {Encoding::utf_16le, Encoding::utf_16be}) {
    auto decoded = decode_as(order, bytes);
    if (decoded && is_mostly_common(*decoded)) return std::move(*decoded);
  }
  if (auto decoded = decode_as(Encoding::gb18030, bytes)) return std::move(*decoded);
  // How far each went tells which one was meant.
  Decoded as_utf8, as_gb18030;
  decode_utf8(bytes, as_utf8);
  decode_gb18030(bytes, as_gb18030);
  return not_decodable(bytes, where, std::max(as_utf8.at.back(), as_gb18030.at.back()));
}

std::string encode(Encoding encoding, std::u16string_view text) {
  std::string out;
  switch (encoding) {
    case Encoding::docx:
    case Encoding::utf_8:
      return utf8(text);
    case Encoding::utf_16le:
    case Encoding::utf_16be:
      for (const char16_t c : text) {
        const char high = static_cast<char>(c >> 8), low = static_cast<char>(c & 0xff);
        out += encoding == Encoding::utf_16be ? high : low;
        out += encoding == Encoding::utf_16be ? low : high;
      }
      return out;
    case Encoding::gb18030:
      break;
  }
  out.resize(text.size() * 4 + 4);
  UErrorCode error = U_ZERO_ERROR;
  const std::int32_t size =
      ucnv_fromUChars(gb18030(), out.data(), static_cast<std::int32_t>(out.size()), text.data(),
                      static_cast<std::int32_t>(text.size()), &error);
  CHECK(U_SUCCESS(error));
  out.resize(static_cast<std::size_t>(size));
  return out;
}

std::u16string utf16(std::string_view utf8) {
  const auto text = icu::UnicodeString::fromUTF8(
      icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
  return {text.getBuffer(), static_cast<std::size_t>(text.length())};
}

std::string utf8(std::u16string_view text) {
  std::string out;
  icu::UnicodeString(false, text.data(), static_cast<std::int32_t>(text.size())).toUTF8String(out);
  return out;
}

}  // namespace huilu::document
