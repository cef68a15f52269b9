#include "org/directory.h"

#include <algorithm>
#include <mutex>

#include "base/check.h"
#include "base/text.h"
#include "org/name_index.h"
#include "org/paths.h"
#include "org/tables_reads.h"

namespace huilu::org {

namespace {

NamedNode node_from(const store::Row& row) {
  return {row.integer(0),
          row.integer_or_null(1).value_or(0),
          row.text(2),
          {row.date(3), row.date_or_null(4)}};
}

std::unique_ptr<NameIndex> loaded(store::Connection& snapshot, Tree tree) {
  auto index = std::make_unique<NameIndex>();
  for_each_name_after(snapshot, tree, 0,
                      [&](const store::Row& row) { CHECK(index->put(node_from(row))); });
  index->link();
  return index;
}

std::vector<NamedNode> read(store::Connection& snapshot, Tree tree, std::vector<std::int64_t> ids,
                            bool news, std::int64_t greatest) {
  std::vector<NamedNode> nodes;
  const auto keep = [&](const store::Row& row) { nodes.push_back(node_from(row)); };
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  for_each_name_of(snapshot, tree, ids, keep);
  if (news) for_each_name_after(snapshot, tree, greatest, keep);
  std::sort(nodes.begin(), nodes.end(),
            [](const NamedNode& a, const NamedNode& b) { return a.id < b.id; });
  return nodes;
}

// What one tree's rows have to become.
struct Update {
  std::vector<std::int64_t> ids;
  bool news = false;
  std::vector<NamedNode> nodes;
};

}  // namespace

Directory::Directory()
    : units_(std::make_unique<NameIndex>()), places_(std::make_unique<NameIndex>()) {}

Directory::~Directory() = default;

void Directory::load(store::Connection& snapshot) {
  auto units = loaded(snapshot, Tree::units);
  auto places = loaded(snapshot, Tree::places);
  const std::unique_lock lock(mutex_);
  units_ = std::move(units);
  places_ = std::move(places);
}

bool Directory::follows(std::string_view table) const {
  return table == "unit" || table == "place";
}

void Directory::follow(store::Connection& snapshot, const std::vector<journal::Touched>& touched) {
  Update units, places;
  for (const auto& row : touched) {
    Update& update = row.table == "unit" ? units : places;
    if (row.id == 0) {
      update.news = true;
    } else {
      update.ids.push_back(row.id);
    }
  }
  // Only this thread changes the indexes; readers need the lock, reading the tables does not.
  units.nodes = read(snapshot, Tree::units, units.ids, units.news, units_->greatest_id());
  places.nodes = read(snapshot, Tree::places, places.ids, places.news, places_->greatest_id());
  const auto apply = [](NameIndex& index, const Update& update) {
    bool in_order = true;
    for (const auto& node : update.nodes) in_order = index.put(node) && in_order;
    index.link();
    return in_order;
  };
  bool in_order = true;
  {
    const std::unique_lock lock(mutex_);
    in_order = apply(*units_, units) && in_order;
    in_order = apply(*places_, places) && in_order;
  }
  // Rows came in another order than their ids were issued: begin anew.
  if (!in_order) load(snapshot);
}

std::vector<Hit> Directory::search(const Search& search) const {
  const std::string text = folded(search.text);
  std::vector<std::int64_t> below;
  bool everywhere = false;
  for (const auto& path : search.units_below) {
    everywhere = everywhere || path.empty();
    if (!path.empty()) below.push_back(ids_of_path(path).back());
  }
  const std::shared_lock lock(mutex_);
  struct Found {
    Match match;
    bool is_unit;
  };
  std::vector<Found> found;
  if (search.among != Among::places) {
    for (const auto& match :
         units_->search(text, everywhere ? nullptr : &below, search.today, search.limit)) {
      found.push_back({match, true});
    }
  }
  if (search.among != Among::units) {
    for (const auto& match : places_->search(text, nullptr, search.today, search.limit)) {
      found.push_back({match, false});
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
    return std::pair(!a.match.begins, a.match.length) < std::pair(!b.match.begins, b.match.length);
  });
  if (found.size() > search.limit) found.resize(search.limit);
  std::vector<Hit> hits;
  for (const auto& [match, is_unit] : found) {
    const NameIndex& index = is_unit ? *units_ : *places_;
    hits.push_back({is_unit ? UnitId{match.id} : UnitId{}, is_unit ? PlaceId{} : PlaceId{match.id},
                    *index.name_of(match.id), index.path_of(match.id)});
  }
  return hits;
}

std::optional<std::string> Directory::name_of(UnitId unit) const {
  const std::shared_lock lock(mutex_);
  return units_->name_of(unit.value);
}

std::optional<std::string> Directory::name_of(PlaceId place) const {
  const std::shared_lock lock(mutex_);
  return places_->name_of(place.value);
}

}  // namespace huilu::org
