// Shares: work on many things of which none touches another's, on as many threads as there are
// cores. Things are dealt out like cards, so that neighbours, which are alike, are spread.
#pragma once

#include <algorithm>
#include <future>
#include <thread>
#include <vector>

namespace huilu::compliance {

inline constexpr std::size_t shares_max = 16;

// Calls work(share) for each share of the items, a vector; what one of them throws is thrown here
// when all have ended.
template <class Item, class Work>
void for_shares(const std::vector<Item>& items, const Work& work) {
  const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
  const std::size_t number = std::min({cores, items.size(), shares_max});
  std::vector<std::vector<Item>> shares(number);
  for (std::size_t i = 0; i < items.size(); ++i) shares[i % number].push_back(items[i]);
  std::vector<std::future<void>> others;
  for (std::size_t i = 1; i < number; ++i) {
    others.push_back(std::async(std::launch::async, [&, i] { work(shares[i]); }));
  }
  if (number > 0) work(shares[0]);
  for (auto& other : others) other.get();
}

}  // namespace huilu::compliance
