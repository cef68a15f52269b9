// Reads of the organisation for the API, the portal and the other rooms: units with their place in
// either tree on any date, children in official order page by page, rolls, posts with their
// holders, a unit's history, persons and places. Asks no gate: whoever calls has asked it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "org/types.h"
#include "store/store.h"

namespace huilu::org {

// A step from the root to a node. In the place tree a unit's own step is the last one.
struct PathStep {
  UnitId unit;  // one of the two is set
  PlaceId place;
  std::string name;
};

// A unit as it was on a date.
struct UnitView {
  UnitId id;
  std::int64_t version = 0;
  std::string name;
  Kind kind;
  std::optional<std::string> code;
  std::optional<std::string> code_system;
  std::optional<std::int64_t> official_order;
  std::optional<UnitId> parent;
  std::optional<PlaceId> seat;
  std::optional<Date> go_live;
  Interval span;
  std::string path;           // today's
  bool has_children = false;  // on that date
};

struct PlaceView {
  PlaceId id;
  std::int64_t version = 0;
  std::string name;
  int level = 0;
  std::optional<std::string> code;
  std::optional<std::string> code_system;
  std::optional<PlaceId> parent;
  bool pseudo = false;
  std::string path;
  bool has_children = false;  // places below it
};

template <class T>
struct Page {
  std::vector<T> items;
  std::string next_cursor;  // empty: the last page
};

struct PageRequest {
  int limit = 50;      // 1 to 500
  std::string cursor;  // empty: the first page; otherwise a next_cursor
};

// Refusals of a page request: field_range at /limit, field_type at /cursor.
Refusals check_page(const PageRequest& request);

// Nothing for an unknown unit and for one that did not exist on the date.
std::optional<UnitView> unit_on(store::Connection& connection, UnitId unit, Date on);
// What stands beside an id.
struct UnitLine {
  std::string name;  // of the date
  std::string path;  // today's
};
// Those of the units that exist on the date, in as few statements as places allow.
std::map<UnitId, UnitLine> units_named(store::Connection& connection,
                                       const std::vector<UnitId>& units, Date on);
std::optional<UnitView> unit_by_code(store::Connection& connection, const std::string& system,
                                     const std::string& code, Date on);
std::optional<PlaceView> place_of(store::Connection& connection, PlaceId place);
std::optional<PlaceView> place_by_code(store::Connection& connection, const std::string& system,
                                       const std::string& code);

// From the root to the unit in the affiliation tree, with the names of the date.
std::vector<PathStep> affiliation_path(store::Connection& connection, UnitId unit, Date on);
// From the root place to the unit; only the unit itself when it had no seat.
std::vector<PathStep> seat_path(store::Connection& connection, UnitId unit, Date on);
std::vector<PathStep> place_path(store::Connection& connection, PlaceId place);

// In official order: 单位序 first, then by name. Without a parent: the roots.
Page<UnitView> children_of(store::Connection& connection, std::optional<UnitId> parent, Date on,
                           const PageRequest& request);
// Places by code; units seated in exactly this place in official order.
Page<PlaceView> places_in(store::Connection& connection, std::optional<PlaceId> parent,
                          const PageRequest& request);
Page<UnitView> units_seated_in(store::Connection& connection, PlaceId place, Date on,
                               const PageRequest& request);

// One line of a branch's roll.
struct RollLine {
  Membership membership;
  std::string name;
};
// Members on the roll on the date, floating ones hosted here last; by name.
Page<RollLine> roll_of(store::Connection& connection, UnitId branch, Date on,
                       const PageRequest& request);

struct StaffLine {
  Employment employment;
  std::string name;
};
Page<StaffLine> staff_of(store::Connection& connection, UnitId unit, Date on,
                         const PageRequest& request);

// A post with who held it on the date; none: vacant.
struct PostLine {
  Post post;
  struct Holder {
    Tenure tenure;
    std::string name;
  };
  std::vector<Holder> holders;  // regular before acting
};
std::vector<PostLine> posts_of(store::Connection& connection, UnitId unit, Date on);

// The whole aggregate with all its histories, as the commands load it.
std::optional<Unit> history_of(store::Connection& connection, UnitId unit);

std::optional<Person> person_of(store::Connection& connection, PersonId person);
std::map<PersonId, std::string> persons_named(store::Connection& connection,
                                              const std::vector<PersonId>& persons);
// What a person holds and belongs to, all dates, oldest first.
struct PersonHistory {
  std::vector<Membership> memberships;
  std::vector<Employment> employments;
  std::vector<Tenure> tenures;
};
PersonHistory history_of(store::Connection& connection, PersonId person);

}  // namespace huilu::org
