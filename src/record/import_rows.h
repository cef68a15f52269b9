// The rows of a bulk import, read and checked: a file mapped into memory, one slot a row, in the
// order of unit, type and date, so that the tables grow at their ends.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "record/import.h"
#include "record/types.h"

namespace huilu::record {

class MappedFile {
 public:
  explicit MappedFile(const std::string& path);  // a Fault when it cannot be read
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  std::string_view bytes() const { return {data_, size_}; }

 private:
  const char* data_ = nullptr;
  std::size_t size_ = 0;
};

// Splits one line of CSV (RFC 4180; a quoted cell does not span lines here).
void split_line(std::string_view line, std::vector<std::string>& cells);

class ImportRows {
 public:
  // Reads everything; refusals are collected up to the limit.
  ImportRows(const ImportOptions& options, const Catalog& catalog, std::string_view bytes,
             const std::unordered_map<std::string, UnitId>& units, Date today);

  const Refusals& refusals() const { return refusals_; }
  std::size_t size() const { return slots_.size(); }
  Content content(std::size_t row) const;

 private:
  struct Slot {
    UnitId unit;
    std::int64_t type = 0;
    Date date;
    std::uint32_t length = 0;
    std::uint64_t offset = 0;
  };
  struct Columns {
    int unit = -1, type = -1, date = -1, place = -1;
    std::vector<std::pair<std::string, int>> fields;
  };

  void read_header(std::string_view line);
  void read_row(std::string_view line, std::size_t number, std::uint64_t offset);
  Content content_of(const std::vector<std::string>& cells, UnitId unit, const Catalog::Type& type,
                     Date date) const;
  void refuse(RefusalCode code, std::size_t line, int column, std::string expected,
              std::string got);

  const ImportOptions& options_;
  const Catalog& catalog_;
  std::string_view bytes_;
  const std::unordered_map<std::string, UnitId>& units_;
  Date today_;
  Columns columns_;
  std::vector<Slot> slots_;
  Refusals refusals_;
  mutable std::vector<std::string> cells_;
};

}  // namespace huilu::record
