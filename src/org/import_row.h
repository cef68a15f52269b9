// A row of an import of units, read as far as it can be understood without the database. Private to
// the import.
#pragma once

#include "org/import_table.h"

namespace huilu::org {

const std::vector<ImportField>& unit_fields();

struct UnitRow {
  ImportTable::Row cells;
  std::string code;
  std::string parent;
  std::string place;
  std::optional<Date> from;
  std::optional<Date> go_live;
  std::optional<std::int64_t> official_order;
  Kind kind;
  Refusals faults;
};

UnitRow read_unit_row(const ImportTable::Row& cells, const Vocabulary& words);

}  // namespace huilu::org
