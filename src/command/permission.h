// Permissions: what a role may do somewhere in the tree. The table role × permission stands in
// identity/permissions.cpp; a route and a command each name the one that they need.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/ids.h"

namespace huilu::command {

enum class Permission {
#define PERMISSION(name) name,
#include "command/permissions.def"
#undef PERMISSION
};

std::string_view word_of(Permission permission);  // "record_enter"
const std::vector<Permission>& all_permissions();

// What a request needs: the permission at every one of these units. Without units it is enough to
// hold the permission anywhere.
struct Need {
  Permission permission;
  std::vector<UnitId> units;
};

}  // namespace huilu::command
