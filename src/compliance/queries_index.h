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
void for_each_unit_in_order(store::Connection& connection, SomeUnits units, const EachRow& each);

// id, parent; in official order. A null pointer: all of them.
void for_each_place(store::Connection& connection, const std::set<PlaceId>* places,
                    const EachRow& each);

}  // namespace huilu::compliance
