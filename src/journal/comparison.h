// Comparison: rows against the openings of the entries that made them, for every room's `verify`.
// What was erased is passed over where it was a text of its own; a content is never erased.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/value.h"
#include "journal/journal.h"
#include "store/store.h"

namespace huilu::journal {

class Comparison {
 public:
  explicit Comparison(store::Connection& connection) : connection_(connection) {}

  // For a list of columns: the field's opening in the entry that the column names; null when it
  // was erased or never was.
  static std::string opening_of(std::string_view field, std::string_view seq = "t.seq");

  // The column holds the opening that `content` must be.
  void content(std::string_view table, std::string_view id, const store::Row& row,
               std::size_t column, const Value& content);
  // The column holds the opening of the field "actor".
  void actor(std::string_view table, std::string_view id, const store::Row& row, std::size_t column,
             AccountId actor);
  // A text that may have been erased.
  void text(std::string_view table, std::string_view id, const store::Row& row, std::size_t column,
            std::string_view text);
  // When the entry was made: for a list of columns, and what the row says of it.
  static std::string instant_of(std::string_view seq = "t.seq");
  void instant(std::string_view table, std::string_view id, const store::Row& row,
               std::size_t column, Instant at);
  // As many rows as entries: what is gone, or was never entered, or is open again.
  void count(std::string_view table, std::string_view where, std::string_view kind);
  void damage(std::string_view table, std::string_view id, std::string what);

  store::Connection& connection() { return connection_; }
  std::vector<Damage> damages() { return std::move(damages_); }

 private:
  store::Connection& connection_;
  std::vector<Damage> damages_;
};

}  // namespace huilu::journal
