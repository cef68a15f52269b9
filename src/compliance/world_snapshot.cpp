// The world in a snapshot: people and their facts, those of units, and what took long to judge. The
// trees, posts, leaves and what is in force are read from the tables again; sums are made again
// from the cells.
#include <map>

#include "compliance/load_facts.h"
#include "compliance/snapshot_file.h"
#include "compliance/world.h"

namespace huilu::compliance {

void World::save(SnapshotWriter& out) const {
  out.put(today_);
  const std::size_t units = organisation_.units();
  out.put<std::uint64_t>(units);
  for (Slot unit = 0; unit < units; ++unit) out.put(organisation_.id(unit).value);
  people_.save(out);
  for (Slot unit = 0; unit < units; ++unit) out.put_all(facts_.of(unit));
  for (const Slot person : people_.by_id()) out.put_all(person_facts_.of(person));
  out.put<std::uint64_t>(book_->ledgers().size());
  for (const auto& ledger : book_->ledgers()) {
    const Sheet& sheet = ledger->sheet;
    out.put_text(sheet.obligation());
    out.put_text(sheet.period().name);
    out.put(sheet.period().from);
    out.put(sheet.period().until);
    sheet.save(out);
  }
  out.put<std::uint64_t>(ahead_.size());
  for (const auto& [day, home] : ahead_) {
    out.put(day);
    out.put(home.value);
  }
}

void World::restore(SnapshotReader& in, store::Connection& snapshot) {
  today_ = in.take<Date>();
  organisation_.load(snapshot, today_, known_from(today_));
  const std::vector<Slot> slots = restore_units(in);
  people_.restore(in, slots);
  load_judged_by(snapshot);
  for (const Slot slot : slots) facts_.assign(slot, in.take_all<Fact>());
  for (Slot person = 0; person < people_.persons(); ++person) {
    person_facts_.assign(person, in.take_all<Fact>());
  }
  restore_ledgers(in, slots);
  for (auto left = in.take<std::uint64_t>(); left > 0; --left) {
    const auto day = in.take<Date>();
    ahead_.emplace(day, UnitId{in.take<std::int64_t>()});
  }
}

// Their slots now, by those that they had when it was saved: seldom others.
std::vector<Slot> World::restore_units(SnapshotReader& in) const {
  const auto units = in.take<std::uint64_t>();
  if (units != organisation_.units()) throw Unusable("it has other units");
  std::vector<Slot> slots(units);
  for (Slot slot = 0; slot < units; ++slot) {
    const UnitId unit{in.take<std::int64_t>()};
    slots[slot] = organisation_.id(slot) == unit ? slot : organisation_.find(unit);
    if (slots[slot] == no_slot) throw Unusable("it has other units");
  }
  return slots;
}

void World::restore_ledgers(SnapshotReader& in, const std::vector<Slot>& slots) {
  auto ledgers = book_->opened(kept_from(today_), today_ + 1);
  std::map<std::pair<std::string, std::string>, Ledger*> by_name;
  for (const auto& ledger : ledgers) {
    by_name[{ledger->sheet.obligation(), ledger->sheet.period().name}] = ledger.get();
  }
  if (in.take<std::uint64_t>() != ledgers.size()) throw Unusable("it has other duties");
  for (std::size_t i = 0; i < ledgers.size(); ++i) {
    const std::string obligation = in.take_text();
    const auto found = by_name.find({obligation, in.take_text()});
    const auto from = in.take<Date>();
    const auto until = in.take<Date>();
    if (found == by_name.end()) throw Unusable("it has other duties");
    Sheet& sheet = found->second->sheet;
    if (sheet.period().from != from || sheet.period().until != until) {
      throw Unusable("it has other periods");
    }
    sheet.restore(in, slots);
  }
  recount(ledgers);
  book_->keep(std::move(ledgers));
}

}  // namespace huilu::compliance
