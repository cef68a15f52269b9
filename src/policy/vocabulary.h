// The controlled lists of core: unit types, levels, ranks, kinds of posts and memberships,
// relations. The org room accepts no other words; packs may refer to them and never add to them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "policy/finding.h"
#include "policy/label.h"

namespace huilu::policy {

struct UnitType {
  std::string code;
  Label title;
  bool has_members = false;  // a Party organisation on whose roll members stand
};

struct Level {
  std::string code;
  Label title;
  std::int64_t number = 0;  // 0 central … 5 village, 9 not bound to a level
};

struct Relation {
  std::string code;
  Label title;
  bool single = false;  // a unit has at most one at a time
};

// A list in its declared order; ranks compare by it.
template <class T>
struct Terms {
  std::vector<T> items;

  const T* find(std::string_view code) const {
    const auto found =
        std::find_if(items.begin(), items.end(), [&](const T& term) { return term.code == code; });
    return found == items.end() ? nullptr : &*found;
  }
  bool contains(std::string_view code) const { return find(code) != nullptr; }
  std::vector<std::string_view> codes() const {
    std::vector<std::string_view> codes;
    for (const T& term : items) codes.push_back(term.code);
    return codes;
  }
  // What a refusal of `word` puts under `expected`: the nearest word, or all of them.
  std::string expected(std::string_view word) const { return nearest_or_all(word, codes()); }
};

struct Vocabulary {
  Terms<UnitType> unit_types;
  Terms<Level> levels;
  Terms<Term> ranks;  // lowest first
  Terms<Term> post_kinds;
  Terms<Term> membership_kinds;
  Terms<Relation> relations;
  Terms<Term> leave_reasons;  // of exemptions and deferrals

  const Level* level(std::int64_t number) const {
    for (const Level& level : levels.items)
      if (level.number == number) return &level;
    return nullptr;
  }
};

}  // namespace huilu::policy
