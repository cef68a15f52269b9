// `huilu document …`: what becomes of a policy document. Only import and list need a data folder.
#pragma once

#include <string>
#include <vector>

#include "cli/console.h"
#include "cli/installation.h"
#include "document/types.h"

namespace huilu::cli {

struct DocumentOptions {
  Location location;
  std::string path;
  std::vector<std::string> cuts;  // CLAUSE@BYTE,BYTE
  std::string name;               // that packs cite it by; empty: the file's without its ending
  std::string words;              // that are looked for
  std::string corrected;          // a later copy of the same document
};

// Refusals name the path; a Fault when it cannot be read.
Result<document::Document> read_document(const std::string& path);

// Every clause with its holes, the repairs, and what somebody should look at.
Exit split_document(const DocumentOptions& options, Console& console);

// Clauses that hold the words, in either script; 1 where none does.
Exit find_in_document(const DocumentOptions& options, Console& console);

// What a corrected copy changes: clauses keep their ids, holes are filled, and what of the packs
// rests on them is listed.
Exit compare_documents(const DocumentOptions& options, Console& console);

// Keeps it in the data folder; a corrected copy becomes a version with the ids that were.
Exit import_document(const DocumentOptions& options, Console& console);
// The documents that are kept, with their versions.
Exit list_documents(const DocumentOptions& options, Console& console);

}  // namespace huilu::cli
