// Sheet: a table read from a file that somebody uploaded, CSV (UTF-8 or GB18030) or XLSX, as texts
// with the address of each cell, so that an import can name every fault where it stands. Numbers,
// dates and cached formula values become the text that a person sees; blanks around it, also
// full-width ones, are gone. The limits hold against archives that unpack without end.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace huilu::org {

struct Cell {
  int column = 0;  // from 0
  int line = 0;    // of the file, from 1; in XLSX the row
  int offset = 0;  // CSV: character within the line, from 1
  std::string text;
};

struct SheetRow {
  int number = 0;           // from 1, as the file counts
  std::vector<Cell> cells;  // by column; empty ones are left out

  const Cell* find(int column) const;
};

enum class SheetFormat { csv, xlsx };

struct Sheet {
  SheetFormat format = SheetFormat::csv;
  std::string name;            // the file's name, or that of the sheet
  std::vector<SheetRow> rows;  // without empty ones

  // "members.csv:3:17" or "members!C7"; of an empty cell in CSV the place where its line begins.
  std::string where(const SheetRow& row, int column) const;
};

struct SheetLimits {
  std::size_t entry_bytes_max = 256 << 20;  // unpacked, each entry of an archive
  std::size_t total_bytes_max = 512 << 20;
  std::size_t rows_max = 200'000;
  int columns_max = 256;
};

// By content: an archive is XLSX, everything else CSV. `file_name` is for messages. `sheet` names
// the sheet to read; empty: the first that is not hidden. Codes: import_file, import_row, not_utf8.
Result<Sheet> read_sheet(std::string_view bytes, const std::string& file_name,
                         const std::string& sheet = {}, const SheetLimits& limits = {});

Result<Sheet> read_csv(std::string_view bytes, const std::string& file_name,
                       const SheetLimits& limits = {});
Result<Sheet> read_xlsx(std::string_view bytes, const std::string& file_name,
                        const std::string& sheet = {}, const SheetLimits& limits = {});

// Row by row, for files that need not be in memory as cells; `each` may keep nothing of the row.
Refusals for_each_csv_row(std::string_view bytes, const std::string& file_name,
                          const SheetLimits& limits,
                          const std::function<void(const SheetRow&)>& each);

std::string column_letters(int column);  // 0 is A, 26 is AA

}  // namespace huilu::org
