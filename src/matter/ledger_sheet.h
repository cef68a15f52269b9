// LedgerSheet: somebody's own ledger, read as far as it can be understood without the database:
// where its head is, which column is which field of a matter type, what each row says. A problem
// that is written over several lines of measures is one row. Pure.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "org/sheet.h"
#include "policy/matter_type.h"

namespace huilu::matter {

inline constexpr std::size_t ledger_rows_max = 2'000;

// What a column may be beside a field of the type, and that it is nothing.
namespace column {
inline constexpr std::string_view number = ":number";    // that the sheet gives the matter
inline constexpr std::string_view id = ":id";            // of a matter that is here already
inline constexpr std::string_view version = ":version";  // of it, that was exported
inline constexpr std::string_view unit = ":unit";        // the responsible one
inline constexpr std::string_view due = ":due";
inline constexpr std::string_view left_out = "-";
}  // namespace column

// Heading → target, as somebody said.
using ColumnMap = std::vector<std::pair<std::string, std::string>>;

// How a column's target was found; `similar` is only proposed.
enum class Found { said, remembered, known, similar, not_found };
inline constexpr std::array<std::string_view, 5> found_words = {"said", "remembered", "known",
                                                                "similar", "not_found"};

struct LedgerColumn {
  int column = 0;  // of the sheet
  std::string heading;
  std::string target;  // empty where none was found
  Found found = Found::not_found;
  std::vector<std::string> samples;
};

struct LedgerHead {
  std::size_t row = 0;  // its place in the sheet's rows
  std::vector<LedgerColumn> columns;
};

struct HeadAsked {
  ColumnMap said, remembered;
  std::optional<int> line;  // of the head, as the file counts; absent: it is looked for
};

// Every target that a column may have, fields first.
std::vector<std::string> targets_of(const policy::MatterType& type);
LedgerHead head_of(const org::Sheet& sheet, const policy::MatterType& type, const HeadAsked& asked);

struct LedgerRow {
  int line = 0;                                           // as the file counts
  std::map<std::string, std::string, std::less<>> texts;  // by target, what is filled in
  std::map<std::string, std::string, std::less<>> places;
  std::string place;  // of the row itself

  const std::string* find(std::string_view target) const;
  std::string where(std::string_view target) const;
  // Where a rule's pointer is: "/fields/lead/2", "/due".
  std::string where_of(std::string_view pointer) const;
};

struct LedgerTable {
  std::string name;           // of the sheet, for messages
  ColumnMap columns;          // as they were said or known
  std::set<std::string> has;  // targets
  std::vector<LedgerRow> rows;
};

// Takes what is known, remembered or said. Codes: import_file, import_column.
Result<LedgerTable> read_ledger(const org::Sheet& sheet, const LedgerHead& head,
                                const policy::MatterType& type);

}  // namespace huilu::matter
