#include "matter/waits.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/fault.h"
#include "base/text.h"
#include "store/lists.h"

namespace huilu::matter {

namespace {

using obligation::Wait;
using obligation::WaitKind;
using store::ColumnType;
using store::Params;
using store::Row;

const store::Table matter_wait_table{"matter_wait",
                                     {{"matter", ColumnType::integer},
                                      {"n", ColumnType::integer},
                                      {"kind", ColumnType::text},
                                      {"place", ColumnType::integer},
                                      {"clock", ColumnType::text},
                                      {"rung", ColumnType::text},
                                      {"generation", ColumnType::integer},
                                      {"from_day", ColumnType::text},
                                      {"unit", ColumnType::integer},
                                      {"post", ColumnType::text},
                                      {"person", ColumnType::integer},
                                      {"due_key", ColumnType::text}}};
constexpr std::string_view delete_waits = "delete from matter_wait where matter = ?1";

template <class IdType>
std::optional<IdType> id_or_none(IdType id) {
  return id ? std::optional(id) : std::nullopt;
}

Params row_of(MatterId id, std::int64_t n, const Wait& wait, const std::string& due_key) {
  const auto place = static_cast<std::size_t>(wait.kind);
  return {id,
          n,
          obligation::wait_kind_words[place],
          static_cast<std::int64_t>(place),
          wait.clock,
          wait.rung,
          wait.generation,
          wait.from,
          id_or_none(wait.unit),
          wait.post,
          id_or_none(wait.person),
          obligation::has_own_due(wait.kind) ? due_key_of(wait.due) : due_key};
}

WaitKind kind_at(const Row& row, std::size_t column) {
  const auto place = static_cast<std::size_t>(row.integer(column));
  if (place >= obligation::wait_kind_words.size())
    throw Fault(FaultKind::damaged, "a matter waits in no known way");
  return static_cast<WaitKind>(place);
}

// "(unit in (…) and post = '' or unit = ?7 and post = ?8 or person = ?9)", never true of nobody.
std::string of_desk(const Desk& desk, Params& params) {
  std::string sql;
  const auto next = [&](store::Param param) {
    params.push_back(std::move(param));
    return params.size();
  };
  std::string units;
  for (const UnitId unit : desk.units)
    units += fmt::format("{}?{}", units.empty() ? "" : ",", next(unit));
  if (!units.empty()) sql = fmt::format("w.unit in ({}) and w.post = ''", units);
  for (const auto& post : desk.posts) {
    const auto unit = next(post.unit);
    sql += fmt::format("{}w.unit = ?{} and w.post = ?{}", sql.empty() ? "" : " or ", unit,
                       next(post.kind));
  }
  if (desk.person)
    sql += fmt::format("{}w.person = ?{}", sql.empty() ? "" : " or ", next(desk.person));
  return sql.empty() ? "1 = 0" : "(" + sql + ")";
}

// Where a page goes on: "3.2026-03-31.i12.fix.late".
struct WaitPosition {
  std::int64_t place = 0;
  std::string due_key;
  std::int64_t matter = 0;
  std::string clock, rung;
};

std::optional<WaitPosition> wait_position_from(const std::string& cursor) {
  if (cursor.empty()) return WaitPosition{};
  const auto parts = split(cursor, '.');
  if (parts.size() != 5) return {};
  WaitPosition at;
  const auto [end, error] =
      std::from_chars(parts[0].data(), parts[0].data() + parts[0].size(), at.place);
  const auto matter = MatterId::parse(parts[2]);
  if (error != std::errc{} || end != parts[0].data() + parts[0].size() || !matter) return {};
  at.due_key = parts[1];
  at.matter = matter->value;
  at.clock = parts[3];
  at.rung = parts[4];
  return at;
}

}  // namespace

std::string due_key_of(std::optional<Date> next_due) {
  return next_due ? next_due->text() : std::string(no_due);
}

void write_waits(store::RowBuffer& rows, MatterId id, const Kept& kept) {
  rows.before(delete_waits, {id});
  std::int64_t n = 0;
  for (const Wait& wait : kept.waits)
    rows.insert(matter_wait_table, row_of(id, ++n, wait, due_key_of(kept.next_due)));
}

void write_waits(store::Connection& connection, MatterId id, const Kept& kept) {
  connection.execute(delete_waits, {id});
  Params values;
  std::int64_t n = 0;
  for (const Wait& wait : kept.waits)
    for (auto& value : row_of(id, ++n, wait, due_key_of(kept.next_due)))
      values.push_back(std::move(value));
  if (!values.empty()) connection.insert_many(matter_wait_table, values);
}

std::vector<std::pair<MatterId, std::vector<Wait>>> kept_waits(store::Connection& connection,
                                                               const std::vector<MatterId>& ids) {
  const auto parts = store::queue_in(
      connection,
      "select w.matter, w.place, w.clock, w.rung, w.generation, w.from_day, w.unit, w.post, "
      "w.person, w.due_key from matter_wait w where w.matter in ({ids}) order by w.matter, w.n",
      Params(ids.begin(), ids.end()));
  connection.flush();
  std::vector<std::pair<MatterId, std::vector<Wait>>> out;
  for (const auto& rows : parts) {
    for (const Row row : *rows) {
      const auto id = row.id<MatterId>(0);
      if (out.empty() || out.back().first != id) out.push_back({id, {}});
      const auto kind = kind_at(row, 1);
      out.back().second.push_back(
          {kind, row.text(2), row.text(3), row.integer(4), row.date(5),
           row.id_or_null<UnitId>(6).value_or(UnitId{}), row.text(7),
           row.id_or_null<PersonId>(8).value_or(PersonId{}),
           obligation::has_own_due(kind) ? Date::parse(row.text(9)) : std::nullopt});
    }
  }
  std::ranges::sort(out, {}, [](const auto& one) { return one.first; });
  return out;
}

Result<WaitingPage> waiting_at(store::Connection& connection, const Desk& desk, Date today,
                               std::optional<WaitKind> kind, int limit, const std::string& cursor) {
  const auto at = wait_position_from(cursor);
  if (!at) return Refusal{RefusalCode::field_type, "/cursor", "next_cursor", "", ""};
  if (desk.is_empty()) return WaitingPage{};
  Params params = {today,      static_cast<std::int64_t>(kind.value_or(WaitKind::told)),
                   at->place,  at->due_key,
                   at->matter, at->clock,
                   at->rung,   limit + 1};
  const std::string whose = of_desk(desk, params);
  WaitingPage page;
  std::string last;
  for (const Row row : connection.query(
           fmt::format(
               "select distinct w.place, w.due_key, w.matter, w.clock, w.rung, w.generation "
               "from matter_wait w where w.from_day <= ?1 and w.place {} ?2 and {} "
               "and (w.place, w.due_key, w.matter, w.clock, w.rung) > (?3, ?4, ?5, ?6, ?7) "
               "order by w.place, w.due_key, w.matter, w.clock, w.rung limit ?8",
               kind ? "=" : "<", whose),
           params)) {
    if (page.items.size() == static_cast<std::size_t>(limit)) {
      page.next_cursor = std::move(last);
      break;
    }
    const auto id = row.id<MatterId>(2);
    page.items.push_back({id, kind_at(row, 0), row.text(3), row.text(4), row.integer(5)});
    last = fmt::format("{}.{}.{}.{}.{}", row.integer(0), row.text(1), id.text(), row.text(3),
                       row.text(4));
  }
  return page;
}

std::vector<WaitingCount> waiting_counts(store::Connection& connection, const Desk& desk,
                                         Date today) {
  std::vector<WaitingCount> counts;
  if (desk.is_empty()) return counts;
  Params params = {today, static_cast<std::int64_t>(WaitKind::told)};
  const std::string whose = of_desk(desk, params);
  for (const Row row : connection.query(
           fmt::format("select o.place, count(*), sum(case when o.due_key < ?1 then 1 else 0 end) "
                       "from (select distinct w.place, w.due_key, w.matter, w.clock, w.rung "
                       "from matter_wait w where w.from_day <= ?1 and w.place < ?2 and {}) o "
                       "group by o.place order by o.place",
                       whose),
           params)) {
    counts.push_back({kind_at(row, 0), row.integer(1), row.integer(2)});
  }
  return counts;
}

}  // namespace huilu::matter
