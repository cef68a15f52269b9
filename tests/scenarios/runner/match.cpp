#include "tests/scenarios/runner/match.h"

#include "tests/scenarios/runner/render.h"

namespace huilu::scenario {

namespace {

using policy::Node;
using policy::NodeKind;

bool is_anything(const Node& node) {
  return node.kind == NodeKind::scalar && !node.quoted && node.text == "anything";
}

const Value& member_of(const Value& object, std::string_view key) {
  static const Value none;
  const Value* found = object.find(key);
  return found == nullptr ? none : *found;
}

// The item of the expectation that says how the item at `index` is to be cut.
const Node& item_for(const Node& list, std::size_t index) {
  return list.items[std::min(index, list.items.size() - 1)];
}

}  // namespace

std::string Mismatch::text() const {
  return place.text() + ": " + (pointer.empty() ? "" : pointer + ": ") + "expected " + expected +
         ", got " + got;
}

void compare(const Node& expected, const Value& actual, const Names& names,
             const std::string& pointer, std::vector<Mismatch>& mismatches) {
  if (is_anything(expected) && !actual.is_null()) return;
  if (expected.kind == NodeKind::map && actual.object() != nullptr) {
    for (const auto& member : expected.members) {
      compare(member.value, member_of(actual, member.key), names, pointer + "/" + member.key,
              mismatches);
    }
    return;
  }
  const Value::List* items = actual.list();
  if (expected.kind == NodeKind::list && items != nullptr &&
      items->size() == expected.items.size()) {
    for (std::size_t i = 0; i < items->size(); ++i) {
      compare(expected.items[i], (*items)[i], names, pointer + "/" + std::to_string(i), mismatches);
    }
    return;
  }
  const Value wanted = names.value_of(expected);
  if (wanted == actual) return;
  mismatches.push_back(
      {expected.place, pointer, flow(wanted, names), flow(masked(expected, actual, names), names)});
}

Value masked(const Node& expected, const Value& actual, const Names& names) {
  if (is_anything(expected) && !actual.is_null()) return "anything";
  if (expected.kind == NodeKind::map && actual.object() != nullptr) {
    Value out{Value::Object{}};
    for (const auto& member : expected.members) {
      out.set(member.key, masked(member.value, member_of(actual, member.key), names));
    }
    return out;
  }
  if (expected.kind == NodeKind::list && actual.list() != nullptr && !expected.items.empty()) {
    Value::List out;
    for (const Value& item : *actual.list()) {
      out.push_back(masked(item_for(expected, out.size()), item, names));
    }
    return out;
  }
  return actual;
}

}  // namespace huilu::scenario
