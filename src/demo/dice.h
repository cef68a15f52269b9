// Dice: the chance of the demo. One seed throws the same on every machine, which the distributions
// of the standard library do not promise. Every part of the plan has dice of its own, so that a
// change in one leaves the others as they were.
#pragma once

#include <cstdint>
#include <random>
#include <string_view>
#include <vector>

#include "base/check.h"

namespace huilu::demo {

class Dice {
 public:
  Dice(std::uint64_t seed, std::string_view part) : engine_(seed_of(seed, part)) {}

  int between(int low, int high) {  // both may come
    CHECK(low <= high);
    return low + static_cast<int>(engine_() % static_cast<std::uint64_t>(high - low + 1));
  }
  bool percent(int chance) { return between(1, 100) <= chance; }
  template <class List>
  const auto& pick(const List& list) {
    CHECK(!std::empty(list));
    return list[static_cast<std::size_t>(engine_() % std::size(list))];
  }
  template <class T>
  void shuffle(std::vector<T>& list) {
    for (std::size_t left = list.size(); left > 1; --left) {
      std::swap(list[left - 1], list[static_cast<std::size_t>(engine_() % left)]);
    }
  }

 private:
  static std::uint64_t seed_of(std::uint64_t seed, std::string_view part) {
    std::uint64_t mixed = seed ^ 0xcbf29ce484222325ULL;  // FNV-1a
    for (const char c : part) mixed = (mixed ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return mixed;
  }

  std::mt19937_64 engine_;
};

}  // namespace huilu::demo
