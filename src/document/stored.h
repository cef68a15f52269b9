// Stored documents: what the tables hold of an import, and how a document is read from them again.
// Used by the room's command, queries and verification.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "base/value.h"
#include "document/types.h"

namespace huilu::document {

using DocumentId = Id<'n'>;

struct StoredClause {
  std::string id;
  Value content;  // as written
};

// The latest version of a document, and every id that was ever given to one of its clauses.
struct Stored {
  DocumentId id;
  std::string name;  // that packs cite
  std::int64_t version = 0;
  std::string hash;
  std::string file_name;
  std::string bytes;
  std::vector<StoredClause> clauses;
  std::set<std::string> ids;
};

Value content_of(const Clause& clause);
Value reading_of(const Document& document);  // all but clauses

// The document as it was stored: its clauses are those of the rows, whatever a later program would
// make of the bytes. A Fault (damaged) where the bytes cannot be read any more.
Document document_from(const Stored& stored);

// What the journal says of a version.
Value version_content(DocumentId id, const std::string& name, std::int64_t version,
                      const std::string& hash, const std::string& file_name,
                      const std::string& reading, const std::vector<StoredClause>& clauses);

}  // namespace huilu::document
