// The world in a snapshot: what took long to read and to judge. The trees, leaves and what is in
// force are read from the tables again; sums are made again from the cells.
#include <map>

#include "compliance/load_facts.h"
#include "compliance/queries_index.h"
#include "compliance/snapshot_file.h"
#include "compliance/world.h"

namespace huilu::compliance {

void World::save(SnapshotWriter& out) const {
  out.put(today_);
  const std::size_t units = organisation_.units();
  out.put<std::uint64_t>(units);
  for (Slot unit = 0; unit < units; ++unit) out.put(organisation_.id(unit).value);
  for (Slot unit = 0; unit < units; ++unit) out.put_all(facts_.of(unit));
  out.put<std::uint64_t>(people_.persons());
  for (Slot person = 0; person < people_.persons(); ++person) {
    out.put(people_.id(person).value);
    out.put_all(person_facts_.of(person));
  }
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
  load_organisation(snapshot);
  const auto units = in.take<std::uint64_t>();
  if (units != organisation_.units()) throw Unusable("it has other units");
  std::vector<Slot> slots(units);
  for (Slot& slot : slots) {
    slot = organisation_.find(UnitId{in.take<std::int64_t>()});
    if (slot == no_slot) throw Unusable("it has other units");
  }
  for (const Slot slot : slots) facts_.assign(slot, in.take_all<Fact>());
  restore_persons(in, snapshot);
  restore_ledgers(in, slots);
  for (auto left = in.take<std::uint64_t>(); left > 0; --left) {
    const auto day = in.take<Date>();
    ahead_.emplace(day, UnitId{in.take<std::int64_t>()});
  }
}

// Whoever became a member since then has facts in the tables.
void World::restore_persons(SnapshotReader& in, store::Connection& snapshot) {
  std::vector<bool> restored(people_.persons());
  for (auto left = in.take<std::uint64_t>(); left > 0; --left) {
    const Slot person = people_.find(PersonId{in.take<std::int64_t>()});
    const auto facts = in.take_all<Fact>();
    if (person == no_slot) continue;
    person_facts_.assign(person, facts);
    restored[person] = true;
  }
  std::set<PersonId> added;
  for (Slot person = 0; person < restored.size(); ++person) {
    if (!restored[person]) added.insert(people_.id(person));
  }
  const auto records = records_with(snapshot, added);
  fact_loading().of(snapshot, {records.begin(), records.end()});
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
