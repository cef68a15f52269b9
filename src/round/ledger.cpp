#include "round/ledger.h"

#include <set>

namespace huilu::round {

namespace {

std::vector<Present> present_of(const std::vector<Stands>& stands) {
  std::vector<Present> out;
  for (const auto& one : stands)
    out.push_back({one.stored.now.matter.id, one.standing, one.is_waiting});
  return out;
}

// Rows of the round before that this one did not take in, and what came and went since.
std::set<MatterId> gone_since(const Ground& ground, const Ledger& ledger,
                              const std::set<MatterId>& taken, const std::set<MatterId>& later,
                              std::string_view path) {
  std::set<MatterId> before;
  if (!ledger.previous) return before;
  for (const Row& row : ledger.previous->rows)
    if (!taken.contains(row.matter) && !later.contains(row.matter)) before.insert(row.matter);
  for (const MatterId id : settled_since(ground.connection, path, ledger.whole.round.types,
                                         ledger.previous->round.opened))
    if (!taken.contains(id)) before.insert(id);
  return before;
}

}  // namespace

std::vector<Stands> stand_now(const Ground& ground, const std::vector<MatterId>& ids,
                              UnitId office) {
  auto matters = matter::find_all(ground.connection, ids);
  std::set<UnitId> units;
  for (const auto& one : matters) {
    const auto& subject = one.now.matter;
    const auto& pack = matter::pack_of(ground.packs, subject.type, one.now.pack_version);
    const auto named = matter::units_of(subject, matter::type_in(pack, subject.type));
    units.insert(named.begin(), named.end());
  }
  const auto facts = ground.facts_of({units.begin(), units.end()});
  return stand_of(ground.connection, facts, ground.packs, std::move(matters), office, ground.today,
                  ground.now);
}

std::vector<Row> rows_to_take(const Ground& ground, std::string_view path,
                              const std::vector<std::string>& types, UnitId office) {
  std::vector<Row> rows;
  for (auto& one : stand_now(ground, open_matters(ground.connection, path, types), office)) {
    rows.push_back({one.stored.now.matter.id,
                    one.part.line_unit,
                    one.part.lead_unit,
                    {},
                    std::move(one.standing),
                    {},
                    one.is_waiting});
  }
  return rows;
}

Value Ledger::figures(Date today) const {
  return figures_of({whole, previous ? &*previous : nullptr, present_of(rows), later, before,
                     counts, types, today});
}

CountedMatters Ledger::counted(const std::vector<InLedger>& ledger, Date today) const {
  return matters_counted({whole, previous ? &*previous : nullptr, present_of(rows), later, before,
                          counts, types, today},
                         ledger);
}

std::vector<Standing> Ledger::standings() const {
  std::vector<Standing> out;
  for (const auto& one : rows) out.push_back(one.standing);
  return out;
}

Ledger ledger_of(const Ground& ground, Whole whole, std::string_view path) {
  Ledger ledger;
  ledger.whole = std::move(whole);
  const Round& round = ledger.whole.round;
  if (round.previous) ledger.previous = find(ground.connection, *round.previous);
  ledger.is_followed = follower_of(ground.connection, round.id).has_value();
  std::set<MatterId> taken, later;
  std::vector<MatterId> ids;
  for (const Row& row : ledger.whole.rows) {
    taken.insert(row.matter);
    ids.push_back(row.matter);
  }
  ledger.rows = stand_now(ground, ids, round.unit);
  for (const MatterId id : open_matters(ground.connection, path, round.types))
    if (!taken.contains(id)) later.insert(id);
  const auto before = gone_since(ground, ledger, taken, later, path);
  ledger.later = present_of(stand_now(ground, {later.begin(), later.end()}, round.unit));
  ledger.before = present_of(stand_now(ground, {before.begin(), before.end()}, round.unit));
  for (const auto& pack : ground.packs)
    for (const auto& type : pack.matter_types) ledger.types[type.address] = &type;
  ledger.counts = matter::counts_of(ground.connection, path,
                                    {round.types.begin(), round.types.end()}, ground.today);
  return ledger;
}

}  // namespace huilu::round
