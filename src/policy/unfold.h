// Unfolding `extends`: the tree of a pack with the declarations of those that it names, tailored,
// beside its own. Used by `load_pack` only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/pack.h"
#include "policy/reader.h"

namespace huilu::policy {

// Top-level keys that are taken from another pack; all others are each pack's own.
inline constexpr std::array<std::string_view, 12> taken_keys = {
    "documents", "clauses", "params",   "obligations", "checks", "indicators",
    "draws",     "views",   "campaign", "bundles",     "tags",   "calendar_revisions"};

// Those that hold declarations: what a path of `set`, `add` or `exclude` begins with.
inline constexpr std::array<std::string_view, 8> tailored_keys = {
    "params", "obligations", "checks", "indicators", "draws", "views", "campaign", "bundles"};

// Nothing is changed where `root` extends nothing. Faults of the shape of `extends` are left to its
// form; what cannot be found, stands twice or is loosened without authority is said here.
Node unfolded(const Node& root, const std::vector<Pack>& known, Refusals& findings);

// The packs of that id and version that `root` names, each before those that it extends itself.
std::vector<const Pack*> extended_by(const Node& root, const std::vector<Pack>& known);
std::vector<const Pack*> extended_by(const Pack& pack, const std::vector<Pack>& known);
const Pack* find_version(const std::vector<Pack>& packs, std::string_view id,
                         std::string_view version);

// The labels of the packs that are extended, but for what is set or left out here; those of the
// pack itself come first.
void read_taken_texts(const Node& root, const std::vector<Pack>& known, Texts& texts);

// "obligations.visits" covers itself and "obligations.visits.due".
bool covers(std::string_view path, std::string_view below);

}  // namespace huilu::policy
