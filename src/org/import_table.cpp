#include "org/import_table.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "org/refusing.h"
#include "policy/finding.h"

namespace huilu::org {

namespace {

std::optional<std::int64_t> number_from(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return {};
  return value;
}

// Heading, mapped by the caller or by itself, to a field; empty: not known.
std::string field_of(const std::string& heading, const ImportOptions& options,
                     const std::vector<ImportField>& fields) {
  for (const auto& [from, to] : options.columns) {
    if (same_word(from, heading)) return to;
  }
  for (const auto& field : fields) {
    if (same_word(field.name, heading)) return std::string(field.name);
    for (const auto known : field.headings) {
      if (same_word(known, heading)) return std::string(field.name);
    }
  }
  return {};
}

}  // namespace

bool same_word(std::string_view a, std::string_view b) { return folded(a) == folded(b); }

Result<ImportTable> ImportTable::read(const Sheet& sheet, const ImportOptions& options,
                                      const std::vector<ImportField>& fields) {
  Refusals refusals;
  if (sheet.rows.size() < 2) {
    return Refusal{RefusalCode::import_file, sheet.name, "≥ 2", std::to_string(sheet.rows.size()),
                   ""};
  }
  if (sheet.rows.size() - 1 > import_rows_max) {
    return Refusal{RefusalCode::import_file, sheet.name, "≤ " + std::to_string(import_rows_max),
                   std::to_string(sheet.rows.size() - 1), ""};
  }
  std::vector<std::string_view> names;
  for (const auto& field : fields) names.push_back(field.name);
  ImportTable table;
  const SheetRow& head = sheet.rows.front();
  for (const auto& cell : head.cells) {
    const std::string field = field_of(cell.text, options, fields);
    if (field == "-") continue;
    const std::string where = sheet.where(head, cell.column);
    if (std::find(names.begin(), names.end(), field) == names.end()) {
      refuse(refusals, RefusalCode::import_column, where, policy::nearest_or_all(cell.text, names),
             cell.text);
    } else if (!table.columns_.emplace(field, cell.column).second) {
      refuse(refusals, RefusalCode::import_column, where, {}, cell.text);
    }
  }
  for (const auto& field : fields) {
    if (field.required && !table.columns_.contains(field.name)) {
      refuse(refusals, RefusalCode::import_column, sheet.where(head, 0), std::string(field.name));
    }
  }
  if (!refusals.empty()) return refusals;
  table.sheet_ = sheet;
  return table;
}

bool ImportTable::Row::has_column(std::string_view field) const {
  return table->columns_.contains(field);
}

std::string ImportTable::Row::text(std::string_view field) const {
  const auto column = table->columns_.find(field);
  if (column == table->columns_.end()) return {};
  const Cell* cell = cells->find(column->second);
  return cell ? cell->text : std::string();
}

std::string ImportTable::Row::where(std::string_view field) const {
  const auto column = table->columns_.find(field);
  return table->sheet_.where(*cells, column == table->columns_.end() ? 0 : column->second);
}

std::optional<Date> ImportTable::Row::date(std::string_view field, Refusals& faults) const {
  const std::string value = text(field);
  if (value.empty()) return std::nullopt;
  const auto date = date_from(value);
  if (!date) refuse(faults, RefusalCode::field_type, where(field), "YYYY-MM-DD", value);
  return date;
}

std::optional<std::int64_t> ImportTable::Row::integer(std::string_view field,
                                                      Refusals& faults) const {
  const std::string value = text(field);
  if (value.empty()) return std::nullopt;
  const auto number = number_from(value);
  if (!number) refuse(faults, RefusalCode::field_type, where(field), "0, 1, 2 …", value);
  return number;
}

std::optional<bool> ImportTable::Row::yes_or_no(std::string_view field, Refusals& faults) const {
  static constexpr std::array<std::string_view, 6> yes = {"是", "有", "yes", "y", "true", "1"};
  static constexpr std::array<std::string_view, 6> no = {"否", "无", "no", "n", "false", "0"};
  const std::string value = text(field);
  if (value.empty()) return std::nullopt;
  const auto is = [&](std::string_view word) { return same_word(word, value); };
  if (std::any_of(yes.begin(), yes.end(), is)) return true;
  if (std::any_of(no.begin(), no.end(), is)) return false;
  refuse(faults, RefusalCode::field_type, where(field), "是, 否, yes, no", value);
  return std::nullopt;
}

std::optional<Date> date_from(std::string_view text) {
  const std::string plain = folded(text);  // half-width, without blanks
  std::vector<std::string> parts = {""};
  for (std::size_t i = 0; i < plain.size();) {
    const auto rest = std::string_view(plain).substr(i);
    if (rest[0] >= '0' && rest[0] <= '9') {
      parts.back() += rest[0];
      ++i;
      continue;
    }
    static constexpr std::array<std::string_view, 6> marks = {"-", "/", ".", "年", "月", "日"};
    const auto mark = std::find_if(marks.begin(), marks.end(),
                                   [&](std::string_view m) { return rest.starts_with(m); });
    if (mark == marks.end()) return std::nullopt;
    i += mark->size();
    if (*mark != "日") parts.emplace_back();
  }
  if (parts.size() == 1 && parts[0].size() == 8) {
    parts = {parts[0].substr(0, 4), parts[0].substr(4, 2), parts[0].substr(6, 2)};
  }
  if (parts.size() != 3 || parts[0].size() != 4) return std::nullopt;
  for (std::size_t i = 1; i < 3; ++i) {
    if (parts[i].empty() || parts[i].size() > 2) return std::nullopt;
    parts[i].insert(0, 2 - parts[i].size(), '0');
  }
  return Date::parse(parts[0] + "-" + parts[1] + "-" + parts[2]);
}

Refusals limited(Refusals faults, const std::string& file) {
  if (faults.size() <= import_faults_max) return faults;
  const std::string all = std::to_string(faults.size());
  faults.resize(import_faults_max);
  refuse(faults, RefusalCode::import_row, file, std::to_string(import_faults_max), all);
  return faults;
}

Value import_reply(std::size_t created, std::size_t changed, std::size_t unchanged, Run run) {
  return Value::object({{"created", static_cast<std::int64_t>(created)},
                        {"changed", static_cast<std::int64_t>(changed)},
                        {"unchanged", static_cast<std::int64_t>(unchanged)},
                        {"dry_run", run == Run::dry}});
}

}  // namespace huilu::org
