#include "org/sheet.h"

#include <algorithm>

#include "base/text.h"
#include "org/refusing.h"

namespace huilu::org {

namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

// One pass over a CSV text (RFC 4180; lines may end in LF alone).
class CsvReader {
 public:
  CsvReader(std::string_view text, const std::string& file_name, const SheetLimits& limits,
            const std::function<void(const SheetRow&)>& each)
      : text_(text), file_name_(file_name), limits_(limits), each_(each) {
    const auto first_line = text.substr(0, text.find('\n'));
    const bool tabs =
        first_line.find('\t') != first_line.npos && first_line.find(',') == first_line.npos;
    separator_ = tabs ? '\t' : ',';
  }

  Refusals read() {
    while (at_ < text_.size() && refusals_.empty()) read_row();
    return std::move(refusals_);
  }

 private:
  void read_row() {
    SheetRow row;
    row.number = line_;
    for (int column = 0;; ++column) {
      Cell cell{column, line_, offset_, {}};
      if (!read_field(cell)) return;
      cell.text = trimmed(cell.text);
      if (column >= limits_.columns_max) {
        refuse(refusals_, RefusalCode::import_file, place(cell.line, cell.offset),
               "columns ≤ " + std::to_string(limits_.columns_max));
        return;
      }
      if (!cell.text.empty()) row.cells.push_back(std::move(cell));
      if (at_ >= text_.size() || text_[at_] != separator_) break;
      advance();
    }
    if (at_ < text_.size() && text_[at_] == '\r') advance();
    if (at_ < text_.size() && text_[at_] == '\n') advance();
    if (row.cells.empty()) return;
    if (++rows_ > limits_.rows_max) {
      refuse(refusals_, RefusalCode::import_file, place(row.number, 1),
             "rows ≤ " + std::to_string(limits_.rows_max));
      return;
    }
    each_(row);
  }

  bool read_field(Cell& cell) {
    if (at_ < text_.size() && text_[at_] == '"') return read_quoted(cell);
    while (at_ < text_.size() && !ends_field()) cell.text += advance();
    return true;
  }

  bool read_quoted(Cell& cell) {
    advance();
    for (;;) {
      if (at_ >= text_.size()) {
        refuse(refusals_, RefusalCode::import_row, place(cell.line, cell.offset), "\"");
        return false;
      }
      const char c = advance();
      if (c != '"') {
        cell.text += c;
      } else if (at_ < text_.size() && text_[at_] == '"') {
        cell.text += advance();
      } else {
        break;
      }
    }
    while (at_ < text_.size() && text_[at_] == ' ') advance();
    if (at_ < text_.size() && !ends_field()) {
      refuse(refusals_, RefusalCode::import_row, place(line_, offset_), std::string(1, separator_),
             "\"");
      return false;
    }
    return true;
  }

  bool ends_field() const {
    const char c = text_[at_];
    return c == separator_ || c == '\n' ||
           (c == '\r' && (at_ + 1 == text_.size() || text_[at_ + 1] == '\n'));
  }

  char advance() {
    const char c = text_[at_++];
    if (c == '\n') {
      ++line_;
      offset_ = 1;
    } else if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) {
      ++offset_;
    }
    return c;
  }

  std::string place(int line, int offset) const {
    return file_name_ + ":" + std::to_string(line) + ":" + std::to_string(offset);
  }

  std::string_view text_;
  const std::string& file_name_;
  const SheetLimits& limits_;
  const std::function<void(const SheetRow&)>& each_;
  std::size_t rows_ = 0;
  char separator_ = ',';
  std::size_t at_ = 0;
  int line_ = 1;
  int offset_ = 1;
  Refusals refusals_;
};

}  // namespace

const Cell* SheetRow::find(int column) const {
  const auto cell = std::lower_bound(cells.begin(), cells.end(), column,
                                     [](const Cell& c, int wanted) { return c.column < wanted; });
  return cell != cells.end() && cell->column == column ? &*cell : nullptr;
}

std::string Sheet::where(const SheetRow& row, int column) const {
  if (format == SheetFormat::xlsx) {
    return name + "!" + column_letters(column) + std::to_string(row.number);
  }
  const Cell* cell = row.find(column);
  return name + ":" + std::to_string(cell ? cell->line : row.number) + ":" +
         std::to_string(cell ? cell->offset : 1);
}

std::string column_letters(int column) {
  std::string letters;
  for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters;
}

Refusals for_each_csv_row(std::string_view bytes, const std::string& file_name,
                          const SheetLimits& limits,
                          const std::function<void(const SheetRow&)>& each) {
  if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
  if (is_utf8(bytes)) return CsvReader(bytes, file_name, limits, each).read();
  // What spreadsheets in China save as CSV.
  const auto text = utf8_from_gb18030(bytes);
  if (!text || !is_utf8(*text)) {
    return {{RefusalCode::not_utf8, file_name, "UTF-8, GB18030", "", ""}};
  }
  return CsvReader(*text, file_name, limits, each).read();
}

Result<Sheet> read_csv(std::string_view bytes, const std::string& file_name,
                       const SheetLimits& limits) {
  Sheet sheet{SheetFormat::csv, file_name, {}};
  Refusals refusals = for_each_csv_row(bytes, file_name, limits,
                                       [&](const SheetRow& row) { sheet.rows.push_back(row); });
  if (!refusals.empty()) return refusals;
  return sheet;
}

Result<Sheet> read_sheet(std::string_view bytes, const std::string& file_name,
                         const std::string& sheet, const SheetLimits& limits) {
  if (bytes.starts_with("PK\x03\x04")) return read_xlsx(bytes, file_name, sheet, limits);
  return read_csv(bytes, file_name, limits);
}

}  // namespace huilu::org
