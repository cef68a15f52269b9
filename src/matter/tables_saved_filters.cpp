// The SQL of saved filters: what the commands load and write, what lists read, and what `verify`
// holds against the journal.
#include <fmt/format.h>

#include "base/fault.h"
#include "journal/comparison.h"
#include "matter/saved_filters.h"

namespace huilu::matter {

namespace {

using enum store::ColumnType;
using journal::Comparison;
using store::Row;

const store::Table saved_filter_table{"saved_filter",
                                      {{"id", integer},
                                       {"account", integer},
                                       {"name", text},
                                       {"unit", integer},
                                       {"content", text},
                                       {"version", integer},
                                       {"at", integer},
                                       {"seq", integer}}};

std::vector<SavedFilter> filters_from(const store::Rows& rows) {
  std::vector<SavedFilter> filters;
  for (const Row row : rows) filters.push_back(saved_filter_from(row));
  return filters;
}

}  // namespace

const std::string saved_filter_columns =
    "f.id, f.account, f.name, f.unit, f.content, f.version, f.at, f.seq";

SavedFilter saved_filter_from(const Row& row) {
  SavedFilter filter;
  filter.id = row.id<SavedFilterId>(0);
  filter.account = row.id<AccountId>(1);
  filter.said.name = row.text(2);
  filter.said.unit = row.id_or_null<UnitId>(3);
  auto content = parse_json(row.text(4));
  if (!content) throw Fault(FaultKind::damaged, "a saved filter that is no JSON");
  filter.said.content = std::move(*content);
  filter.version = row.integer(5);
  filter.at = row.instant(6);
  filter.seq = row.integer(7);
  return filter;
}

store::Pending queue_filters_of(store::Connection& connection, AccountId account) {
  return connection.queue_query(
      fmt::format("select {} from saved_filter f where f.account = ?1 and f.removed_seq is null "
                  "order by f.id",
                  saved_filter_columns),
      {account});
}

store::Pending queue_saved_filter(store::Connection& connection, SavedFilterId id) {
  return connection.queue_query(
      fmt::format("select {} from saved_filter f where f.id = ?1 and f.removed_seq is null",
                  saved_filter_columns),
      {id});
}

std::vector<SavedFilter> saved_filters(store::Connection& connection, AccountId account,
                                       std::optional<UnitId> unit) {
  const auto own = queue_filters_of(connection, account);
  store::Pending shared;
  if (unit) {
    shared = connection.queue_query(
        fmt::format("select {} from saved_filter f where f.unit = ?1 and f.removed_seq is null "
                    "order by f.id limit 200",
                    saved_filter_columns),
        {*unit});
  }
  connection.flush();
  auto filters = filters_from(*own);
  if (!shared) return filters;
  for (auto& one : filters_from(*shared)) {
    if (one.account != account) filters.push_back(std::move(one));
  }
  return filters;
}

std::optional<SavedFilter> find_saved_filter(store::Connection& connection, SavedFilterId id) {
  const auto row = queue_saved_filter(connection, id);
  connection.flush();
  if (row->empty()) return {};
  return saved_filter_from((*row)[0]);
}

void insert_filter(command::Writing& writing, const SavedFilter& filter) {
  writing.rows.insert(saved_filter_table,
                      {filter.id, filter.account, filter.said.name, filter.said.unit,
                       canonical_json(filter.said.content), filter.version, filter.at, filter.seq});
}

void write_filter(command::Writing& writing, const SavedFilter& filter) {
  writing.rows.before(
      "update saved_filter set name = ?2, unit = ?3, content = ?4, version = ?5, at = ?6, "
      "seq = ?7 where id = ?1",
      {filter.id, filter.said.name, filter.said.unit, canonical_json(filter.said.content),
       filter.version, filter.at, filter.seq});
}

void write_filter_removed(command::Writing& writing, SavedFilterId id, std::int64_t version,
                          AccountId by, journal::Sequence sequence) {
  writing.rows.before(
      "update saved_filter set version = ?2, removed_by = ?3, removed_seq = ?4 where id = ?1",
      {id, version, by, sequence});
}

std::vector<journal::Damage> verify_saved_filters(store::Connection& connection) {
  Comparison compare(connection);
  const std::string sql = fmt::format(
      "select t.id, t.account, t.name, t.unit, t.content, t.version, t.at, t.seq, {}, {}, {}, {}, "
      "t.removed_seq, {}, t.removed_by, {} from saved_filter t order by t.id",
      Comparison::opening_of("content"), Comparison::opening_of("name"),
      Comparison::opening_of("view"), Comparison::instant_of(),
      Comparison::opening_of("content", "t.removed_seq"),
      Comparison::opening_of("actor", "t.removed_seq"));
  connection.for_each(sql, {}, [&](const Row& row) {
    const auto filter = saved_filter_from(row);
    const std::string id = filter.id.text();
    compare.content("saved_filter", id, row, 8, filter_content(filter));
    compare.text("saved_filter", id, row, 9, filter.said.name);
    compare.text("saved_filter", id, row, 10, row.text(4));
    compare.instant("saved_filter", id, row, 11, filter.at);
    if (row.is_null(12)) return;
    compare.content("saved_filter", id, row, 13, filter_removal_content(filter.id));
    compare.actor("saved_filter", id, row, 15, row.id<AccountId>(14));
  });
  compare.count("saved_filter", "", "filter_saved");
  compare.count("saved_filter", "where removed_seq is not null", "filter_removed");
  return compare.damages();
}

}  // namespace huilu::matter
