// Kept counts of one column at the large holders of one tree: how many bearers below are in which
// class. A column of few bearers keeps them sparsely, one of many in an array.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "compliance/links.h"
#include "obligation/verdict.h"

namespace huilu::compliance {

// Bearers by class. Nobody is counted as not applicable; in that place stands how many of the met
// were entered late.
struct Histogram {
  static constexpr std::size_t entered_late = 0;

  std::array<std::int32_t, 8> bearers{};

  std::int32_t of(obligation::Class the_class) const {
    return bearers[static_cast<std::size_t>(the_class)];
  }
  void add(const Histogram& other, std::int32_t times = 1) {
    for (std::size_t i = 0; i < bearers.size(); ++i) bearers[i] += times * other.bearers[i];
  }
  bool empty() const;  // nobody, of any class
  bool operator==(const Histogram&) const = default;
};

// Almost every row's numbers fit into sixteen bits; the others stand apart.
class KeptCounts {
 public:
  Histogram at(Slot row) const {
    if (row < rows_.size() && rows_[row][0] != apart) {
      Histogram histogram;
      std::copy(rows_[row].begin(), rows_[row].end(), histogram.bearers.begin());
      return histogram;
    }
    const auto found = apart_.find(row);
    return found == apart_.end() ? Histogram{} : found->second;
  }
  // `rows_count`: of the tree today, which decides what is few.
  void add(Slot row, const Histogram& change, std::int32_t times, std::size_t rows_count);
  // All rows at once.
  void assign(const std::vector<Histogram>& rows);
  std::size_t bytes() const;

 private:
  using Row = std::array<std::uint16_t, 8>;       // as in a histogram
  static constexpr std::uint16_t apart = 0xFFFF;  // instead of its first number

  void put(Slot row, const Histogram& histogram);

  std::vector<Row> rows_;
  std::unordered_map<Slot, Histogram> apart_;  // every row in use while rows_ is empty
};

}  // namespace huilu::compliance
