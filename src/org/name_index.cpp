#include "org/name_index.h"

#include <algorithm>
#include <cstring>

#include "base/check.h"
#include "base/text.h"
#include "org/paths.h"

namespace huilu::org {

namespace {

constexpr std::size_t variants_max = 16;
constexpr std::uint32_t linear_steps = 8;
constexpr std::int32_t open_end = std::numeric_limits<std::int32_t>::max();

// Every way to read the name by first letters; names with many double readings keep the first ones.
std::vector<std::string> variants_of(const std::vector<std::string>& initials) {
  std::vector<std::string> variants = {""};
  for (const auto& character : initials) {
    const bool letters = !character.empty() && static_cast<unsigned char>(character[0]) < 0x80;
    if (!letters || character.size() == 1 || variants.size() * 2 > variants_max) {
      for (auto& variant : variants) variant += letters ? character.substr(0, 1) : character;
      continue;
    }
    std::vector<std::string> more;
    for (const auto& variant : variants) {
      for (const char letter : character) more.push_back(variant + letter);
    }
    variants = std::move(more);
  }
  return variants;
}

bool is_letters(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
}

// Smaller is better: whether the name begins with the text, its length, its age.
std::uint64_t rank_of(bool begins, std::uint16_t length, std::uint32_t node) {
  return (begins ? 0 : std::uint64_t{1} << 48) | std::uint64_t{length} << 32 | node;
}

// The best `limit` nodes, each once.
class Best {
 public:
  explicit Best(std::size_t limit) : limit_(limit) {}

  bool takes(std::uint64_t rank) const { return ranks_.size() < limit_ || rank < ranks_.back(); }
  void take(std::uint64_t rank) {
    const auto same = std::find_if(ranks_.begin(), ranks_.end(), [&](std::uint64_t other) {
      return static_cast<std::uint32_t>(other) == static_cast<std::uint32_t>(rank);
    });
    if (same != ranks_.end()) {
      if (*same <= rank) return;
      ranks_.erase(same);
    }
    ranks_.insert(std::upper_bound(ranks_.begin(), ranks_.end(), rank), rank);
    if (ranks_.size() > limit_) ranks_.pop_back();
  }
  const std::vector<std::uint64_t>& ranks() const { return ranks_; }

 private:
  std::size_t limit_;
  std::vector<std::uint64_t> ranks_;  // in order
};

}  // namespace

std::uint32_t Arena::add(std::string_view text, std::uint32_t owner) {
  CHECK(bytes_.size() + text.size() < nobody && text.find('\n') == text.npos);
  starts_.push_back(static_cast<std::uint32_t>(bytes_.size()));
  owners_.push_back(owner);
  bytes_.append(text).push_back('\n');
  return static_cast<std::uint32_t>(starts_.size() - 1);
}

std::string_view Arena::text(std::uint32_t slot) const {
  const std::size_t end = slot + 1 < starts_.size() ? starts_[slot + 1] : bytes_.size();
  return std::string_view(bytes_).substr(starts_[slot], end - starts_[slot] - 1);
}

std::uint32_t Arena::slot_at(std::size_t offset, std::uint32_t from) const {
  for (std::uint32_t step = 0; step < linear_steps; ++step, ++from) {
    if (from + 1 >= starts_.size() || starts_[from + 1] > offset) return from;
  }
  const auto next = std::upper_bound(starts_.begin() + from, starts_.end(), offset);
  return static_cast<std::uint32_t>(next - starts_.begin()) - 1;
}

template <class Each>
void Arena::find(std::string_view needle, Each each) const {
  std::uint32_t slot = 0;
  for (std::size_t at = 0; at < bytes_.size();) {
    const void* found =
        memmem(bytes_.data() + at, bytes_.size() - at, needle.data(), needle.size());
    if (!found) return;
    const auto offset = static_cast<std::size_t>(static_cast<const char*>(found) - bytes_.data());
    slot = slot_at(offset, slot);
    if (owners_[slot] != nobody) each(owners_[slot], offset == starts_[slot]);
    if (slot + 1 == starts_.size()) return;
    at = starts_[slot + 1];
  }
}

std::optional<std::uint32_t> NameIndex::position(std::int64_t id) const {
  const auto node =
      std::lower_bound(nodes_.begin(), nodes_.end(), id,
                       [](const Node& n, std::int64_t wanted) { return n.id < wanted; });
  if (node == nodes_.end() || node->id != id) return std::nullopt;
  return static_cast<std::uint32_t>(node - nodes_.begin());
}

void NameIndex::set_texts(Node& node, std::uint32_t at, const std::string& name) {
  node.name = names_.add(name, at);
  node.folded = folded_.add(folded(name), at);
  const auto initials = pinyin_initials(name);
  node.length = static_cast<std::uint16_t>(std::min<std::size_t>(initials.size(), 0xffff));
  const auto variants = variants_of(initials);
  node.initials_count = static_cast<std::uint16_t>(variants.size());
  node.initials = initials_.add(variants.front(), at);
  for (std::size_t i = 1; i < variants.size(); ++i) initials_.add(variants[i], at);
}

bool NameIndex::put(const NamedNode& named) {
  const std::int32_t until = named.span.until ? named.span.until->days : open_end;
  if (named.id > greatest_id()) {
    Node node{named.id, named.parent, none, 0, 0, 0, 0, 0, named.span.from.days, until};
    const auto at = static_cast<std::uint32_t>(nodes_.size());
    set_texts(node, at, named.name);
    nodes_.push_back(node);
    unlinked_.push_back(at);
    return true;
  }
  const auto at = position(named.id);
  if (!at) return false;
  Node& node = nodes_[*at];
  node.from = named.span.from.days;
  node.until = until;
  node.parent_id = named.parent;
  unlinked_.push_back(*at);
  if (names_.text(node.name) != named.name) {
    names_.forget(node.name);
    folded_.forget(node.folded);
    for (std::uint32_t i = 0; i < node.initials_count; ++i) initials_.forget(node.initials + i);
    set_texts(node, *at, named.name);
  }
  return true;
}

void NameIndex::link() {
  for (const auto at : unlinked_) {
    nodes_[at].parent = position(nodes_[at].parent_id).value_or(none);
  }
  unlinked_.clear();
}

std::optional<std::string> NameIndex::name_of(std::int64_t id) const {
  const auto at = position(id);
  if (!at) return std::nullopt;
  return std::string(names_.text(nodes_[*at].name));
}

std::string NameIndex::path_of(std::int64_t id) const {
  std::string path;
  for (auto at = position(id).value_or(none); at != none; at = nodes_[at].parent) {
    path.insert(0, label_of(nodes_[at].id));
  }
  return path;
}

bool NameIndex::is_below(std::uint32_t node, const std::vector<std::uint32_t>& roots) const {
  for (; node != none; node = nodes_[node].parent) {
    if (std::find(roots.begin(), roots.end(), node) != roots.end()) return true;
  }
  return false;
}

std::vector<Match> NameIndex::search(std::string_view folded_text,
                                     const std::vector<std::int64_t>* below, Date today,
                                     std::size_t limit) const {
  if (folded_text.empty() || limit == 0) return {};
  std::vector<std::uint32_t> roots;
  if (below) {
    for (const auto id : *below) {
      if (const auto at = position(id)) roots.push_back(*at);
    }
    if (roots.empty()) return {};
  }
  Best best(limit);
  const auto consider = [&](std::uint32_t at, bool begins) {
    const Node& node = nodes_[at];
    const auto rank = rank_of(begins, node.length, at);
    if (!best.takes(rank) || today.days >= node.until) return;
    if (below && !is_below(at, roots)) return;
    best.take(rank);
  };
  folded_.find(folded_text, consider);
  if (is_letters(folded_text)) initials_.find(folded_text, consider);
  std::vector<Match> matches;
  for (const auto rank : best.ranks()) {
    const Node& node = nodes_[static_cast<std::uint32_t>(rank)];
    matches.push_back({node.id, rank >> 48 == 0, node.length});
  }
  return matches;
}

}  // namespace huilu::org
