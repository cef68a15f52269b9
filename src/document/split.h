// Splitting: from the bytes of a file to a document in clauses. Pure and general: what it knows of
// documents stands in data/splitting.yaml, and the same bytes always give the same ids.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/value.h"
#include "document/types.h"

namespace huilu::document {

inline constexpr std::size_t document_bytes_max = 16 << 20;

// `name` is the file's, for messages. Codes: document_encoding, document_format, document_damaged.
Result<Document> split_document(std::string_view bytes, const std::string& name);

// Cuts a clause that says several things at places of the raw text inside it: 7 becomes 7.1, 7.2 …,
// and 7 keeps only what stands before the first. False where a place is not inside the clause,
// splits a character or lies in a repair; then nothing is changed.
bool cut_clause(Document& document, std::string_view id, const std::vector<std::size_t>& places);

// {"document": …, "clauses": […], "repairs": […]}, the answer of `huilu document split --json`.
Value as_value(const Document& document);

}  // namespace huilu::document
