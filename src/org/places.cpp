#include "org/places.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <unordered_map>

#include "base/fault.h"
#include "base/text.h"
#include "base/value.h"
#include "org/refusing.h"
#include "org/rules.h"
#include "org/sheet.h"
#include "org/tables_reads.h"

namespace huilu::org {

namespace {

using command::Need;
using command::Permission;
using command::Reply;
using command::Writing;

constexpr std::size_t chunk_rows = 20'000;
// Levels that a statistics office filled where there is none.
constexpr std::array<std::string_view, 4> filler_names = {"市辖区", "县", "省直辖县级行政区划",
                                                          "自治区直辖县级行政区划"};

struct PlaceRow {
  std::string code;
  std::string parent_code;  // empty: a root
  std::string name;
  std::string where;
};

// Rows of one level and one span of codes, in their order.
class ImportPlaces : public command::Command {
 public:
  ImportPlaces(std::vector<PlaceRow> rows, int level, std::string code_system)
      : rows_(std::move(rows)), level_(level), code_system_(std::move(code_system)) {}

  std::string_view name() const override { return "import_places"; }
  Need need() const override { return {Permission::unit_change, {}}; }
  bool alone() const override { return true; }

  void load(store::Connection& connection) override {
    const auto by_parent = [](const PlaceRow& a, const PlaceRow& b) {
      return a.parent_code < b.parent_code;
    };
    const auto [first, last] = std::minmax_element(rows_.begin(), rows_.end(), by_parent);
    parents_ =
        queue_places(connection, code_system_, level_ - 1, first->parent_code, last->parent_code);
    existing_ =
        queue_places(connection, code_system_, level_, rows_.front().code, rows_.back().code);
  }

  Refusals decide(const Context& context) override {
    Refusals refusals;
    created_.clear();
    changed_.clear();
    relocations_.clear();
    if (context.account) refuse(refusals, RefusalCode::not_permitted, "");
    const auto parents = by_code(parents_);
    const auto existing = by_code(existing_);
    for (const auto& row : rows_) {
      const auto parent = parents.find(row.parent_code);
      if (!row.parent_code.empty() && parent == parents.end()) {
        refuse(refusals, RefusalCode::unknown_place, row.where, {}, row.parent_code);
        continue;
      }
      append(refusals, check_name(row.name, row.where));
      const Place* above = row.parent_code.empty() ? nullptr : &parent->second;
      const auto known = existing.find(row.code);
      decide_row(row, above, known == existing.end() ? nullptr : &known->second);
    }
    return refusals;
  }

  Reply write(const Context& context, Writing& writing) override {
    if (!created_.empty() || !changed_.empty()) write_changes(context, writing);
    const auto count = [](std::size_t n) { return static_cast<std::int64_t>(n); };
    return {200, Value::object(
                     {{"created", count(created_.size())},
                      {"changed", count(changed_.size())},
                      {"unchanged", count(rows_.size() - created_.size() - changed_.size())}})};
  }

 private:
  std::unordered_map<std::string, Place> by_code(const store::Pending& rows) const {
    std::unordered_map<std::string, Place> places;
    places.reserve(rows->size());
    for (const auto row : *rows) {
      Place place;
      place.id = row.id<PlaceId>(0);
      place.version = row.integer(1);
      place.code = row.text(2);
      place.code_system = code_system_;
      place.name = row.text(3);
      place.parent = row.id_or_null<PlaceId>(4);
      place.path = row.text(5);
      place.pseudo = row.integer(6) != 0;
      places.emplace(row.text(2), std::move(place));
    }
    return places;
  }

  void decide_row(const PlaceRow& row, const Place* above, const Place* known) {
    Place place = known ? *known : Place{};
    place.level = level_;
    place.name = row.name;
    place.parent = above ? std::optional(above->id) : std::nullopt;
    place.pseudo =
        (above && above->name == row.name) ||
        std::find(filler_names.begin(), filler_names.end(), row.name) != filler_names.end();
    ++place.version;
    if (!known) {
      place.code = row.code;
      place.code_system = code_system_;
      place.path = above ? above->path : "";  // its own label follows when it has its id
      created_.push_back(std::move(place));
      return;
    }
    const bool moved = known->parent != place.parent;
    if (!moved && known->name == place.name && known->pseudo == place.pseudo) return;
    if (moved) {
      relocations_.push_back({known->id.value, known->path, place.parent.value_or(PlaceId{}).value,
                              above ? above->path : ""});
    }
    changed_.push_back(std::move(place));
  }

  void write_changes(const Context& context, Writing& writing) {
    const auto rewrites = plan_rewrites(relocations_);
    CHECK(rewrites);  // a parent is of the level above, so there is no circle
    journal::Entry entry;
    entry.kind = "places_imported";
    entry.actor = context.account;
    Value::List content;
    if (!created_.empty()) {
      std::int64_t id = writing.issue_ids(static_cast<std::int64_t>(created_.size()));
      entry.touched.push_back({"place", 0, 0});
      for (auto& place : created_) {
        place.id = PlaceId{id};
        place.path += label_of(id++);
      }
    }
    for (const auto& place : changed_) {
      entry.touched.push_back({"place", place.id.value, place.version});
    }
    for (const auto* places : {&created_, &changed_}) {
      for (const auto& place : *places) content.push_back(content_of(place));
    }
    entry.fields = {{"content", canonical_json(Value(std::move(content)))}};
    const auto seq = writing.append(std::move(entry));
    for (const auto& place : created_) insert_place(writing.rows, place, seq);
    for (const auto& place : changed_) update_place(writing.rows, place, seq);
    rewrite_paths(writing.rows, "place", *rewrites);
  }

  static Value content_of(const Place& place) {
    return Value(Value::List{place.id.text(), place.version, *place.code_system, *place.code,
                             place.name, place.level,
                             place.parent ? Value(place.parent->text()) : Value(), place.pseudo});
  }

  std::vector<PlaceRow> rows_;
  int level_;
  std::string code_system_;
  store::Pending parents_, existing_;
  std::vector<Place> created_;
  std::vector<Place> changed_;
  std::vector<Relocation> relocations_;
};

// Columns: code, name, code of the parent (none in the top file), further ones of no interest.
Result<std::vector<PlaceRow>> read_places(const PlaceFile& file, bool top) {
  SheetLimits limits;
  limits.rows_max = 2'000'000;
  std::vector<PlaceRow> rows;
  Refusals refusals;
  bool header = true;
  append(refusals, for_each_csv_row(file.bytes, file.name, limits, [&](const SheetRow& row) {
           const auto text = [&](int column) {
             const Cell* cell = row.find(column);
             return cell ? cell->text : std::string();
           };
           const std::string where = file.name + ":" + std::to_string(row.number) + ":1";
           if (header) {
             header = false;
             if (text(0) == "code" && text(1) == "name" && top == text(2).empty()) return;
             refuse(refusals, RefusalCode::import_column, where,
                    top ? "code,name" : "code,name,parentCode", text(0) + "," + text(1));
             return;
           }
           PlaceRow place{text(0), top ? "" : text(2), text(1), where};
           if (place.code.empty() || (!top && place.parent_code.empty())) {
             refuse(refusals, RefusalCode::field_required, where);
           }
           rows.push_back(std::move(place));
         }));
  std::sort(rows.begin(), rows.end(),
            [](const PlaceRow& a, const PlaceRow& b) { return a.code < b.code; });
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (rows[i].code == rows[i - 1].code) {
      refuse(refusals, RefusalCode::duplicate, rows[i].where, {}, rows[i].code);
    }
  }
  if (!refusals.empty()) return refusals;
  return rows;
}

std::string bytes_of_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(file), {});
  if (!file.is_open() || file.bad()) {
    throw Fault(FaultKind::internal, path.string() + " cannot be read");
  }
  return bytes;
}

}  // namespace

std::vector<PlaceFile> read_place_folder(const std::filesystem::path& folder) {
  std::vector<PlaceFile> files;
  for (const char* name :
       {"provinces.csv", "cities.csv", "areas.csv", "streets.csv", "villages.csv"}) {
    files.push_back({name, bytes_of_file(folder / name), static_cast<int>(files.size()) + 1});
  }
  return files;
}

Result<PlaceCounts> import_places(command::Road& road, const std::vector<PlaceFile>& files,
                                  const std::string& code_system,
                                  const command::Progress& progress) {
  std::vector<std::vector<PlaceRow>> levels;
  Refusals refusals;
  std::int64_t total = 0;
  for (const auto& file : files) {
    auto rows = read_places(file, &file == &files.front());
    if (!rows.ok()) {
      append(refusals, rows.take_refusals());
      continue;
    }
    total += static_cast<std::int64_t>(rows->size());
    levels.push_back(std::move(*rows));
  }
  if (!refusals.empty()) return refusals;

  PlaceCounts counts;
  std::int64_t done = 0;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    auto& rows = levels[i];
    for (std::size_t at = 0; at < rows.size(); at += chunk_rows) {
      const auto end = std::min(rows.size(), at + chunk_rows);
      std::vector<PlaceRow> chunk(std::make_move_iterator(rows.begin() + static_cast<long>(at)),
                                  std::make_move_iterator(rows.begin() + static_cast<long>(end)));
      done += static_cast<std::int64_t>(chunk.size());
      auto outcome = road.run(
          std::make_unique<ImportPlaces>(std::move(chunk), files[i].level, code_system), {});
      if (!outcome.fault.empty()) throw Fault(outcome.fault_kind, outcome.fault);
      if (!outcome.refusals.empty()) return std::move(outcome.refusals);
      counts.created += *outcome.reply.body.find("created")->integer();
      counts.changed += *outcome.reply.body.find("changed")->integer();
      counts.unchanged += *outcome.reply.body.find("unchanged")->integer();
      if (progress) progress(done, total);
    }
  }
  return counts;
}

}  // namespace huilu::org
