#include "compliance/counts.h"

#include <algorithm>

namespace huilu::compliance {

namespace {

constexpr std::size_t few_part = 8;  // so many times more rows than are used: sparse

}  // namespace

bool Histogram::empty() const {
  return std::all_of(bearers.begin(), bearers.end(), [](std::int32_t n) { return n == 0; });
}

void KeptCounts::put(Slot row, const Histogram& histogram) {
  const bool fits = std::all_of(histogram.bearers.begin(), histogram.bearers.end(),
                                [](std::int32_t number) { return number >= 0 && number < apart; });
  if (fits) {
    std::copy(histogram.bearers.begin(), histogram.bearers.end(), rows_[row].begin());
    apart_.erase(row);
  } else {
    rows_[row][0] = apart;
    apart_[row] = histogram;
  }
}

void KeptCounts::add(Slot row, const Histogram& change, std::int32_t times,
                     std::size_t rows_count) {
  if (rows_.empty() && apart_.size() * few_part >= rows_count) {
    rows_.resize(rows_count);
    const auto few = std::move(apart_);
    apart_.clear();
    for (const auto& [at, histogram] : few) put(at, histogram);
  }
  if (rows_.empty()) return apart_[row].add(change, times);
  if (rows_.size() <= row) rows_.resize(rows_count);
  Histogram sum = at(row);
  sum.add(change, times);
  put(row, sum);
}

void KeptCounts::assign(const std::vector<Histogram>& rows) {
  const auto used =
      std::count_if(rows.begin(), rows.end(), [](const Histogram& row) { return !row.empty(); });
  const bool few = static_cast<std::size_t>(used) * few_part < rows.size();
  apart_.clear();
  rows_ = std::vector<Row>(few ? 0 : rows.size());
  for (Slot row = 0; row < rows.size(); ++row) {
    if (!few) {
      put(row, rows[row]);
    } else if (!rows[row].empty()) {
      apart_[row] = rows[row];
    }
  }
}

std::size_t KeptCounts::bytes() const {
  return rows_.capacity() * sizeof(Row) + apart_.size() * (sizeof(Histogram) + 3 * sizeof(Slot));
}

}  // namespace huilu::compliance
