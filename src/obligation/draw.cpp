#include "obligation/draw.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "base/hash.h"
#include "base/text.h"

namespace huilu::obligation {

std::size_t size_of(const Sample& sample, std::size_t candidates) {
  const auto amount = static_cast<std::size_t>(std::max<std::int64_t>(sample.amount, 0));
  switch (sample.kind) {
    case SampleKind::all:
      return candidates;
    case SampleKind::size:
      return std::min(amount, candidates);
    case SampleKind::percent:
      return std::min((candidates * amount + 99) / 100, candidates);
  }
  return candidates;
}

std::vector<std::size_t> shares_of(const std::vector<std::size_t>& strata, std::size_t size) {
  const std::size_t all = std::accumulate(strata.begin(), strata.end(), std::size_t{0});
  std::vector<std::size_t> shares(strata.size(), 0);
  if (all == 0) return shares;
  size = std::min(size, all);
  std::vector<std::size_t> order(strata.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::size_t given = 0;
  for (std::size_t i = 0; i < strata.size(); ++i) {
    shares[i] = size * strata[i] / all;
    given += shares[i];
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return size * strata[a] % all > size * strata[b] % all;
  });
  for (std::size_t i = 0; given < size; ++i, ++given) ++shares[order[i]];
  return shares;
}

std::string draw_key(std::string_view lots, std::string_view seed, std::string_view id,
                     std::int64_t ticket) {
  std::string text = std::string(lots) + '\n' + std::string(seed) + '\n' + std::string(id);
  if (ticket > 1) text += '\n' + std::to_string(ticket);
  return hex(bytes_of(sha256(text)));
}

std::vector<Lot> drawn_of(const std::vector<InDraw>& list, std::string_view lots,
                          std::string_view seed, std::size_t size) {
  std::vector<Lot> out;
  std::map<std::string, std::vector<std::pair<std::string, std::size_t>>> strata;
  for (std::size_t i = 0; i < list.size(); ++i) {
    std::string key = draw_key(lots, seed, list[i].id);
    for (std::int64_t ticket = 2; ticket <= list[i].tickets; ++ticket)
      key = std::min(key, draw_key(lots, seed, list[i].id, ticket));
    strata[list[i].stratum].emplace_back(key, i);
    out.push_back({std::move(key), 0});
  }
  std::vector<std::size_t> sizes;
  for (const auto& [name, members] : strata) sizes.push_back(members.size());
  const auto shares = shares_of(sizes, size);
  auto share = shares.begin();
  for (auto& [name, members] : strata) {
    std::sort(members.begin(), members.end());
    for (std::size_t i = 0; i < *share; ++i) out[members[i].second].place = i + 1;
    ++share;
  }
  return out;
}

}  // namespace huilu::obligation
