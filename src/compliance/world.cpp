#include "compliance/world.h"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <numeric>
#include <unordered_set>

#include "base/check.h"
#include "compliance/asking.h"
#include "compliance/load_facts.h"
#include "compliance/nearest_rows.h"
#include "compliance/queries_index.h"
#include "compliance/shares.h"
#include "exemption/queries.h"

namespace huilu::compliance {

namespace {

constexpr std::size_t records_at_once = 512;

std::int64_t microseconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() -
                                                               start)
      .count();
}

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

World::World(const std::vector<policy::Pack>& packs, const record::Catalog& catalog,
             std::shared_mutex& mutex, const Index::Options& options)
    : packs_(packs),
      catalog_(catalog),
      mutex_(mutex),
      options_(options),
      organisation_(options.large),
      people_(organisation_) {}

Date World::kept_from(Date today) const {
  return options_.only_open ? today : Date::of(today.year() - options_.years_before, 1, 1);
}

void World::load(store::Connection& snapshot, Date today) {
  const auto start = std::chrono::steady_clock::now();
  today_ = today;
  load_organisation(snapshot);
  load_facts(snapshot);
  load_us_ = microseconds_since(start);
  const auto loaded = std::chrono::steady_clock::now();
  auto ledgers = book_->opened(kept_from(today), today + 1);
  fill(snapshot, *book_, ledgers);
  book_->keep(std::move(ledgers));
  evaluate_us_ = microseconds_since(loaded);
}

// Whatever is judged, and by what.
void World::load_organisation(store::Connection& snapshot) {
  organisation_.load(snapshot, today_, kept_from(today_));
  people_.load(snapshot);
  holders_.load(snapshot);
  facts_.grow(organisation_.units());
  person_facts_.grow(people_.persons());
  load_leaves(snapshot);
  book_ = std::make_unique<Book>(load_policy(snapshot, packs_), catalog_, basis());
}

void World::load_leaves(store::Connection& snapshot) {
  for (auto& granted : exemption::all_leaves(snapshot)) {
    const auto bearer = obligation::Bearer::parse(granted.leave.bearer);
    if (!bearer) continue;
    if (bearer->tenure) leaves_.of_tenures[bearer->tenure].push_back(granted.leave);
    const bool of_unit = bool(bearer->unit);
    const Slot slot = of_unit          ? organisation_.find(bearer->unit)
                      : bearer->person ? people_.find(bearer->person)
                                       : no_slot;
    if (slot == no_slot) continue;
    auto& leaves = of_unit ? leaves_.of_units : leaves_.of_persons;
    leaves[slot].push_back(std::move(granted.leave));
  }
}

void World::load_facts(store::Connection& snapshot) {
  const auto revised = revised_records(snapshot);
  std::unordered_set<std::int64_t> revised_ids;
  for (const RecordId record : revised) revised_ids.insert(record.value);
  FactRows rows(organisation_, book_->counting(), facts_, revised_ids);
  for_each_fact(snapshot, [&](const store::Row& row) { rows.add(row); });
  rows.finish();
  deal_to_present(snapshot, rows.of_present(), people_, person_facts_);
  load_records(snapshot, revised);
  load_records(snapshot, rows.to_read());
}

void World::load_records(store::Connection& snapshot, const std::vector<RecordId>& records) {
  for (std::size_t from = 0; from < records.size(); from += records_at_once) {
    const std::size_t until = std::min(records.size(), from + records_at_once);
    obligation::Facts read;
    compliance::load_records(snapshot,
                             {records.begin() + static_cast<std::ptrdiff_t>(from),
                              records.begin() + static_cast<std::ptrdiff_t>(until)},
                             read);
    for (const auto& [id, record] : read.records) add_facts(record);
  }
}

// A record that says nothing to some rule may have been dealt out by its rows; now it is whole.
void World::add_facts(const obligation::Record& record) {
  const RecordFacts found = book_->counting().facts_of(record);
  for (const auto& [unit, facts] : found.of_units) {
    if (const Slot slot = organisation_.find(unit); slot != no_slot) {
      facts_.replace(slot, record.id, facts);
    }
  }
  for (const auto& [person, facts] : found.of_persons) {
    if (const Slot slot = people_.find(person); slot != no_slot) {
      person_facts_.replace(slot, record.id, facts);
    }
  }
}

void World::fill(store::Connection& snapshot, Book& book,
                 const std::vector<std::unique_ptr<Ledger>>& ledgers) {
  Book::ToAsk asked;
  std::vector<Ledger*> all;
  for (const auto& ledger : ledgers) all.push_back(ledger.get());
  book.fill(all, today_, asked);
  ask_to_fill(snapshot, book, asked);
  recount(ledgers);
}

void World::recount(const std::vector<std::unique_ptr<Ledger>>& ledgers) const {
  std::vector<Sheet*> sheets;
  for (const auto& ledger : ledgers) sheets.push_back(&ledger->sheet);
  NearestRows nearest(organisation_, today_);
  for_shares(sheets, [&](const std::vector<Sheet*>& share) {
    for (Sheet* const sheet : share) sheet->recount(nearest);
  });
}

// Whoever may have bearers of the duty.
std::vector<Slot> World::homes_of(const Ledger& ledger) const {
  if (!ledger.of_units()) return book_->homes_of(ledger);
  std::vector<Slot> homes(organisation_.units());
  std::iota(homes.begin(), homes.end(), Slot{0});
  return homes;
}

// Duties that look at the day on which they are asked about.
void World::add_clocked(Dirty& dirty) const {
  for (const auto& ledger : book_->ledgers()) {
    if (!ledger->dependence.today) continue;
    ledger->of_profile.clear();
    ledger->of_key.clear();
    ledger->of_unit.clear();
    ledger->forget_members();
    for (const Slot home : homes_of(*ledger)) dirty.emplace(home, ledger.get());
  }
}

void World::ask_to_fill(store::Connection& snapshot, const Book& book, const Book::ToAsk& asked) {
  if (asked.empty()) return;
  Asking asking(snapshot, book.policy(), today_);
  for (const auto& [home, left] : asked) {
    const auto answers = asked_of(asking, home, left);
    for (std::size_t i = 0; i < left.size(); ++i) {
      Sheet& sheet = left[i].first->sheet;
      sheet.put(home, sheet.share_of(answers[i]));
    }
  }
}

// What was counted and what the evaluator says together.
std::vector<std::vector<Answered>> World::asked_of(
    Asking& asking, Slot home, const std::vector<std::pair<Ledger*, HomeAnswer>>& left) {
  std::vector<Asked> questions;
  for (const auto& [ledger, answer] : left) {
    questions.push_back({ledger->sheet.obligation(), ledger->sheet.period(),
                         answer.ask_all ? std::nullopt : std::optional(answer.ask)});
  }
  auto answers = asking.of(organisation_.id(home), questions);
  for (std::size_t i = 0; i < left.size(); ++i) {
    for (const Answered& one : left[i].second.counted) add_to(answers[i], one);
  }
  remember(organisation_.id(home), asking.next_change());
  return answers;
}

void World::remember(UnitId home, std::optional<Date> next_change) {
  if (next_change) ahead_.emplace(*next_change, home);
}

void World::settle(store::Connection& snapshot, const Dirty& dirty) {
  struct Result {
    Slot home;
    Ledger* ledger;
    std::vector<Answered> answers;
  };
  std::vector<Result> results;
  Book::ToAsk asked;
  for (const auto& [home, ledger] : dirty) {
    HomeAnswer found = book_->answer(*ledger, home, today_);
    if (found.ask_all || !found.ask.empty()) {
      asked[home].push_back({ledger, std::move(found)});
    } else {
      results.push_back({home, ledger, std::move(found.counted)});
    }
  }
  if (!asked.empty()) {
    Asking asking(snapshot, book_->policy(), today_);
    for (const auto& [home, left] : asked) {
      auto answers = asked_of(asking, home, left);
      for (std::size_t i = 0; i < left.size(); ++i) {
        results.push_back({home, left[i].first, std::move(answers[i])});
      }
    }
  }
  const std::unique_lock lock(mutex_);
  for (const Result& result : results) {
    Sheet& sheet = result.ledger->sheet;
    sheet.set(result.home, sheet.share_of(result.answers), organisation_, today_);
  }
}

void World::add_changed(Slot unit, Dirty& dirty) {
  book_->forget_terms(unit);
  add_unit(unit, dirty);
  add_everybody(unit, dirty);
  add_below(unit, dirty);
}

// Whatever is another since these days began: units, people, what was planned for one of them.
void World::add_begun(Date before, Date today, Dirty& dirty) {
  std::set<std::uint32_t> profiles;
  for (Slot unit = 0; unit < organisation_.units(); ++unit) {
    if (!organisation_.changes_between(unit, before, today)) continue;
    profiles.insert(organisation_.profile(unit));
    add_changed(unit, dirty);
  }
  book_->forget_terms_of_profiles(profiles);
  const auto has_begun = [&](const Fact& fact) {
    return fact.counts_on() > before && fact.counts_on() <= today;
  };
  for (Slot unit = 0; unit < facts_.subjects(); ++unit) {
    const auto facts = facts_.of(unit);
    if (std::any_of(facts.begin(), facts.end(), has_begun)) add_unit(unit, dirty);
  }
  std::set<PersonId> persons = holders_.changing_between(before, today);
  const auto changing = people_.changing_between(before, today);
  if (!changing.empty()) book_->forget_members();
  for (const Slot person : changing) persons.insert(people_.id(person));
  for (Slot person = 0; person < person_facts_.subjects(); ++person) {
    const auto facts = person_facts_.of(person);
    if (std::any_of(facts.begin(), facts.end(), has_begun)) persons.insert(people_.id(person));
  }
  add_homes_of(persons, dirty);
  for (auto at = ahead_.begin(); at != ahead_.end() && at->first <= today; at = ahead_.erase(at)) {
    add_home(at->second, dirty);
    const Slot unit = organisation_.find(at->second);
    if (unit != no_slot) add_unit(unit, dirty);
  }
}

bool World::begin_day(store::Connection& snapshot, Date today) {
  const Date before = today_;
  if (today <= before) return true;
  const auto begins = [&](Date day) { return day > before && day <= today; };
  for (const auto& revision : book_->policy().calendar) {
    if (begins(revision.published)) return false;
  }
  for (const auto& campaign : book_->policy().campaigns) {
    if (campaign.ended && begins(*campaign.ended)) return false;
    for (const auto& placed : campaign.placed) {
      if (begins(placed.from)) return false;
    }
  }
  std::map<Slot, Moved> moved;
  for (const auto* links : {&organisation_.affiliation(), &organisation_.seats()}) {
    for (const Slot unit : links->changing_between(before, today)) {
      moved[unit] = {organisation_.affiliation().history(unit),
                     organisation_.seats().history(unit)};
    }
  }
  if (moved.size() > units_followed_max) return false;
  {
    const std::unique_lock lock(mutex_);
    restructure(moved, today);
    if (kept_from(before) != kept_from(today)) book_->drop_before(kept_from(today));
  }
  Dirty dirty;
  for (const auto& [unit, places] : moved) add_changed(unit, dirty);
  add_begun(before, today, dirty);
  add_clocked(dirty);
  settle(snapshot, dirty);
  auto ledgers = book_->opened(kept_from(today), today + 1);
  fill(snapshot, *book_, ledgers);
  const std::unique_lock lock(mutex_);
  book_->keep(std::move(ledgers));
  return true;
}

}  // namespace huilu::compliance
