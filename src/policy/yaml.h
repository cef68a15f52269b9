// Strict YAML: what every file of a pack is read with. The result is our own tree, in which each
// node knows its file, line and column (from 1, in characters). Refused are duplicate keys,
// anchors, aliases, tags, merge keys, several documents, tabs and other control characters, keys
// that a YAML 1.1 reader takes for a boolean, text that is not UTF-8, more than 32 levels and files
// over 1 MB; every fault is collected, and what is readable stands in the tree all the same.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/refusal.h"

namespace huilu::policy {

inline constexpr std::size_t yaml_bytes_max = 1'048'576;
inline constexpr int yaml_levels_max = 32;

struct Place {
  std::shared_ptr<const std::string> file;
  int line = 1;
  int column = 1;

  std::string text() const;  // "records.yaml:12:5"
};

enum class NodeKind {
  null,  // absent, empty or written as null
  scalar,
  map,
  list,
  unreadable,  // a fault was reported here; nothing more is to be said about it
};

std::string_view name_of(NodeKind kind);

struct Member;

struct Node {
  NodeKind kind = NodeKind::null;
  std::string text;     // of a scalar
  bool quoted = false;  // of a scalar: written in quotes or as a block
  bool cut = false;     // the file broke off inside it: what is missing may stand below
  // Of a map, in the order written; a refused duplicate stands here too.
  std::vector<Member> members;
  std::vector<Node> items;  // of a list
  Place place;

  const Node* find(std::string_view key) const;  // the first member of that name, or null pointer
  std::string describe() const;                  // for "got": the scalar's text, or the kind

  // For places: the member or item, or this node where there is none.
  const Node& below(std::string_view key) const;
  const Node& below(std::size_t index) const;
};

struct Member {
  std::string key;
  Place place;  // of the key
  Node value;
};

struct YamlFile {
  Node root;
  Refusals findings;
};

// `path` is only the name that places carry.
YamlFile read_yaml(std::string_view path, std::string_view bytes);

// y n yes no on off true false null, in any case: neither keys nor words may be called so.
bool is_reserved_word(std::string_view word);

}  // namespace huilu::policy
