#include "record/import_rows.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "base/fault.h"
#include "base/text.h"
#include "record/rules.h"

namespace huilu::record {

namespace {

// A cell in the type that the field wants; a text that does not fit is left for the check to
// refuse.
Value cell_value(const policy::Field& field, const std::string& cell) {
  if (field.type == policy::FieldType::int_) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
    if (error == std::errc{} && end == cell.data() + cell.size()) return number;
  }
  if (field.type == policy::FieldType::bool_ && (cell == "true" || cell == "false")) {
    return cell == "true";
  }
  return cell;
}

std::string_view next_line(std::string_view bytes, std::size_t at) {
  const auto line = bytes.substr(at, bytes.find('\n', at) - at);
  return line;
}

std::string_view without_return(std::string_view line) {
  return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

}  // namespace

MappedFile::MappedFile(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status {};
  if (descriptor < 0 || ::fstat(descriptor, &status) != 0) {
    if (descriptor >= 0) ::close(descriptor);
    throw Fault(FaultKind::internal, "cannot read " + path);
  }
  size_ = static_cast<std::size_t>(status.st_size);
  void* data = size_ == 0 ? nullptr : ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, descriptor, 0);
  ::close(descriptor);
  if (data == MAP_FAILED) throw Fault(FaultKind::internal, "cannot map " + path);
  data_ = static_cast<const char*>(data);
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(const_cast<char*>(data_), size_);
}

void split_line(std::string_view line, std::vector<std::string>& cells) {
  cells.clear();
  std::string* cell = &cells.emplace_back();
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
      *cell += line[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      cell = &cells.emplace_back();
    } else {
      *cell += c;
    }
  }
}

ImportRows::ImportRows(const ImportOptions& options, const Catalog& catalog, std::string_view bytes,
                       const std::unordered_map<std::string, UnitId>& units, Date today)
    : options_(options), catalog_(catalog), bytes_(bytes), units_(units), today_(today) {
  std::size_t number = 0;
  for (std::size_t at = 0; at < bytes_.size() && refusals_.size() < options_.refusals_max;) {
    const auto line = next_line(bytes_, at);
    if (++number == 1) {
      read_header(without_return(line));
      if (!refusals_.empty()) return;
    } else if (!without_return(line).empty()) {
      read_row(without_return(line), number, at);
    }
    at += line.size() + 1;
  }
  std::sort(slots_.begin(), slots_.end(), [](const Slot& a, const Slot& b) {
    return std::tie(a.unit, a.type, a.date, a.offset) < std::tie(b.unit, b.type, b.date, b.offset);
  });
}

void ImportRows::refuse(RefusalCode code, std::size_t line, int column, std::string expected,
                        std::string got) {
  const auto name = std::filesystem::path(options_.file).filename().string();
  refusals_.push_back({code, name + ":" + std::to_string(line) + ":" + std::to_string(column + 1),
                       std::move(expected), std::move(got), ""});
}

void ImportRows::read_header(std::string_view line) {
  if (line.starts_with("\xef\xbb\xbf")) line.remove_prefix(3);
  split_line(line, cells_);
  const auto find = [&](std::string_view name) {
    const auto found = std::find(cells_.begin(), cells_.end(), name);
    return found == cells_.end() ? -1 : static_cast<int>(found - cells_.begin());
  };
  columns_.unit = find("unit");
  columns_.type = find("type");
  columns_.date = find("date");
  columns_.place = find("place");
  for (const auto& [name, column] :
       {std::pair{"unit", columns_.unit}, std::pair{"type", columns_.type},
        std::pair{"date", columns_.date}}) {
    if (column < 0) refuse(RefusalCode::import_column, 1, 0, name, "");
  }
  for (const auto& field : options_.fields) {
    columns_.fields.emplace_back(field, find(field));
    if (find(field) < 0) refuse(RefusalCode::import_column, 1, 0, field, "");
  }
}

void ImportRows::read_row(std::string_view line, std::size_t number, std::uint64_t offset) {
  split_line(line, cells_);
  cells_.resize(std::max<std::size_t>(
      cells_.size(),
      static_cast<std::size_t>(std::max({columns_.unit, columns_.type, columns_.date}) + 1)));
  const auto cell = [&](int column) -> const std::string& {
    return cells_[static_cast<std::size_t>(column)];
  };
  const auto unit = units_.find(cell(columns_.unit));
  const auto* type = catalog_.find(options_.type_prefix + cell(columns_.type));
  const auto date = Date::parse(cell(columns_.date));
  const std::size_t before = refusals_.size();
  if (unit == units_.end()) {
    refuse(RefusalCode::unknown_unit, number, columns_.unit, "", cell(columns_.unit));
  }
  if (type == nullptr) {
    const auto name = options_.type_prefix + cell(columns_.type);
    refuse(RefusalCode::unknown_record_type, number, columns_.type, catalog_.expected(name), name);
  }
  if (!date) refuse(RefusalCode::field_type, number, columns_.date, "YYYY-MM-DD", "");
  if (refusals_.size() > before) return;
  const auto content = content_of(cells_, unit->second, *type, *date);
  for (const auto& refusal : check_content(content, catalog_, today_, Origin::imported)) {
    refuse(refusal.code, number, refusal.where == "/date" ? columns_.date : 0, refusal.expected,
           refusal.where);
  }
  slots_.push_back(
      {unit->second, type->id, *date, static_cast<std::uint32_t>(line.size()), offset});
}

Content ImportRows::content_of(const std::vector<std::string>& cells, UnitId unit,
                               const Catalog::Type& type, Date date) const {
  Content content;
  content.types = {type.name};
  content.units = {unit};
  content.date = date;
  const auto has = [&](int column) {
    return column >= 0 && column < static_cast<int>(cells.size()) &&
           !cells[static_cast<std::size_t>(column)].empty();
  };
  if (has(columns_.place)) content.place = cells[static_cast<std::size_t>(columns_.place)];
  Value fields{Value::Object{}};
  for (const auto& [name, column] : columns_.fields) {
    const auto* field = type.declared->find_field(name);
    if (!has(column)) continue;
    const auto& cell = cells[static_cast<std::size_t>(column)];
    fields.set(name, field == nullptr ? Value(cell) : cell_value(*field, cell));
  }
  content.fields = Value::object({{type.name, std::move(fields)}});
  return content;
}

Content ImportRows::content(std::size_t row) const {
  const Slot& slot = slots_[row];
  split_line(bytes_.substr(slot.offset, slot.length), cells_);
  return content_of(cells_, slot.unit, *catalog_.find(slot.type), slot.date);
}

}  // namespace huilu::record
