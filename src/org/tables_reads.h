// What commands and imports of this room ask the tables before they decide: queued, so that all of
// a command's reads go in one flush, and read into the facts of the rules afterwards.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "org/people_rules.h"
#include "org/rules.h"
#include "org/tables.h"

namespace huilu::org {

// A null pointer, and nothing read, where there is nothing to ask for.
store::Pending queue_standing(store::Connection& connection, std::optional<UnitId> unit);
std::optional<Standing> standing_from(const store::Pending& rows);
store::Pending queue_same_code(store::Connection& connection,
                               const std::optional<std::string>& system,
                               const std::optional<std::string>& code);
store::Pending queue_place(store::Connection& connection, std::optional<PlaceId> place);
store::Pending queue_same_key(store::Connection& connection,
                              const std::optional<std::string>& external_key);
template <class IdType>
std::optional<IdType> first_id(const store::Pending& rows) {
  if (!rows || rows->empty()) return std::nullopt;
  return (*rows)[0].id<IdType>(0);
}

// Every affiliation from the day on of a unit and of all that is ever above it.
store::Pending queue_above(store::Connection& connection, std::optional<UnitId> unit, Date day);
Affiliations affiliations_from(const store::Pending& rows);

// The life of a relation's other end.
store::Pending queue_target(store::Connection& connection, const Target& target);

// What a unit that closes would leave behind.
struct ClosingLoad {
  ClosingLoad() = default;
  ClosingLoad(store::Connection& connection, UnitId unit, Date day);
  CloseFacts facts() const;

  store::Pending children, members, posts, tenures, employments;
};

// Id and path of the parents, on any day, of units that are due to be settled.
inline constexpr std::string_view units_due = "u.next_change <= ?1";
store::Pending queue_parents_of_due(store::Connection& connection, Date today);

// A unit's life, and its type on the day.
store::Pending queue_joined(store::Connection& connection, std::optional<UnitId> unit, Date day);
std::optional<Joined> joined_from(const store::Pending& rows);

store::Pending queue_person(store::Connection& connection, PersonId person);
// Whether the unit has or had to do with the person.
store::Pending queue_known_in(store::Connection& connection, PersonId person, UnitId unit);
store::Pending queue_memberships(store::Connection& connection, PersonId person);
store::Pending queue_membership(store::Connection& connection, MembershipId membership);
store::Pending queue_employments(store::Connection& connection, PersonId person);
store::Pending queue_employment(store::Connection& connection, std::int64_t employment);
store::Pending queue_post(store::Connection& connection, PostId post);
store::Pending queue_tenures(store::Connection& connection, PostId post);

template <class T>
std::optional<T> first_of(const store::Pending& rows, T (*from)(const store::Row&)) {
  if (!rows || rows->empty()) return std::nullopt;
  return from((*rows)[0]);
}

template <class T>
std::vector<T> all_of(const store::Pending& rows, T (*from)(const store::Row&)) {
  std::vector<T> all;
  for (const auto row : *rows) all.push_back(from(row));
  return all;
}

// For imports: by codes, in lists of one length, so that the statements stay prepared.
using Codes = std::vector<std::string>;
std::vector<UnitLoad> queue_units_by_code(store::Connection& connection, const std::string& system,
                                          const Codes& codes);
// Rows: code, id.
std::vector<store::Pending> queue_places_by_code(store::Connection& connection,
                                                 const std::string& system, const Codes& codes);
// Every affiliation of these units and of all that was ever above them.
std::vector<store::Pending> queue_above_codes(store::Connection& connection,
                                              const std::string& system, const Codes& codes);
// Rows: code, id, from_date, until_date, type on the day, path.
std::vector<store::Pending> queue_branches(store::Connection& connection, const std::string& system,
                                           const Codes& codes, Date day);
// Rows: person_columns, membership_columns or nulls, path of the membership's unit. The members of
// these branches from the day on, and whoever has one of these keys; with memberships of all days.
std::vector<store::Pending> queue_members(store::Connection& connection, const std::string& system,
                                          const Codes& codes, Date day);
std::vector<store::Pending> queue_people_by_key(store::Connection& connection, const Codes& keys);

// Rows: id, version, code, name, parent, path, pseudo. Places of one level with codes in a span.
store::Pending queue_places(store::Connection& connection, const std::string& system, int level,
                            const std::string& first_code, const std::string& last_code);

// For the directory, by id. Rows: id, parent, name, from_date, until_date.
enum class Tree { units, places };
using EachRow = std::function<void(const store::Row&)>;
void for_each_name_after(store::Connection& connection, Tree tree, std::int64_t id,
                         const EachRow& each);
void for_each_name_of(store::Connection& connection, Tree tree,
                      const std::vector<std::int64_t>& ids, const EachRow& each);

}  // namespace huilu::org
