// The nouns of imported documents: a text that others point at, cut into clauses. Whoever reads a
// document sees what was changed on the way in (repairs), what is missing (holes) and what was only
// guessed (notes that are proposed or inferred). All ranges are bytes of the raw text, half-open.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace huilu::document {

struct Range {
  std::size_t from = 0;
  std::size_t until = 0;

  bool operator==(const Range&) const = default;
};

// How the raw bytes spell characters. `docx` is a Word file; its raw text, which ranges count in,
// is the UTF-8 of its paragraphs, one a line.
enum class Encoding { utf_8, utf_16le, utf_16be, gb18030, docx };

std::string_view name_of(Encoding encoding);  // "UTF-8", as it is told

// One reversible change: these characters of the raw text became those. Never nested, by `raw`.
struct Repair {
  std::string rule;  // "pinyin_gloss"
  Range raw;
  std::string removed;   // UTF-8
  std::string inserted;  // UTF-8
};

// Something that the text lacks: kind number, date, page, passage, heading or damage. The range is
// empty where nothing at all was left.
struct Hole {
  std::string kind;
  Range raw;
  std::string before;  // a few characters on either side, by which it is found again
  std::string after;
};

// What was recognised without changing anything. `found`: it stands there (a citation, a number, a
// placeholder); `inferred`: follows from something else; `proposed`: somebody should decide.
enum class NoteStatus { found, inferred, proposed };

std::string_view name_of(NoteStatus status);

struct Note {
  std::string kind;  // "citation"
  NoteStatus status = NoteStatus::found;
  std::string clause;  // id; empty outside clauses
  Range raw;
  std::string text;                                          // what stands there
  std::vector<std::pair<std::string, std::string>> details;  // by kind: value, unit, name …
};

struct Clause {
  std::string id;       // from its position, "2.3.9"; unique and kept by re-import
  std::string path;     // the same in the document's own numbering, "二/(三)/9"
  std::string heading;  // without number and final mark; may be empty
  std::string text;     // normalised; a container's is its heading line, not its clauses
  Range raw;
  std::vector<Hole> holes;
  int line = 0;            // of the raw text, from 1
  bool synthetic = false;  // made because its heading is missing; has no text
};

struct Document {
  std::string name;   // the file's
  std::string hash;   // "sha256:…" of the bytes as they came
  std::string bytes;  // as they came
  std::string raw;    // what ranges count in: the bytes, or the text of a .docx
  Encoding encoding = Encoding::utf_8;
  std::string text;   // normalised: raw with all repairs
  std::string title;  // empty where the document has none; somebody is asked
  std::vector<std::pair<std::string, std::string>> metadata;  // "source", "published" …
  std::vector<Clause> clauses;                                // in the order of the text
  std::vector<Hole> holes;                                    // outside clauses
  std::vector<Repair> repairs;
  std::vector<Note> notes;

  const Clause* find(std::string_view id) const;
};

}  // namespace huilu::document
