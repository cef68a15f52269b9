// Drawing by lot, so that anyone can draw it again from the seed and the list (docs/data.md): what
// a round of look-backs looks at, and the units that are to be checked. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace huilu::obligation {

// What the keys of a draw begin with, so that no seed serves for two kinds of draw.
inline constexpr std::string_view look_back_lots = "huilu-look-back-draw/v1";
inline constexpr std::string_view unit_lots = "huilu-unit-draw/v1";

struct InDraw {
  std::string id;
  std::string stratum;
  std::int64_t tickets = 1;  // so many chances, at least one
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

// SHA-256 of what the kind of draw begins with, the seed and the id, a line feed after each of the
// first two, in hexadecimal digits. A second ticket and those after it have their number behind the
// id and a line feed.
std::string draw_key(std::string_view lots, std::string_view seed, std::string_view id,
                     std::int64_t ticket = 1);

struct Lot {
  std::string key;        // the smallest of its tickets'
  std::size_t place = 0;  // from 1 on: it came so in its stratum; 0: it was not drawn
};

// In the list's order. Within each stratum those are drawn whose keys are smallest.
std::vector<Lot> drawn_of(const std::vector<InDraw>& list, std::string_view lots,
                          std::string_view seed, std::size_t size);

}  // namespace huilu::obligation
