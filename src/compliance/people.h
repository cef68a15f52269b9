// People in memory: whoever is or was somewhere a member or holds a post, by slot, with the
// memberships that decide in which row somebody is counted. Read from the tables or from a
// snapshot, whole, or some persons again.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "compliance/organisation.h"
#include "obligation/facts.h"
#include "store/store.h"

namespace huilu::compliance {

class SnapshotReader;
class SnapshotWriter;

// As in obligation::Membership, with slots for units.
struct PackedMembership {
  static constexpr std::uint32_t is_probationary = 1;
  static constexpr std::uint32_t is_floating = 2;

  Slot unit = no_slot;
  Slot host = no_slot;
  Date from;
  Date until;  // last_date: not ended
  std::uint32_t flags = 0;

  bool operator==(const PackedMembership&) const = default;
  auto operator<=>(const PackedMembership&) const = default;
};
using Memberships =
    std::span<const PackedMembership>;  // by from and unit, as the evaluator has them

class People {
 public:
  // `organisation` has to know every unit that a membership names, and must outlive it.
  explicit People(const Organisation& organisation) : organisation_(organisation) {}

  void load(store::Connection& connection);
  void save(SnapshotWriter& out) const;
  // Persons get slots by id. `slots`: of the units as they were numbered when it was saved.
  void restore(SnapshotReader& in, const std::vector<Slot>& slots);

  std::size_t persons() const { return rows_.size(); }
  Slot find(PersonId person) const;  // no_slot: never a member, nor a holder
  PersonId id(Slot person) const { return rows_[person].id; }
  std::vector<Slot> by_id() const;
  Memberships memberships(Slot person) const {
    const Row& row = rows_[person];
    return Memberships(memberships_).subspan(row.first, row.count);
  }
  void add_memberships(Slot person, std::vector<obligation::Membership>& out) const;

  // Calls each(person) for whoever is, was or will be a member or a guest there, each once.
  template <class Each>
  void for_each_at(Slot home, Each each) const;
  std::vector<Slot> homes() const;  // that have anybody
  // Where the person is, was or will be a member or a guest.
  std::set<Slot> homes_of(Slot person) const;
  // Persons of whom a membership begins or ends after `day`, up to `until`.
  std::vector<Slot> changing_between(Date day, Date until) const;

  // Reads these persons again. Those that are new get slots behind all others; they are returned.
  std::vector<PersonId> follow(store::Connection& connection, const std::set<PersonId>& persons);

  std::size_t bytes() const;

 private:
  struct Row {
    PersonId id;
    std::uint32_t first = 0;  // of its memberships
    std::uint32_t count = 0;
  };

  PackedMembership packed(const store::Row& row) const;
  void put_at_homes();

  const Organisation& organisation_;
  std::vector<Row> rows_;  // those that were loaded by id, then those that came later
  std::size_t loaded_ = 0;
  std::map<PersonId, Slot> later_;
  std::vector<PackedMembership> memberships_;
  std::vector<std::uint32_t> first_at_;  // home → where its list begins in `at_`; one more behind
  std::vector<Slot> at_;
  std::map<Slot, std::vector<Slot>> later_at_;
};

template <class Each>
void People::for_each_at(Slot home, Each each) const {
  if (home + 1 < first_at_.size()) {
    for (std::uint32_t i = first_at_[home]; i < first_at_[home + 1]; ++i) each(at_[i]);
  }
  if (later_at_.empty()) return;
  if (const auto found = later_at_.find(home); found != later_at_.end()) {
    for (const Slot person : found->second) each(person);
  }
}

}  // namespace huilu::compliance
