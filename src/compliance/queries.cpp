#include "compliance/queries.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace huilu::compliance {

namespace {

using store::Connection;
using store::queue_in;

template <class IdType>
store::Params params_of(const std::set<IdType>& ids) {
  return {ids.begin(), ids.end()};
}

std::set<UnitId> units_in(const Reads& reads) {
  std::set<UnitId> units;
  for (const auto& rows : reads) {
    for (const auto row : *rows) units.insert(row.id<UnitId>(0));
  }
  return units;
}

constexpr std::string_view tenure_columns =
    "select t.id, t.post, o.unit, o.kind, t.person, t.acting, t.from_date, t.until_date ";

}  // namespace

Reads queue_roll(Connection& connection, const std::set<UnitId>& units) {
  return queue_in(connection,
                  "select person from membership where unit in ({ids}) "
                  "union select person from membership where host_unit in ({ids})",
                  params_of(units));
}

Reads queue_memberships(Connection& connection, const std::set<PersonId>& persons) {
  return queue_in(connection,
                  "select id, person, unit, kind, floating, host_unit, from_date, until_date "
                  "from membership where person in ({ids})",
                  params_of(persons));
}

Reads queue_tenures_at(Connection& connection, const std::set<UnitId>& units) {
  return queue_in(connection,
                  std::string(tenure_columns) +
                      "from post o join tenure t on t.post = o.id where o.unit in ({ids})",
                  params_of(units));
}

Reads queue_tenures_of(Connection& connection, const std::set<PersonId>& persons) {
  return queue_in(connection,
                  std::string(tenure_columns) +
                      "from tenure t join post o on o.id = t.post where t.person in ({ids})",
                  params_of(persons));
}

store::Pending queue_unit_of(Connection& connection, TenureId tenure) {
  return connection.queue_query(
      "select o.unit from tenure t join post o on o.id = t.post where t.id = ?1", {tenure});
}

Reads queue_names(Connection& connection, const std::set<PersonId>& persons) {
  return queue_in(connection, "select id, name from person where id in ({ids})",
                  params_of(persons));
}

Reads queue_parents(Connection& connection, const std::set<UnitId>& units) {
  return queue_in(connection,
                  "with recursive up (unit) as (select id from unit where id in ({ids}) "
                  "union select p.parent from up join unit_parent p on p.unit = up.unit "
                  "where p.parent is not null) "
                  "select p.unit, p.parent, p.from_date, p.until_date "
                  "from up join unit_parent p on p.unit = up.unit",
                  params_of(units));
}

Reads queue_units(Connection& connection, const std::set<UnitId>& units) {
  return queue_in(connection,
                  "select id, name, from_date, until_date, go_live from unit where id in ({ids})",
                  params_of(units));
}

Reads queue_kinds(Connection& connection, const std::set<UnitId>& units) {
  return queue_in(connection,
                  "select unit, type, level, rank, tags, from_date, until_date "
                  "from unit_kind where unit in ({ids}) order by unit, from_date",
                  params_of(units));
}

std::vector<UnitId> every_unit(Connection& connection) {
  std::vector<UnitId> units;
  connection.for_each("select id from unit order by id", {},
                      [&](const store::Row& row) { units.push_back(row.id<UnitId>(0)); });
  return units;
}

Reads queue_records_at(Connection& connection, const std::set<UnitId>& units) {
  return queue_in(connection,
                  "select record from record_unit where unit in ({ids}) "
                  "union select record from record_named_unit where unit in ({ids})",
                  params_of(units));
}

Reads queue_records_of(Connection& connection, UnitId unit, const std::vector<std::string>& types) {
  Reads reads;
  for (const std::string& type : types) {
    reads.push_back(connection.queue_query(
        "select u.record from record_type t join record_unit u on u.type = t.id "
        "where t.name = ?1 and u.unit = ?2",
        {type, unit}));
  }
  return reads;
}

Reads queue_records_naming_unit(Connection& connection, UnitId unit) {
  return {connection.queue_query("select record from record_named_unit where unit = ?1", {unit})};
}

std::set<std::int64_t> numbers_of_types(Connection& connection,
                                        const std::set<std::string>& names) {
  const Reads reads = queue_in(connection, "select id from record_type where name in ({ids})",
                               {names.begin(), names.end()});
  connection.flush();
  std::set<std::int64_t> numbers;
  for (const auto& rows : reads) {
    for (const auto row : *rows) numbers.insert(row.integer(0));
  }
  return numbers;
}

// Numbers of ours stand in the text: there is one list of ids in a question.
Reads queue_records_below(Connection& connection, const std::set<UnitId>& units, int levels,
                          const std::set<std::int64_t>& types) {
  if (types.empty()) return {};
  return queue_in(connection,
                  fmt::format("with recursive down (unit, level) as "
                              "(select id, 0 from unit where id in ({{ids}}) "
                              "union select p.unit, down.level + 1 from down "
                              "join unit_parent p on p.parent = down.unit where down.level < {}) "
                              "select r.record from down join record_unit r on r.unit = down.unit "
                              "where down.level > 0 and r.type in ({}) "
                              "union select n.record from down "
                              "join record_named_unit n on n.unit = down.unit "
                              "where down.level > 0",
                              levels, fmt::join(types, ", ")),
                  params_of(units));
}

Reads queue_records_naming(Connection& connection, const std::set<RecordId>& records) {
  return queue_in(connection, "select record from record_reference where named in ({ids})",
                  params_of(records));
}

Reads queue_records_with(Connection& connection, const std::set<PersonId>& persons) {
  return queue_in(connection,
                  "select distinct record from record_part "
                  "where person in ({ids}) and person is not null",
                  params_of(persons));
}

Reads queue_versions(Connection& connection, const std::set<RecordId>& records) {
  return queue_in(connection,
                  "select record, version, at, content from record_version "
                  "where record in ({ids}) order by record, version",
                  params_of(records));
}

Reads queue_parts(Connection& connection, const std::set<RecordId>& records) {
  return queue_in(connection,
                  "select record, version, pointer, person, value from record_part "
                  "where record in ({ids}) order by record, version, n",
                  params_of(records));
}

std::set<UnitId> units_below(Connection& connection, const std::set<UnitId>& units) {
  const Reads reads =
      queue_in(connection,
               "with recursive down (unit) as (select id from unit where id in ({ids}) "
               "union select p.unit from down join unit_parent p on p.parent = down.unit) "
               "select unit from down",
               params_of(units));
  connection.flush();
  return units_in(reads);
}

std::set<UnitId> units_seated_below(Connection& connection, const std::set<PlaceId>& places) {
  const Reads reads = queue_in(
      connection,
      "select s.unit from place t join place d on d.path >= t.path and d.path < t.path || '~' "
      "join unit_relation s on s.target_place = d.id and s.kind = 'seated_in' "
      "where t.id in ({ids})",
      params_of(places));
  connection.flush();
  return units_in(reads);
}

std::int64_t count_below(Connection& connection, const Node& node, std::int64_t most) {
  if (node.place) {
    return connection
        .query(
            "select count(*) from (select 1 from place t join place d on d.path >= t.path and "
            "d.path < t.path || '~' join unit_relation s on s.target_place = d.id and "
            "s.kind = 'seated_in' where t.id = ?1 limit ?2) counted",
            {node.place.value, most})[0]
        .integer(0);
  }
  return connection
      .query(
          "with recursive down (unit) as (select id from unit where id = ?1 "
          "union select p.unit from down join unit_parent p on p.parent = down.unit) "
          "select count(*) from (select 1 from down limit ?2) counted",
          {node.unit.value, most})[0]
      .integer(0);
}

// The number is taken within the ids that there are.
std::optional<UnitId> some_unit(Connection& connection, std::int64_t number) {
  const auto last = connection.query("select max(id) from unit", {});
  if (last.empty() || last[0].is_null(0)) return {};
  const auto rows = connection.query("select id from unit where id >= ?1 order by id limit 1",
                                     {number % last[0].integer(0) + 1});
  return rows[0].id<UnitId>(0);
}

std::vector<Node> inner_nodes(Connection& connection, Tree tree) {
  std::vector<Node> nodes;
  if (tree == Tree::affiliation) {
    connection.for_each(
        "select u.id from unit u where exists (select 1 from unit_parent p where p.parent = u.id) "
        "order by u.id",
        {}, [&](const store::Row& row) {
          nodes.push_back({row.id<UnitId>(0), {}});
        });
    return nodes;
  }
  connection.for_each(
      "select d.id from place d where exists (select 1 from place c where c.parent = d.id) "
      "or exists (select 1 from unit u where u.seat = d.id) order by d.id",
      {}, [&](const store::Row& row) {
        nodes.push_back({{}, row.id<PlaceId>(0)});
      });
  return nodes;
}

Reads queue_seats(Connection& connection, const std::set<UnitId>& units) {
  return queue_in(connection,
                  "select s.unit, d.path, s.from_date, s.until_date from unit_relation s "
                  "join place d on d.id = s.target_place "
                  "where s.unit in ({ids}) and s.kind = 'seated_in'",
                  params_of(units));
}

Reads queue_orders(Connection& connection, const std::set<UnitId>& units) {
  return queue_in(connection, "select id, official_order, sort_key from unit where id in ({ids})",
                  params_of(units));
}

}  // namespace huilu::compliance
