// Text: UTF-8 and what Chinese names need: NFC, a folded form for search, sort keys.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace huilu {

bool is_utf8(std::string_view bytes);        // also false for U+0000 and surrogates
std::string to_nfc(std::string_view text);   // cheap when the text already is
std::string trimmed(std::string_view text);  // blanks, tabs, full-width and no-break space
std::vector<std::string_view> split(std::string_view text, char separator);
std::size_t count_characters(std::string_view text);  // code points

// For search: Simplified, lower case, half-width, without blanks.
std::string folded(std::string_view text);

// For search: the first letters of each character's readings; other characters stay themselves.
// One entry a character, "cz" where two readings are usual (重, 长).
std::vector<std::string> pinyin_initials(std::string_view text);

// For order by: bytes that compare as zh-pinyin collation compares the texts.
std::string sort_key(std::string_view text);

// What spreadsheets in China save as CSV; nothing when the bytes are not GB18030.
std::optional<std::string> utf8_from_gb18030(std::string_view bytes);

std::string hex(std::string_view bytes);
std::string base64url(std::string_view bytes);

}  // namespace huilu
