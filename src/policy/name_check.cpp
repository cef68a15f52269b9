#include "policy/name_check.h"

#include <algorithm>

#include "policy/finding.h"

namespace huilu::policy {

Place item_place(const Node& node, std::size_t index) {
  return node.kind == NodeKind::list ? node.below(index).place : node.place;
}

void check_name(Reading& reading, const std::string& name, const Words& words, const Place& place) {
  if (!name.empty() && std::find(words.begin(), words.end(), name) == words.end())
    reading.report(RefusalCode::pack_reference, place,
                   words.empty() ? "" : nearest_or_all(name, words), name);
}

void check_names(Reading& reading, const std::vector<std::string>& names, const Words& words,
                 const Node& node) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    check_name(reading, names[i], words, item_place(node, i));
    const auto before = names.begin() + static_cast<std::ptrdiff_t>(i);
    if (!names[i].empty() && std::find(names.begin(), before, names[i]) != before)
      reading.report(RefusalCode::pack_duplicate_key, item_place(node, i), "", names[i]);
  }
}

void check_judges(Reading& reading, const MatterType& type, const std::vector<std::string>& roles,
                  const Node& node) {
  for (std::size_t i = 0; i < roles.size(); ++i) {
    const MatterRole* const role = type.find_role(roles[i]);
    const bool is_responsible = role && role->kind != RoleKind::persons &&
                                (role->path.text() == "$it.unit" || role->path.text() == "unit");
    if (is_responsible)
      reading.report(RefusalCode::pack_shape, item_place(node, i),
                     "a role that is not the responsible unit's", role->name);
  }
}

}  // namespace huilu::policy
