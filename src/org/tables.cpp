#include "org/tables.h"

#include <map>

#include "base/text.h"
#include "org/history.h"
#include "org/rules.h"

namespace huilu::org {

namespace {

using store::Bytes;
using store::ColumnType;
using store::Table;

constexpr auto integer = ColumnType::integer;
constexpr auto text = ColumnType::text;
constexpr auto bytes = ColumnType::bytes;

const Table unit_table{"unit",
                       {{"id", integer},
                        {"name", text},
                        {"type", text},
                        {"level", integer},
                        {"rank", text},
                        {"tags", text},
                        {"code", text},
                        {"code_system", text},
                        {"official_order", integer},
                        {"parent", integer},
                        {"path", text},
                        {"seat", integer},
                        {"go_live", text},
                        {"from_date", text},
                        {"until_date", text},
                        {"next_change", text},
                        {"sort_key", bytes},
                        {"version", integer},
                        {"seq", integer}}};
const Table name_table{
    "unit_name", {{"unit", integer}, {"name", text}, {"from_date", text}, {"until_date", text}}};
const Table kind_table{"unit_kind",
                       {{"unit", integer},
                        {"type", text},
                        {"level", integer},
                        {"rank", text},
                        {"tags", text},
                        {"from_date", text},
                        {"until_date", text}}};
const Table parent_table{
    "unit_parent",
    {{"unit", integer}, {"parent", integer}, {"from_date", text}, {"until_date", text}}};
const Table relation_table{"unit_relation",
                           {{"id", integer},
                            {"unit", integer},
                            {"kind", text},
                            {"target_unit", integer},
                            {"target_place", integer},
                            {"target_post", integer},
                            {"from_date", text},
                            {"until_date", text}}};
const Table person_table{"person",
                         {{"id", integer},
                          {"name", text},
                          {"sort_key", bytes},
                          {"external_key", text},
                          {"version", integer},
                          {"seq", integer}}};
const Table membership_table{"membership",
                             {{"id", integer},
                              {"person", integer},
                              {"unit", integer},
                              {"kind", text},
                              {"floating", integer},
                              {"host_unit", integer},
                              {"from_date", text},
                              {"until_date", text},
                              {"version", integer},
                              {"seq", integer}}};
const Table employment_table{"employment",
                             {{"id", integer},
                              {"person", integer},
                              {"unit", integer},
                              {"from_date", text},
                              {"until_date", text},
                              {"version", integer},
                              {"seq", integer}}};
const Table post_table{"post",
                       {{"id", integer},
                        {"unit", integer},
                        {"kind", text},
                        {"title", text},
                        {"official_order", integer},
                        {"from_date", text},
                        {"until_date", text},
                        {"version", integer},
                        {"seq", integer}}};
const Table tenure_table{"tenure",
                         {{"id", integer},
                          {"post", integer},
                          {"person", integer},
                          {"acting", integer},
                          {"from_date", text},
                          {"until_date", text},
                          {"version", integer},
                          {"seq", integer}}};
const Table place_table{"place",
                        {{"id", integer},
                         {"code", text},
                         {"code_system", text},
                         {"name", text},
                         {"level", integer},
                         {"parent", integer},
                         {"path", text},
                         {"sort_key", bytes},
                         {"pseudo", integer},
                         {"from_date", text},
                         {"until_date", text},
                         {"version", integer},
                         {"seq", integer}}};

template <char Prefix>
std::optional<Id<Prefix>> or_null(Id<Prefix> id) {
  return id ? std::optional(id) : std::nullopt;
}

// What the unit table copies from the histories. The parent is copied together with the paths, by
// moves and by settling; until then the unit is due at once.
struct Copy {
  const std::string& name;
  const Kind& kind;
  std::optional<PlaceId> seat;
  std::optional<Date> next_change;
  Bytes sort;
};

Copy copy_of(const Unit& unit, Date today) {
  const Date day = day_of_copy(unit, today);
  const std::string& name = nearest_value(unit.names, day);
  const bool settled = unit.parent == nearest_value(unit.parents, day);
  return {name, nearest_value(unit.kinds, day), seat_on(unit, day),
          settled ? next_change(unit, today) : today, Bytes{sort_key(name)}};
}

void insert_names(store::RowBuffer& rows, const Unit& unit) {
  for (const auto& entry : unit.names) {
    rows.insert(name_table, {unit.id, entry.value, entry.span.from, entry.span.until});
  }
}

void insert_kinds(store::RowBuffer& rows, const Unit& unit) {
  for (const auto& entry : unit.kinds) {
    rows.insert(kind_table, {unit.id, entry.value.type, entry.value.level, entry.value.rank,
                             joined_tags(entry.value.tags), entry.span.from, entry.span.until});
  }
}

void insert_parents(store::RowBuffer& rows, const Unit& unit) {
  for (const auto& entry : unit.parents) {
    rows.insert(parent_table, {unit.id, entry.value, entry.span.from, entry.span.until});
  }
}

void insert_relations(store::RowBuffer& rows, const Unit& unit) {
  for (const auto& relation : unit.relations) {
    rows.insert(relation_table,
                {relation.id, unit.id, word_of(relation.kind), or_null(relation.target.unit),
                 or_null(relation.target.place), or_null(relation.target.post), relation.span.from,
                 relation.span.until});
  }
}

bool same(const std::vector<Relation>& a, const std::vector<Relation>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Relation& one, const Relation& other) {
                      return one.id == other.id && one.span.from == other.span.from &&
                             one.span.until == other.span.until;
                    });
}

void drop(store::RowBuffer& rows, const char* statement, UnitId unit) {
  rows.before(statement, {unit});
}

}  // namespace

std::string joined_tags(const std::vector<std::string>& tags) {
  std::string joined;
  for (const auto& tag : tags) joined += (joined.empty() ? "" : " ") + tag;
  return joined;
}

std::vector<std::string> tags_from(const std::string& joined) {
  std::vector<std::string> tags;
  if (joined.empty()) return tags;
  for (const auto tag : split(joined, ' ')) tags.emplace_back(tag);
  return tags;
}

Interval span_from(const store::Row& row, std::size_t column) {
  return {row.date(column), row.date_or_null(column + 1)};
}

// The plus keeps SQLite from walking a whole table in the order that is wanted, to spare a sort.
UnitLoad::UnitLoad(store::Connection& connection, std::string_view which,
                   const store::Params& params) {
  const std::string where(which);
  units_ = connection.queue_query(
      "select u.id, u.version, u.seq, u.code, u.code_system, u.official_order, u.go_live, "
      "u.from_date, u.until_date, u.parent, u.path from unit u where " +
          where + " order by +u.id",
      params);
  names_ = connection.queue_query(
      "select n.unit, n.name, n.from_date, n.until_date from unit u "
      "join unit_name n on n.unit = u.id where " +
          where + " order by +n.unit, n.from_date",
      params);
  kinds_ = connection.queue_query(
      "select k.unit, k.type, k.level, k.rank, k.tags, k.from_date, k.until_date from unit u "
      "join unit_kind k on k.unit = u.id where " +
          where + " order by +k.unit, k.from_date",
      params);
  parents_ = connection.queue_query(
      "select p.unit, p.parent, p.from_date, p.until_date from unit u "
      "join unit_parent p on p.unit = u.id where " +
          where + " order by +p.unit, p.from_date",
      params);
  relations_ = connection.queue_query(
      "select r.unit, r.id, r.kind, r.target_unit, r.target_place, r.target_post, r.from_date, "
      "r.until_date from unit u join unit_relation r on r.unit = u.id where " +
          where + " order by +r.unit, r.id",
      params);
}

std::vector<Unit> UnitLoad::units() const {
  std::vector<Unit> units;
  std::map<std::int64_t, std::size_t> at;
  units.reserve(units_->size());
  for (const auto row : *units_) {
    at[row.integer(0)] = units.size();
    Unit unit;
    unit.id = row.id<UnitId>(0);
    unit.version = row.integer(1);
    unit.seq = row.integer(2);
    unit.code = row.text_or_null(3);
    unit.code_system = row.text_or_null(4);
    unit.official_order = row.integer_or_null(5);
    unit.go_live = row.date_or_null(6);
    unit.span = span_from(row, 7);
    unit.parent = row.id_or_null<UnitId>(9);
    unit.path = row.text(10);
    units.push_back(std::move(unit));
  }
  for (const auto row : *names_) {
    units[at.at(row.integer(0))].names.push_back({row.text(1), span_from(row, 2)});
  }
  for (const auto row : *kinds_) {
    Kind kind{row.text(1), static_cast<int>(row.integer(2)), row.text_or_null(3),
              tags_from(row.text(4))};
    units[at.at(row.integer(0))].kinds.push_back({std::move(kind), span_from(row, 5)});
  }
  for (const auto row : *parents_) {
    units[at.at(row.integer(0))].parents.push_back({row.id_or_null<UnitId>(1), span_from(row, 2)});
  }
  for (const auto row : *relations_) {
    const auto kind = relation_kind_from(row.text(2));
    CHECK(kind);
    const Target target{row.id_or_null<UnitId>(3).value_or(UnitId{}),
                        row.id_or_null<PlaceId>(4).value_or(PlaceId{}),
                        row.id_or_null<PostId>(5).value_or(PostId{})};
    units[at.at(row.integer(0))].relations.push_back(
        {row.integer(1), *kind, target, span_from(row, 6)});
  }
  return units;
}

std::optional<Unit> UnitLoad::unit() const {
  auto all = units();
  CHECK(all.size() <= 1);
  if (all.empty()) return std::nullopt;
  return std::move(all.front());
}

Person person_from(const store::Row& row) {
  return {row.id<PersonId>(0), row.integer(1), row.integer(2), row.text(3), row.text_or_null(4)};
}

Membership membership_from(const store::Row& row) { return membership_from_columns(row, 0); }

Membership membership_from_columns(const store::Row& row, std::size_t first) {
  const auto kind = membership_kind_from(row.text(first + 5));
  CHECK(kind);
  return {row.id<MembershipId>(first), row.integer(first + 1),
          row.integer(first + 2),      row.id<PersonId>(first + 3),
          row.id<UnitId>(first + 4),   *kind,
          row.integer(first + 6) != 0, row.id_or_null<UnitId>(first + 7),
          span_from(row, first + 8)};
}

Employment employment_from(const store::Row& row) {
  return {row.integer(0),      row.integer(1),    row.integer(2),
          row.id<PersonId>(3), row.id<UnitId>(4), span_from(row, 5)};
}

Post post_from(const store::Row& row) {
  return {row.id<PostId>(0), row.integer(1), row.integer(2),         row.id<UnitId>(3),
          row.text(4),       row.text(5),    row.integer_or_null(6), span_from(row, 7)};
}

Tenure tenure_from(const store::Row& row) {
  return {row.id<TenureId>(0), row.integer(1),
          row.integer(2),      row.id<PostId>(3),
          row.id<PersonId>(4), row.integer(5) != 0 ? Holding::acting : Holding::regular,
          span_from(row, 6)};
}

void insert_unit(store::RowBuffer& rows, const Unit& unit, Date today) {
  const Copy copy = copy_of(unit, today);
  rows.insert(unit_table,
              {unit.id, copy.name, copy.kind.type, copy.kind.level, copy.kind.rank,
               joined_tags(copy.kind.tags), unit.code, unit.code_system, unit.official_order,
               unit.parent, unit.path, copy.seat, unit.go_live, unit.span.from, unit.span.until,
               copy.next_change, copy.sort, unit.version, unit.seq});
  insert_names(rows, unit);
  insert_kinds(rows, unit);
  insert_parents(rows, unit);
  insert_relations(rows, unit);
}

void update_unit(store::RowBuffer& rows, const Unit& before, const Unit& after, Date today) {
  rows.after(
      "update unit set code = ?2, code_system = ?3, official_order = ?4, go_live = ?5, "
      "until_date = ?6, version = ?7, seq = ?8 where id = ?1",
      {after.id, after.code, after.code_system, after.official_order, after.go_live,
       after.span.until, after.version, after.seq});
  update_copy(rows, after, today);
  if (before.names != after.names) {
    drop(rows, "delete from unit_name where unit = ?1", after.id);
    insert_names(rows, after);
  }
  if (before.kinds != after.kinds) {
    drop(rows, "delete from unit_kind where unit = ?1", after.id);
    insert_kinds(rows, after);
  }
  if (before.parents != after.parents) {
    drop(rows, "delete from unit_parent where unit = ?1", after.id);
    insert_parents(rows, after);
  }
  if (!same(before.relations, after.relations)) {
    drop(rows, "delete from unit_relation where unit = ?1", after.id);
    insert_relations(rows, after);
  }
}

void update_copy(store::RowBuffer& rows, const Unit& unit, Date today) {
  const Copy copy = copy_of(unit, today);
  rows.after(
      "update unit set name = ?2, type = ?3, level = ?4, rank = ?5, tags = ?6, parent = ?7, "
      "seat = ?8, next_change = ?9, sort_key = ?10 where id = ?1",
      {unit.id, copy.name, copy.kind.type, copy.kind.level, copy.kind.rank,
       joined_tags(copy.kind.tags), unit.parent, copy.seat, copy.next_change, copy.sort});
}

void rewrite_paths(store::RowBuffer& rows, std::string_view table,
                   const std::vector<PathRewrite>& rewrites) {
  for (const auto& [from, to] : rewrites) {
    rows.after("update " + std::string(table) +
                   " set path = ?1 || substr(path, cast(?2 as integer)) "
                   "where path >= ?3 and path < ?4",
               {to, static_cast<std::int64_t>(from.size() + 1), from, path_end(from)});
  }
}

void insert_person(store::RowBuffer& rows, const Person& person) {
  rows.insert(person_table, {person.id, person.name, Bytes{sort_key(person.name)},
                             person.external_key, person.version, person.seq});
}

void update_person(store::RowBuffer& rows, const Person& person) {
  rows.after(
      "update person set name = ?2, sort_key = ?3, external_key = ?4, version = ?5, seq = ?6 "
      "where id = ?1",
      {person.id, person.name, Bytes{sort_key(person.name)}, person.external_key, person.version,
       person.seq});
}

void insert_membership(store::RowBuffer& rows, const Membership& membership) {
  rows.insert(membership_table,
              {membership.id, membership.person, membership.unit, word_of(membership.kind),
               membership.floating ? 1 : 0, membership.host_unit, membership.span.from,
               membership.span.until, membership.version, membership.seq});
}

void insert_employment(store::RowBuffer& rows, const Employment& employment) {
  rows.insert(employment_table,
              {employment.id, employment.person, employment.unit, employment.span.from,
               employment.span.until, employment.version, employment.seq});
}

void insert_post(store::RowBuffer& rows, const Post& post) {
  rows.insert(post_table, {post.id, post.unit, post.kind, post.title, post.official_order,
                           post.span.from, post.span.until, post.version, post.seq});
}

void insert_tenure(store::RowBuffer& rows, const Tenure& tenure) {
  rows.insert(tenure_table,
              {tenure.id, tenure.post, tenure.person, tenure.holding == Holding::acting ? 1 : 0,
               tenure.span.from, tenure.span.until, tenure.version, tenure.seq});
}

void end_row(store::RowBuffer& rows, std::string_view table, std::int64_t id, const Interval& span,
             std::int64_t version, journal::Sequence seq) {
  rows.after(
      "update " + std::string(table) + " set until_date = ?2, version = ?3, seq = ?4 where id = ?1",
      {id, span.until, version, seq});
}

void insert_place(store::RowBuffer& rows, const Place& place, journal::Sequence seq) {
  rows.insert(place_table, {place.id, place.code, place.code_system, place.name, place.level,
                            place.parent, place.path, Bytes{sort_key(place.name)},
                            place.pseudo ? 1 : 0, place.from, place.until, place.version, seq});
}

void update_place(store::RowBuffer& rows, const Place& place, journal::Sequence seq) {
  rows.after(
      "update place set name = ?2, level = ?3, parent = ?4, sort_key = ?5, pseudo = ?6, "
      "from_date = ?7, until_date = ?8, version = ?9, seq = ?10 where id = ?1",
      {place.id, place.name, place.level, place.parent, Bytes{sort_key(place.name)},
       place.pseudo ? 1 : 0, place.from, place.until, place.version, seq});
}

}  // namespace huilu::org
