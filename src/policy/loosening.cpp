#include "policy/loosening.h"

#include <algorithm>

#include "base/text.h"
#include "policy/difference.h"
#include "policy/scalar.h"
#include "policy/uses.h"

namespace huilu::policy {

namespace {

// Which way a number asks for more.
enum class Way { none, up, down };

Way way_of(TestKind kind) {
  if (kind == TestKind::at_least) return Way::up;
  return kind == TestKind::at_most ? Way::down : Way::none;
}

// How often the parameter is a threshold that asks for more in the given way.
std::size_t thresholds(const Test& test, const std::string& parameter, Way way) {
  const auto* const use = std::get_if<ParameterUse>(&test.threshold.what);
  std::size_t count = use && use->name == parameter && way_of(test.kind) == way ? 1 : 0;
  for (const Test& part : test.parts) count += thresholds(part, parameter, way);
  return count;
}

// Of all that uses it the same way; nothing where something else uses it, or nothing does.
Way way_of(const Pack& pack, const std::string& parameter) {
  std::size_t uses = 0, up = 0, down = 0;
  const auto count = [&](const auto& declaration) {
    for (const ParameterUse* const use : parameters_of(declaration))
      uses += use->name == parameter ? 1 : 0;
  };
  const auto count_test = [&](const Test& test) {
    up += thresholds(test, parameter, Way::up);
    down += thresholds(test, parameter, Way::down);
  };
  for (const Obligation& one : pack.obligations) {
    count(one);
    count_test(one.needs);
  }
  for (const Check& one : pack.checks) {
    count(one);
    count_test(one.needs);
  }
  for (const RecordType& one : pack.record_types) count(one);
  for (const MatterType& one : pack.matter_types) count(one);
  for (const Indicator& one : pack.indicators) count(one);
  for (const Draw& one : pack.draws) count(one);
  if (uses > 0 && uses == up) return Way::up;
  return uses > 0 && uses == down ? Way::down : Way::none;
}

std::optional<std::int64_t> number_in(const Node& node) {
  if (node.kind != NodeKind::scalar || node.quoted) return {};
  return decimal_millionths(node.text);
}

bool asks_as_much(Way way, const Node& before, const Node& after) {
  const auto was = number_in(before), is = number_in(after);
  return was && is && ((way == Way::up && *is >= *was) || (way == Way::down && *is <= *was));
}

// Every value that is set asks for at least what every one did before.
bool asks_as_much(Way way, const Node& parameter, const std::vector<const Node*>& values) {
  const Node* const before = parameter.find("values");
  if (way == Way::none || before == nullptr || before->items.empty()) return false;
  return !values.empty() && std::all_of(values.begin(), values.end(), [&](const Node* value) {
    return std::all_of(before->items.begin(), before->items.end(), [&](const Node& was) {
      const Node* const number = was.find("value");
      const bool asks_nothing = number && number->kind == NodeKind::null;
      return asks_nothing || asks_as_much(way, was.below("value"), *value);
    });
  });
}

bool set_loosens(const Pack& parent, const Node& tree, const std::string& path, const Node& value) {
  const auto steps = split(path, '.');
  if (is_said_only(steps.back()) || steps.back() == "say") return false;
  const Node* before = &tree;
  for (const std::string_view step : steps) before = &before->below(step);
  if (steps.front() == "params") {
    const std::string name(steps.size() > 1 ? steps[1] : "");
    const Node& parameter = tree.below("params").below(name);
    std::vector<const Node*> values;
    const Node* const listed = steps.size() == 2 ? value.find("values") : &value;
    const bool is_list =
        listed && listed->kind == NodeKind::list && (steps.size() == 2 || steps.back() == "values");
    if (is_list)
      for (const Node& one : listed->items) values.push_back(&one.below("value"));
    else if (steps.size() == 2)
      values.push_back(&value);
    return !asks_as_much(way_of(parent, name), parameter, values);
  }
  if (steps.back() == "at_least") return !asks_as_much(Way::up, *before, value);
  if (steps.back() == "at_most" && steps.size() > 2 && steps[steps.size() - 2] == "needs")
    return !asks_as_much(Way::down, *before, value);
  return true;
}

}  // namespace

bool loosens(const Pack& parent, const Node& tree, TailoringKind kind, const std::string& path,
             const Node* value) {
  if (kind == TailoringKind::exclude || value == nullptr) return true;
  if (kind == TailoringKind::set) return set_loosens(parent, tree, path, *value);
  // One more to do is no less; one more reason to be exempt is.
  const auto steps = split(path, '.');
  const bool more_cases = steps.front() == "params" && steps.size() == 2;
  const bool more_duties = steps.front() == "bundles" && steps.back() == "all_of";
  return !more_cases && !more_duties && steps.front() != "campaign";
}

}  // namespace huilu::policy
