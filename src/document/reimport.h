// Re-import: the same document again, corrected. Clauses keep their ids, because packs and people
// cite them; holes that were filled are listed, and a clause that is gone is superseded and its id
// never given to another.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "document/types.h"
#include "policy/pack.h"

namespace huilu::document {

enum class ChangeKind { changed, added, superseded };

std::string_view name_of(ChangeKind kind);

struct ClauseChange {
  ChangeKind kind;
  std::string clause;

  bool operator==(const ClauseChange&) const = default;
};

struct FilledHole {
  std::string clause;  // empty: outside clauses
  std::string kind;
  std::string text;  // what stands there now; empty where a passage came back
};

struct Reimport {
  bool is_same = false;  // byte for byte, or in every clause: there is no new version
  Document document;     // the new one, under the old ids
  std::vector<ClauseChange> changes;
  std::vector<FilledHole> filled;
};

// By fingerprint and path, then by path and likeness, then by likeness alone. `given` are the ids
// of clauses of still earlier versions, which no new clause gets.
Reimport reimport(const Document& before, Document now, const std::set<std::string>& given = {});

// Letters and digits of a text, in one script: equal for texts that differ in marks and blanks.
std::string fingerprint(std::string_view text);

// What of a pack rests on a clause of this document: addresses of duties and parameters, with the
// pack's own id of the clause.
struct Dependant {
  std::string clause;       // "S0-2.3"
  std::string declaration;  // "standing-duties/constitution_studies"
};

// `at` of the pack's clauses is the id of a clause or of what it lies in. Where the pack says which
// hole a clause has, only the filling of such a hole concerns it. By document hash, or by name.
std::vector<Dependant> dependants(const std::vector<policy::Pack>& packs, const Document& before,
                                  std::string_view clause, std::string_view hole_kind);

}  // namespace huilu::document
