// What this room asks the tables of other rooms: rows of the organisation and of records for many
// units or persons at once. Queued together by load_facts.cpp, which makes facts of them.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/ids.h"
#include "compliance/standing.h"
#include "store/lists.h"
#include "store/store.h"

namespace huilu::compliance {

using Reads = std::vector<store::Pending>;  // parts of one answer

// Persons on the roll of these units, or hosted by them, on any day.
Reads queue_roll(store::Connection& connection, const std::set<UnitId>& units);
// All memberships: id, person, unit, kind, floating, host_unit, from, until.
Reads queue_memberships(store::Connection& connection, const std::set<PersonId>& persons);

// id, post, unit, kind, person, acting, from, until.
Reads queue_tenures_at(store::Connection& connection, const std::set<UnitId>& units);
Reads queue_tenures_of(store::Connection& connection, const std::set<PersonId>& persons);
// The post's unit.
store::Pending queue_unit_of(store::Connection& connection, TenureId tenure);

// id, name.
Reads queue_names(store::Connection& connection, const std::set<PersonId>& persons);

// unit, parent, from, until: of these units and of all that was ever above them.
Reads queue_parents(store::Connection& connection, const std::set<UnitId>& units);
// id, name, from, until, go_live.
Reads queue_units(store::Connection& connection, const std::set<UnitId>& units);
// unit, type, level, rank, tags, from, until.
Reads queue_kinds(store::Connection& connection, const std::set<UnitId>& units);
std::vector<UnitId> every_unit(store::Connection& connection);

// Records that name these units, records or persons in some version, void ones too.
Reads queue_records_at(store::Connection& connection, const std::set<UnitId>& units);
// Of those, the records of today that are the unit's own and of one of the types (addresses), and
// those that name the unit in a field of some version.
Reads queue_records_of(store::Connection& connection, UnitId unit,
                       const std::vector<std::string>& types);
Reads queue_records_naming_unit(store::Connection& connection, UnitId unit);
Reads queue_records_naming(store::Connection& connection, const std::set<RecordId>& records);
Reads queue_records_with(store::Connection& connection, const std::set<PersonId>& persons);
// Records of these types of units that were ever so many levels below, and whatever names such a
// unit in some version.
std::set<std::int64_t> numbers_of_types(store::Connection& connection,
                                        const std::set<std::string>& names);
Reads queue_records_below(store::Connection& connection, const std::set<UnitId>& units, int levels,
                          const std::set<std::int64_t>& types);
// record, version, at, content.
Reads queue_versions(store::Connection& connection, const std::set<RecordId>& records);
// record, version, pointer, person, value.
Reads queue_parts(store::Connection& connection, const std::set<RecordId>& records);

// The units that were ever at or below these units, on whatever day.
std::set<UnitId> units_below(store::Connection& connection, const std::set<UnitId>& units);
// Those that were ever seated at or below these places.
std::set<UnitId> units_seated_below(store::Connection& connection, const std::set<PlaceId>& places);
// How many units are, or ever were, counted in a node; counted no further than `most`.
std::int64_t count_below(store::Connection& connection, const Node& node, std::int64_t most);
// A unit whose id is the number or the next above it, from the beginning where there is none above.
std::optional<UnitId> some_unit(store::Connection& connection, std::int64_t number);
// Today's units with units below them, or places with places or units in them; by id.
std::vector<Node> inner_nodes(store::Connection& connection, Tree tree);
// unit, path of the place, from, until.
Reads queue_seats(store::Connection& connection, const std::set<UnitId>& units);
// id, official_order, sort_key.
Reads queue_orders(store::Connection& connection, const std::set<UnitId>& units);

}  // namespace huilu::compliance
