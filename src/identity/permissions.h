// The table role × permission of the first release, and the arithmetic of grants over the tree:
// where does what somebody was granted give a permission on a day? Pure; used by the gate (one
// unit) and by every list (ranges of paths), which must agree. No grant, no access.
//
// A unit's path is a chain of labels of seven base-32hex characters; X lies below G exactly when
// X.path has G.path before it. Ranges compare as bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "command/permission.h"
#include "identity/types.h"

namespace huilu::identity {

// How far a role's permission reaches from the unit of the grant.
enum class Reach {
  none,
  person,        // what concerns the account's own person; no unit
  installation,  // things that belong to no unit: packs, accounts, the security log
  own,           // the unit of the grant alone
  granted,       // what the grant spans: the unit, and with scope subtree all below it
  below,         // what the grant spans without its unit: never one's own
  near,          // what the grant spans and the chain of units above it
  all,           // every unit
};

Reach reach_of(Role role, command::Permission permission);

// from <= path < until.
struct Range {
  std::string from;
  std::string until;

  bool contains(std::string_view path) const { return from <= path && path < until; }
  bool operator==(const Range&) const = default;
};

using Grants = std::vector<Grant>;

// The role that gives the permission: anywhere at all (also for one's own person or the
// installation), or at a unit. Of several the first in the order of Role, so that one's own right
// comes before a delegate's. Absent: not held.
std::optional<Role> role_anywhere(const Grants& grants, command::Permission permission, Date today);
std::optional<Role> role_at(const Grants& grants, command::Permission permission,
                            std::string_view path, Date today);
// Held for what concerns the account's own person.
bool holds_for_person(const Grants& grants, command::Permission permission, Date today);

// Where the permission is held: in order, without overlaps.
std::vector<Range> ranges_of(const Grants& grants, command::Permission permission, Date today);

// Levels between the unit and the nearest granted one above it; 0 at a granted unit and above.
// Seen from a grant over the installation the roots are granted. Absent: not visible.
std::optional<int> levels_below(const Grants& grants, std::string_view path, Date today);

// The words of what an account holds today, anywhere: menus are built from it.
std::vector<command::Permission> permissions_of(const Grants& grants, Date today);

}  // namespace huilu::identity
