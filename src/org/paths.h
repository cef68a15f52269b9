// Paths of the two trees: one label of seven base-32 digits (0-9a-v) a step, made from the node's
// own id. Fixed width and byte order make a subtree one range; a move rewrites what lies below and
// nothing else. Pure; used by rules, commands, queries, and whoever filters by subtree.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"

namespace huilu::org {

inline constexpr std::size_t label_size = 7;

std::string label_of(std::int64_t id);                         // CHECKs 0 < id < 2^35
std::int64_t id_of_label(std::string_view label);              // CHECKs the digits
std::vector<std::int64_t> ids_of_path(std::string_view path);  // from the root, itself last
inline std::string path_end(std::string_view path) { return std::string(path) + '~'; }
inline bool is_below_or_same(std::string_view path, std::string_view of) {
  return path.starts_with(of);
}

// One node that gets another parent.
struct Relocation {
  std::int64_t id;
  std::string old_path;         // as stored before all relocations
  std::int64_t new_parent;      // 0: becomes a root
  std::string new_parent_path;  // as stored before all relocations; empty for a root
};

// One statement: every path that starts with `from` starts with `to` instead.
struct PathRewrite {
  std::string from;
  std::string to;
};

// In an order in which each can be applied to what the ones before have left. Nothing when the new
// parents make a circle.
std::optional<std::vector<PathRewrite>> plan_rewrites(const std::vector<Relocation>& relocations);

// `path` after the rewrites.
std::string rewritten(std::string path, const std::vector<PathRewrite>& rewrites);

}  // namespace huilu::org
