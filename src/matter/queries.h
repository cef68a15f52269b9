// Reads of matters: one with its history, pages of a subtree's ledger, counts by state. Asks no
// gate: whoever calls has asked it.
#pragma once

#include <map>
#include <optional>
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
std::map<MatterId, std::vector<Version>> histories_of(store::Connection& connection,
                                                      const std::vector<MatterId>& ids);

enum class Sort { newest, due };

// Which matters: of a subtree by its path, or those that a unit has a part in.
struct Filter {
  std::string path;             // of the subtree
  std::optional<UnitId> party;  // instead: named by the matter, or responsible for it
  std::optional<std::string> type;
  std::optional<std::string> state;
  std::optional<MatterId> parent;
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
// Subtrees of at most `small_units` units are gathered and sorted; in larger ones the ledger is
// walked in its order until the page is full.
struct Reading {
  int small_units = 256;
  int piece = 256;
};
// field_type at /cursor.
Result<Listed> list(store::Connection& connection, const Filter& filter,
                    const Reading& reading = {});

// Of one type in a subtree: state → how many, and how many of them are late.
struct Count {
  std::int64_t all = 0;
  std::int64_t overdue = 0;
};
std::map<std::string, Count> counts_of(store::Connection& connection, std::string_view path,
                                       std::string_view type, Date today,
                                       const Reading& reading = {});

// The units that matters with this attachment belong to.
std::vector<UnitId> units_using(store::Connection& connection, FileId file);

// Rows against openings, columns against contents, for `huilu verify`.
std::vector<journal::Damage> verify(store::Connection& connection);

}  // namespace huilu::matter
