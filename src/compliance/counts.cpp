#include "compliance/counts.h"

#include <algorithm>

namespace huilu::compliance {

namespace {

constexpr std::size_t few_part = 8;  // so many times more rows than are used: sparse

}  // namespace

bool Histogram::empty() const {
  return std::all_of(bearers.begin(), bearers.end(), [](std::int32_t n) { return n == 0; });
}

Histogram& KeptCounts::cell(Slot row, std::size_t rows_count) {
  if (rows_.empty() && few_.size() * few_part >= rows_count) {
    rows_.resize(rows_count);
    for (const auto& [at, histogram] : few_) rows_[at] = histogram;
    few_.clear();
  }
  if (rows_.empty()) return few_[row];
  if (rows_.size() <= row) rows_.resize(rows_count);
  return rows_[row];
}

void KeptCounts::add(Slot row, const Histogram& change, std::int32_t times,
                     std::size_t rows_count) {
  cell(row, rows_count).add(change, times);
}

void KeptCounts::assign(std::vector<Histogram> rows) {
  few_.clear();
  std::size_t used = 0;
  for (const Histogram& row : rows) used += row.empty() ? 0 : 1;
  rows_ = std::vector<Histogram>();
  if (used * few_part < rows.size()) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      if (!rows[row].empty()) few_[static_cast<Slot>(row)] = rows[row];
    }
  } else {
    rows_ = std::move(rows);
    rows_.shrink_to_fit();
  }
}

std::size_t KeptCounts::bytes() const {
  return rows_.capacity() * sizeof(Histogram) +
         few_.size() * (sizeof(Histogram) + 3 * sizeof(Slot));
}

}  // namespace huilu::compliance
