#include "compliance/queries_closing.h"

#include "base/fault.h"
#include "compliance/tables.h"

namespace huilu::compliance {

namespace {

using store::Connection;

constexpr std::string_view closing_columns =
    "select id, unit, period, content, closed_by, closed_at, seq from period_close ";

Closing closing_from(const store::Row& row) {
  auto content = parse_json(row.text(3));
  if (!content) throw Fault(FaultKind::damaged, "the content of a statement is not JSON");
  return {row.id<ClosingId>(0), row.id<UnitId>(1), row.text(2),   std::move(*content),
          row.id<AccountId>(4), row.instant(5),    row.integer(6)};
}

}  // namespace

std::optional<Closing> find_closing(Connection& connection, ClosingId id) {
  const auto rows = connection.query(std::string(closing_columns) + "where id = ?1", {id});
  if (rows.empty()) return {};
  return closing_from(rows[0]);
}

std::vector<Closing> list_closings(Connection& connection, UnitId unit, ClosingId after,
                                   int limit) {
  std::vector<Closing> out;
  for (const auto row : connection.query(
           std::string(closing_columns) + "where unit = ?1 and id > ?2 order by id limit ?3",
           {unit, after, limit})) {
    out.push_back(closing_from(row));
  }
  return out;
}

std::vector<HistoryPoint> history_of(Connection& connection, Tree tree, Node node,
                                     const std::string& obligation, const std::string& period,
                                     Date from) {
  std::string sql =
      "select period, day, due, done, failed, unknown, exempt from standing_history "
      "where tree = ?1 and node = ?2 and obligation = ?3 and day >= ?4 ";
  store::Params params = {word_of(tree),
                          node.unit ? store::Param(node.unit) : store::Param(node.place),
                          obligation, from};
  if (!period.empty()) {
    sql += "and period = ?5 ";
    params.emplace_back(period);
  }
  std::vector<HistoryPoint> out;
  for (const auto row : connection.query(sql + "order by period, day", params)) {
    out.push_back({obligation, row.text(0), row.date(1), row.integer(2), row.integer(3),
                   row.integer(4), row.integer(5), row.integer(6)});
  }
  return out;
}

std::vector<journal::Damage> verify(Connection& connection) {
  std::vector<journal::Damage> damages;
  connection.for_each(
      "select p.id, p.unit, p.period, p.content, o.bytes from period_close p "
      "left join opening o on o.seq = p.seq and o.n = 1 order by p.id",
      {}, [&](const store::Row& row) {
        const auto content = parse_json(row.text(3));
        const bool fits = !row.is_null(4) && row.text(3) == row.text(4) && content.ok() &&
                          *content->find("unit") == Value(row.id<UnitId>(1).text()) &&
                          *content->find("period") == Value(row.text(2));
        if (!fits) {
          damages.push_back(
              {"period_close", row.id<ClosingId>(0).text(), "does not fit its opening"});
        }
      });
  return damages;
}

}  // namespace huilu::compliance
