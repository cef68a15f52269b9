#include "command/permission.h"

namespace huilu::command {

std::string_view word_of(Permission permission) {
  static constexpr std::string_view words[] = {
#define PERMISSION(name) #name,
#include "command/permissions.def"
#undef PERMISSION
  };
  return words[static_cast<std::size_t>(permission)];
}

const std::vector<Permission>& all_permissions() {
  static const std::vector<Permission> all = {
#define PERMISSION(name) Permission::name,
#include "command/permissions.def"
#undef PERMISSION
  };
  return all;
}

}  // namespace huilu::command
