#include "org/import.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "base/check.h"
#include "org/content.h"
#include "org/history.h"
#include "org/import_row.h"
#include "org/paths.h"
#include "org/refusing.h"
#include "org/tables_reads.h"

namespace huilu::org {

namespace {

using command::Need;
using command::Permission;
using command::Reply;
using command::Writing;

// Where in the row the rules' pointers are.
std::string field_at(const std::string& pointer) {
  static const std::map<std::string, std::string> fields = {
      {"/target", "place"}, {"/seat", "place"}, {"/date", "code"}};
  const auto found = fields.find(pointer);
  return found == fields.end() ? pointer.substr(1) : found->second;
}

// A unit of the sheet, or one that a row names as its parent.
struct Node {
  std::optional<Unit> before;  // none: new, and its id is negative until it is written
  Unit after;
  int row = -1;  // -1: not in the sheet
};

class ImportUnits : public command::Command {
 public:
  ImportUnits(ImportTable table, const ImportOptions& options, const Vocabulary& words)
      : table_(std::move(table)), options_(options), words_(words) {
    for (std::size_t i = 0; i < table_.size(); ++i)
      rows_.push_back(read_unit_row(table_.row(i), words));
  }

  std::string_view name() const override { return "import_units"; }
  Need need() const override {
    Need need{Permission::unit_change, {}};
    if (options_.below) need.units.push_back(*options_.below);
    return need;
  }
  bool alone() const override { return true; }

  void load(store::Connection& connection) override {
    std::set<std::string> codes, parents, places;
    for (const auto& row : rows_) {
      codes.insert(row.code);
      if (!row.parent.empty()) parents.insert(row.parent);
      if (!row.place.empty()) places.insert(row.place);
    }
    codes.insert(parents.begin(), parents.end());
    const auto list = [](const std::set<std::string>& set) {
      return Codes(set.begin(), set.end());
    };
    loads_ = queue_units_by_code(connection, options_.code_system, list(codes));
    places_ = queue_places_by_code(connection, options_.place_system, list(places));
    above_ = queue_above_codes(connection, options_.code_system, list(parents));
    below_ = queue_standing(connection, options_.below);
  }

  Refusals decide(const Context& context) override {
    today_ = context.today;
    prepare();
    Refusals faults;
    if (!options_.below && context.account) refuse(faults, RefusalCode::not_permitted, "/below");
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      append(faults, rows_[i].faults);
      append(faults, decide_row(i));
    }
    append(faults, check_cycles());
    if (faults.empty()) sort_out();
    return limited(std::move(faults), table_.file());
  }

  Reply write(const Context& context, Writing& writing) override {
    const std::size_t created = in_order_.size();
    const std::size_t changed = changed_.size();
    if (options_.run == Run::real && created + changed > 0) write_rows(context, writing);
    return {200, import_reply(created, changed, rows_.size() - created - changed, options_.run)};
  }

 private:
  // Nodes of what is there and, with ids below zero, of what is new.
  void prepare() {
    nodes_.clear();
    by_code_.clear();
    by_id_.clear();
    place_by_code_.clear();
    affiliations_ = {};
    const auto below = standing_from(below_);
    below_path_ = below ? below->path : "";
    for (const auto& load : loads_) {
      for (auto& unit : load.units()) {
        if (!by_code_.emplace(*unit.code, nodes_.size()).second) continue;
        by_id_.emplace(unit.id, nodes_.size());
        nodes_.push_back({unit, unit, -1});
      }
    }
    for (const auto& rows : places_) {
      for (const auto row : *rows) place_by_code_.emplace(row.text(0), row.id<PlaceId>(1));
    }
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (rows_[i].code.empty()) continue;
      const auto [known, is_new] = by_code_.emplace(rows_[i].code, nodes_.size());
      if (is_new) {
        Node node;
        node.after.id = UnitId{-static_cast<std::int64_t>(nodes_.size()) - 1};
        node.after.span.from = rows_[i].from.value_or(options_.date);
        by_id_.emplace(node.after.id, nodes_.size());
        nodes_.push_back(std::move(node));
      }
      Node& node = nodes_[known->second];
      if (node.row < 0) node.row = static_cast<int>(i);
    }
  }

  Refusals decide_row(std::size_t i) {
    const UnitRow& row = rows_[i];
    Refusals faults;
    if (row.code.empty()) return faults;
    Node& node = nodes_[by_code_.at(row.code)];
    if (node.row != static_cast<int>(i)) {
      refuse(faults, RefusalCode::duplicate, row.cells.where("code"), {}, row.code);
      return faults;
    }
    const auto parent = by_code_.find(row.parent);
    if (!row.parent.empty() && parent == by_code_.end()) {
      refuse(faults, RefusalCode::unknown_unit, row.cells.where("parent"), {}, row.parent);
    }
    if (!row.place.empty() && !place_by_code_.contains(row.place)) {
      refuse(faults, RefusalCode::unknown_place, row.cells.where("place"), {}, row.place);
    }
    const Node* above = parent == by_code_.end() ? nullptr : &nodes_[parent->second];
    check_below(faults, row, node, above);
    Refusals refusals = node.before ? change(row, node, above) : create(row, node, above);
    for (auto& refusal : refusals) refusal.where = row.cells.where(field_at(refusal.where));
    append(faults, std::move(refusals));
    return faults;
  }

  // Within the branch of the tree that was opened for this import.
  void check_below(Refusals& faults, const UnitRow& row, const Node& node,
                   const Node* above) const {
    if (!options_.below) return;
    const auto inside = [&](const Node& candidate) {
      return !candidate.before || is_below_or_same(candidate.before->path, below_path_);
    };
    const bool root = row.cells.has_column("parent") ? !above : !node.before;
    if (below_path_.empty() || !inside(node) || (above && !inside(*above)) || root) {
      refuse(faults, RefusalCode::not_permitted, row.cells.where(root ? "parent" : "code"));
    }
  }

  // The rules' permission to make roots; who may import where is checked above.
  Context program() const {
    Context context{};
    context.today = today_;
    return context;
  }

  static Standing standing_of(const Node& node) { return {node.after.id, node.after.span, ""}; }

  Refusals create(const UnitRow& row, Node& node, const Node* above) const {
    CreateUnit wanted;
    wanted.name = row.cells.text("name");
    wanted.kind = row.kind;
    wanted.code = row.code;
    wanted.code_system = options_.code_system;
    wanted.official_order = row.official_order;
    wanted.go_live = row.go_live;
    wanted.from = row.from.value_or(options_.date);
    CreateFacts facts;
    if (above) {
      wanted.parent = above->after.id;
      facts.parent = standing_of(*above);
    }
    if (const auto place = place_by_code_.find(row.place); place != place_by_code_.end()) {
      wanted.seat = place->second;
      facts.seat_known = true;
    }
    auto unit = org::decide(wanted, facts, words_, program());
    if (!unit.ok()) return unit.take_refusals();
    const UnitId id = node.after.id;
    node.after = std::move(*unit);
    node.after.id = id;
    return {};
  }

  // Each difference goes through its own rule, one after another.
  Refusals change(const UnitRow& row, Node& node, const Node* above) const {
    Refusals faults;
    Unit unit = *node.before;
    const Date date = options_.date;
    if (!unit.span.contains(date)) {
      const bool closed = date >= unit.span.from;
      refuse(faults, closed ? RefusalCode::unit_closed : RefusalCode::date_order, "/date",
             unit.span.from.text(), date.text());
      return faults;
    }
    const auto apply = [&](Result<Unit> next) {
      if (next.ok()) {
        unit = std::move(*next);
        unit.version = node.before->version;
      } else {
        append(faults, next.take_refusals());
      }
    };
    const std::int64_t version = unit.version;
    if (row.from && *row.from != unit.span.from) {
      refuse(faults, RefusalCode::field_range, "/from", unit.span.from.text(), row.from->text());
    }
    const std::string name = cleaned(row.cells.text("name"));
    if (name != *value_on(unit.names, date)) {
      apply(org::decide(RenameUnit{unit.id, version, name, date}, unit));
    }
    const Kind kind = changed_kind(row, *value_on(unit.kinds, date));
    if (kind != *value_on(unit.kinds, date)) {
      apply(org::decide(ChangeUnitKind{unit.id, version, kind, date}, unit, words_));
    }
    if (row.cells.has_column("parent")) {
      const auto now = parent_on(unit, date);
      const auto to = above ? std::optional(above->after.id) : std::nullopt;
      if (now != to) {
        MoveFacts facts;
        if (above) facts.to = standing_of(*above);
        apply(org::decide(MoveUnit{unit.id, version, now, to, date}, unit, facts, program()));
      }
    }
    if (row.cells.has_column("place")) change_seat(row, unit, apply);
    if (row.cells.has_column("official_order")) unit.official_order = row.official_order;
    if (row.cells.has_column("go_live")) unit.go_live = row.go_live;
    if (faults.empty()) node.after = std::move(unit);
    return faults;
  }

  Kind changed_kind(const UnitRow& row, const Kind& now) const {
    Kind kind = cleaned(row.kind);
    if (!row.cells.has_column("level")) kind.level = now.level;
    if (!row.cells.has_column("rank")) kind.rank = now.rank;
    if (!row.cells.has_column("tags")) kind.tags = now.tags;
    return kind;
  }

  template <class Apply>
  void change_seat(const UnitRow& row, const Unit& unit, const Apply& apply) const {
    const auto now = seat_on(unit, options_.date);
    if (!row.place.empty()) {
      const auto found = place_by_code_.find(row.place);
      if (found == place_by_code_.end() || now == found->second) return;
      const PlaceId place = found->second;
      const RelateUnit relate{
          unit.id, unit.version, RelationKind::seated_in, {{}, place, {}}, options_.date};
      apply(org::decide(relate, unit, RelateFacts{Interval{Date::of(1, 1, 1), std::nullopt}}));
      return;
    }
    for (const auto& relation : unit.relations) {
      if (relation.kind == RelationKind::seated_in && relation.span.contains(options_.date)) {
        apply(
            org::decide(EndUnitRelation{unit.id, unit.version, relation.id, options_.date}, unit));
        return;
      }
    }
  }

  Refusals check_cycles() {
    Refusals faults;
    for (const auto& rows : above_) {
      for (const auto row : *rows) {
        if (by_id_.contains(row.id<UnitId>(0))) continue;  // as it will be, below
        affiliations_.add({row.id<UnitId>(0), row.id_or_null<UnitId>(1), span_from(row, 2)});
      }
    }
    for (const auto& node : nodes_) {
      for (const auto& [parent, span] : node.after.parents) {
        affiliations_.add({node.after.id, parent, span});
      }
    }
    for (const auto& node : nodes_) {
      if (node.row < 0) continue;
      for (const auto& [parent, span] : node.after.parents) {
        if (!parent || !affiliations_.make_cycle(node.after.id, *parent, span)) continue;
        const auto& cells = rows_[static_cast<std::size_t>(node.row)].cells;
        refuse(faults, RefusalCode::unit_cycle, cells.where("parent"));
        break;
      }
    }
    return faults;
  }

  // New units from the top down, and the changed ones.
  void sort_out() {
    in_order_.clear();
    changed_.clear();
    std::set<std::size_t> placed;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      Node& node = nodes_[i];
      if (!node.before) {
        place_new(i, placed);
      } else if (node.row >= 0 && differ(*node.before, node.after)) {
        ++node.after.version;
        changed_.push_back(i);
      }
    }
  }

  void place_new(std::size_t i, std::set<std::size_t>& placed) {
    if (nodes_[i].before || !placed.insert(i).second) return;
    if (const auto& parent = nodes_[i].after.parents.front().value) {
      place_new(by_id_.at(*parent), placed);
    }
    in_order_.push_back(i);
  }

  static bool differ(const Unit& a, const Unit& b) {
    const auto same_relation = [](const Relation& one, const Relation& other) {
      return one.kind == other.kind && one.target == other.target &&
             one.span.from == other.span.from && one.span.until == other.span.until;
    };
    return a.names != b.names || a.kinds != b.kinds || a.parents != b.parents ||
           a.official_order != b.official_order || a.go_live != b.go_live ||
           !std::equal(a.relations.begin(), a.relations.end(), b.relations.begin(),
                       b.relations.end(), same_relation);
  }

  // Ids, and paths as if nothing had moved: the rewrites follow after the rows.
  void number_units(Writing& writing) {
    const auto real = [&](std::optional<UnitId> id) {
      return id && id->value < 0 ? std::optional(nodes_[by_id_.at(*id)].after.id) : id;
    };
    const auto number_relations = [&](Unit& unit) {
      for (auto& relation : unit.relations) {
        if (relation.id == 0) relation.id = writing.issue_id();
      }
    };
    for (const auto i : in_order_) {
      Unit& unit = nodes_[i].after;
      auto& parent = unit.parents.front().value;
      const std::string above = parent ? nodes_[by_id_.at(*parent)].after.path : "";
      parent = real(parent);
      unit.id = UnitId{writing.issue_id()};
      unit.parent = parent;
      unit.path = above + label_of(unit.id.value);
      number_relations(unit);
    }
    for (const auto i : changed_) {
      for (auto& entry : nodes_[i].after.parents) entry.value = real(entry.value);
      number_relations(nodes_[i].after);
    }
  }

  // Moves that hold today. Where today's paths are behind the histories, settle_tree does them.
  std::vector<PathRewrite> plan_moves() {
    std::map<UnitId, const Unit*> units;
    for (const auto& node : nodes_) units.emplace(node.after.id, &node.after);
    std::vector<Relocation> relocations;
    std::vector<std::pair<std::size_t, std::optional<UnitId>>> moves;
    for (const auto i : changed_) {
      const Unit& unit = nodes_[i].after;
      const auto now = nearest_value(unit.parents, day_of_copy(unit, today_));
      if (now == unit.parent || (now && !units.contains(*now))) continue;
      relocations.push_back({unit.id.value, unit.path, now.value_or(UnitId{}).value,
                             now ? units.at(*now)->path : ""});
      moves.emplace_back(i, now);
    }
    auto rewrites = plan_rewrites(relocations);
    if (!rewrites) return {};
    for (const auto& [i, parent] : moves) nodes_[i].after.parent = parent;
    return std::move(*rewrites);
  }

  void write_rows(const Context& context, Writing& writing) {
    number_units(writing);
    const auto rewrites = plan_moves();
    journal::Entry entry;
    entry.kind = "units_imported";
    entry.unit = options_.below;
    entry.actor = context.account;
    for (const auto* list : {&in_order_, &changed_}) {
      for (const auto i : *list) {
        const Unit& unit = nodes_[i].after;
        entry.fields.push_back({"content " + subject_of(unit), content_of(unit)});
        entry.touched.push_back({"unit", unit.id.value, unit.version});
      }
    }
    const auto seq = writing.append(std::move(entry));
    for (const auto i : in_order_) {
      nodes_[i].after.seq = seq;
      insert_unit(writing.rows, nodes_[i].after, today_);
    }
    for (const auto i : changed_) {
      nodes_[i].after.seq = seq;
      update_unit(writing.rows, *nodes_[i].before, nodes_[i].after, today_);
    }
    rewrite_paths(writing.rows, "unit", rewrites);
  }

  ImportTable table_;
  ImportOptions options_;
  const Vocabulary& words_;
  std::vector<UnitRow> rows_;
  std::vector<UnitLoad> loads_;
  std::vector<store::Pending> places_, above_;
  store::Pending below_;
  Date today_;
  std::string below_path_;
  std::vector<Node> nodes_;
  std::unordered_map<std::string, std::size_t> by_code_;
  std::map<UnitId, std::size_t> by_id_;
  std::unordered_map<std::string, PlaceId> place_by_code_;
  Affiliations affiliations_;
  std::vector<std::size_t> in_order_, changed_;  // new and changed nodes
};

}  // namespace

Result<CommandPtr> make_unit_import(const Sheet& sheet, const ImportOptions& options,
                                    const Vocabulary& words) {
  auto table = ImportTable::read(sheet, options, unit_fields());
  if (!table.ok()) return table.take_refusals();
  return CommandPtr(std::make_unique<ImportUnits>(std::move(*table), options, words));
}

}  // namespace huilu::org
