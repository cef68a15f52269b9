#include "identity/types.h"

#include <algorithm>

namespace huilu::identity {

namespace {

constexpr std::array<std::string_view, role_count> role_words = {
    "branch_secretary", "unit_editor", "delegate", "campaign_office", "leader",         "inspector",
    "policy_author",    "tree_keeper", "auditor",  "system_admin",    "security_admin", "member"};
constexpr std::array<std::string_view, 4> duty_words = {"business", "system_admin",
                                                        "security_admin", "auditor"};
constexpr std::array<std::string_view, 2> scope_words = {"self", "subtree"};
constexpr std::array<std::string_view, 2> kind_words = {"person", "machine"};

template <class Enum, std::size_t Size>
std::optional<Enum> from_word(const std::array<std::string_view, Size>& words,
                              std::string_view word) {
  const auto found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) return {};
  return static_cast<Enum>(found - words.begin());
}

}  // namespace

const std::array<Role, role_count>& all_roles() {
  static const auto roles = [] {
    std::array<Role, role_count> all{};
    for (std::size_t i = 0; i < role_count; ++i) all[i] = static_cast<Role>(i);
    return all;
  }();
  return roles;
}

std::string_view word_of(Role role) { return role_words[static_cast<std::size_t>(role)]; }
std::optional<Role> role_from(std::string_view word) { return from_word<Role>(role_words, word); }

bool is_installation_wide(Role role) {
  return role == Role::policy_author || duty_of(role) != Duty::business;
}

std::string_view word_of(Duty duty) { return duty_words[static_cast<std::size_t>(duty)]; }

std::optional<Duty> duty_from(std::string_view word) { return from_word<Duty>(duty_words, word); }

Duty duty_of(Role role) {
  switch (role) {
    case Role::system_admin:
      return Duty::system_admin;
    case Role::security_admin:
      return Duty::security_admin;
    case Role::auditor:
      return Duty::auditor;
    default:
      return Duty::business;
  }
}

std::string_view word_of(Scope scope) { return scope_words[static_cast<std::size_t>(scope)]; }
std::optional<Scope> scope_from(std::string_view word) {
  return from_word<Scope>(scope_words, word);
}

std::string_view word_of(AccountKind kind) { return kind_words[static_cast<std::size_t>(kind)]; }
std::optional<AccountKind> account_kind_from(std::string_view word) {
  return from_word<AccountKind>(kind_words, word);
}

}  // namespace huilu::identity
