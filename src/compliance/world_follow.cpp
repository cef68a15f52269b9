// Following: what was touched is read again and judged again, whatever it was before.
#include <algorithm>
#include <mutex>
#include <tuple>

#include "base/check.h"
#include "compliance/concern.h"
#include "compliance/load_facts.h"
#include "compliance/queries_index.h"
#include "compliance/world.h"
#include "exemption/queries.h"

namespace huilu::compliance {

namespace {

bool same(const Stretches& a, const Stretches& b) {
  if (a.size() == 1 && b.size() == 1) return a.front().parent == b.front().parent;
  return a == b;
}

bool same(const obligation::Activation& a, const obligation::Activation& b) {
  return a.pack == b.pack && a.span.from == b.span.from && a.span.until == b.span.until &&
         a.unit == b.unit && a.at == b.at && a.withdrawn == b.withdrawn;
}

// The parameters of which one list has a decision that the other has not.
std::set<std::string> decided_anew(const std::vector<obligation::Decided>& before,
                                   const std::vector<obligation::Decided>& now) {
  using Key = std::tuple<std::string, Date, Instant, bool>;
  const auto keys_of = [](const std::vector<obligation::Decided>& list) {
    std::multiset<Key> keys;
    for (const auto& one : list) {
      keys.emplace(one.parameter, one.value.from, one.at, one.retroactive);
    }
    return keys;
  };
  const auto old_keys = keys_of(before), new_keys = keys_of(now);
  std::vector<Key> differing;
  std::set_symmetric_difference(old_keys.begin(), old_keys.end(), new_keys.begin(), new_keys.end(),
                                std::back_inserter(differing));
  std::set<std::string> parameters;
  for (const Key& key : differing) parameters.insert(std::get<0>(key));
  return parameters;
}

// A null pointer: it is no longer granted.
void set_leave(std::vector<obligation::Leave>& leaves, std::int64_t id,
               const obligation::Leave* granted) {
  std::erase_if(leaves, [&](const auto& one) { return one.id == id; });
  if (granted) leaves.push_back(*granted);
}

}  // namespace

World::TouchedIds World::sorted(const std::vector<journal::Touched>& touched) {
  TouchedIds out;
  for (const auto& row : touched) {
    if (row.table == "activation") {
      out.packs = true;
    } else if (row.table == "parameter_value") {
      out.values = true;
    } else if (row.table == "campaign") {
      out.campaigns = true;
    } else if (row.table == "calendar_revision") {
      out.calendars = true;
    } else if (row.id == 0) {
      out.everything = true;
    } else if (row.table == "unit") {
      out.units.insert(UnitId{row.id});
    } else if (row.table == "place") {
      out.places.insert(PlaceId{row.id});
    } else if (row.table == "record") {
      out.records.insert(RecordId{row.id});
    } else if (row.table == "membership") {
      out.memberships.insert(row.id);
    } else if (row.table == "post") {
      out.posts.insert(row.id);
    } else if (row.table == "tenure") {
      out.tenures.insert(row.id);
    } else if (row.table == "leave") {
      out.leaves.insert(row.id);
    }
  }
  return out;
}

bool World::follow(store::Connection& snapshot, const std::vector<journal::Touched>& touched) {
  const TouchedIds ids = sorted(touched);
  if (ids.everything || ids.packs || ids.units.size() > units_followed_max) return false;
  if (!ids.places.empty() && organisation_.places_changed(snapshot, ids.places)) return false;
  Dirty dirty;
  if (!ids.units.empty() && !follow_units(snapshot, ids, dirty)) return false;
  if (!ids.records.empty() && !follow_records(snapshot, ids.records, dirty)) return false;
  follow_people(snapshot, ids, dirty);
  follow_leaves(snapshot, ids.leaves, dirty);
  if (ids.calendars) return follow_policy(snapshot, ids);
  settle(snapshot, dirty);
  return !(ids.values || ids.campaigns) || follow_policy(snapshot, ids);
}

bool World::follow_units(store::Connection& snapshot, const TouchedIds& touched, Dirty& dirty) {
  const auto read = organisation_.read(snapshot, touched.units);
  if (!read) return false;
  std::map<Slot, Moved> moved;
  std::vector<const UnitAsRead*> created, changed;
  std::set<UnitId> parents;
  std::set<PlaceId> places;
  const auto add_holders = [&](const UnitAsRead& unit) {
    for (const Stretch& stretch : unit.parents) {
      if (stretch.parent < organisation_.units()) parents.insert(organisation_.id(stretch.parent));
    }
    for (const Stretch& stretch : unit.seats) {
      if (stretch.parent != no_slot) places.insert(organisation_.place_id(stretch.parent));
    }
  };
  for (const UnitAsRead& unit : *read) {
    add_holders(unit);
    const Slot slot = organisation_.find(unit.row.id);
    if (slot == no_slot) {
      created.push_back(&unit);
      parents.insert(unit.row.id);
      continue;
    }
    if (!(organisation_.row(slot) == unit.row)) changed.push_back(&unit);
    if (!same(organisation_.affiliation().history(slot), unit.parents) ||
        !same(organisation_.seats().history(slot), unit.seats)) {
      moved[slot] = {unit.parents, unit.seats};
      add_below(slot, dirty);
      add_above(slot, dirty);
    }
  }
  std::map<UnitId, std::vector<UnitId>> children;
  std::map<PlaceId, std::vector<UnitId>> seated;
  for_each_child_in_order(snapshot, parents, [&](const store::Row& row) {
    children[row.id<UnitId>(0)].push_back(row.id<UnitId>(1));
  });
  for_each_seated_in_order(snapshot, places, [&](const store::Row& row) {
    seated[row.id<PlaceId>(0)].push_back(row.id<UnitId>(1));
  });
  {
    const std::unique_lock lock(mutex_);
    for (const auto* unit : created) {
      moved[organisation_.add(*unit)] = {unit->parents, unit->seats};
    }
    for (const auto* unit : changed) {
      organisation_.set_row(organisation_.find(unit->row.id), unit->row);
    }
    restructure(moved, today_);
    for (const auto& [parent, order] : children) organisation_.set_order(parent, order);
    for (const auto& [place, order] : seated) organisation_.set_order(place, order);
  }
  facts_.grow(organisation_.units());
  for (const auto& [slot, places_now] : moved) {
    book_->forget_terms(slot);
    add_unit(slot, dirty);
    add_everybody(slot, dirty);
    add_below(slot, dirty);
    add_above(slot, dirty);
  }
  for (const auto* unit : changed) {
    const Slot slot = organisation_.find(unit->row.id);
    book_->forget_terms(slot);
    add_unit(slot, dirty);
    add_everybody(slot, dirty);
    add_below(slot, dirty);
    add_above(slot, dirty);
  }
  return true;
}

// Everything is taken out of its old place before anything comes to its new one: halfway, what
// changed stands alone, so that no circle can arise between two that change places.
void World::restructure(const std::map<Slot, Moved>& moved, Date today) {
  for (const auto& [unit, places] : moved) detach(unit);
  today_ = today;
  for (const auto& [unit, places] : moved) attach(unit, places);
  for (const auto& [unit, places] : moved) {
    promote(Tree::affiliation, unit);
    promote(Tree::seat, unit);
  }
}

void World::detach(Slot unit) {
  add_subtree(Tree::affiliation, unit, -1);
  organisation_.set_parents(unit, {{Date{}, no_slot}}, today_);
  add_subtree(Tree::seat, unit, -1);
  organisation_.set_seats(unit, {{Date{}, no_slot}}, today_);
}

void World::attach(Slot unit, const Moved& moved) {
  organisation_.set_parents(unit, moved.parents, today_);
  add_subtree(Tree::affiliation, unit, 1);
  organisation_.set_seats(unit, moved.seats, today_);
  add_subtree(Tree::seat, unit, 1);
}

// What counts at and below the unit, added to whatever is above it.
void World::add_subtree(Tree tree, Slot unit, std::int32_t times) {
  for (const auto& ledger : book_->ledgers()) {
    Sheet& sheet = ledger->sheet;
    const Date day = sheet.tree_day(today_);
    const bool seat = tree == Tree::seat;
    const Slot holder =
        seat ? organisation_.seats().on(unit, day) : organisation_.affiliation().on(unit, day);
    if (holder == no_slot) continue;
    Share parts;
    if (seat) {
      parts = sheet.share(unit);
    } else {
      std::vector<Histogram> sums;
      sheet.add_counts(tree, unit, organisation_, today_, sums);
      for (std::size_t column = 0; column < sums.size(); ++column) {
        if (!sums[column].empty()) {
          parts.push_back({static_cast<std::uint16_t>(column), sums[column]});
        }
      }
    }
    sheet.add_above(tree, holder, day, parts, times, organisation_);
  }
}

// Gives rows to holders above the unit that have become large.
void World::promote(Tree tree, Slot unit) {
  RollUp& roll =
      tree == Tree::affiliation ? organisation_.by_affiliation() : organisation_.by_seat();
  for (Slot holder = roll.holder(unit, today_); holder != no_slot;
       holder = roll.above(holder, today_)) {
    if (roll.row(holder) != no_slot || !roll.is_large(holder, today_)) continue;
    std::vector<std::vector<Histogram>> sums(book_->ledgers().size());
    for (std::size_t i = 0; i < sums.size(); ++i) {
      book_->ledgers()[i]->sheet.add_counts(tree, holder, organisation_, today_, sums[i]);
    }
    const Slot row = roll.add_row(holder);
    for (std::size_t i = 0; i < sums.size(); ++i) {
      book_->ledgers()[i]->sheet.set_row(tree, row, sums[i], roll.rows());
    }
  }
}

bool World::follow_records(store::Connection& snapshot, const std::set<RecordId>& records,
                           Dirty& dirty) {
  obligation::Facts read;
  load_records_linked(snapshot, records, read);
  for (const auto& [id, record] : read.records) {
    Named named;
    for (const auto& version : record.versions) {
      named.units.insert(version.units.begin(), version.units.end());
      named.persons.insert(version.present.begin(), version.present.end());
      named.add(version.fields);
      for (const UnitId unit : version.units) {
        if (organisation_.find(unit) == no_slot) return false;
      }
    }
    // Whoever had facts of an earlier version has none of them any more.
    for (const UnitId unit : named.units) {
      if (const Slot slot = organisation_.find(unit); slot != no_slot) facts_.replace(slot, id, {});
    }
    for (const PersonId person : named.persons) {
      const Slot slot = people_.find(person);
      if (slot != no_slot) person_facts_.replace(slot, id, {});
    }
    fact_loading().add(record);
  }
  std::map<Ledger*, std::set<PersonId>> persons;
  for (const Concern& concern : concerns_of(read.records)) add_concern(concern, persons, dirty);
  for (const auto& [ledger, named] : persons) {
    for (const Slot home : homes_with(named)) dirty.emplace(home, ledger);
  }
  return true;
}

// Where they are or were members or guests, and where they hold or held posts.
std::set<Slot> World::homes_with(const std::set<PersonId>& persons) const {
  std::set<Slot> homes;
  for (const PersonId id : persons) {
    if (const Slot person = people_.find(id); person != no_slot) {
      homes.merge(people_.homes_of(person));
    }
    for (const UnitId unit : holders_.homes_of(id)) homes.insert(organisation_.find(unit));
  }
  return homes;
}

void World::add_concern(const Concern& concern, std::map<Ledger*, std::set<PersonId>>& persons,
                        Dirty& dirty) const {
  const auto& [types, named] = concern;
  std::set<Slot> slots, above;
  for (const UnitId unit : named.units) {
    const Slot slot = organisation_.find(unit);
    if (slot == no_slot) continue;
    slots.insert(slot);
    add_ever_above(slot, above);
  }
  for (const auto& ledger : book_->ledgers()) {
    if (std::none_of(types.begin(), types.end(),
                     [&](const auto& type) { return ledger->types.contains(type); })) {
      continue;
    }
    for (const Slot slot : slots) dirty.emplace(slot, ledger.get());
    if (ledger->dependence.above) {
      for (const Slot slot : above) dirty.emplace(slot, ledger.get());
    }
    if (!ledger->of_units() || ledger->dependence.members) {
      persons[ledger.get()].merge(std::set(named.persons));
    }
  }
}

void World::follow_people(store::Connection& snapshot, const TouchedIds& touched, Dirty& dirty) {
  std::set<PersonId> holders = persons_of_tenures(snapshot, touched.tenures);
  holders.merge(persons_of_posts(snapshot, touched.posts));
  std::set<PersonId> persons = persons_of_memberships(snapshot, touched.memberships);
  persons.insert(holders.begin(), holders.end());
  add_homes_of(holders, dirty);  // where they held one until now
  holders_.follow(snapshot, holders);
  const auto added = people_.follow(snapshot, persons);
  person_facts_.grow(people_.persons());
  const auto records = records_with(snapshot, {added.begin(), added.end()});
  fact_loading().of(snapshot, {records.begin(), records.end()});
  add_homes_of(persons, dirty);
}

void World::follow_leaves(store::Connection& snapshot, const std::set<std::int64_t>& leaves,
                          Dirty& dirty) {
  for (const std::int64_t id : leaves) {
    const auto leave = exemption::find(snapshot, LeaveId{id});
    if (!leave) continue;
    Ledger* const ledger = book_->find(leave->obligation, leave->period);
    const auto granted = exemption::leave_of(snapshot, LeaveId{id});
    if (!leave->bearer.unit) {
      add_home(leave->home, dirty);
      if (leave->bearer.tenure) {
        auto& known = leaves_.of_tenures[leave->bearer.tenure];
        set_leave(known, id, granted ? &granted->leave : nullptr);
        continue;
      }
      const Slot person = people_.find(leave->bearer.person);
      if (person == no_slot) continue;
      set_leave(leaves_.of_persons[person], id, granted ? &granted->leave : nullptr);
      book_->forget_member(person);
      add_homes_of({leave->bearer.person}, dirty);
      continue;
    }
    const Slot unit = organisation_.find(leave->bearer.unit);
    if (unit == no_slot) continue;
    set_leave(leaves_.of_units[unit], id, granted ? &granted->leave : nullptr);
    book_->forget_terms(unit);
    if (ledger) dirty.emplace(unit, ledger);
    if (ledger && ledger->dependence.today) add_unit(unit, dirty);  // it may share records
  }
}

// Another value, calendar or campaign: a new book beside the old one, and then in its place. Of
// duties that a value does not decide, or that look at no campaign, the sheets are taken over as
// they are.
bool World::follow_policy(store::Connection& snapshot, const TouchedIds& touched) {
  auto policy = load_policy(snapshot, packs_);
  const auto& before = book_->policy();
  if (!std::equal(before.activations.begin(), before.activations.end(), policy.activations.begin(),
                  policy.activations.end(),
                  [](const auto& a, const auto& b) { return same(a, b); })) {
    return false;
  }
  const auto changed = decided_anew(before.decided, policy.decided);
  auto book = std::make_unique<Book>(std::move(policy), catalog_, basis());
  std::vector<std::unique_ptr<Ledger>> made, kept;
  for (auto& ledger : book->opened(kept_from(today_), today_ + 1)) {
    const auto& sheet = ledger->sheet;
    const bool stays = !touched.calendars &&
                       !(touched.campaigns && book->looks_at_campaigns(sheet.obligation())) &&
                       !book->is_decided_by(changed, sheet.obligation()) &&
                       book_->find(sheet.obligation(), sheet.period().name) != nullptr;
    (stays ? kept : made).push_back(std::move(ledger));
  }
  fill(snapshot, *book, made);
  const std::unique_lock lock(mutex_);
  for (auto& ledger : kept) {
    ledger->sheet =
        std::move(book_->find(ledger->sheet.obligation(), ledger->sheet.period().name)->sheet);
  }
  book->keep(std::move(made));
  book->keep(std::move(kept));
  book_.swap(book);
  return true;
}

void World::add_unit(Slot unit, Dirty& dirty) const {
  for (const auto& ledger : book_->ledgers()) {
    if (ledger->of_units()) dirty.emplace(unit, ledger.get());
  }
}

void World::add_home(UnitId home, Dirty& dirty) const {
  const Slot slot = organisation_.find(home);
  if (slot == no_slot) return;
  for (const auto& ledger : book_->ledgers()) {
    if (!ledger->of_units() || ledger->dependence.members) dirty.emplace(slot, ledger.get());
  }
}

// Who was there for a time may be counted elsewhere now, for these days as well.
void World::add_everybody(Slot unit, Dirty& dirty) const {
  const UnitId id = organisation_.id(unit);
  std::set<PersonId> persons = holders_.at(id);
  people_.for_each_at(unit, [&](Slot person) { persons.insert(people_.id(person)); });
  add_home(id, dirty);
  add_homes_of(persons, dirty);
}

void World::add_homes_of(const std::set<PersonId>& persons, Dirty& dirty) const {
  for (const Slot home : homes_with(persons)) add_home(organisation_.id(home), dirty);
}

void World::add_below(Slot unit, Dirty& dirty) {
  const auto looks_up = [](const auto& ledger) { return ledger->dependence.above; };
  if (std::none_of(book_->ledgers().begin(), book_->ledgers().end(), looks_up)) return;
  std::set<Slot> below;
  add_ever_below(unit, below);
  if (below.size() > 1) book_->forget_terms_above();
  std::set<Slot> homes;  // of whoever was there for a time
  for (const Slot slot : below) {
    people_.for_each_at(slot, [&](Slot person) { homes.merge(people_.homes_of(person)); });
  }
  for (const auto& ledger : book_->ledgers()) {
    if (!looks_up(ledger)) continue;
    for (const Slot slot : below) dirty.emplace(slot, ledger.get());
    if (ledger->of_units()) continue;
    for (const Slot slot : homes) dirty.emplace(slot, ledger.get());
  }
}

void World::add_above(Slot unit, Dirty& dirty) const {
  std::set<Slot> above;
  add_ever_above(unit, above);
  above.erase(unit);
  for (const auto& ledger : book_->ledgers()) {
    if (ledger->dependence.below == 0) continue;
    for (const Slot slot : above) dirty.emplace(slot, ledger.get());
  }
}

void World::add_ever_below(Slot unit, std::set<Slot>& below) const {
  if (!below.insert(unit).second) return;
  organisation_.affiliation().for_each_child_ever(
      unit, [&](Slot child) { add_ever_below(child, below); });
}

void World::add_ever_above(Slot unit, std::set<Slot>& above) const {
  if (!above.insert(unit).second) return;
  for (const Stretch& stretch : organisation_.affiliation().history(unit)) {
    if (stretch.parent != no_slot) add_ever_above(stretch.parent, above);
  }
}

}  // namespace huilu::compliance
