// NameIndex: the names of one tree, searched by scanning. Names stand one after another in one
// piece of memory, which is faster to scan for 665,000 of them than any index is to keep; parents
// are links, so that a move changes one of them. Private to the directory, which locks.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace huilu::org {

// Texts one after another, each with its owner. A text that is replaced stays as a gap.
class Arena {
 public:
  static constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();

  std::uint32_t add(std::string_view text, std::uint32_t owner);  // its slot
  void forget(std::uint32_t slot) { owners_[slot] = nobody; }
  std::string_view text(std::uint32_t slot) const;
  // Calls each(owner, whether the text begins with the needle) for every text that contains it.
  template <class Each>
  void find(std::string_view needle, Each each) const;

 private:
  std::uint32_t slot_at(std::size_t offset, std::uint32_t from) const;

  std::string bytes_;  // each text ends with a line feed
  std::vector<std::uint32_t> starts_;
  std::vector<std::uint32_t> owners_;
};

struct NamedNode {
  std::int64_t id = 0;
  std::int64_t parent = 0;  // 0: a root
  std::string name;
  Interval span;
};

struct Match {
  std::int64_t id;
  bool begins;           // with the text
  std::uint32_t length;  // of the name, in characters
};

class NameIndex {
 public:
  // A new node must have a greater id than all before it; false, and nothing done, otherwise.
  bool put(const NamedNode& node);
  // Once after a series of put: parents may come after their children.
  void link();

  std::int64_t greatest_id() const { return nodes_.empty() ? 0 : nodes_.back().id; }
  bool has(std::int64_t id) const { return position(id).has_value(); }
  std::optional<std::string> name_of(std::int64_t id) const;
  std::string path_of(std::int64_t id) const;

  // `below`: ids of the subtrees searched; absent: everywhere. Best first, at most `limit`.
  std::vector<Match> search(std::string_view folded_text, const std::vector<std::int64_t>* below,
                            Date today, std::size_t limit) const;

 private:
  static constexpr std::uint32_t none = Arena::nobody;

  struct Node {
    std::int64_t id;
    std::int64_t parent_id;
    std::uint32_t parent;
    std::uint32_t name;      // slot in names_
    std::uint32_t folded;    // slot in folded_
    std::uint32_t initials;  // first slot in initials_
    std::uint16_t initials_count;
    std::uint16_t length;
    std::int32_t from;
    std::int32_t until;
  };

  std::optional<std::uint32_t> position(std::int64_t id) const;
  void set_texts(Node& node, std::uint32_t at, const std::string& name);
  bool is_below(std::uint32_t node, const std::vector<std::uint32_t>& roots) const;

  std::vector<Node> nodes_;  // by id
  std::vector<std::uint32_t> unlinked_;
  Arena names_;
  Arena folded_;
  Arena initials_;
};

}  // namespace huilu::org
