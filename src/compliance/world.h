// The world of the index: organisation, facts and book as the tables had them in one snapshot, and
// what has to be done when something was touched or a day begins. One thread changes it. What
// readers look at (trees, sheets) is changed under the lock, briefly; everything that takes time,
// reading tables and judging, happens before.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <shared_mutex>
#include <vector>

#include "compliance/asking.h"
#include "compliance/book.h"
#include "compliance/concern.h"
#include "compliance/fact_rows.h"
#include "compliance/fact_store.h"
#include "compliance/holders.h"
#include "compliance/index.h"
#include "compliance/organisation.h"
#include "compliance/people.h"
#include "journal/journal.h"
#include "store/store.h"

namespace huilu::compliance {

class World {
 public:
  // All must outlive it.
  World(const std::vector<policy::Pack>& packs, const record::Catalog& catalog,
        std::shared_mutex& mutex, const Index::Options& options);

  void load(store::Connection& snapshot, Date today);
  // False: what was touched is more than is worth following; a new world has to be loaded.
  bool follow(store::Connection& snapshot, const std::vector<journal::Touched>& touched);
  bool begin_day(store::Connection& snapshot, Date today);

  // Unusable where the file does not fit the tables; the world is of no use then.
  void save(SnapshotWriter& out) const;
  void restore(SnapshotReader& in, store::Connection& snapshot);

  // Homes whose parts differ from what the evaluator says, as sentences.
  std::vector<std::string> compare(store::Connection& snapshot,
                                   const std::vector<UnitId>& homes) const;

  Date today() const { return today_; }
  const Organisation& organisation() const { return organisation_; }
  const Book& book() const { return *book_; }
  std::size_t fact_bytes() const {
    return facts_.bytes() + person_facts_.bytes() + people_.bytes();
  }
  std::size_t facts_count() const { return facts_.facts() + person_facts_.facts(); }

  std::int64_t load_us() const { return load_us_; }
  std::int64_t evaluate_us() const { return evaluate_us_; }

  // The first day of the periods that are kept.
  Date kept_from(Date today) const;

 private:
  using Cell = std::pair<Slot, Ledger*>;  // a home's part of a ledger
  using Dirty = std::set<Cell>;

  // The first day of what is told apart of units.
  Date known_from(Date today) const;

  // A unit's new place in the trees.
  struct Moved {
    Stretches parents;
    Stretches seats;
  };
  // Ids by table.
  struct TouchedIds {
    std::set<UnitId> units;
    std::set<PlaceId> places;
    std::set<RecordId> records;
    std::set<std::int64_t> memberships, posts, tenures, leaves;
    bool values = false;  // decided values of parameters
    bool calendars = false;
    bool campaigns = false;
    bool packs = false;  // activations
    bool everything = false;
  };

  static constexpr std::size_t units_followed_max = 500;

  static TouchedIds sorted(const std::vector<journal::Touched>& touched);

  Basis basis() const { return {organisation_, facts_, people_, person_facts_, holders_, leaves_}; }

  // Loading.
  void load_judged_by(store::Connection& snapshot);
  FactLoading fact_loading();
  void load_leaves(store::Connection& snapshot);
  std::vector<Slot> restore_units(SnapshotReader& in) const;
  void restore_ledgers(SnapshotReader& in, const std::vector<Slot>& slots);
  // Fills ledgers that no reader sees yet.
  void fill(store::Connection& snapshot, Book& book,
            const std::vector<std::unique_ptr<Ledger>>& ledgers);
  void recount(const std::vector<std::unique_ptr<Ledger>>& ledgers) const;
  void ask_to_fill(store::Connection& snapshot, const Book& book, const Book::ToAsk& asked);
  std::vector<Slot> homes_of(const Ledger& ledger) const;
  void add_clocked(Dirty& dirty) const;
  void add_changed(Slot unit, Dirty& dirty);
  void add_begun(Date before, Date today, Dirty& dirty);

  // Following.
  bool follow_units(store::Connection& snapshot, const TouchedIds& touched, Dirty& dirty);
  bool follow_records(store::Connection& snapshot, const std::set<RecordId>& records, Dirty& dirty);
  void follow_people(store::Connection& snapshot, const TouchedIds& touched, Dirty& dirty);
  void follow_leaves(store::Connection& snapshot, const std::set<std::int64_t>& leaves,
                     Dirty& dirty);
  bool follow_policy(store::Connection& snapshot, const TouchedIds& touched);
  void restructure(const std::map<Slot, Moved>& moved, Date today);
  void detach(Slot unit);
  void attach(Slot unit, const Moved& moved);
  void add_subtree(Tree tree, Slot unit, std::int32_t times);
  void promote(Tree tree, Slot unit);

  void add_unit(Slot unit, Dirty& dirty) const;       // in all its own duties
  void add_home(UnitId home, Dirty& dirty) const;     // its members and posts
  void add_everybody(Slot unit, Dirty& dirty) const;  // of it, wherever they are counted
  void add_homes_of(const std::set<PersonId>& persons, Dirty& dirty) const;
  void add_below(Slot unit, Dirty& dirty);        // whoever looks up to it
  void add_above(Slot unit, Dirty& dirty) const;  // whoever looks down on it
  // Whatever duties of whomever the records may be counted for.
  void add_concern(const Concern& concern, std::map<Ledger*, std::set<PersonId>>& persons,
                   Dirty& dirty) const;
  std::set<Slot> homes_with(const std::set<PersonId>& persons) const;
  void add_ever_below(Slot unit, std::set<Slot>& below) const;
  void add_ever_above(Slot unit, std::set<Slot>& above) const;
  // Judges again and sets what became different.
  void settle(store::Connection& snapshot, const Dirty& dirty);
  std::vector<std::vector<Answered>> asked_of(
      Asking& asking, Slot home, const std::vector<std::pair<Ledger*, HomeAnswer>>& left);
  void remember(UnitId home, std::optional<Date> next_change);

  const std::vector<policy::Pack>& packs_;
  const record::Catalog& catalog_;
  std::shared_mutex& mutex_;
  Index::Options options_;
  Date today_;
  Organisation organisation_;
  People people_;
  Holders holders_;
  FactStore facts_;         // of units
  FactStore person_facts_;  // of those who are members
  Leaves leaves_;
  std::unique_ptr<Book> book_;
  std::multimap<Date, UnitId> ahead_;  // homes to judge again when a day begins
  std::int64_t load_us_ = 0;
  std::int64_t evaluate_us_ = 0;
};

}  // namespace huilu::compliance
