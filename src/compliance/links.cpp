#include "compliance/links.h"

#include <algorithm>
#include <set>

#include "base/check.h"

namespace huilu::compliance {

namespace {

const Stretch& stretch_on(const Stretches& history, Date day) {
  const auto after =
      std::upper_bound(history.begin(), history.end(), day,
                       [](Date wanted, const Stretch& stretch) { return wanted < stretch.from; });
  return after == history.begin() ? history.front() : *(after - 1);
}

}  // namespace

void Links::grow(std::size_t children, std::size_t parents) {
  now_.resize(children, no_slot);
  changing_.resize(children, false);
  list_of_.resize(parents, no_slot);
}

std::vector<Slot>& Links::list_of(Slot parent) {
  if (list_of_[parent] == no_slot) {
    list_of_[parent] = static_cast<std::uint32_t>(lists_.size());
    lists_.emplace_back();
  }
  return lists_[list_of_[parent]];
}

void Links::leave(Slot child, Slot parent) {
  if (parent == no_slot) return;
  auto& list = list_of(parent);
  list.erase(std::find(list.begin(), list.end(), child));
}

void Links::forget_history(Slot child) {
  const auto found = histories_.find(child);
  if (found == histories_.end()) return;
  for (const Stretch& stretch : found->second) {
    if (stretch.parent == no_slot) continue;
    const auto [first, last] = sometime_.equal_range(stretch.parent);
    const auto at = std::find_if(first, last, [&](const auto& e) { return e.second == child; });
    if (at != last) sometime_.erase(at);
  }
  histories_.erase(found);
  changing_[child] = false;
}

void Links::set(Slot child, const Stretches& history, Date today) {
  CHECK(!history.empty());
  forget_history(child);
  const Slot parent = stretch_on(history, today).parent;
  if (parent != now_[child]) {
    leave(child, now_[child]);
    now_[child] = parent;
    if (parent != no_slot) list_of(parent).push_back(child);
  }
  if (history.size() == 1) return;
  changing_[child] = true;
  histories_.emplace(child, history);
  std::set<Slot> parents;
  for (const Stretch& stretch : history) {
    if (stretch.parent != no_slot && parents.insert(stretch.parent).second) {
      sometime_.emplace(stretch.parent, child);
    }
  }
}

Stretches Links::history(Slot child) const {
  const auto found = histories_.find(child);
  return found == histories_.end() ? Stretches{{Date{}, now_[child]}} : found->second;
}

Slot Links::on_changing(Slot child, Date day) const {
  return stretch_on(histories_.at(child), day).parent;
}

const std::vector<Slot>& Links::children_now(Slot parent) const {
  static const std::vector<Slot> none;
  return list_of_[parent] == no_slot ? none : lists_[list_of_[parent]];
}

void Links::set_order(Slot parent, const std::vector<Slot>& children) {
  if (list_of_[parent] == no_slot) return;
  std::map<Slot, std::size_t> place;
  for (const Slot child : children) place.emplace(child, place.size());
  const auto place_of = [&](Slot child) {
    const auto found = place.find(child);
    return found == place.end() ? place.size() : found->second;
  };
  auto& list = list_of(parent);
  std::stable_sort(list.begin(), list.end(),
                   [&](Slot a, Slot b) { return place_of(a) < place_of(b); });
}

std::vector<Slot> Links::changing_between(Date day, Date until) const {
  std::vector<Slot> changing;
  for (const auto& [child, history] : histories_) {
    const bool changes = std::any_of(
        history.begin() + 1, history.end(),
        [&](const Stretch& stretch) { return stretch.from > day && stretch.from <= until; });
    if (changes) changing.push_back(child);
  }
  return changing;
}

}  // namespace huilu::compliance
