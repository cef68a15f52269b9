// How alike short texts are, for proposing to a person that two of them may say the same. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace huilu {

struct Likeness {
  std::int64_t millionths = 0;      // 0: nothing in common; 1,000,000: the same
  std::vector<std::string> common;  // what stands in both, as the first has it, the longest first
};

// Of the pairs together; pairs of which one is empty say nothing. Two neighbouring characters of
// Chinese count as one feature, as does a word of letters and digits: twice what both have, over
// what the one and the other have. Simplified and Traditional, width and case do not matter.
using TextPairs = std::vector<std::pair<std::string, std::string>>;
std::int64_t likeness_in_millionths(const TextPairs& pairs);
// Also what they have in common.
Likeness likeness_of(const TextPairs& pairs);

}  // namespace huilu
