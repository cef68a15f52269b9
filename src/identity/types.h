// The nouns of identity: roles, what a grant spans, kinds of accounts. Everybody who shows or gives
// rights uses them; the enumerators are the words of JSON and SQL.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "base/time.h"

namespace huilu::identity {

// "k12": a bearer token of a program.
using TokenId = Id<'k'>;

enum class Role {
  branch_secretary,
  unit_editor,
  delegate,  // the rights of a branch secretary, for units that are not one's own
  campaign_office,
  leader,
  inspector,
  policy_author,
  tree_keeper,
  auditor,
  system_admin,
  security_admin,
  member,
};
inline constexpr std::size_t role_count = 12;

const std::array<Role, role_count>& all_roles();
std::string_view word_of(Role role);
std::optional<Role> role_from(std::string_view word);

// Whether a role is granted for the whole installation instead of at a unit.
bool is_installation_wide(Role role);

// The three administrators are kept apart: an account has one duty for ever (GB/T 22239 8.1.5).
enum class Duty { business, system_admin, security_admin, auditor };
std::string_view word_of(Duty duty);
std::optional<Duty> duty_from(std::string_view word);
Duty duty_of(Role role);

enum class Scope { self, subtree };
std::string_view word_of(Scope scope);
std::optional<Scope> scope_from(std::string_view word);

enum class AccountKind { person, machine };
std::string_view word_of(AccountKind kind);
std::optional<AccountKind> account_kind_from(std::string_view word);

// A grant as far as deciding needs it.
struct Grant {
  Role role;
  std::optional<std::string> path;  // unit.path; absent: the whole installation
  Scope scope = Scope::subtree;
  Interval days;
};

// The path of a unit is made of labels of this many characters.
inline constexpr std::size_t path_label = 7;

}  // namespace huilu::identity
