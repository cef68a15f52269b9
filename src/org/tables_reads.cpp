#include "org/tables_reads.h"

#include <algorithm>

namespace huilu::org {

namespace {

using store::Connection;
using store::Params;
using store::Pending;

// Lists have one of two lengths.
constexpr std::size_t few = 16;
constexpr std::size_t many = 500;

// Calls each(condition, params): "column in (…)" with the parameters after the `first` ones.
template <class Key, class Each>
void for_lists(const std::vector<Key>& keys, const std::string& column, const Params& first,
               Each each) {
  for (std::size_t at = 0; at < keys.size();) {
    const std::size_t size = keys.size() - at > few ? many : few;
    std::string condition = column + " in (";
    Params params = first;
    for (std::size_t i = 0; i < size; ++i) {
      condition += (i ? ", ?" : "?") + std::to_string(params.size() + 1);
      params.emplace_back(keys[std::min(at + i, keys.size() - 1)]);
    }
    each(condition + ")", params);
    at += size;
  }
}

Pending queue_by_id(Connection& connection, std::string_view columns, const std::string& from,
                    store::Param value) {
  return connection.queue_query(
      "select " + std::string(columns) + " from " + from + " = ?1 order by 1", {std::move(value)});
}

// Persons chosen by a select of their ids.
Pending queue_people(Connection& connection, const std::string& ids, const Params& params) {
  return connection.queue_query(
      "select " + std::string(person_columns) + ", " + std::string(membership_columns) +
          ", u.path from person p left join membership m on m.person = p.id "
          "left join unit u on u.id = m.unit where p.id in (" +
          ids + ") order by p.id, m.from_date, m.id",
      params);
}

constexpr std::string_view columns_of(Tree tree) {
  return tree == Tree::units
             ? "select id, parent, name, from_date, until_date from unit where "
             : "select id, parent, name, coalesce(from_date, '0001-01-01'), until_date "
               "from place where ";
}

}  // namespace

Pending queue_standing(Connection& connection, std::optional<UnitId> unit) {
  if (!unit) return nullptr;
  return connection.queue_query("select id, from_date, until_date, path from unit where id = ?1",
                                {*unit});
}

std::optional<Standing> standing_from(const Pending& rows) {
  if (!rows || rows->empty()) return std::nullopt;
  const auto row = (*rows)[0];
  return Standing{row.id<UnitId>(0), span_from(row, 1), row.text(3)};
}

Pending queue_same_code(Connection& connection, const std::optional<std::string>& system,
                        const std::optional<std::string>& code) {
  if (!system || !code) return nullptr;
  return connection.queue_query("select id from unit where code_system = ?1 and code = ?2",
                                {*system, *code});
}

Pending queue_place(Connection& connection, std::optional<PlaceId> place) {
  if (!place) return nullptr;
  return connection.queue_query("select id from place where id = ?1", {*place});
}

Pending queue_same_key(Connection& connection, const std::optional<std::string>& external_key) {
  if (!external_key) return nullptr;
  return connection.queue_query("select id from person where external_key = ?1", {*external_key});
}

Pending queue_above(Connection& connection, std::optional<UnitId> unit, Date day) {
  return connection.queue_query(
      "with recursive above (unit) as (select cast(?1 as bigint) union "
      "select p.parent from above a join unit_parent p on p.unit = a.unit "
      "where p.parent is not null and (p.until_date is null or p.until_date > ?2)) "
      "select p.unit, p.parent, p.from_date, p.until_date from above a "
      "join unit_parent p on p.unit = a.unit where p.until_date is null or p.until_date > ?2",
      {unit.value_or(UnitId{}), day});
}

Affiliations affiliations_from(const Pending& rows) {
  Affiliations affiliations;
  for (const auto row : *rows) {
    affiliations.add({row.id<UnitId>(0), row.id_or_null<UnitId>(1), span_from(row, 2)});
  }
  return affiliations;
}

Pending queue_target(Connection& connection, const Target& target) {
  if (target.place) {
    return connection.queue_query(
        "select coalesce(from_date, '0001-01-01'), until_date from place where id = ?1",
        {target.place});
  }
  if (target.post) {
    return connection.queue_query("select from_date, until_date from post where id = ?1",
                                  {target.post});
  }
  return connection.queue_query("select from_date, until_date from unit where id = ?1",
                                {target.unit});
}

ClosingLoad::ClosingLoad(Connection& connection, UnitId unit, Date day) {
  const Params params = {unit, day};
  const auto rows = [&](std::string_view columns, const char* from, const std::string& alias) {
    return connection.queue_query("select " + std::string(columns) + " from " + from +
                                      ".unit = ?1 and (" + alias + ".until_date is null or " +
                                      alias + ".until_date > ?2) order by 1",
                                  params);
  };
  children = connection.queue_query(
      "select count(distinct unit) from unit_parent "
      "where parent = ?1 and (until_date is null or until_date > ?2)",
      params);
  members = connection.queue_query(
      "select count(*) from membership "
      "where unit = ?1 and (until_date is null or until_date > ?2)",
      params);
  posts = rows(post_columns, "post o where o", "o");
  tenures = rows(tenure_columns, "post o join tenure t on t.post = o.id where o", "t");
  employments = rows(employment_columns, "employment e where e", "e");
}

CloseFacts ClosingLoad::facts() const {
  CloseFacts facts{(*children)[0].integer(0), (*members)[0].integer(0), {}};
  for (const auto& post : all_of(posts, post_from)) facts.starts.push_back(post.span.from);
  for (const auto& tenure : all_of(tenures, tenure_from)) facts.starts.push_back(tenure.span.from);
  for (const auto& employment : all_of(employments, employment_from)) {
    facts.starts.push_back(employment.span.from);
  }
  return facts;
}

Pending queue_parents_of_due(Connection& connection, Date today) {
  return connection.queue_query(
      "select distinct q.id, q.path from unit u join unit_parent p on p.unit = u.id "
      "join unit q on q.id = p.parent where " +
          std::string(units_due),
      {today});
}

Pending queue_joined(Connection& connection, std::optional<UnitId> unit, Date day) {
  if (!unit) return nullptr;
  return connection.queue_query(
      "select u.from_date, u.until_date, coalesce(k.type, u.type) from unit u "
      "left join unit_kind k on k.unit = u.id and k.from_date <= ?2 "
      "and (k.until_date is null or k.until_date > ?2) where u.id = ?1",
      {*unit, day});
}

std::optional<Joined> joined_from(const Pending& rows) {
  if (!rows || rows->empty()) return std::nullopt;
  return Joined{span_from((*rows)[0], 0), (*rows)[0].text(2)};
}

Pending queue_person(Connection& connection, PersonId person) {
  return queue_by_id(connection, person_columns, "person p where p.id", person);
}

Pending queue_known_in(Connection& connection, PersonId person, UnitId unit) {
  return connection.queue_query(
      "select 1 from membership where person = ?1 and unit = ?2 union all "
      "select 1 from employment where person = ?1 and unit = ?2 union all "
      "select 1 from tenure t join post o on o.id = t.post where t.person = ?1 and o.unit = ?2",
      {person, unit});
}

Pending queue_memberships(Connection& connection, PersonId person) {
  return queue_by_id(connection, membership_columns, "membership m where m.person", person);
}

Pending queue_membership(Connection& connection, MembershipId membership) {
  return queue_by_id(connection, membership_columns, "membership m where m.id", membership);
}

Pending queue_employments(Connection& connection, PersonId person) {
  return queue_by_id(connection, employment_columns, "employment e where e.person", person);
}

Pending queue_employment(Connection& connection, std::int64_t employment) {
  return queue_by_id(connection, employment_columns, "employment e where e.id", employment);
}

Pending queue_post(Connection& connection, PostId post) {
  return queue_by_id(connection, post_columns, "post o where o.id", post);
}

Pending queue_tenures(Connection& connection, PostId post) {
  return queue_by_id(connection, tenure_columns, "tenure t where t.post", post);
}

std::vector<UnitLoad> queue_units_by_code(Connection& connection, const std::string& system,
                                          const Codes& codes) {
  std::vector<UnitLoad> loads;
  for_lists(codes, "u.code", {system}, [&](const std::string& in, const Params& params) {
    loads.emplace_back(connection, "u.code_system = ?1 and " + in, params);
  });
  return loads;
}

std::vector<Pending> queue_places_by_code(Connection& connection, const std::string& system,
                                          const Codes& codes) {
  std::vector<Pending> rows;
  for_lists(codes, "code", {system}, [&](const std::string& in, const Params& params) {
    rows.push_back(connection.queue_query(
        "select code, id from place where code_system = ?1 and " + in, params));
  });
  return rows;
}

std::vector<Pending> queue_above_codes(Connection& connection, const std::string& system,
                                       const Codes& codes) {
  std::vector<Pending> rows;
  for_lists(codes, "u.code", {system}, [&](const std::string& in, const Params& params) {
    rows.push_back(connection.queue_query(
        "with recursive above (unit) as (select u.id from unit u where u.code_system = ?1 and " +
            in +
            " union select p.parent from above a join unit_parent p on p.unit = a.unit "
            "where p.parent is not null) select p.unit, p.parent, p.from_date, p.until_date "
            "from above a join unit_parent p on p.unit = a.unit",
        params));
  });
  return rows;
}

std::vector<Pending> queue_branches(Connection& connection, const std::string& system,
                                    const Codes& codes, Date day) {
  std::vector<Pending> rows;
  for_lists(codes, "u.code", {system, day}, [&](const std::string& in, const Params& params) {
    rows.push_back(connection.queue_query(
        "select u.code, u.id, u.from_date, u.until_date, coalesce(k.type, u.type), u.path "
        "from unit u left join unit_kind k on k.unit = u.id and k.from_date <= ?2 "
        "and (k.until_date is null or k.until_date > ?2) where u.code_system = ?1 and " +
            in,
        params));
  });
  return rows;
}

std::vector<Pending> queue_members(Connection& connection, const std::string& system,
                                   const Codes& codes, Date day) {
  std::vector<Pending> rows;
  for_lists(codes, "u.code", {system, day}, [&](const std::string& in, const Params& params) {
    rows.push_back(queue_people(connection,
                                "select b.person from unit u join membership b on b.unit = u.id "
                                "and (b.until_date is null or b.until_date > ?2) "
                                "where u.code_system = ?1 and " +
                                    in,
                                params));
  });
  return rows;
}

std::vector<Pending> queue_people_by_key(Connection& connection, const Codes& keys) {
  std::vector<Pending> rows;
  for_lists(keys, "k.external_key", {}, [&](const std::string& in, const Params& params) {
    rows.push_back(queue_people(connection, "select k.id from person k where " + in, params));
  });
  return rows;
}

Pending queue_places(Connection& connection, const std::string& system, int level,
                     const std::string& first_code, const std::string& last_code) {
  return connection.queue_query(
      "select id, version, code, name, parent, path, pseudo from place "
      "where code_system = ?1 and code >= ?2 and code <= ?3 and level = ?4",
      {system, first_code, last_code, level});
}

void for_each_name_after(Connection& connection, Tree tree, std::int64_t id, const EachRow& each) {
  connection.for_each(std::string(columns_of(tree)) + "id > ?1 order by id", {id}, each);
}

void for_each_name_of(Connection& connection, Tree tree, const std::vector<std::int64_t>& ids,
                      const EachRow& each) {
  for_lists(ids, "id", {}, [&](const std::string& in, const Params& params) {
    connection.for_each(std::string(columns_of(tree)) + in + " order by id", params, each);
  });
}

}  // namespace huilu::org
