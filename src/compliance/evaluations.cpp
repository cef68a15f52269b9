#include "compliance/evaluations.h"

#include <algorithm>

namespace huilu::compliance {

namespace {

// Each of some megabytes: what a page asks for, and one before it.
constexpr std::size_t kept_most = 4;

}  // namespace

Table NodesTable::of(const std::vector<Node>& wanted) const {
  Table out{table.columns, {}};
  for (const Node& node : wanted) {
    const auto at = std::find(nodes.begin(), nodes.end(), node);
    out.rows.push_back(at == nodes.end()
                           ? std::vector<Standing>(table.columns.size())
                           : table.rows[static_cast<std::size_t>(at - nodes.begin())]);
  }
  return out;
}

std::shared_ptr<const NodesTable> Evaluations::ask(const Question& question,
                                                   const std::function<NodesTable()>& make) {
  std::promise<std::shared_ptr<const NodesTable>> promise;
  if (const auto made = find_or_promise(question, promise.get_future().share())) return made->get();
  bool is_made = false;
  const std::shared_ptr<void> forgetting(nullptr, [&](void*) {
    if (!is_made) forget(question);
  });
  const auto made = std::make_shared<const NodesTable>(make());
  promise.set_value(made);
  is_made = true;
  return made;
}

std::optional<Evaluations::Made> Evaluations::find_or_promise(const Question& question,
                                                              const Made& promised) {
  const std::lock_guard lock(mutex_);
  for (const Kept& kept : kept_)
    if (kept.question == question) return kept.made;
  kept_.push_front({question, promised});
  if (kept_.size() > kept_most) kept_.pop_back();
  return {};
}

void Evaluations::forget(const Question& question) {
  const std::lock_guard lock(mutex_);
  kept_.remove_if([&](const Kept& kept) { return kept.question == question; });
}

}  // namespace huilu::compliance
