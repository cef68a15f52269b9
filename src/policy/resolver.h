// The second pass over a pack: every name that one declaration says of another is looked up, with
// the nearest one that there is, and written out as an address. Used by `load_pack` only. After it
// a pack without findings holds what the headers promise.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/pack.h"
#include "policy/reader.h"

namespace huilu::policy {

// `root` is the pack's tree, for places; `known` are the packs that it may refer to.
void resolve(Pack& pack, const Node& root, const std::vector<Pack>& known, Reading& reading);

}  // namespace huilu::policy
