// Reading stored documents, and their verification.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "document/stored.h"
#include "journal/journal.h"
#include "store/store.h"

namespace huilu::document {

struct DocumentRow {
  DocumentId id;
  std::string name;
  std::int64_t version = 0;
  std::string hash;
  std::int64_t clauses = 0;
  Instant imported_at;
  std::string title;  // of the text; may be empty
};

// By id, those after one.
std::vector<DocumentRow> documents(store::Connection& connection, DocumentId after = {},
                                   int limit = 500);

std::optional<Stored> find_document(store::Connection& connection, const std::string& name);
std::optional<Stored> find_document(store::Connection& connection, DocumentId id);

// Rows against the openings of their entries, bytes against hashes.
std::vector<journal::Damage> verify(store::Connection& connection);

}  // namespace huilu::document
