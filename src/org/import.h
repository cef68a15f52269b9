// Import of units and of members from a sheet: all or nothing, every fault named by its cell, the
// same file again changes nothing. The API and the command line make the command; it is one
// transaction with one journal entry, whose fields are the rows. A dry run says what would happen.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "org/commands.h"
#include "org/sheet.h"

namespace huilu::org {

inline constexpr std::size_t import_rows_max = 50'000;
inline constexpr std::size_t import_faults_max = 1'000;  // beyond it only their number

enum class Run { dry, real };

struct ImportOptions {
  Date date;                    // day of changes, first day of what is new and names no other
  std::string code_system;      // of the codes of units
  std::string place_system;     // of the codes of places
  std::optional<UnitId> below;  // only at or below this unit; none: only the program, everywhere
  Run run = Run::real;
  // Heading → field, where the heading is not known by itself; "-" leaves the column out.
  std::vector<std::pair<std::string, std::string>> columns;
};

// Headings are known in Chinese and English. Fields of units: code, name, type, level, rank,
// parent, place, official_order, from, go_live, tags. Words may be codes or their titles in any
// language. A column that is missing leaves what is there as it is; an empty cell empties it.
// Refusals: import_column (at the heading), import_file.
Result<CommandPtr> make_unit_import(const Sheet& sheet, const ImportOptions& options,
                                    const Vocabulary& words);

// Fields: name, branch, kind, joined, floating, key. A person is the one with the same key, or
// without a key the member of the same name in that branch.
Result<CommandPtr> make_people_import(const Sheet& sheet, const ImportOptions& options,
                                      const Vocabulary& words);

// The reply's body: {"created": n, "changed": n, "unchanged": n, "dry_run": bool}.

}  // namespace huilu::org
