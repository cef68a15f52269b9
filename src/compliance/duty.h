// Duties as they are shown: the declaration behind an address, with its pack and the bundle that it
// belongs to, and in which language its labels are read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "obligation/evaluate.h"
#include "policy/pack.h"
#include "words/words.h"

namespace huilu::compliance {

struct Duty {
  const policy::Pack* pack = nullptr;
  const policy::Obligation* obligation = nullptr;
  const policy::Bundle* bundle = nullptr;  // null pointer: in none

  explicit operator bool() const { return obligation != nullptr; }
};

// Of several versions of a pack the last in the list.
Duty find_duty(const std::vector<policy::Pack>& packs, std::string_view address);

// As it was judged by: the version of the pack in the explanation.
Duty duty_of(const std::vector<policy::Pack>& packs, const obligation::Explanation& explanation);

// The record types that can count for it, in the order written.
std::vector<std::string> record_types_of(const policy::Obligation& obligation);

inline policy::Language label_language(words::Language language) {
  return static_cast<policy::Language>(language);
}

// "个支部", "人": what a figure of the duty counts.
std::string counted_in(const policy::Obligation& obligation, words::Language language);

}  // namespace huilu::compliance
