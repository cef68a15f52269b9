#include "matter/ledger_sheet.h"

#include <algorithm>

#include "base/ids.h"
#include "base/text.h"
#include "matter/cells.h"
#include "policy/finding.h"

namespace huilu::matter {

namespace {

constexpr std::size_t head_rows_looked_at = 20;
constexpr std::size_t samples_max = 3;
constexpr std::size_t similar_characters_min = 2;

using Words = std::vector<std::string_view>;

// What ledgers call what every matter has.
const std::vector<std::pair<std::string_view, Words>>& usual_headings() {
  static const std::vector<std::pair<std::string_view, Words>> all = {
      {column::id, {"系统编号", "系統編號", "system number"}},
      {column::version, {"版本", "版本号", "version"}},
      {column::number,
       {"编号", "問題編號", "问题编号", "台账编号", "事项编号", "原编号", "编码", "序号", "number",
        "no.", "no"}},
      {column::unit,
       {"责任单位", "整改单位", "承办单位", "主体责任单位", "整改责任单位", "responsible unit"}},
      {column::due,
       {"完成时限", "整改时限", "整改期限", "完成期限", "截止日期", "办理时限", "时限", "期限",
        "完成时间", "整改完成时限", "deadline", "due"}}};
  return all;
}

bool has_word(const Words& words, const std::string& folded_heading) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return folded(word) == folded_heading; });
}

// The title of the role that is the responsible unit says the same.
bool is_own_unit(const policy::MatterRole& role) {
  return role.kind == policy::RoleKind::unit && role.path.steps.size() == 1 &&
         role.path.steps.front() == "unit";
}

// Without what stands in brackets after it.
std::string bare(const std::string& heading) {
  std::string text = folded(heading);
  if (const auto open = text.find('('); open != std::string::npos && open > 0) text.erase(open);
  return text;
}

std::string known_target(const policy::MatterType& type, const std::string& heading) {
  for (const std::string& text : {folded(heading), bare(heading)}) {
    for (const auto& field : type.fields) {
      if (!is_readable(field)) continue;
      if (folded(field.name) == text) return field.name;
      for (const auto& title : field.title.texts) {
        if (folded(title) == text) return field.name;
      }
    }
    for (const auto& role : type.roles) {
      if (!is_own_unit(role)) continue;
      for (const auto& title : role.title.texts) {
        if (folded(title) == text) return std::string(column::unit);
      }
    }
    for (const auto& [target, words] : usual_headings()) {
      if (target == text || has_word(words, text)) return std::string(target);
    }
  }
  return {};
}

// The only field whose title is within the heading, or which has the heading within its title.
std::string similar_target(const policy::MatterType& type, const std::string& heading) {
  const std::string text = bare(heading);
  if (count_characters(text) < similar_characters_min) return {};
  std::set<std::string> found;
  for (const auto& field : type.fields) {
    for (const auto& title : field.title.texts) {
      const std::string known = folded(title);
      if (!is_readable(field) || count_characters(known) < similar_characters_min) continue;
      if (text.find(known) != std::string::npos || known.find(text) != std::string::npos) {
        found.insert(field.name);
      }
    }
  }
  return found.size() == 1 ? *found.begin() : std::string();
}

std::string mapped(const ColumnMap& map, const std::string& heading) {
  for (const auto& [from, to] : map) {
    if (folded(from) == folded(heading)) return to;
  }
  return {};
}

LedgerColumn column_for(const org::Cell& cell, const policy::MatterType& type,
                        const HeadAsked& asked) {
  LedgerColumn out{cell.column, cell.text, mapped(asked.said, cell.text), Found::said, {}};
  if (out.target.empty()) {
    out.target = mapped(asked.remembered, cell.text);
    out.found = Found::remembered;
  }
  if (out.target.empty()) {
    out.target = known_target(type, cell.text);
    out.found = Found::known;
  }
  if (out.target.empty()) {
    out.target = similar_target(type, cell.text);
    out.found = Found::similar;
  }
  if (out.target.empty()) out.found = Found::not_found;
  return out;
}

// The row of which most is known; a title above the head is one cell, rows below are no headings.
std::size_t look_for_head(const org::Sheet& sheet, const policy::MatterType& type,
                          const HeadAsked& asked) {
  std::size_t best = 0, most = 0, widest = 0;
  for (std::size_t i = 0; i < std::min(sheet.rows.size(), head_rows_looked_at); ++i) {
    std::size_t known = 0;
    for (const auto& cell : sheet.rows[i].cells) {
      const auto found = column_for(cell, type, asked).found;
      known += found == Found::not_found || found == Found::similar ? 0 : 1;
    }
    const std::size_t width = sheet.rows[i].cells.size();
    if (known > most || (known == 0 && most == 0 && width > widest)) best = i;
    most = std::max(most, known);
    widest = std::max(widest, width);
  }
  return best;
}

void add_samples(const org::Sheet& sheet, std::size_t head, LedgerColumn& out) {
  bool are_ids = true;
  std::size_t filled = 0;
  for (std::size_t i = head + 1; i < sheet.rows.size(); ++i) {
    const auto* const cell = sheet.rows[i].find(out.column);
    if (cell == nullptr) continue;
    ++filled;
    are_ids = are_ids && MatterId::parse(cell->text).has_value();
    if (out.samples.size() < samples_max) out.samples.push_back(cell->text);
  }
  // Numbers like i12 are ours, whatever the column is called.
  if (out.target == column::number && out.found != Found::said && are_ids && filled > 0) {
    out.target = column::id;
  }
}

// Of two columns for one target the better known one has it, then the first.
void settle_doubles(std::vector<LedgerColumn>& columns) {
  for (auto& one : columns) {
    for (auto& other : columns) {
      if (&one == &other || one.target.empty() || one.target != other.target ||
          one.target == column::left_out || other.found == Found::said || other.found < one.found ||
          (other.found == one.found && &other < &one)) {
        continue;
      }
      other.target.clear();
      other.found = Found::not_found;
    }
  }
}

class LedgerReading {
 public:
  LedgerReading(const org::Sheet& sheet, const LedgerHead& head, const policy::MatterType& type)
      : sheet_(sheet), head_(head), type_(type) {}

  Result<LedgerTable> read() {
    table_.name = sheet_.name;
    read_columns();
    read_rows();
    if (refusals_.empty()) check_required();
    if (!refusals_.empty()) return std::move(refusals_);
    return std::move(table_);
  }

 private:
  void refuse(RefusalCode code, std::string where, std::string expected, std::string got = {}) {
    refusals_.push_back({code, std::move(where), std::move(expected), std::move(got), {}});
  }

  std::string at_head(int column) const { return sheet_.where(sheet_.rows[head_.row], column); }

  void read_columns() {
    const auto targets = targets_of(type_);
    const std::vector<std::string_view> words(targets.begin(), targets.end());
    for (const auto& one : head_.columns) {
      const bool taken = one.found != Found::similar && one.found != Found::not_found;
      const std::string target = taken ? one.target : std::string(column::left_out);
      if (taken) table_.columns.emplace_back(one.heading, target);
      if (target == column::left_out) continue;
      if (std::find(words.begin(), words.end(), target) == words.end()) {
        refuse(RefusalCode::import_column, at_head(one.column),
               policy::nearest_or_all(target, words), target);
      } else if (!table_.has.insert(target).second) {
        refuse(RefusalCode::import_column, at_head(one.column), {}, one.heading);
      } else {
        columns_.emplace_back(one.column, target);
      }
    }
    if (!table_.has.contains(std::string(column::number)) &&
        !table_.has.contains(std::string(column::id))) {
      refuse(RefusalCode::import_column, at_head(0), "编号 / number");
    }
  }

  void read_rows() {
    for (std::size_t i = head_.row + 1; i < sheet_.rows.size(); ++i) {
      const auto& cells = sheet_.rows[i];
      LedgerRow row;
      row.line = cells.number;
      row.place = sheet_.where(cells, columns_.empty() ? 0 : columns_.front().first);
      for (const auto& [at, target] : columns_) {
        row.places[target] = sheet_.where(cells, at);
        if (const auto* const cell = cells.find(at)) row.texts[target] = cell->text;
      }
      if (row.texts.empty()) continue;
      if (is_continued(row))
        append(row, table_.rows.back());
      else
        table_.rows.push_back(std::move(row));
    }
    const std::size_t count = table_.rows.size();
    if (count == 0 || count > ledger_rows_max) {
      refuse(RefusalCode::import_file, sheet_.name, "1 - " + std::to_string(ledger_rows_max),
             std::to_string(count));
    }
  }

  // Only lists go on over the lines of a merged cell.
  bool is_continued(const LedgerRow& row) const {
    return !table_.rows.empty() &&
           std::all_of(row.texts.begin(), row.texts.end(), [&](const auto& text) {
             const auto* const field = type_.find_field(text.first);
             return field != nullptr && field->type == policy::FieldType::list;
           });
  }

  static void append(const LedgerRow& more, LedgerRow& row) {
    for (const auto& [target, text] : more.texts) {
      std::string& whole = row.texts[target];
      whole += (whole.empty() ? "" : "\n") + text;
    }
  }

  // What is new needs a column for all that its type cannot do without.
  void check_required() {
    const bool all_here = std::all_of(table_.rows.begin(), table_.rows.end(), [](const auto& row) {
      return row.find(column::id) != nullptr;
    });
    if (all_here) return;
    for (const auto& field : type_.fields) {
      if (field.required && !table_.has.contains(field.name)) {
        refuse(RefusalCode::import_column, at_head(0), field.title.texts[0]);
      }
    }
  }

  const org::Sheet& sheet_;
  const LedgerHead& head_;
  const policy::MatterType& type_;
  LedgerTable table_;
  std::vector<std::pair<int, std::string>> columns_;
  Refusals refusals_;
};

}  // namespace

std::vector<std::string> targets_of(const policy::MatterType& type) {
  std::vector<std::string> out;
  for (const auto& field : type.fields) {
    if (is_readable(field)) out.push_back(field.name);
  }
  for (const auto& [target, words] : usual_headings()) out.emplace_back(target);
  out.emplace_back(column::left_out);
  return out;
}

LedgerHead head_of(const org::Sheet& sheet, const policy::MatterType& type,
                   const HeadAsked& asked) {
  LedgerHead head;
  if (sheet.rows.empty()) return head;
  head.row = look_for_head(sheet, type, asked);
  for (std::size_t i = 0; asked.line && i < sheet.rows.size(); ++i) {
    if (sheet.rows[i].number == *asked.line) head.row = i;
  }
  for (const auto& cell : sheet.rows[head.row].cells) {
    head.columns.push_back(column_for(cell, type, asked));
    add_samples(sheet, head.row, head.columns.back());
  }
  settle_doubles(head.columns);
  return head;
}

const std::string* LedgerRow::find(std::string_view target) const {
  const auto found = texts.find(target);
  return found == texts.end() ? nullptr : &found->second;
}

std::string LedgerRow::where(std::string_view target) const {
  const auto found = places.find(target);
  return found == places.end() ? place : found->second;
}

std::string LedgerRow::where_of(std::string_view pointer) const {
  constexpr std::string_view fields = "/fields/";
  if (pointer.starts_with(fields)) {
    pointer.remove_prefix(fields.size());
    return where(pointer.substr(0, pointer.find('/')));
  }
  if (pointer.starts_with("/unit")) return where(column::unit);
  if (pointer.starts_with("/due")) return where(column::due);
  if (pointer.starts_with("/version")) return where(column::version);
  return place;
}

Result<LedgerTable> read_ledger(const org::Sheet& sheet, const LedgerHead& head,
                                const policy::MatterType& type) {
  if (sheet.rows.size() < 2) {
    return Refusal{RefusalCode::import_file, sheet.name, "≥ 2", std::to_string(sheet.rows.size()),
                   ""};
  }
  return LedgerReading(sheet, head, type).read();
}

}  // namespace huilu::matter
