// Drawing what a round of look-backs looks at, so that anyone can draw it again from the seed and
// the list (docs/data.md). Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"

namespace huilu::round {

struct InDraw {
  MatterId matter;
  std::string stratum;
};

// By how much a list of `candidates` is looked at: all of it, so many, or so many percent, where a
// part of one is one.
enum class SampleKind { all, size, percent };
struct Sample {
  SampleKind kind = SampleKind::all;
  std::int64_t amount = 0;

  bool operator==(const Sample&) const = default;
};
std::size_t size_of(const Sample& sample, std::size_t candidates);

// How many of each stratum, by largest remainder; of equal remainders the stratum that comes first.
std::vector<std::size_t> shares_of(const std::vector<std::size_t>& strata, std::size_t size);

// SHA-256 of "huilu-look-back-draw/v1", the seed and the matter's id, a line feed after each of the
// first two, in hexadecimal digits.
std::string draw_key(std::string_view seed, MatterId matter);

// Which of them, in the list's order: within each stratum those whose keys are smallest.
std::vector<bool> drawn_of(const std::vector<InDraw>& list, std::string_view seed,
                           std::size_t size);

}  // namespace huilu::round
