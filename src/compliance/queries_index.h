// What the compliance index asks the tables for: the organisation and the facts of everybody at
// load, and of a few when it follows. Rows go to the caller one by one.
#pragma once

#include <functional>
#include <set>
#include <vector>

#include "base/ids.h"
#include "store/store.h"

namespace huilu::compliance {

using EachRow = std::function<void(const store::Row&)>;

// A null pointer: all of them.
using SomeUnits = const std::set<UnitId>*;

// id, from, until, go_live; by id.
void for_each_unit(store::Connection& connection, SomeUnits units, const EachRow& each);
// unit, type, level, rank, tags, from, until; by unit and from.
void for_each_kind(store::Connection& connection, SomeUnits units, const EachRow& each);
// unit, parent, from, until; by unit and from.
void for_each_parent(store::Connection& connection, SomeUnits units, const EachRow& each);
// unit, place, from, until; by unit and from. A unit may be without a seat.
void for_each_seat(store::Connection& connection, SomeUnits units, const EachRow& each);
// id; in official order.
void for_each_unit_in_order(store::Connection& connection, const EachRow& each);
// parent, id; by parent, then in official order, on whatever day.
void for_each_child_in_order(store::Connection& connection, const std::set<UnitId>& parents,
                             const EachRow& each);
// place, id; likewise.
void for_each_seated_in_order(store::Connection& connection, const std::set<PlaceId>& places,
                              const EachRow& each);

// id, parent; in official order. A null pointer: all of them.
void for_each_place(store::Connection& connection, const std::set<PlaceId>* places,
                    const EachRow& each);

// unit, type, counts_on, record, planned, at; by unit.
void for_each_fact(store::Connection& connection, const EachRow& each);
// record, person: who was present, as each record was first entered; by record.
void for_each_present(store::Connection& connection, const EachRow& each);
// person, unit, kind, floating, host, from, until; by person, from and unit. A null pointer: all.
void for_each_membership(store::Connection& connection, const std::set<PersonId>* persons,
                         const EachRow& each);
// id, post, unit, kind of the post, person, acting, from, until; by person and id. As above.
void for_each_tenure(store::Connection& connection, const std::set<PersonId>* persons,
                     const EachRow& each);
// Records with more than one version.
std::vector<RecordId> revised_records(store::Connection& connection);

// Persons whose membership or tenure these rows are.
std::set<PersonId> persons_of_memberships(store::Connection& connection,
                                          const std::set<std::int64_t>& memberships);
std::set<PersonId> persons_of_tenures(store::Connection& connection,
                                      const std::set<std::int64_t>& tenures);
std::set<PersonId> persons_of_posts(store::Connection& connection,
                                    const std::set<std::int64_t>& posts);
// Records that say in any version that one of these persons was there, or name one.
std::set<RecordId> records_with(store::Connection& connection, const std::set<PersonId>& persons);
}  // namespace huilu::compliance
