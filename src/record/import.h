// Bulk import of records from CSV, for the program (command line): the whole file is checked before
// the first row is written, the rows go down the road in chunks, each one journal entry whose body
// is the root over its rows, so that a single row can still be proven. An import that was cut goes
// on where it stopped; a second one of the same file does nothing.
#pragma once

#include <string>
#include <vector>

#include "command/jobs.h"
#include "command/run.h"
#include "record/catalog.h"
#include "store/store.h"

namespace huilu::record {

// The file's columns: `unit` (a code), `type`, `date`, optionally `place`; every other column named
// in `fields` is a field of the record's type; the rest is passed over.
struct ImportOptions {
  std::string file;
  std::string code_system;          // of the unit codes
  std::string type_prefix;          // put before the text of the type's column
  std::vector<std::string> fields;  // columns that are fields
  std::size_t chunk_rows = 20'000;
  std::size_t refusals_max = 1000;
};

struct ImportReport {
  std::int64_t rows = 0;
  std::int64_t written = 0;  // by this run
};

// Refusals name line and column: "records.csv:7:3". Faults: the file cannot be read.
Result<ImportReport> import_records(const ImportOptions& options, const Catalog& catalog,
                                    store::Connection& reader, command::Road& road,
                                    const Clock& clock, const command::Progress& progress);

}  // namespace huilu::record
