#include "compliance/fact_rows.h"

#include <algorithm>
#include <map>
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

// The facts of one unit after another, as the rows come.
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
      block_.push_back({static_cast<std::uint64_t>(row.integer(3)),
                        entered ? entered_bit : planned_bit, use.source, Fact::packed(row.date(2)),
                        Fact::packed(obligation::zone.date_of(row.instant(5)))});
    }
  }

  void finish() {
    const Slot slot = block_.empty() ? no_slot : organisation_.find(UnitId{unit_});
    if (slot != no_slot) {
      std::sort(block_.begin(), block_.end(), in_order);
      facts_.assign(slot, block_);
    }
    block_.clear();
  }

  // Whose bits the rows did not tell; each once.
  std::vector<RecordId> to_read() {
    std::sort(to_read_.begin(), to_read_.end());
    to_read_.erase(std::unique(to_read_.begin(), to_read_.end()), to_read_.end());
    return std::move(to_read_);
  }

 private:
  const Organisation& organisation_;
  Counting& counting_;
  FactStore& facts_;
  const std::unordered_set<std::int64_t>& revised_;
  std::int64_t unit_ = 0;
  std::vector<Fact> block_;
  std::vector<RecordId> to_read_;
};

}  // namespace

void load_facts(store::Connection& snapshot, const Organisation& organisation, Counting& counting,
                FactStore& facts) {
  const auto revised = revised_records(snapshot);
  std::unordered_set<std::int64_t> revised_ids;
  for (const RecordId record : revised) revised_ids.insert(record.value);
  FactRows rows(organisation, counting, facts, revised_ids);
  for_each_fact(snapshot, [&](const store::Row& row) { rows.add(row); });
  rows.finish();
  load_facts_of(snapshot, revised, organisation, counting, facts);
  load_facts_of(snapshot, rows.to_read(), organisation, counting, facts);
}

void load_facts_of(store::Connection& snapshot, const std::vector<RecordId>& records,
                   const Organisation& organisation, Counting& counting, FactStore& facts) {
  for (std::size_t from = 0; from < records.size(); from += records_at_once) {
    const std::size_t until = std::min(records.size(), from + records_at_once);
    obligation::Facts read;
    load_records(snapshot,
                 {records.begin() + static_cast<std::ptrdiff_t>(from),
                  records.begin() + static_cast<std::ptrdiff_t>(until)},
                 read);
    for (const auto& [id, record] : read.records) {
      std::map<Slot, std::vector<Fact>> by_unit;
      for (const UnitFact& one : counting.facts_of(record)) {
        const Slot slot = organisation.find(one.unit);
        if (slot != no_slot) by_unit[slot].push_back(one.fact);
      }
      for (const auto& [slot, its] : by_unit) facts.replace(slot, id, its);
    }
  }
}

}  // namespace huilu::compliance
