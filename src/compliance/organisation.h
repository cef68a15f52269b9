// The organisation in memory: units and places by slot, their trees through time, and what a
// selector can see of a unit. Units of one kind stand together, so that what a duty keeps of each
// stands together too; later ones follow at the end. Read from the tables, whole or a few units
// again; the index locks it.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "compliance/links.h"
#include "compliance/roll_up.h"
#include "obligation/facts.h"
#include "store/store.h"

namespace huilu::compliance {

using Kinds = obligation::Dates<obligation::Kind>;

// What is true of a unit but for its place in the trees. Kinds are those of its whole life.
struct UnitRow {
  UnitId id;
  Interval span;
  std::optional<Date> go_live;
  std::uint32_t kinds = 0;  // number of its history of kinds

  bool operator==(const UnitRow& other) const {
    return id == other.id && span.from == other.span.from && span.until == other.span.until &&
           go_live == other.go_live && kinds == other.kinds;
  }
};

// A unit as the tables have it now.
struct UnitAsRead {
  UnitRow row;
  Stretches parents;
  Stretches seats;
};

class Organisation {
 public:
  // Holders with `large` units below them keep counts.
  explicit Organisation(std::size_t large);
  Organisation(const Organisation&) = delete;
  Organisation& operator=(const Organisation&) = delete;

  // Before `clip` a unit's life is all the same to those who judge: two units that differ only
  // there have one profile.
  void load(store::Connection& connection, Date today, Date clip);

  std::size_t units() const { return rows_.size(); }
  std::size_t places() const { return place_ids_.size(); }
  Date clip() const { return clip_; }
  Slot split() const { return split_; }  // where units begin that came after loading
  Slot find(UnitId unit) const;          // no_slot: unknown
  Slot find(PlaceId place) const;
  UnitId id(Slot unit) const { return rows_[unit].id; }
  PlaceId place_id(Slot place) const { return place_ids_[place]; }
  const UnitRow& row(Slot unit) const { return rows_[unit]; }
  const Kinds& kinds(std::uint32_t number) const { return kinds_[number]; }
  Interval span(Slot unit) const { return rows_[unit].span; }

  // Units of one profile are the same to every selector that asks about nothing but the unit.
  std::uint32_t profile(Slot unit) const { return profiles_[unit]; }
  std::size_t profiles() const { return profile_count_; }
  // As the evaluator wants it, without a name; parents as ids.
  obligation::Unit unit(Slot unit) const;
  // Days after `day`, up to `until`, on which something about a unit's life begins or ends.
  bool changes_between(Slot unit, Date day, Date until) const;

  const Links& affiliation() const { return affiliation_; }
  const Links& seats() const { return seats_; }
  const Links& place_tree() const { return place_tree_; }
  RollUp& by_affiliation() { return by_affiliation_; }
  const RollUp& by_affiliation() const { return by_affiliation_; }
  RollUp& by_seat() { return by_seat_; }
  const RollUp& by_seat() const { return by_seat_; }

  // Following. Units with their histories as the snapshot has them, by id; nothing is changed
  // but the list of kinds. Absent: a unit or place is named that has to be loaded first.
  std::optional<std::vector<UnitAsRead>> read(store::Connection& connection,
                                              const std::set<UnitId>& units);
  Slot add(const UnitAsRead& unit);  // a new one, with a greater id than all before it
  void set_row(Slot unit, const UnitRow& row);
  void set_parents(Slot unit, const Stretches& parents, Date today);
  void set_seats(Slot unit, const Stretches& seats, Date today);
  // What stands or sits there now takes this order; others follow.
  void set_order(UnitId parent, const std::vector<UnitId>& children);
  void set_order(PlaceId place, const std::vector<UnitId>& units);
  // Whether places are as they were read.
  bool places_changed(store::Connection& connection, const std::set<PlaceId>& places) const;

  std::size_t bytes() const;

 private:
  using ProfileKey = std::tuple<std::int32_t, std::int32_t, std::int32_t, std::uint32_t>;

  std::vector<Slot> slots_of(const std::vector<UnitId>& units) const;
  std::uint32_t number_of(Kinds kinds);
  std::uint32_t profile_of(const UnitRow& row);
  void load_units(store::Connection& connection);
  void load_places(store::Connection& connection, Date today);
  void load_links(store::Connection& connection, Date today);

  Date clip_;
  std::vector<UnitRow> rows_;
  std::vector<UnitId> ids_;  // in order
  std::vector<Slot> slots_;  // of the same
  std::vector<std::uint32_t> profiles_;
  std::uint32_t profile_count_ = 0;
  Slot split_ = 0;
  std::vector<Kinds> kinds_;
  std::map<std::string, std::uint32_t> kind_numbers_;
  std::map<ProfileKey, std::uint32_t> profile_numbers_;
  std::vector<PlaceId> place_ids_;  // in order

  Links affiliation_;
  Links seats_;
  Links place_tree_;
  RollUp by_affiliation_;
  RollUp by_seat_;
};

}  // namespace huilu::compliance
