#include "compliance/people.h"

#include <algorithm>
#include <numeric>

#include "base/check.h"
#include "compliance/queries_index.h"
#include "compliance/snapshot_file.h"
#include "obligation/organisation.h"
#include "org/tables.h"
#include "org/types.h"

namespace huilu::compliance {

namespace {

// Each once.
template <class Each>
void for_each_home_of(Memberships memberships, Each each) {
  std::vector<Slot> done;
  const auto add = [&](Slot home) {
    if (home == no_slot || std::find(done.begin(), done.end(), home) != done.end()) return;
    done.push_back(home);
    each(home);
  };
  for (const PackedMembership& one : memberships) {
    add(one.unit);
    add(one.host);
  }
}

std::set<PersonId> holders_in(store::Connection& connection, const std::set<PersonId>* persons) {
  std::set<PersonId> holders;
  for_each_tenure(connection, persons,
                  [&](const store::Row& row) { holders.insert(row.id<PersonId>(4)); });
  return holders;
}

}  // namespace

PackedMembership People::packed(const store::Row& row) const {
  PackedMembership one;
  one.unit = organisation_.find(row.id<UnitId>(1));
  CHECK(one.unit != no_slot);
  if (const auto host = row.id_or_null<UnitId>(4)) one.host = organisation_.find(*host);
  const Interval span = org::span_from(row, 5);
  one.from = span.from;
  one.until = obligation::end_of(span);
  const bool probationary = row.text(2) == org::word_of(org::MembershipKind::probationary_member);
  one.flags = (probationary ? PackedMembership::is_probationary : 0) |
              (row.integer(3) != 0 ? PackedMembership::is_floating : 0);
  return one;
}

void People::load(store::Connection& connection) {
  const std::set<PersonId> holders = holders_in(connection, nullptr);
  auto holder = holders.begin();
  const auto begin = [&](PersonId person) {
    rows_.push_back({person, static_cast<std::uint32_t>(memberships_.size()), 0});
  };
  for_each_membership(connection, nullptr, [&](const store::Row& row) {
    const auto person = row.id<PersonId>(0);
    for (; holder != holders.end() && *holder < person; ++holder) begin(*holder);
    if (holder != holders.end() && *holder == person) ++holder;
    if (rows_.empty() || rows_.back().id != person) begin(person);
    memberships_.push_back(packed(row));
    ++rows_.back().count;
  });
  for (; holder != holders.end(); ++holder) begin(*holder);
  loaded_ = rows_.size();
  put_at_homes();
}

void People::save(SnapshotWriter& out) const {
  const auto persons = by_id();
  out.put<std::uint64_t>(persons.size());
  for (const Slot person : persons) {
    out.put(id(person).value);
    out.put(rows_[person].count);
  }
  for (const Slot person : persons) {
    for (const PackedMembership& one : memberships(person)) out.put(one);
  }
}

void People::restore(SnapshotReader& in, const std::vector<Slot>& slots) {
  std::uint32_t count = 0;
  for (auto left = in.take<std::uint64_t>(); left > 0; --left) {
    const PersonId person{in.take<std::int64_t>()};
    rows_.push_back({person, count, in.take<std::uint32_t>()});
    count += rows_.back().count;
  }
  memberships_.reserve(count);
  for (; count > 0; --count) {
    auto one = in.take<PackedMembership>();
    one.unit = slots.at(one.unit);
    if (one.host != no_slot) one.host = slots.at(one.host);
    memberships_.push_back(one);
  }
  loaded_ = rows_.size();
  put_at_homes();
}

std::vector<Slot> People::by_id() const {
  std::vector<Slot> persons(loaded_);
  std::iota(persons.begin(), persons.end(), Slot{0});
  for (const auto& [person, slot] : later_) persons.push_back(slot);
  const auto middle = persons.begin() + static_cast<std::ptrdiff_t>(loaded_);
  std::inplace_merge(persons.begin(), middle, persons.end(),
                     [&](Slot a, Slot b) { return id(a) < id(b); });
  return persons;
}

// Counted first, so that all lists stand in one.
void People::put_at_homes() {
  first_at_.assign(organisation_.units() + 1, 0);
  const auto for_each_place = [&](const auto& each) {
    for (Slot person = 0; person < loaded_; ++person) {
      for_each_home_of(memberships(person), [&](Slot home) { each(person, home); });
    }
  };
  for_each_place([&](Slot, Slot home) { ++first_at_[home + 1]; });
  for (std::size_t i = 1; i < first_at_.size(); ++i) first_at_[i] += first_at_[i - 1];
  at_.resize(first_at_.back());
  std::vector<std::uint32_t> next(first_at_.begin(), first_at_.end() - 1);
  for_each_place([&](Slot person, Slot home) { at_[next[home]++] = person; });
}

Slot People::find(PersonId person) const {
  const auto end = rows_.begin() + static_cast<std::ptrdiff_t>(loaded_);
  const auto at = std::lower_bound(rows_.begin(), end, person,
                                   [](const Row& row, PersonId id) { return row.id < id; });
  if (at != end && at->id == person) return static_cast<Slot>(at - rows_.begin());
  const auto found = later_.find(person);
  return found == later_.end() ? no_slot : found->second;
}

void People::add_memberships(Slot person, std::vector<obligation::Membership>& out) const {
  for (const PackedMembership& one : memberships(person)) {
    obligation::Membership membership;
    membership.person = id(person);
    membership.unit = organisation_.id(one.unit);
    membership.probationary = (one.flags & PackedMembership::is_probationary) != 0;
    membership.floating = (one.flags & PackedMembership::is_floating) != 0;
    if (one.host != no_slot) membership.host = organisation_.id(one.host);
    membership.span.from = one.from;
    if (one.until != obligation::last_date) membership.span.until = one.until;
    out.push_back(std::move(membership));
  }
}

std::vector<Slot> People::homes() const {
  std::set<Slot> homes;
  for (Slot home = 0; home + 1 < first_at_.size(); ++home) {
    if (first_at_[home] < first_at_[home + 1]) homes.insert(homes.end(), home);
  }
  for (const auto& [home, persons] : later_at_) homes.insert(home);
  return {homes.begin(), homes.end()};
}

std::set<Slot> People::homes_of(Slot person) const {
  std::set<Slot> homes;
  for_each_home_of(memberships(person), [&](Slot home) { homes.insert(home); });
  return homes;
}

std::vector<Slot> People::changing_between(Date day, Date until) const {
  const auto begins = [&](Date one) { return one > day && one <= until; };
  std::vector<Slot> persons;
  for (Slot person = 0; person < rows_.size(); ++person) {
    const auto all = memberships(person);
    if (std::any_of(all.begin(), all.end(), [&](const PackedMembership& one) {
          return begins(one.from) || begins(one.until);
        })) {
      persons.push_back(person);
    }
  }
  return persons;
}

// What somebody had before stays behind unused: memberships change seldom.
std::vector<PersonId> People::follow(store::Connection& connection,
                                     const std::set<PersonId>& persons) {
  std::map<PersonId, std::vector<PackedMembership>> read;
  for_each_membership(connection, &persons, [&](const store::Row& row) {
    read[row.id<PersonId>(0)].push_back(packed(row));
  });
  for (const PersonId holder : holders_in(connection, &persons)) read[holder];
  std::vector<PersonId> added;
  for (const auto& [id, now] : read) {
    Slot person = find(id);
    if (person == no_slot) {
      person = static_cast<Slot>(rows_.size());
      rows_.push_back({id, 0, 0});
      later_.emplace(id, person);
      added.push_back(id);
    }
    const std::set<Slot> homes = homes_of(person);
    rows_[person].first = static_cast<std::uint32_t>(memberships_.size());
    rows_[person].count = static_cast<std::uint32_t>(now.size());
    memberships_.insert(memberships_.end(), now.begin(), now.end());
    for (const Slot home : homes_of(person)) {
      if (!homes.contains(home)) later_at_[home].push_back(person);
    }
  }
  return added;
}

std::size_t People::bytes() const {
  return rows_.capacity() * sizeof(Row) + memberships_.capacity() * sizeof(PackedMembership) +
         (first_at_.capacity() + at_.capacity()) * sizeof(Slot);
}

}  // namespace huilu::compliance
