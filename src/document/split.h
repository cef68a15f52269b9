// Splitting: from the bytes of a file to a document in clauses. Pure and general: what it knows of
// documents stands in data/splitting.yaml, and the same bytes always give the same ids.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/value.h"
#include "document/types.h"

namespace huilu::document {

inline constexpr std::size_t document_bytes_max = 16 << 20;

// `name` is the file's, for messages. Codes: document_encoding, document_format, document_damaged.
Result<Document> split_document(std::string_view bytes, const std::string& name);

// {"document": …, "clauses": […], "repairs": […]}, the answer of `huilu document split --json`.
Value as_value(const Document& document);

}  // namespace huilu::document
