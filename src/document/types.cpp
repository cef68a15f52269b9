#include "document/types.h"

#include <algorithm>

#include "base/check.h"

namespace huilu::document {

std::string_view name_of(Encoding encoding) {
  switch (encoding) {
    case Encoding::utf_8:
      return "UTF-8";
    case Encoding::utf_16le:
      return "UTF-16LE";
    case Encoding::utf_16be:
      return "UTF-16BE";
    case Encoding::gb18030:
      return "GB18030";
    case Encoding::docx:
      return "docx";
  }
  CHECK(false);
}

std::string_view name_of(NoteStatus status) {
  switch (status) {
    case NoteStatus::found:
      return "found";
    case NoteStatus::inferred:
      return "inferred";
    case NoteStatus::proposed:
      return "proposed";
  }
  CHECK(false);
}

const Clause* Document::find(std::string_view id) const {
  const auto found = std::find_if(clauses.begin(), clauses.end(),
                                  [&](const Clause& clause) { return clause.id == id; });
  return found == clauses.end() ? nullptr : &*found;
}

}  // namespace huilu::document
