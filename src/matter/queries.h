// Reads of matters: one with its history, pages of a subtree's ledger, counts by state. Asks no
// gate: whoever calls has asked it.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "matter/types.h"
#include "store/store.h"

namespace huilu::matter {

std::optional<Stored> find(store::Connection& connection, MatterId id);
// Those that there are, in the order of the ids.
std::vector<Stored> find_all(store::Connection& connection, const std::vector<MatterId>& ids);
// The matters whose parent it is, as they stand.
std::vector<Matter> children_of(store::Connection& connection, MatterId id);
std::vector<Version> history_of(store::Connection& connection, MatterId id);  // oldest first
// The same of many, in two statements; of each of these something is said.
std::map<MatterId, std::vector<Version>> histories_of(store::Connection& connection,
                                                      const std::vector<MatterId>& ids);
std::map<MatterId, std::vector<Matter>> children_of(store::Connection& connection,
                                                    const std::vector<MatterId>& ids);
// The matters that were merged into each of these, as they stand.
std::map<MatterId, std::vector<Matter>> merged_into(store::Connection& connection,
                                                    const std::vector<MatterId>& ids);

// What is below a parent, by the last day; with an outcome only those that ended so.
struct BelowFilter {
  MatterId parent;
  std::optional<std::string> outcome;  // empty text: none yet
  std::optional<Date> due_before;      // open, with a last day before this day
  int limit = 50;
  std::string cursor;  // empty, or a next_cursor
};
struct BelowPage {
  std::vector<Stored> items;
  std::string next_cursor;  // empty: the last page
};
// field_type at /cursor.
Result<BelowPage> page_below(store::Connection& connection, const BelowFilter& filter);
// How many are below it by outcome, and how many of them are late; outcome empty: none yet.
struct OutcomeCount {
  std::string outcome;
  std::int64_t all = 0;
  std::int64_t overdue = 0;
};
std::vector<OutcomeCount> counts_below(store::Connection& connection, MatterId parent, Date today);

// How many matters hang on one: that were merged into it, or are below it.
struct HangingOn {
  std::int64_t merged = 0;
  std::int64_t below = 0;
};
std::map<MatterId, HangingOn> hanging_on(store::Connection& connection,
                                         const std::vector<MatterId>& ids);

// Of these types, that belong to a unit that was ever at `top` or below it; with `named` also those
// that such a unit was responsible for, or is named by.
std::set<MatterId> below(store::Connection& connection, UnitId top,
                         const std::set<std::string>& types, bool named);

// Of a unit and a type, the newest that stand in one of the states.
std::vector<MatterId> newest_in(store::Connection& connection, UnitId unit, std::string_view type,
                                const std::vector<std::string>& states, std::size_t most);

enum class Sort { newest, due };

// Which matters: of a subtree by its path, or those that a unit has a part in.
struct Filter {
  std::string path;             // of the subtree
  bool own = false;             // only of the unit itself that the path leads to
  std::optional<UnitId> party;  // instead: named by the matter, or responsible for it
  std::optional<std::string> type;
  std::optional<std::string> state;
  std::optional<MatterId> parent;
  std::optional<MatterId> into;    // merged into this one
  bool unmerged = false;           // without what was merged
  bool open = false;               // only those without an outcome
  bool stale = false;              // only those of which something changed after its review
  std::optional<Date> due_before;  // open, with a last day before this day
  std::optional<Date> due_from;    // likewise, on this day or later
  Sort sort = Sort::newest;
  int limit = 50;
  std::string cursor;  // empty, or a next_cursor
};
struct Listed {
  std::vector<Stored> items;
  std::string next_cursor;  // empty: the last page
};
// Subtrees of at most `small_units` units, and parties with as many matters, are gathered and
// sorted; for others the ledger is walked in its order until the page is full, and those of at most
// `gathered` are gathered after all where `walked` matters did not fill it.
struct Reading {
  int small_units = 256;
  int piece = 256;
  int counted_units = 100'000;
  int walked = 700;
  int gathered = 50'000;
  int searched = 4000;
};
// field_type at /cursor.
Result<Listed> list(store::Connection& connection, const Filter& filter,
                    const Reading& reading = {});
// Those of them that `keeps` keeps. For a page at most `searched` are looked at: it may hold fewer
// than asked for, or none, and not be the last.
using Keeping = std::function<bool(const Stored&)>;
Result<Listed> list_those(store::Connection& connection, Filter filter, const Keeping& keeps,
                          const Reading& reading = {});

// Of these types in a subtree, by type and state: how many, and how many of them are late. One
// statement. Of at most `counted_units` units each is asked for its own.
struct Count {
  std::int64_t all = 0;
  std::int64_t overdue = 0;
};
using TypeCounts = std::map<std::string, std::map<std::string, Count>>;
TypeCounts counts_of(store::Connection& connection, std::string_view path,
                     const std::set<std::string>& types, Date today, const Reading& reading = {});

// The same for each child of the unit at the path, of its whole subtree, and for the unit itself,
// of its own: by their paths. One statement.
std::map<std::string, TypeCounts> counts_by_child(store::Connection& connection,
                                                  std::string_view path,
                                                  const std::set<std::string>& types, Date today,
                                                  const Reading& reading = {});

// How many have each of these for their parent; nothing is said of those that nobody has.
std::map<MatterId, std::int64_t> child_counts(store::Connection& connection,
                                              const std::vector<MatterId>& ids);

// How the newest sheet of a unit's ledger was read: heading, target.
std::vector<std::pair<std::string, std::string>> remembered_columns(store::Connection& connection,
                                                                    UnitId ledger,
                                                                    std::string_view type);

// Who is called so at a unit today: on its roll, on its staff, in its posts.
struct Called {
  UnitId unit;
  PersonId person;
  std::string name;
};
struct Sought {
  std::vector<UnitId> members_of;  // units whose roll and staff may be read
  std::vector<UnitId> holders_of;  // units whose posts may be read
};
std::vector<Called> persons_called(store::Connection& connection, const Sought& sought,
                                   const std::set<std::string>& names, Date today);
// Of these units those that are of one of the kinds today, all of them where there are none.
struct NameableUnit {
  std::string name;
  std::string type;
};
std::map<UnitId, NameableUnit> units_of_kinds(store::Connection& connection,
                                              const std::vector<UnitId>& units,
                                              const std::vector<std::string>& kinds, Date today);

// The units that matters with this attachment belong to.
std::vector<UnitId> units_using(store::Connection& connection, FileId file);

// Rows against openings, columns against contents, for `huilu verify`.
std::vector<journal::Damage> verify(store::Connection& connection);

}  // namespace huilu::matter
