#include <fmt/format.h>

#include "matter/look_backs.h"
#include "matter/waits.h"

namespace huilu::matter {

namespace {

using store::ColumnType;
using store::Params;
using store::Row;

const store::Table matter_look_back_table{"matter_look_back",
                                          {{"matter", ColumnType::integer},
                                           {"n", ColumnType::integer},
                                           {"unit", ColumnType::integer},
                                           {"type", ColumnType::text},
                                           {"since", ColumnType::text},
                                           {"due", ColumnType::text},
                                           {"open", ColumnType::integer},
                                           {"found", ColumnType::text}}};
constexpr std::string_view delete_look_backs = "delete from matter_look_back where matter = ?1";

Params row_of(MatterId id, std::int64_t n, const KeptLookBack& one) {
  return {id,       n, one.unit, one.type, one.since, due_key_of(one.due), one.is_open ? 1 : 0,
          one.found};
}

bool is_small(store::Connection& connection, std::string_view path, int units) {
  return connection
      .query(
          "select id from unit where path >= ?1 and path < ?1 || '~' order by path limit 1 "
          "offset ?2",
          {path, units})
      .empty();
}

struct LookBackPosition {
  std::string due;
  std::int64_t matter = 0;
};

std::optional<LookBackPosition> look_back_position_from(const std::string& cursor) {
  if (cursor.empty()) return LookBackPosition{};
  const std::size_t cut = cursor.find('.');
  if (cut == std::string::npos) return {};
  const auto id = MatterId::parse(cursor.substr(cut + 1));
  if (!id) return {};
  return LookBackPosition{cursor.substr(0, cut), id->value};
}

}  // namespace

void write_look_backs(store::RowBuffer& rows, MatterId id, const std::vector<KeptLookBack>& kept) {
  if (kept.empty()) return;  // a time that it was settled stays
  rows.before(delete_look_backs, {id});
  std::int64_t n = 0;
  for (const KeptLookBack& one : kept) rows.insert(matter_look_back_table, row_of(id, ++n, one));
}

void write_look_backs(store::Connection& connection, MatterId id,
                      const std::vector<KeptLookBack>& kept) {
  if (kept.empty()) return;
  connection.execute(delete_look_backs, {id});
  Params values;
  std::int64_t n = 0;
  for (const KeptLookBack& one : kept)
    for (auto& value : row_of(id, ++n, one)) values.push_back(std::move(value));
  connection.insert_many(matter_look_back_table, values);
}

LookBackCount look_back_count(store::Connection& connection, std::string_view path,
                              std::string_view type, Date today, int small_units) {
  const std::string_view from = is_small(connection, path, small_units)
                                    ? "unit u cross join matter_look_back l where l.unit = u.id"
                                    : "matter_look_back l cross join unit u where u.id = l.unit";
  LookBackCount count;
  for (const Row row : connection.query(
           fmt::format("select l.found, count(*), sum(case when l.open = 1 then 1 else 0 end), "
                       "sum(case when l.open = 1 and l.due <= ?3 then 1 else 0 end), "
                       "sum(case when l.open = 1 and l.due < ?3 then 1 else 0 end) "
                       "from {} and l.type = ?2 and u.path >= ?1 and u.path < ?1 || '~' "
                       "group by l.found",
                       from),
           {path, type, today})) {
    count.settled += row.integer(1);
    count.awaited += row.integer(2) - row.integer(3);
    count.due += row.integer(3);
    count.missed += row.integer(4);
    if (const auto& found = row.text(0); !found.empty()) count.found[found] = row.integer(1);
  }
  return count;
}

Result<LookBackPage> open_look_backs(store::Connection& connection, const LookBackFilter& filter) {
  const auto at = look_back_position_from(filter.cursor);
  if (!at) return Refusal{RefusalCode::field_type, "/cursor", "next_cursor", "", ""};
  Params params = {filter.path, at->due, at->matter, filter.limit + 1};
  std::string more;
  if (filter.type) {
    params.emplace_back(*filter.type);
    more += fmt::format(" and l.type = ?{}", params.size());
  }
  if (filter.due_before) {
    params.emplace_back(*filter.due_before);
    more += fmt::format(" and l.due < ?{}", params.size());
  }
  const std::string_view from = is_small(connection, filter.path, filter.small_units)
                                    ? "unit u cross join matter_look_back l where l.unit = u.id"
                                    : "matter_look_back l cross join unit u where u.id = l.unit";
  LookBackPage page;
  for (const Row row : connection.query(
           fmt::format("select l.matter, l.due from {} and l.open = 1 and (l.due, l.matter) > "
                       "(?2, ?3) and u.path >= ?1 and u.path < ?1 || '~'{} "
                       "order by l.due, l.matter limit ?4",
                       from, more),
           params)) {
    if (page.items.size() == static_cast<std::size_t>(filter.limit)) {
      const auto& last = page.items.back();
      page.next_cursor = last.due + "." + last.matter.text();
      break;
    }
    page.items.push_back({row.id<MatterId>(0), row.text(1)});
  }
  return page;
}

}  // namespace huilu::matter
