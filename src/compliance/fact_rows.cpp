#include "compliance/fact_rows.h"

#include <algorithm>
#include <unordered_set>

#include "compliance/load_facts.h"
#include "compliance/queries_index.h"

namespace huilu::compliance {

namespace {

constexpr std::size_t records_at_once = 512;

bool in_order(const Fact& a, const Fact& b) {
  return std::pair<std::uint64_t, std::uint64_t>(a.record, a.type) <
         std::pair<std::uint64_t, std::uint64_t>(b.record, b.type);
}

bool is_same(const Fact& a, const Fact& b) { return a.record == b.record && a.type == b.type; }

// The facts of one unit after another, as the rows come; what they say of whoever was present is
// kept for later.
class FactRows {
 public:
  FactRows(const Organisation& organisation, Counting& counting, FactStore& facts,
           const std::unordered_set<std::int64_t>& revised)
      : organisation_(organisation), counting_(counting), facts_(facts), revised_(revised) {}

  void add(const store::Row& row) {
    const auto& uses = counting_.uses(row.integer(1));
    if (uses.empty() || revised_.contains(row.integer(3))) return;
    if (row.integer(0) != unit_) finish();
    unit_ = row.integer(0);
    const bool entered = row.integer(4) == 0;
    for (const Counting::Use& use : uses) {
      if (use.needs_content) {
        to_read_.push_back(row.id<RecordId>(3));
        continue;
      }
      auto& facts = use.of_present ? of_present_ : block_;
      facts.push_back({static_cast<std::uint64_t>(row.integer(3)),
                       entered ? entered_bit : planned_bit, use.source, Fact::packed(row.date(2)),
                       Fact::packed(obligation::zone.date_of(row.instant(5)))});
    }
  }

  void finish() {
    const Slot slot = block_.empty() ? no_slot : organisation_.find(UnitId{unit_});
    if (slot != no_slot) {
      put_in_order(block_);
      facts_.assign(slot, block_);
    }
    block_.clear();
  }

  // By record, whoever was there; each once.
  std::vector<Fact> of_present() {
    put_in_order(of_present_);
    return std::move(of_present_);
  }

  // Whose bits the rows did not tell; each once.
  std::vector<RecordId> to_read() {
    std::sort(to_read_.begin(), to_read_.end());
    to_read_.erase(std::unique(to_read_.begin(), to_read_.end()), to_read_.end());
    return std::move(to_read_);
  }

 private:
  // A record of several kinds, or of several units, says the same in each row.
  static void put_in_order(std::vector<Fact>& facts) {
    std::sort(facts.begin(), facts.end(), in_order);
    facts.erase(std::unique(facts.begin(), facts.end(), is_same), facts.end());
  }

  const Organisation& organisation_;
  Counting& counting_;
  FactStore& facts_;
  const std::unordered_set<std::int64_t>& revised_;
  std::int64_t unit_ = 0;
  std::vector<Fact> block_;
  std::vector<Fact> of_present_;
  std::vector<RecordId> to_read_;
};

// To whoever was present at each record its facts.
void deal_to_present(store::Connection& snapshot, const std::vector<Fact>& facts,
                     const People& people, FactStore& out) {
  auto at = facts.begin();
  for_each_present(snapshot, [&](const store::Row& row) {
    const auto record = static_cast<std::uint64_t>(row.integer(0));
    while (at != facts.end() && at->record < record) ++at;
    auto end = at;
    while (end != facts.end() && end->record == record) ++end;
    const Slot person = at == end ? no_slot : people.find(row.id<PersonId>(1));
    if (person != no_slot) out.replace(person, row.id<RecordId>(0), {at, end});
  });
}

}  // namespace

void FactLoading::all(store::Connection& snapshot) {
  const auto revised = revised_records(snapshot);
  std::unordered_set<std::int64_t> revised_ids;
  for (const RecordId record : revised) revised_ids.insert(record.value);
  FactRows rows(organisation_, counting_, of_units_, revised_ids);
  for_each_fact(snapshot, [&](const store::Row& row) { rows.add(row); });
  rows.finish();
  const auto of_present = rows.of_present();
  const bool any = !of_present.empty() && people_.persons() > 0;
  if (any) deal_to_present(snapshot, of_present, people_, of_persons_);
  of(snapshot, revised);
  of(snapshot, rows.to_read());
}

void FactLoading::of(store::Connection& snapshot, const std::vector<RecordId>& records) {
  for (std::size_t from = 0; from < records.size(); from += records_at_once) {
    const std::size_t until = std::min(records.size(), from + records_at_once);
    obligation::Facts read;
    load_records(snapshot,
                 {records.begin() + static_cast<std::ptrdiff_t>(from),
                  records.begin() + static_cast<std::ptrdiff_t>(until)},
                 read);
    for (const auto& [id, record] : read.records) add(record);
  }
}

// A record that says nothing to some rule may have been dealt out by its rows; now it is whole.
void FactLoading::add(const obligation::Record& record) {
  const RecordFacts found = counting_.facts_of(record);
  for (const auto& [unit, facts] : found.of_units) {
    if (const Slot slot = organisation_.find(unit); slot != no_slot) {
      of_units_.replace(slot, record.id, facts);
    }
  }
  for (const auto& [person, facts] : found.of_persons) {
    if (const Slot slot = people_.find(person); slot != no_slot) {
      of_persons_.replace(slot, record.id, facts);
    }
  }
}

}  // namespace huilu::compliance
