// Bytes ↔ characters with the place of each: the lowest layer of an import, used by split and by
// whoever undoes repairs. Nothing is replaced or left out: what cannot be decoded is refused.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "document/types.h"

namespace huilu::document {

// UTF-16 code units; `at` has one entry more than there are, so that unit i came from the raw bytes
// at[i] to at[i + 1]. Both units of a surrogate pair begin at the pair's first byte.
struct Decoded {
  Encoding encoding = Encoding::utf_8;
  std::u16string text;
  std::vector<std::size_t> at;
};

// By byte order mark, else UTF-8 where it is valid, else UTF-16 where that gives common characters,
// else GB18030. `where` names the file. Codes: document_encoding with the first byte that fits
// nowhere, document_format for files that are no text (PDF, .doc, pictures).
Result<Decoded> decode(std::string_view bytes, const std::string& where);

// As `encoding` says, which was decided before; nothing where the bytes are not that.
std::optional<Decoded> decode_as(Encoding encoding, std::string_view bytes);

std::string encode(Encoding encoding, std::u16string_view text);  // .docx: its raw text, UTF-8

std::u16string utf16(std::string_view utf8);
std::string utf8(std::u16string_view text);

}  // namespace huilu::document
