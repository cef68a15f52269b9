// Reads of records for the API. Asks no gate: whoever calls has asked it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "record/catalog.h"
#include "record/types.h"
#include "store/store.h"

namespace huilu::record {

// The current version, or one of the earlier ones.
std::optional<Version> version_of(store::Connection& connection, RecordId record,
                                  std::optional<std::int64_t> version = {});
std::vector<Version> history_of(store::Connection& connection, RecordId record);  // oldest first

// Which records: of one unit, or of a subtree by its path; void ones are not listed.
struct Filter {
  std::optional<UnitId> unit;  // one of the two is set
  std::string path;
  std::optional<std::int64_t> type;
  std::optional<Date> from;
  std::optional<Date> until;
  int limit = 50;
  std::string cursor;  // empty, or a next_cursor
};
struct Listed {
  std::vector<Version> items;  // newest date first
  std::string next_cursor;     // empty: the last page
};
// How many facts are read from the newest on, at first and in all, before those of the whole
// subtree are gathered.
struct Walk {
  std::int64_t piece = 256;
  std::int64_t facts_max = 40'000;
};
// A record stands where the latest of its facts that fit stands. field_type at /cursor.
Result<Listed> list(store::Connection& connection, const Catalog& catalog, const Filter& filter,
                    const Walk& walk = {});

struct FileView {
  FileId id;
  std::string sha256;  // 32 bytes
  std::int64_t size = 0;
  std::string media_type;
  std::string name;
  AccountId account;
  std::vector<UnitId> units;  // of the records that use it
};
std::optional<FileView> file_of(store::Connection& connection, FileId file);

// Rows against openings: each version's content, columns and parts, each fact, identity and file
// row. `files` is the folder of attachments, whose bytes are held against their hash.
std::vector<journal::Damage> verify(store::Connection& connection, const Catalog& catalog,
                                    const std::string& files);

}  // namespace huilu::record
