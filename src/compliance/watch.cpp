#include "compliance/watch.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <type_traits>

#include "compliance/queries.h"
#include "journal/queries.h"

namespace huilu::compliance {

namespace {

constexpr std::size_t rows_at_once = 500;

std::uint64_t digest_of(const Standing& standing) {
  static_assert(std::has_unique_object_representations_v<Standing>);
  const std::string_view bytes(reinterpret_cast<const char*>(&standing), sizeof standing);
  return std::hash<std::string_view>{}(bytes);
}

}  // namespace

Watch::Watch(Index& index, store::Pool& readers, std::function<journal::Sequence()> published)
    : index_(index),
      readers_(readers),
      published_(std::move(published)),
      random_(std::random_device{}()) {}

void Watch::begin_day(Date today) {
  if (begun_ == today) return;
  auto connection = readers_.lend();
  store::Transaction snapshot(*connection, store::Access::read);
  if (index_.begin_day(*connection, today)) begun_ = today;
}

// What the index shows and what the snapshot holds must be of one moment; where something was
// committed meanwhile the comparison says nothing, and the next round makes another.
void Watch::compare_one() {
  auto connection = readers_.lend();
  store::Transaction snapshot(*connection, store::Access::read);
  const auto head = journal::read_head(*connection).size;
  const auto home = some_unit(*connection, static_cast<std::int64_t>(random_() >> 2));
  if (!home || published_() != head) return;
  const auto found = index_.compare(*connection, {*home});
  if (published_() != head) return;
  ++compared;
  differences += found.size();
  for (const auto& difference : found) spdlog::error("the index is not right: {}", difference);
}

void Watch::write_node(Tree tree, Node node, const std::vector<ColumnView>& columns, Date today,
                       std::vector<HistoryRow>& out) {
  const auto standings = index_.standings(tree, {node}, columns);
  auto& last = written_[{tree, node}];
  last.resize(columns.size(), digest_of({}));  // where nobody is there is nothing to write
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::uint64_t digest = digest_of(standings[i]);
    if (std::exchange(last[i], digest) == digest) continue;
    out.push_back({tree, node, columns[i].obligation, columns[i].period, today, standings[i]});
  }
}

// Periods begin and end; what stays keeps what was written of it.
void Watch::keep_columns(const std::vector<ColumnView>& columns) {
  std::vector<std::pair<std::string, std::string>> now;
  for (const auto& column : columns) now.emplace_back(column.obligation, column.period);
  if (now == columns_) return;
  std::vector<std::size_t> before;  // where each stood
  for (const auto& column : now) {
    before.push_back(
        static_cast<std::size_t>(std::ranges::find(columns_, column) - columns_.begin()));
  }
  for (auto& [node, digests] : written_) {
    std::vector<std::uint64_t> kept;
    for (const std::size_t at : before)
      kept.push_back(at < digests.size() ? digests[at] : digest_of({}));
    digests = std::move(kept);
  }
  columns_ = std::move(now);
}

// Node by node, so that nobody waits for a lock that is held for long.
void Watch::write_history(Date today,
                          const std::function<void(const std::vector<HistoryRow>&)>& write) {
  const auto columns = index_.columns(today, today + 1);
  keep_columns(columns);
  auto connection = readers_.lend();
  std::vector<HistoryRow> rows;
  for (const Tree tree : {Tree::affiliation, Tree::seat}) {
    for (const Node& node : inner_nodes(*connection, tree)) {
      write_node(tree, node, columns, today, rows);
      if (rows.size() < rows_at_once) continue;
      write(rows);
      rows.clear();
    }
  }
  if (!rows.empty()) write(rows);
}

void Watch::save() {
  try {
    const journal::Sequence published = published_();
    auto connection = readers_.lend();
    store::Transaction snapshot(*connection, store::Access::read);
    index_.save(*connection, published);
  } catch (const Fault& fault) {
    spdlog::warn("the index was not saved, the next start takes longer: {}", fault.what());
  }
}

void Watch::measure() {
  const auto now = index_.measures();
  const std::lock_guard lock(measures_mutex_);
  measures_ = now;
}

Index::Measures Watch::measures() const {
  const std::lock_guard lock(measures_mutex_);
  return measures_;
}

}  // namespace huilu::compliance
