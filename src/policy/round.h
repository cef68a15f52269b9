// Rounds of a matter type: how a round asks about its matters (调度), and how far a matter in a
// state is. Part of a matter type (policy/matter_type.h); the room round runs by it.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/yaml.h"

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

}  // namespace huilu::policy
