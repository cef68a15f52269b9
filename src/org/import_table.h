// The part of an import that needs no database: which column is which field, and what a cell says.
// Private to the imports of this room.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "org/import.h"

namespace huilu::org {

// A field of an import and the headings by which it is known.
struct ImportField {
  std::string_view name;
  bool required;
  std::vector<std::string_view> headings;
};

class ImportTable {
 public:
  // The first row holds the headings.
  static Result<ImportTable> read(const Sheet& sheet, const ImportOptions& options,
                                  const std::vector<ImportField>& fields);

  struct Row {
    const ImportTable* table;
    const SheetRow* cells;

    bool has_column(std::string_view field) const;
    std::string text(std::string_view field) const;  // empty: no column, or an empty cell
    std::string where(std::string_view field) const;
    // A cell that must be something; a fault otherwise. Nothing for an empty cell.
    std::optional<Date> date(std::string_view field, Refusals& faults) const;
    std::optional<std::int64_t> integer(std::string_view field, Refusals& faults) const;
    std::optional<bool> yes_or_no(std::string_view field, Refusals& faults) const;
  };

  std::size_t size() const { return sheet_.rows.size() - 1; }
  Row row(std::size_t i) const { return {this, &sheet_.rows[i + 1]}; }
  const std::string& file() const { return sheet_.name; }

 private:
  Sheet sheet_;
  std::map<std::string, int, std::less<>> columns_;
};

// By code or by title in any language; the text itself when it is neither.
template <class T>
std::string code_of_word(const policy::Terms<T>& terms, const std::string& text);

std::optional<Date> date_from(
    std::string_view text);  // 2026-03-05, 2026/3/5, 2026年3月5日, 20260305

// At most import_faults_max, and then how many there were.
Refusals limited(Refusals faults, const std::string& file);

Value import_reply(std::size_t created, std::size_t changed, std::size_t unchanged, Run run);

bool same_word(std::string_view a, std::string_view b);  // folded

template <class T>
std::string code_of_word(const policy::Terms<T>& terms, const std::string& text) {
  for (const auto& term : terms.items) {
    if (term.code == text) return term.code;
    for (const auto& title : term.title.texts) {
      if (same_word(title, text)) return term.code;
    }
  }
  return text;
}

}  // namespace huilu::org
