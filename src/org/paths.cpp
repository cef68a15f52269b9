#include "org/paths.h"

#include <algorithm>
#include <map>

#include "base/check.h"

namespace huilu::org {

namespace {

constexpr std::string_view digits = "0123456789abcdefghijklmnopqrstuv";

}  // namespace

std::string label_of(std::int64_t id) {
  CHECK(id > 0 && id < std::int64_t{1} << (5 * label_size));
  std::string label(label_size, '0');
  for (std::size_t i = label_size; i-- > 0; id >>= 5) {
    label[i] = digits[static_cast<std::size_t>(id & 31)];
  }
  return label;
}

std::int64_t id_of_label(std::string_view label) {
  CHECK(label.size() == label_size);
  std::int64_t id = 0;
  for (const char c : label) {
    const auto digit = digits.find(c);
    CHECK(digit != std::string_view::npos);
    id = id << 5 | static_cast<std::int64_t>(digit);
  }
  return id;
}

std::vector<std::int64_t> ids_of_path(std::string_view path) {
  CHECK(path.size() % label_size == 0);
  std::vector<std::int64_t> ids;
  for (std::size_t at = 0; at < path.size(); at += label_size) {
    ids.push_back(id_of_label(path.substr(at, label_size)));
  }
  return ids;
}

namespace {

// Orders relocations so that those above come first in the new tree.
class Planner {
 public:
  explicit Planner(const std::vector<Relocation>& relocations) : relocations_(relocations) {
    for (std::size_t i = 0; i < relocations.size(); ++i) by_id_[relocations[i].id] = i;
    state_.resize(relocations.size(), State::untouched);
  }

  std::optional<std::vector<PathRewrite>> plan() {
    for (std::size_t i = 0; i < relocations_.size(); ++i) {
      if (!place(i)) return std::nullopt;
    }
    return std::move(rewrites_);
  }

 private:
  enum class State { untouched, above_it, done };

  // The nearest relocated node at or above the end of `path`.
  std::optional<std::size_t> nearest_relocated(std::string_view path) const {
    const auto ids = ids_of_path(path);
    for (auto id = ids.rbegin(); id != ids.rend(); ++id) {
      if (const auto found = by_id_.find(*id); found != by_id_.end()) return found->second;
    }
    return std::nullopt;
  }

  // What lies above in the new tree must be placed first; the chain is short (the tree's depth).
  bool place(std::size_t i) {
    if (state_[i] != State::untouched) return state_[i] == State::done;
    state_[i] = State::above_it;
    const Relocation& relocation = relocations_[i];
    const auto above = nearest_relocated(relocation.new_parent_path);
    if (above && !place(*above)) return false;
    const std::string from = rewritten(relocation.old_path, rewrites_);
    std::string to = rewritten(relocation.new_parent_path, rewrites_) + label_of(relocation.id);
    if (from != to) rewrites_.push_back({from, std::move(to)});
    state_[i] = State::done;
    return true;
  }

  const std::vector<Relocation>& relocations_;
  std::map<std::int64_t, std::size_t> by_id_;
  std::vector<State> state_;
  std::vector<PathRewrite> rewrites_;
};

}  // namespace

std::optional<std::vector<PathRewrite>> plan_rewrites(const std::vector<Relocation>& relocations) {
  return Planner(relocations).plan();
}

std::string rewritten(std::string path, const std::vector<PathRewrite>& rewrites) {
  for (const auto& rewrite : rewrites) {
    if (path.starts_with(rewrite.from)) path.replace(0, rewrite.from.size(), rewrite.to);
  }
  return path;
}

}  // namespace huilu::org
