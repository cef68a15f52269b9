#include "compliance/world.h"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <numeric>

#include "base/check.h"
#include "compliance/asking.h"
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
      organisation_(options.large),
      people_(organisation_) {}

Date World::kept_from(Date today) const { return options_.only_open ? today : known_from(today); }

// Periods that are open began before today: units that differ only by then are still alike.
Date World::known_from(Date today) const {
  return Date::of(today.year() - options_.years_before, 1, 1);
}

void World::load(store::Connection& snapshot, Date today) {
  const auto start = std::chrono::steady_clock::now();
  today_ = today;
  organisation_.load(snapshot, today_, known_from(today_));
  people_.load(snapshot);
  load_judged_by(snapshot);
  fact_loading().all(snapshot);
  load_us_ = microseconds_since(start);
  const auto loaded = std::chrono::steady_clock::now();
  auto ledgers = book_->opened(kept_from(today), today + 1);
  fill(snapshot, *book_, ledgers);
  book_->keep(std::move(ledgers));
  evaluate_us_ = microseconds_since(loaded);
}

// Of units and people that are known: what they are judged by.
void World::load_judged_by(store::Connection& snapshot) {
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

FactLoading World::fact_loading() {
  return {organisation_, people_, book_->counting(), facts_, person_facts_};
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
