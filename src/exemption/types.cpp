#include "exemption/types.h"

#include <algorithm>

namespace huilu::exemption {

namespace {

constexpr std::array<std::string_view, 2> kind_words = {"exempt", "defer"};
constexpr std::array<std::string_view, 4> state_words = {"asked", "approved", "refused",
                                                         "withdrawn"};
constexpr std::array<std::string_view, 2> decision_words = {"approve", "refuse"};

template <class Enum, std::size_t size>
std::optional<Enum> from(const std::array<std::string_view, size>& words, std::string_view word) {
  const auto found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) return {};
  return static_cast<Enum>(found - words.begin());
}

}  // namespace

std::string_view word_of(LeaveKind kind) { return kind_words[static_cast<std::size_t>(kind)]; }
std::optional<LeaveKind> kind_from(std::string_view word) {
  return from<LeaveKind>(kind_words, word);
}

std::string_view word_of(State state) { return state_words[static_cast<std::size_t>(state)]; }
std::optional<State> state_from(std::string_view word) { return from<State>(state_words, word); }

std::string_view word_of(Decision decision) {
  return decision_words[static_cast<std::size_t>(decision)];
}
std::optional<Decision> decision_from(std::string_view word) {
  return from<Decision>(decision_words, word);
}

State Leave::state() const {
  if (withdrawn_at) return State::withdrawn;
  if (!decision) return State::asked;
  return *decision == Decision::approve ? State::approved : State::refused;
}

}  // namespace huilu::exemption
