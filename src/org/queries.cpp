#include "org/queries.h"

#include <algorithm>

#include "base/check.h"
#include "org/paths.h"
#include "org/refusing.h"
#include "org/tables.h"
#include "store/lists.h"

namespace huilu::org {

namespace {

using store::Connection;
using store::Params;
using store::Row;

constexpr int limit_max = 500;

// ?1 is the date. A unit has exactly one name, kind and parent row on each day of its life.
const std::string unit_view =
    "select u.id, u.version, n.name, k.type, k.level, k.rank, k.tags, u.code, u.code_system, "
    "u.official_order, p.parent, s.target_place, u.go_live, u.from_date, u.until_date, u.path, "
    "cast(case when exists (select 1 from unit_parent c where c.parent = u.id "
    "and c.from_date <= ?1 and (c.until_date is null or c.until_date > ?1)) "
    "then 1 else 0 end as bigint) "
    "from unit u "
    "join unit_parent p on p.unit = u.id and p.from_date <= ?1 "
    "and (p.until_date is null or p.until_date > ?1) "
    "join unit_name n on n.unit = u.id and n.from_date <= ?1 "
    "and (n.until_date is null or n.until_date > ?1) "
    "join unit_kind k on k.unit = u.id and k.from_date <= ?1 "
    "and (k.until_date is null or k.until_date > ?1) "
    "left join unit_relation s on s.unit = u.id and s.kind = 'seated_in' and s.from_date <= ?1 "
    "and (s.until_date is null or s.until_date > ?1) ";

const std::string place_view =
    "select d.id, d.version, d.name, d.level, d.code, d.code_system, d.parent, d.pseudo, d.path, "
    "cast(case when exists (select 1 from place c where c.parent = d.id) then 1 else 0 end "
    "as bigint) from place d ";

UnitView unit_view_from(const Row& row) {
  UnitView view;
  view.id = row.id<UnitId>(0);
  view.version = row.integer(1);
  view.name = row.text(2);
  view.kind = {row.text(3), static_cast<int>(row.integer(4)), row.text_or_null(5),
               tags_from(row.text(6))};
  view.code = row.text_or_null(7);
  view.code_system = row.text_or_null(8);
  view.official_order = row.integer_or_null(9);
  view.parent = row.id_or_null<UnitId>(10);
  view.seat = row.id_or_null<PlaceId>(11);
  view.go_live = row.date_or_null(12);
  view.span = span_from(row, 13);
  view.path = row.text(15);
  view.has_children = row.integer(16) != 0;
  return view;
}

PlaceView place_view_from(const Row& row) {
  PlaceView view;
  view.id = row.id<PlaceId>(0);
  view.version = row.integer(1);
  view.name = row.text(2);
  view.level = static_cast<int>(row.integer(3));
  view.code = row.text_or_null(4);
  view.code_system = row.text_or_null(5);
  view.parent = row.id_or_null<PlaceId>(6);
  view.pseudo = row.integer(7) != 0;
  view.path = row.text(8);
  view.has_children = row.integer(9) != 0;
  return view;
}

template <class View>
std::optional<View> first_of(const store::Rows& rows, View (*from)(const Row&)) {
  if (rows.empty()) return std::nullopt;
  return from(rows[0]);
}

// A list that goes on after the row that the cursor names; `order` are the columns of that order.
struct Listing {
  std::string select;  // up to its conditions
  std::string where;
  std::string order;     // "u.sort_key, u.id"
  std::string position;  // the same columns of the row whose id is the cursor, "select … = "
  Params params;
};

template <class IdType, class View, class From, class IdOf>
Page<View> page_of(Connection& connection, Listing listing, const PageRequest& request, From from,
                   IdOf id_of) {
  CHECK(check_page(request).empty());
  const auto next_parameter = [&](store::Param value) {
    listing.params.push_back(std::move(value));
    return "?" + std::to_string(listing.params.size());
  };
  std::string sql = listing.select + " where " + listing.where;
  if (!request.cursor.empty()) {
    const auto after = IdType::parse(request.cursor);
    if (!after) return {};
    sql += " and (" + listing.order + ") > (" + listing.position + next_parameter(*after) + ")";
  }
  sql += " order by " + listing.order;
  sql += " limit " + next_parameter(request.limit + 1);
  Page<View> page;
  for (const auto row : connection.query(sql, listing.params)) {
    if (static_cast<int>(page.items.size()) == request.limit) {
      page.next_cursor = id_of(page.items.back()).text();
      break;
    }
    page.items.push_back(from(row));
  }
  return page;
}

Page<UnitView> page_of_units(Connection& connection, const std::string& where, Params params,
                             const PageRequest& request) {
  const auto order = [](const std::string& table) {
    return "coalesce(" + table + ".official_order, 9223372036854775807), " + table + ".sort_key, " +
           table + ".id";
  };
  return page_of<UnitId, UnitView>(
      connection,
      {unit_view, where, order("u"),
       "select " + order("f") + " from unit f where f.id = ", std::move(params)},
      request, unit_view_from, [](const UnitView& view) { return view.id; });
}

}  // namespace

Refusals check_page(const PageRequest& request) {
  Refusals refusals;
  if (request.limit < 1 || request.limit > limit_max) {
    refuse(refusals, RefusalCode::field_range, "/limit", "1..500", std::to_string(request.limit));
  }
  const std::string& cursor = request.cursor;
  if (!cursor.empty() && !UnitId::parse(cursor) && !PlaceId::parse(cursor) &&
      !MembershipId::parse(cursor) && !PersonId::parse(cursor)) {
    refuse(refusals, RefusalCode::field_type, "/cursor", "next_cursor");
  }
  return refusals;
}

std::optional<UnitView> unit_on(Connection& connection, UnitId unit, Date on) {
  return first_of(connection.query(unit_view + "where u.id = ?2", {on, unit}), unit_view_from);
}

std::map<UnitId, UnitLine> units_named(Connection& connection, const std::vector<UnitId>& units,
                                       Date on) {
  const auto read = store::queue_in(connection,
                                    "select u.id, n.name, u.path, n.from_date, n.until_date "
                                    "from unit u join unit_name n on n.unit = u.id "
                                    "where u.id in ({ids})",
                                    store::Params(units.begin(), units.end()));
  connection.flush();
  std::map<UnitId, UnitLine> named;
  for (const auto& rows : read) {
    for (const auto row : *rows) {
      if (span_from(row, 3).contains(on)) named[row.id<UnitId>(0)] = {row.text(1), row.text(2)};
    }
  }
  return named;
}

std::optional<UnitView> unit_by_code(Connection& connection, const std::string& system,
                                     const std::string& code, Date on) {
  return first_of(
      connection.query(unit_view + "where u.code_system = ?2 and u.code = ?3", {on, system, code}),
      unit_view_from);
}

std::optional<PlaceView> place_of(Connection& connection, PlaceId place) {
  return first_of(connection.query(place_view + "where d.id = ?1", {place}), place_view_from);
}

std::optional<PlaceView> place_by_code(Connection& connection, const std::string& system,
                                       const std::string& code) {
  return first_of(
      connection.query(place_view + "where d.code_system = ?1 and d.code = ?2", {system, code}),
      place_view_from);
}

std::vector<PathStep> affiliation_path(Connection& connection, UnitId unit, Date on) {
  std::vector<PathStep> steps;
  const auto rows = connection.query(
      "with recursive up (unit, depth) as ("
      "select cast(?2 as bigint), cast(0 as bigint) union all "
      "select p.parent, up.depth + 1 from up join unit_parent p on p.unit = up.unit "
      "and p.from_date <= ?1 and (p.until_date is null or p.until_date > ?1) "
      "where p.parent is not null) "
      "select up.unit, n.name from up join unit_name n on n.unit = up.unit "
      "and n.from_date <= ?1 and (n.until_date is null or n.until_date > ?1) "
      "order by up.depth desc",
      {on, unit});
  for (const auto row : rows) steps.push_back({row.id<UnitId>(0), {}, row.text(1)});
  return steps;
}

std::vector<PathStep> seat_path(Connection& connection, UnitId unit, Date on) {
  const auto view = unit_on(connection, unit, on);
  if (!view) return {};
  auto steps = view->seat ? place_path(connection, *view->seat) : std::vector<PathStep>();
  steps.push_back({unit, {}, view->name});
  return steps;
}

std::vector<PathStep> place_path(Connection& connection, PlaceId place) {
  std::vector<PathStep> steps;
  const auto rows = connection.query(
      "with recursive up (id, name, parent, depth) as ("
      "select id, name, parent, cast(0 as bigint) from place where id = ?1 union all "
      "select d.id, d.name, d.parent, up.depth + 1 from up join place d on d.id = up.parent) "
      "select id, name from up order by depth desc",
      {place});
  for (const auto row : rows) steps.push_back({{}, row.id<PlaceId>(0), row.text(1)});
  return steps;
}

Page<UnitView> children_of(Connection& connection, std::optional<UnitId> parent, Date on,
                           const PageRequest& request) {
  if (!parent) return page_of_units(connection, "p.parent is null", {on}, request);
  return page_of_units(connection, "p.parent = ?2", {on, *parent}, request);
}

Page<PlaceView> places_in(Connection& connection, std::optional<PlaceId> parent,
                          const PageRequest& request) {
  Listing listing{place_view,
                  "d.parent is null",
                  "coalesce(d.code, '~'), d.id",
                  "select coalesce(f.code, '~'), f.id from place f where f.id = ",
                  {}};
  if (parent) {
    listing.where = "d.parent = ?1";
    listing.params = {*parent};
  }
  return page_of<PlaceId, PlaceView>(connection, std::move(listing), request, place_view_from,
                                     [](const PlaceView& view) { return view.id; });
}

Page<UnitView> units_seated_in(Connection& connection, PlaceId place, Date on,
                               const PageRequest& request) {
  return page_of_units(connection, "s.target_place = ?2", {on, place}, request);
}

Page<RollLine> roll_of(Connection& connection, UnitId branch, Date on, const PageRequest& request) {
  const auto order = [](const std::string& membership, const std::string& person) {
    return "case when " + membership + ".unit = ?2 then 0 else 1 end, " + person + ".sort_key, " +
           membership + ".id";
  };
  const Listing listing{"select " + std::string(membership_columns) +
                            ", p.name from membership m join person p on p.id = m.person",
                        "(m.unit = ?2 or m.host_unit = ?2) and m.from_date <= ?1 "
                        "and (m.until_date is null or m.until_date > ?1)",
                        order("m", "p"),
                        "select " + order("f", "g") +
                            " from membership f join person g on g.id = f.person where f.id = ",
                        {on, branch}};
  return page_of<MembershipId, RollLine>(
      connection, listing, request,
      [](const Row& row) {
        return RollLine{membership_from(row), row.text(10)};
      },
      [](const RollLine& line) { return line.membership.id; });
}

Page<StaffLine> staff_of(Connection& connection, UnitId unit, Date on, const PageRequest& request) {
  const Listing listing{
      "select " + std::string(employment_columns) +
          ", p.name from employment e join person p on p.id = e.person",
      "e.unit = ?2 and e.from_date <= ?1 and (e.until_date is null or e.until_date > ?1)",
      "p.sort_key, p.id",
      "select f.sort_key, f.id from person f where f.id = ",
      {on, unit}};
  return page_of<PersonId, StaffLine>(
      connection, listing, request,
      [](const Row& row) {
        return StaffLine{employment_from(row), row.text(7)};
      },
      [](const StaffLine& line) { return line.employment.person; });
}

std::vector<PostLine> posts_of(Connection& connection, UnitId unit, Date on) {
  std::vector<PostLine> lines;
  const auto posts =
      connection.query("select " + std::string(post_columns) +
                           " from post o where o.unit = ?2 and o.from_date <= ?1 "
                           "and (o.until_date is null or o.until_date > ?1) "
                           "order by coalesce(o.official_order, 9223372036854775807), o.id",
                       {on, unit});
  for (const auto row : posts) lines.push_back({post_from(row), {}});
  const auto tenures = connection.query(
      "select " + std::string(tenure_columns) +
          ", p.name from post o join tenure t on t.post = o.id join person p on p.id = t.person "
          "where o.unit = ?2 and t.from_date <= ?1 "
          "and (t.until_date is null or t.until_date > ?1) order by t.acting, t.id",
      {on, unit});
  for (const auto row : tenures) {
    const Tenure tenure = tenure_from(row);
    for (auto& line : lines) {
      if (line.post.id == tenure.post) line.holders.push_back({tenure, row.text(8)});
    }
  }
  return lines;
}

std::optional<Unit> history_of(Connection& connection, UnitId unit) {
  const UnitLoad load(connection, "u.id = ?1", {unit});
  connection.flush();
  return load.unit();
}

std::optional<Person> person_of(Connection& connection, PersonId person) {
  return first_of(
      connection.query("select " + std::string(person_columns) + " from person p where p.id = ?1",
                       {person}),
      person_from);
}

std::map<PersonId, std::string> persons_named(Connection& connection,
                                              const std::vector<PersonId>& persons) {
  const auto read = store::queue_in(connection, "select id, name from person where id in ({ids})",
                                    store::Params(persons.begin(), persons.end()));
  connection.flush();
  std::map<PersonId, std::string> named;
  for (const auto& rows : read) {
    for (const auto row : *rows) named[row.id<PersonId>(0)] = row.text(1);
  }
  return named;
}

PersonHistory history_of(Connection& connection, PersonId person) {
  PersonHistory history;
  const auto read = [&](std::string_view columns, const char* from, auto from_row, auto& out) {
    const std::string table(from);
    const auto rows = connection.query("select " + std::string(columns) + " from " + table +
                                           ".person = ?1 order by " + table.back() +
                                           ".from_date, " + table.back() + ".id",
                                       {person});
    for (const auto row : rows) out.push_back(from_row(row));
  };
  read(membership_columns, "membership m where m", membership_from, history.memberships);
  read(employment_columns, "employment e where e", employment_from, history.employments);
  read(tenure_columns, "tenure t where t", tenure_from, history.tenures);
  return history;
}

}  // namespace huilu::org
