#include "org/types.h"

#include <array>

namespace huilu::org {

namespace {

constexpr std::array<std::string_view, 7> relation_words = {
    "seated_in",     "administered_by", "guided_by", "party_org_of",
    "dispatched_by", "led_by_group",    "contact_of"};
constexpr std::array<std::string_view, 2> membership_words = {"full_member", "probationary_member"};

template <class Enum, std::size_t Size>
std::optional<Enum> from_word(const std::array<std::string_view, Size>& words,
                              std::string_view word) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == word) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view word_of(RelationKind kind) {
  return relation_words[static_cast<std::size_t>(kind)];
}

std::optional<RelationKind> relation_kind_from(std::string_view word) {
  return from_word<RelationKind>(relation_words, word);
}

const std::vector<RelationKind>& all_relation_kinds() {
  static const std::vector<RelationKind> kinds = [] {
    std::vector<RelationKind> all;
    for (std::size_t i = 0; i < relation_words.size(); ++i) {
      all.push_back(static_cast<RelationKind>(i));
    }
    return all;
  }();
  return kinds;
}

bool one_at_a_time(RelationKind kind) {
  return kind == RelationKind::seated_in || kind == RelationKind::administered_by ||
         kind == RelationKind::dispatched_by || kind == RelationKind::led_by_group;
}

std::string_view word_of(MembershipKind kind) {
  return membership_words[static_cast<std::size_t>(kind)];
}

std::optional<MembershipKind> membership_kind_from(std::string_view word) {
  return from_word<MembershipKind>(membership_words, word);
}

}  // namespace huilu::org
