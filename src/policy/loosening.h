// Whether a change of another pack's declaration may ask for less than it did. Told from the two
// alone, and always on the safe side: what cannot be shown to ask for as much needs an authority.
#pragma once

#include <string>

#include "policy/pack.h"

namespace huilu::policy {

// `tree` is the other pack's; `value` what is set or added, a null pointer where it is left out.
bool loosens(const Pack& parent, const Node& tree, TailoringKind kind, const std::string& path,
             const Node* value);

}  // namespace huilu::policy
