// Rounds of a matter type: how a round asks about its matters (调度), and how those that are settled
// are looked at again (回头看). Part of a matter type (policy/matter_type.h); the room round runs by it.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/clock.h"

namespace huilu::policy {

// How far a matter is, apart from its state: what is counted when somebody asks how many are done.
// A final state says it by its outcome; another by itself.
enum class Completion { not_started, under_way, nearly_done, done, long_term, dropped };

inline constexpr std::array<std::string_view, 6> completion_words = {
    "not_started", "under_way", "nearly_done", "done", "long_term", "dropped"};

struct MatterRound {
  std::string line;                   // a role that is a unit: who says how far it is
  std::string lead;                   // another: who confirms what was said; empty: the office
  std::vector<std::string> progress;  // fields: whoever changes one has got on with it
  Place place;
};

// What a look-back finds.
enum class Finding { holds, partly, not_done, relapsed };

inline constexpr std::array<std::string_view, 4> finding_words = {"holds", "partly", "not_done",
                                                                  "relapsed"};

// A move that the finding makes.
struct FoundMove {
  std::string finding;
  std::string move;
  Place place;
};

struct LookBack {
  std::vector<std::string> clauses;
  Turn start;                          // `enter`: states that are looked back at
  std::optional<DurationUse> after;    // so long after it came there; absent: at once
  std::vector<std::string> by;         // roles that are units, in order: who looks, never the owner
  std::vector<FoundMove> outcomes;     // other findings leave the matter as it is
  Place place;

  const std::string* move_of(Finding finding) const;  // null pointer: none
};

}  // namespace huilu::policy
