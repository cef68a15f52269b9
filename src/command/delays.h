// Delays: how long something took, counted in buckets of a fixed width each, for /metrics. Adding
// is lock-free; whoever reads while others add sees each of them or not.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>

namespace huilu::command {

class Delays {
 public:
  // Upper ends in microseconds; the last bucket has none.
  static constexpr std::array<std::int64_t, 11> ends = {
      100, 250, 500, 1'000, 2'500, 5'000, 10'000, 25'000, 100'000, 500'000, 2'000'000};
  struct Counts {
    std::array<std::uint64_t, ends.size() + 1> buckets{};
    std::uint64_t count = 0;
    std::int64_t sum_us = 0;
    std::int64_t max_us = 0;
  };

  void add(std::chrono::nanoseconds took) {
    const std::int64_t us = took.count() / 1000;
    const auto bucket = std::lower_bound(ends.begin(), ends.end(), us) - ends.begin();
    ++buckets_[static_cast<std::size_t>(bucket)];
    sum_us_ += us;
    std::int64_t max = max_us_;
    while (max < us && !max_us_.compare_exchange_weak(max, us)) {
    }
  }

  Counts counts() const {
    Counts out;
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
      out.buckets[i] = buckets_[i];
      out.count += buckets_[i];
    }
    out.sum_us = sum_us_;
    out.max_us = max_us_;
    return out;
  }

 private:
  std::array<std::atomic<std::uint64_t>, ends.size() + 1> buckets_{};
  std::atomic<std::int64_t> sum_us_{0};
  std::atomic<std::int64_t> max_us_{0};
};

}  // namespace huilu::command
