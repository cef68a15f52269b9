#include <fmt/format.h>
#include <zip.h>
#include <pugixml.hpp>

#include <charconv>
#include <cmath>
#include <cstring>
#include <map>
#include <memory>
#include <set>

#include "base/text.h"
#include "base/time.h"
#include "org/refusing.h"
#include "org/sheet.h"

namespace huilu::org {

namespace {

constexpr double exact_integers_max = 9007199254740992.0;  // 2^53

// Names may carry a prefix, which says nothing: x:row is row.
std::string_view local_name(const char* name) {
  const char* colon = std::strrchr(name, ':');
  return colon ? colon + 1 : name;
}

pugi::xml_node child_of(const pugi::xml_node& parent, std::string_view name) {
  for (const auto child : parent.children()) {
    if (local_name(child.name()) == name) return child;
  }
  return {};
}

template <class Each>
void each_child(const pugi::xml_node& parent, std::string_view name, Each each) {
  for (const auto child : parent.children()) {
    if (local_name(child.name()) == name) each(child);
  }
}

std::string_view attribute_of(const pugi::xml_node& node, std::string_view name) {
  for (const auto attribute : node.attributes()) {
    if (local_name(attribute.name()) == name) return attribute.value();
  }
  return {};
}

bool is_true(std::string_view text) { return text == "1" || text == "true"; }

std::optional<long> number_of(std::string_view text) {
  long value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return {};
  return value;
}

// Why the file as a whole cannot be read.
struct BadFile {
  std::string why;
};

// The archive, entry by entry, never more than the limits.
class Archive {
 public:
  Archive(std::string_view bytes, const SheetLimits& limits) : limits_(limits) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    if (source) zip_.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
    if (source && !zip_) zip_source_free(source);
    zip_error_fini(&error);
    if (!zip_) throw BadFile{"zip"};
  }

  bool has(const std::string& name) const {
    return zip_name_locate(zip_.get(), name.c_str(), ZIP_FL_NOCASE) >= 0;
  }

  // An empty document when there is no such entry.
  std::unique_ptr<pugi::xml_document> read(const std::string& name) {
    auto document = std::make_unique<pugi::xml_document>();
    if (!has(name)) return document;
    const std::string text = unpack(name);
    // Entities that a document declares itself are never expanded by pugixml.
    const auto parsed = document->load_buffer(text.data(), text.size(),
                                              pugi::parse_default | pugi::parse_ws_pcdata);
    if (!parsed) throw BadFile{name};
    return document;
  }

 private:
  struct Closer {
    void operator()(zip_t* zip) const { zip_discard(zip); }
    void operator()(zip_file_t* file) const { zip_fclose(file); }
  };

  std::string unpack(const std::string& name) {
    const std::unique_ptr<zip_file_t, Closer> file(
        zip_fopen(zip_.get(), name.c_str(), ZIP_FL_NOCASE));
    if (!file) throw BadFile{name};
    std::string text;
    char piece[1 << 16];
    for (;;) {
      const auto size = zip_fread(file.get(), piece, sizeof piece);
      if (size < 0) throw BadFile{name};
      if (size == 0) return text;
      text.append(piece, static_cast<std::size_t>(size));
      total_ += static_cast<std::size_t>(size);
      if (text.size() > limits_.entry_bytes_max || total_ > limits_.total_bytes_max) {
        throw BadFile{name + " > " + std::to_string(limits_.entry_bytes_max)};
      }
    }
  }

  const SheetLimits& limits_;
  std::unique_ptr<zip_t, Closer> zip_;
  std::size_t total_ = 0;
};

// The text of <si> or <is>: its own <t>, or those of its runs; readings (rPh) are not text.
std::string rich_text(const pugi::xml_node& item) {
  std::string text;
  for (const auto child : item.children()) {
    const auto name = local_name(child.name());
    if (name == "t") text += child.text().get();
    if (name == "r") text += child_of(child, "t").text().get();
  }
  return text;
}

// A number format that shows a date: letters of a date outside quotes, brackets and escapes.
bool shows_date(std::string_view format) {
  bool date = false;
  for (std::size_t i = 0; i < format.size(); ++i) {
    const char c = format[i];
    if (c == '"' || c == '[') {
      const auto end = format.find(c == '"' ? '"' : ']', i + 1);
      if (end == format.npos) break;
      i = end;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == ';') {
      break;  // the format of negative numbers
    } else if (std::strchr("ymdhsYMDHS", c)) {
      date = true;
    } else if (c == 'G' || c == 'g') {
      return false;  // General
    }
  }
  return date;
}

bool is_date_format(long id) {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) ||
         (id >= 50 && id <= 58);
}

class XlsxReader {
 public:
  XlsxReader(std::string_view bytes, const SheetLimits& limits)
      : archive_(bytes, limits), limits_(limits) {}

  Result<Sheet> read(const std::string& wanted) {
    const std::string path = read_workbook(wanted);
    read_shared_strings();
    read_styles();
    const auto document = archive_.read(path);
    const auto worksheet = child_of(*document, "worksheet");
    if (!worksheet) throw BadFile{path};
    int number = 0;
    each_child(child_of(worksheet, "sheetData"), "row",
               [&](const pugi::xml_node& row) { read_row(row, number); });
    if (!refusals_.empty()) return std::move(refusals_);
    return std::move(sheet_);
  }

 private:
  // The path of the sheet's entry; also learns the date system.
  std::string read_workbook(const std::string& wanted) {
    const std::string base = "xl/";
    const auto document = archive_.read(base + "workbook.xml");
    const auto workbook = child_of(*document, "workbook");
    if (!workbook) throw BadFile{"xl/workbook.xml"};
    dates_of_1904_ = is_true(attribute_of(child_of(workbook, "workbookPr"), "date1904"));
    std::string relation, names;
    each_child(child_of(workbook, "sheets"), "sheet", [&](const pugi::xml_node& sheet) {
      const std::string name(attribute_of(sheet, "name"));
      const auto state = attribute_of(sheet, "state");
      const bool fits = wanted.empty() ? state.empty() || state == "visible" : name == wanted;
      names += (names.empty() ? "" : ", ") + name;
      if (!fits || !relation.empty()) return;
      relation = sheet.attribute("r:id").value();
      if (relation.empty()) relation = attribute_of(sheet, "id");
      sheet_.name = name;
    });
    if (relation.empty()) throw BadFile{wanted + " ∉ {" + names + "}"};
    const auto relations = archive_.read(base + "_rels/workbook.xml.rels");
    std::string target;
    each_child(child_of(*relations, "Relationships"), "Relationship",
               [&](const pugi::xml_node& node) {
                 if (attribute_of(node, "Id") == relation) target = attribute_of(node, "Target");
               });
    if (target.empty()) throw BadFile{"xl/_rels/workbook.xml.rels"};
    std::string path = target.starts_with('/') ? target.substr(1) : base + target;
    if (!archive_.has(path)) throw BadFile{path};
    return path;
  }

  void read_shared_strings() {
    const auto document = archive_.read("xl/sharedStrings.xml");
    each_child(child_of(*document, "sst"), "si",
               [&](const pugi::xml_node& item) { shared_.push_back(rich_text(item)); });
  }

  void read_styles() {
    const auto document = archive_.read("xl/styles.xml");
    const auto styles = child_of(*document, "styleSheet");
    std::map<long, bool> formats;
    each_child(child_of(styles, "numFmts"), "numFmt", [&](const pugi::xml_node& format) {
      const auto id = number_of(attribute_of(format, "numFmtId"));
      if (id) formats[*id] = shows_date(attribute_of(format, "formatCode"));
    });
    each_child(child_of(styles, "cellXfs"), "xf", [&](const pugi::xml_node& style) {
      const long id = number_of(attribute_of(style, "numFmtId")).value_or(0);
      const auto own = formats.find(id);
      date_styles_.push_back(own != formats.end() ? own->second : is_date_format(id));
    });
  }

  void read_row(const pugi::xml_node& node, int& number) {
    ++number;
    if (const auto given = number_of(attribute_of(node, "r"))) number = static_cast<int>(*given);
    SheetRow row;
    row.number = number;
    int column = -1;
    each_child(node, "c", [&](const pugi::xml_node& cell) {
      column = column_of(attribute_of(cell, "r")).value_or(column + 1);
      std::string text = trimmed(text_of(cell, row, column));
      if (text.empty()) return;
      if (column >= limits_.columns_max) {
        refuse(refusals_, RefusalCode::import_file, sheet_.where(row, column),
               "columns ≤ " + std::to_string(limits_.columns_max));
        return;
      }
      row.cells.push_back({column, number, 0, std::move(text)});
    });
    if (row.cells.empty()) return;
    if (sheet_.rows.size() >= limits_.rows_max) {
      throw BadFile{"rows > " + std::to_string(limits_.rows_max)};
    }
    sheet_.rows.push_back(std::move(row));
  }

  static std::optional<int> column_of(std::string_view reference) {
    int column = 0;
    for (const char c : reference) {
      if (c < 'A' || c > 'Z') break;
      column = column * 26 + (c - 'A' + 1);
      if (column > 1 << 15) break;
    }
    return column == 0 ? std::nullopt : std::optional(column - 1);
  }

  std::string text_of(const pugi::xml_node& cell, const SheetRow& row, int column) {
    const auto type = attribute_of(cell, "t");
    std::string value = child_of(cell, "v").text().get();
    if (type == "inlineStr") return rich_text(child_of(cell, "is"));
    if (value.empty() && child_of(cell, "f")) {
      refuse(refusals_, RefusalCode::import_row, sheet_.where(row, column), "<v>", "<f>");
      return {};
    }
    if (value.empty() || type == "str" || type == "d") return value;
    if (type == "e") {
      refuse(refusals_, RefusalCode::import_row, sheet_.where(row, column), {}, value);
      return {};
    }
    if (type == "b") return is_true(value) ? "true" : "false";
    if (type == "s") {
      const auto index = number_of(value);
      if (!index || *index < 0 || *index >= static_cast<long>(shared_.size())) {
        throw BadFile{"xl/sharedStrings.xml"};
      }
      return shared_[static_cast<std::size_t>(*index)];
    }
    return number_text(value, attribute_of(cell, "s"));
  }

  std::string number_text(const std::string& value, std::string_view style) const {
    double number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc{} || end != value.data() + value.size()) return value;
    const auto index = static_cast<std::size_t>(number_of(style).value_or(0));
    if (index < date_styles_.size() && date_styles_[index]) return date_text(number);
    if (std::nearbyint(number) == number && std::fabs(number) < exact_integers_max) {
      return fmt::format("{:.0f}", number == 0 ? 0.0 : number);
    }
    return fmt::format("{}", number);
  }

  // Days since 1899-12-30, or since 1904-01-01; before 1 March 1900 one less, because the format
  // takes 1900 for a leap year.
  std::string date_text(double serial) const {
    if (!(serial >= 0 && serial < 2958466)) return fmt::format("{}", serial);
    const auto seconds = static_cast<std::int64_t>(std::llround(serial * 86400));
    const auto days = static_cast<int>(seconds / 86400);
    const auto rest = static_cast<int>(seconds % 86400);
    std::string time = fmt::format("{:02}:{:02}:{:02}", rest / 3600, rest / 60 % 60, rest % 60);
    if (!dates_of_1904_ && days == 0) return time;
    const Date zero = dates_of_1904_ ? Date::of(1904, 1, 1)
                      : days < 60    ? Date::of(1899, 12, 31)
                                     : Date::of(1899, 12, 30);
    const std::string date = (zero + days).text();
    return rest == 0 ? date : date + " " + time;
  }

  Archive archive_;
  const SheetLimits& limits_;
  bool dates_of_1904_ = false;
  std::vector<std::string> shared_;
  std::vector<bool> date_styles_;
  Sheet sheet_{SheetFormat::xlsx, {}, {}};
  Refusals refusals_;
};

}  // namespace

Result<Sheet> read_xlsx(std::string_view bytes, const std::string& file_name,
                        const std::string& sheet, const SheetLimits& limits) {
  try {
    return XlsxReader(bytes, limits).read(sheet);
  } catch (const BadFile& bad) {
    return Refusal{RefusalCode::import_file, file_name, "XLSX", bad.why, ""};
  }
}

}  // namespace huilu::org
