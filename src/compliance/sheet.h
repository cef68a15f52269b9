// One duty in one period: what class each home's bearers are in, and how many of them are in which
// class below every large holder. Bearers whose dates differ stand in different columns of the
// sheet. A duty of units keeps one byte for each; one of members and posts keeps their numbers for
// each home. What is set here is a class; no clock is asked.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "calendar/period.h"
#include "compliance/counts.h"
#include "compliance/organisation.h"
#include "compliance/slot_array.h"
#include "compliance/standing.h"
#include "policy/obligation.h"

namespace huilu::compliance {

class NearestRows;
class SnapshotReader;
class SnapshotWriter;

inline constexpr std::array both_trees = {Tree::affiliation, Tree::seat};

// The bearers of one home in one column.
struct Part {
  std::uint16_t column = 0;
  Histogram bearers;

  bool operator==(const Part&) const = default;
};
// Of one home in the whole sheet; by column, none of them empty.
using Share = std::vector<Part>;

// Bearers of one home with the same dates.
struct Answered {
  obligation::Schedule schedule;
  Histogram bearers;
};

// Adds to those with the same dates, or as one of others.
void add_to(std::vector<Answered>& answers, const Answered& one);

// The class of one unit, in a byte: three bits the class, one whether it was entered late, four the
// column; the last column stands for those that do not fit and are looked up.
class Cell {
 public:
  static constexpr std::uint16_t far = 15;

  constexpr Cell() = default;
  constexpr Cell(obligation::Class the_class, bool entered_late, std::uint16_t column)
      : byte_(static_cast<std::uint8_t>(static_cast<unsigned>(the_class) |
                                        (entered_late ? 8U : 0U) |
                                        (column < far ? column : far) << 4U)) {}

  obligation::Class the_class() const { return static_cast<obligation::Class>(byte_ & 7U); }
  bool entered_late() const { return (byte_ & 8U) != 0; }
  std::uint16_t column() const { return byte_ >> 4U; }
  bool empty() const { return (byte_ & 7U) == 0; }
  Histogram histogram() const;
  bool operator==(const Cell&) const = default;

 private:
  std::uint8_t byte_ = 0;
};

struct Column {
  obligation::Schedule schedule;
  std::array<KeptCounts, 2> counts;  // by tree
  std::int64_t bearers = 0;
};

class Sheet {
 public:
  Sheet(std::string obligation, calendar::Period period, policy::BearerKind bearer, Slot split)
      : obligation_(std::move(obligation)),
        period_(std::move(period)),
        bearer_(bearer),
        cells_(split),
        tallies_(split) {}

  const std::string& obligation() const { return obligation_; }
  const calendar::Period& period() const { return period_; }
  policy::BearerKind bearer() const { return bearer_; }
  const std::vector<Column>& columns() const { return columns_; }
  // The day whose trees the sheet is rolled up in.
  Date tree_day(Date today) const { return std::min(today, period_.last_day()); }

  Share share(Slot home) const;
  // In columns, made where there are none of these dates.
  Share share_of(const std::vector<Answered>& answers);
  std::uint16_t column_of(const obligation::Schedule& schedule);
  // Changes the home's bearers and every kept count above it.
  void set(Slot home, const Share& share, const Organisation& organisation, Date today);
  // Calls each(column, histogram) for what the home has.
  template <class Each>
  void for_each_part(Slot home, Each each) const;
  template <class Each>
  void for_each_home(Each each) const;  // each(home), of those that have bearers

  // How many below a holder are in which class, by column; added to `out`.
  void add_counts(Tree tree, Slot holder, const Organisation& organisation, Date today,
                  std::vector<Histogram>& out) const;

  // Adds or takes away, at a holder and above it, what `parts` says.
  void add_above(Tree tree, Slot holder, Date day, const Share& parts, std::int32_t times,
                 const Organisation& organisation);

  // A holder's first row.
  void set_row(Tree tree, Slot row, const std::vector<Histogram>& by_column, std::size_t rows);

  // Filling without counts, and then all counts at once.
  void put(Slot home, obligation::Class the_class, bool entered_late, std::uint16_t column);
  void put(Slot home, const Share& share);
  void recount(NearestRows& nearest);

  // Without counts. `slots`: of the units as they were numbered when it was saved.
  void save(SnapshotWriter& out) const;
  void restore(SnapshotReader& in, const std::vector<Slot>& slots);

  std::size_t cells() const;
  std::size_t bytes() const;

 private:
  using Tally = std::array<std::uint8_t, 8>;  // of column 0, as in a histogram
  static constexpr std::uint8_t escape = 255;

  std::vector<std::vector<Histogram>> own_sums(const std::vector<Slot>& nearest,
                                               std::size_t rows) const;
  void count_bearers();

  std::uint16_t column_of(Slot home, Cell cell) const {
    return cell.column() == Cell::far ? far_columns_.at(home) : cell.column();
  }

  std::string obligation_;
  calendar::Period period_;
  policy::BearerKind bearer_;
  std::vector<Column> columns_;
  SlotArray<Cell> cells_;
  std::unordered_map<Slot, std::uint16_t> far_columns_;  // of cells whose column does not fit
  SlotArray<Tally> tallies_;
  std::unordered_map<Slot, Share> shares_;  // of homes whose tally says `escape`
};

template <class Each>
void Sheet::for_each_part(Slot home, Each each) const {
  if (bearer_ == policy::BearerKind::unit) {
    const Cell cell = cells_.at(home);
    if (!cell.empty()) each(column_of(home, cell), cell.histogram());
    return;
  }
  const Tally tally = tallies_.at(home);
  if (tally == Tally{}) return;
  if (tally[0] == escape) {
    for (const Part& part : shares_.at(home)) each(part.column, part.bearers);
    return;
  }
  Histogram histogram;
  std::copy(tally.begin(), tally.end(), histogram.bearers.begin());
  each(0, histogram);
}

template <class Each>
void Sheet::for_each_home(Each each) const {
  if (bearer_ == policy::BearerKind::unit) {
    cells_.for_each([&](Slot home, Cell cell) {
      if (!cell.empty()) each(home);
    });
  } else {
    tallies_.for_each([&](Slot home, const Tally& tally) {
      if (tally != Tally{}) each(home);
    });
  }
}

}  // namespace huilu::compliance
