#include "compliance/world.h"

#include <algorithm>
#include <chrono>
#include <mutex>

#include "base/check.h"
#include "compliance/asking.h"
#include "compliance/fact_rows.h"
#include "compliance/load_facts.h"
#include "compliance/nearest_rows.h"
#include "compliance/queries_index.h"
#include "compliance/shares.h"
#include "exemption/queries.h"

namespace huilu::compliance {

namespace {

std::int64_t microseconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() -
                                                               start)
      .count();
}

}  // namespace

World::World(const std::vector<policy::Pack>& packs, const record::Catalog& catalog,
             std::shared_mutex& mutex, const Index::Options& options)
    : packs_(packs),
      catalog_(catalog),
      mutex_(mutex),
      options_(options),
      organisation_(options.large) {}

Date World::kept_from(Date today) const {
  return options_.only_open ? today : Date::of(today.year() - options_.years_before, 1, 1);
}

void World::load(store::Connection& snapshot, Date today) {
  const auto start = std::chrono::steady_clock::now();
  today_ = today;
  organisation_.load(snapshot, today, kept_from(today));
  facts_.grow(organisation_.units());
  load_leaves(snapshot);
  book_ = std::make_unique<Book>(load_policy(snapshot, packs_), catalog_, organisation_, facts_,
                                 leaves_);
  load_facts(snapshot);
  load_us_ = microseconds_since(start);
  const auto loaded = std::chrono::steady_clock::now();
  auto ledgers = book_->opened(kept_from(today), today + 1);
  fill(snapshot, *book_, ledgers);
  book_->keep(std::move(ledgers));
  evaluate_us_ = microseconds_since(loaded);
}

void World::load_leaves(store::Connection& snapshot) {
  for (auto& granted : exemption::all_leaves(snapshot)) {
    const auto bearer = obligation::Bearer::parse(granted.leave.bearer);
    const Slot unit = bearer && bearer->unit ? organisation_.find(bearer->unit) : no_slot;
    if (unit != no_slot) leaves_[unit].push_back(std::move(granted.leave));
  }
}

void World::load_facts(store::Connection& snapshot) {
  compliance::load_facts(snapshot, organisation_, book_->counting(), facts_);
}

void World::load_records(store::Connection& snapshot, const std::vector<RecordId>& records) {
  compliance::load_facts_of(snapshot, records, organisation_, book_->counting(), facts_);
}

void World::fill(store::Connection& snapshot, Book& book,
                 const std::vector<std::unique_ptr<Ledger>>& ledgers) {
  Book::Asked asked;
  std::vector<Ledger*> of_units;
  for (const auto& ledger : ledgers) {
    if (ledger->of_units()) of_units.push_back(ledger.get());
  }
  book.fill(of_units, today_, asked);
  for (const auto& ledger : ledgers) {
    if (ledger->of_units()) continue;
    for (const Slot home : homes_of(snapshot, *ledger)) asked[home].push_back(ledger.get());
  }
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
std::vector<Slot> World::homes_of(store::Connection& snapshot, const Ledger& ledger) const {
  std::vector<Slot> homes;
  if (ledger.of_units()) {
    for (Slot unit = 0; unit < organisation_.units(); ++unit) homes.push_back(unit);
    return homes;
  }
  const bool posts = ledger.sheet.bearer() == policy::BearerKind::post;
  for (const UnitId home : posts ? units_with_posts(snapshot) : units_with_members(snapshot)) {
    if (const Slot slot = organisation_.find(home); slot != no_slot) homes.push_back(slot);
  }
  return homes;
}

// Duties that look at the day on which they are asked about.
void World::add_clocked(store::Connection& snapshot, Dirty& dirty) const {
  for (const auto& ledger : book_->ledgers()) {
    if (!ledger->dependence.today) continue;
    ledger->of_profile.clear();
    ledger->of_key.clear();
    ledger->of_unit.clear();
    for (const Slot home : homes_of(snapshot, *ledger)) dirty.emplace(home, ledger.get());
  }
}

void World::ask_to_fill(store::Connection& snapshot, const Book& book,
                        const std::map<Slot, std::vector<Ledger*>>& asked) {
  if (asked.empty()) return;
  Asking asking(snapshot, book.policy(), today_);
  for (const auto& [home, ledgers] : asked) {
    std::vector<Asked> questions;
    for (const Ledger* ledger : ledgers) {
      questions.push_back({ledger->sheet.obligation(), ledger->sheet.period()});
    }
    const auto answers = asking.of(organisation_.id(home), questions);
    for (std::size_t i = 0; i < ledgers.size(); ++i) {
      Sheet& sheet = ledgers[i]->sheet;
      sheet.put(home, sheet.share_of(answers[i]));
    }
    remember(organisation_.id(home), asking.next_change());
  }
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
  std::map<Slot, std::vector<Ledger*>> asked;
  for (const auto& [home, ledger] : dirty) {
    auto found = ledger->of_units() ? book_->answer(*ledger, home, today_) : std::nullopt;
    if (found) {
      results.push_back({home, ledger, std::move(*found)});
    } else {
      asked[home].push_back(ledger);
    }
  }
  if (!asked.empty()) {
    Asking asking(snapshot, book_->policy(), today_);
    for (const auto& [home, ledgers] : asked) {
      std::vector<Asked> questions;
      for (const Ledger* ledger : ledgers) {
        questions.push_back({ledger->sheet.obligation(), ledger->sheet.period()});
      }
      auto answers = asking.of(organisation_.id(home), questions);
      for (std::size_t i = 0; i < ledgers.size(); ++i) {
        results.push_back({home, ledgers[i], std::move(answers[i])});
      }
      remember(organisation_.id(home), asking.next_change());
    }
  }
  const std::unique_lock lock(mutex_);
  for (const Result& result : results) {
    Sheet& sheet = result.ledger->sheet;
    sheet.set(result.home, sheet.share_of(result.answers), organisation_, today_);
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
  std::set<std::uint32_t> profiles;
  for (Slot unit = 0; unit < organisation_.units(); ++unit) {
    const bool changes = organisation_.changes_between(unit, before, today);
    if (!changes && !moved.contains(unit)) continue;
    if (changes) profiles.insert(organisation_.profile(unit));
    book_->forget_terms(unit);
    add_unit(unit, dirty);
    add_below(unit, dirty);
  }
  book_->forget_terms_of_profiles(profiles);
  for (Slot unit = 0; unit < facts_.subjects(); ++unit) {
    const auto facts = facts_.of(unit);
    if (std::any_of(facts.begin(), facts.end(),
                    [&](const Fact& fact) { return begins(fact.counts_on()); })) {
      add_unit(unit, dirty);
    }
  }
  for (auto at = ahead_.begin(); at != ahead_.end() && at->first <= today; at = ahead_.erase(at)) {
    add_home(at->second, dirty);
    const Slot unit = organisation_.find(at->second);
    if (unit != no_slot) add_unit(unit, dirty);
  }
  add_clocked(snapshot, dirty);
  settle(snapshot, dirty);
  auto ledgers = book_->opened(kept_from(today), today + 1);
  fill(snapshot, *book_, ledgers);
  const std::unique_lock lock(mutex_);
  book_->keep(std::move(ledgers));
  return true;
}

}  // namespace huilu::compliance
