#include "compliance/queries_index.h"

#include <string>
#include <string_view>

#include "store/lists.h"

namespace huilu::compliance {

namespace {

const std::string official_order =
    "coalesce(u.official_order, 9223372036854775807), u.sort_key, u.id";

// Rows of a statement with {ids} in it.
template <class IdType>
void for_each_of(store::Connection& connection, const std::string& sql, const std::set<IdType>& ids,
                 const EachRow& each) {
  const auto answers = store::queue_in(connection, sql, {ids.begin(), ids.end()});
  connection.flush();
  for (const auto& rows : answers) {
    for (const auto row : *rows) each(row);
  }
}

template <class IdType, class Asked>
std::set<IdType> ids_of(store::Connection& connection, const std::string& sql,
                        const std::set<Asked>& asked) {
  std::set<IdType> ids;
  for_each_of(connection, sql, asked, [&](const store::Row& row) {
    if (!row.is_null(0)) ids.insert(row.id<IdType>(0));
  });
  return ids;
}

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
  for_each_of(connection, head + in + tail, *ids, each);
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

void for_each_unit_in_order(store::Connection& connection, const EachRow& each) {
  connection.for_each("select u.id from unit u order by " + official_order, {}, each);
}

void for_each_child_in_order(store::Connection& connection, const std::set<UnitId>& parents,
                             const EachRow& each) {
  for_each_of(connection,
              "select p.parent, u.id from unit_parent p join unit u on u.id = p.unit "
              "where p.parent in ({ids}) order by p.parent, " +
                  official_order,
              parents, each);
}

void for_each_seated_in_order(store::Connection& connection, const std::set<PlaceId>& places,
                              const EachRow& each) {
  for_each_of(connection,
              "select r.target_place, u.id from unit_relation r join unit u on u.id = r.unit "
              "where r.kind = 'seated_in' and r.target_place in ({ids}) order by r.target_place, " +
                  official_order,
              places, each);
}

void for_each_place(store::Connection& connection, const std::set<PlaceId>* places,
                    const EachRow& each) {
  for_each(connection, "select id, parent from place", "", "id", "coalesce(code, '~'), id", places,
           each);
}

void for_each_fact(store::Connection& connection, const EachRow& each) {
  connection.for_each(
      "select unit, type, counts_on, record, planned, at from record_unit order by unit", {}, each);
}

void for_each_present(store::Connection& connection, const EachRow& each) {
  connection.for_each(
      "select record, person from record_part where version = 1 and person is not null "
      "and pointer >= '/present/' and pointer < '/present0' order by record",
      {}, each);
}

void for_each_membership(store::Connection& connection, const std::set<PersonId>* persons,
                         const EachRow& each) {
  const auto* select =
      "select person, unit, kind, floating, host_unit, from_date, until_date from membership";
  for_each(connection, select, "", "person", "person, from_date, unit", persons, each);
}

void for_each_tenure(store::Connection& connection, const std::set<PersonId>* persons,
                     const EachRow& each) {
  const auto* select =
      "select t.id, t.post, o.unit, o.kind, t.person, t.acting, t.from_date, t.until_date "
      "from tenure t join post o on o.id = t.post";
  for_each(connection, select, "", "t.person", "t.person, t.id", persons, each);
}

std::vector<RecordId> revised_records(store::Connection& connection) {
  std::vector<RecordId> records;
  connection.for_each("select id from record where version > 1 order by id", {},
                      [&](const store::Row& row) { records.push_back(row.id<RecordId>(0)); });
  return records;
}

std::set<PersonId> persons_of_memberships(store::Connection& connection,
                                          const std::set<std::int64_t>& memberships) {
  return ids_of<PersonId>(connection, "select person from membership where id in ({ids})",
                          memberships);
}

std::set<PersonId> persons_of_tenures(store::Connection& connection,
                                      const std::set<std::int64_t>& tenures) {
  return ids_of<PersonId>(connection, "select person from tenure where id in ({ids})", tenures);
}

std::set<PersonId> persons_of_posts(store::Connection& connection,
                                    const std::set<std::int64_t>& posts) {
  return ids_of<PersonId>(connection, "select person from tenure where post in ({ids})", posts);
}

std::set<RecordId> records_with(store::Connection& connection, const std::set<PersonId>& persons) {
  return ids_of<RecordId>(connection,
                          "select distinct record from record_part "
                          "where person in ({ids}) and person is not null",
                          persons);
}

}  // namespace huilu::compliance
