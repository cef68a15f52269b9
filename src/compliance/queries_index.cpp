#include "compliance/queries_index.h"

#include <string>
#include <string_view>

#include "store/lists.h"

namespace huilu::compliance {

namespace {

// `select` names the table whose `column` is asked for, or has a condition already; the order holds
// within one answer, and lists are asked for in order.
template <class IdType>
void for_each(store::Connection& connection, std::string_view select, std::string_view condition,
              std::string_view column, std::string_view order, const std::set<IdType>* ids,
              const EachRow& each) {
  const std::string head(select);
  const std::string where = condition.empty() ? "" : " where " + std::string(condition);
  const std::string tail = " order by " + std::string(order);
  if (!ids) {
    connection.for_each(head + where + tail, {}, each);
    return;
  }
  const std::string in =
      (where.empty() ? " where " : where + " and ") + std::string(column) + " in ({ids})";
  const auto answers = store::queue_in(connection, head + in + tail, {ids->begin(), ids->end()});
  connection.flush();
  for (const auto& rows : answers) {
    for (const auto row : *rows) each(row);
  }
}

}  // namespace

void for_each_unit(store::Connection& connection, SomeUnits units, const EachRow& each) {
  for_each(connection, "select id, from_date, until_date, go_live from unit", "", "id", "id", units,
           each);
}

void for_each_kind(store::Connection& connection, SomeUnits units, const EachRow& each) {
  for_each(connection, "select unit, type, level, rank, tags, from_date, until_date from unit_kind",
           "", "unit", "unit, from_date", units, each);
}

void for_each_parent(store::Connection& connection, SomeUnits units, const EachRow& each) {
  for_each(connection, "select unit, parent, from_date, until_date from unit_parent", "", "unit",
           "unit, from_date", units, each);
}

void for_each_seat(store::Connection& connection, SomeUnits units, const EachRow& each) {
  for_each(connection, "select unit, target_place, from_date, until_date from unit_relation",
           "kind = 'seated_in'", "unit", "unit, from_date", units, each);
}

void for_each_unit_in_order(store::Connection& connection, SomeUnits units, const EachRow& each) {
  for_each(connection, "select id from unit", "", "id",
           "coalesce(official_order, 9223372036854775807), sort_key, id", units, each);
}

void for_each_place(store::Connection& connection, const std::set<PlaceId>* places,
                    const EachRow& each) {
  for_each(connection, "select id, parent from place", "", "id", "coalesce(code, '~'), id", places,
           each);
}

}  // namespace huilu::compliance
