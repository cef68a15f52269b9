#include "policy/difference.h"

#include <algorithm>
#include <array>
#include <map>

#include "policy/uses.h"

namespace huilu::policy {

namespace {

constexpr std::array<std::string_view, 9> said_only = {
    "title", "guide", "message", "note", "clause", "visible", "unit", "strand", "goal"};

void write_plain(const Node& node, std::string& out) {
  if (node.kind == NodeKind::map) {
    std::map<std::string_view, const Node*> members;
    for (const Member& member : node.members) members.emplace(member.key, &member.value);
    out += '{';
    for (const auto& [key, value] : members) {
      out.append(key).append(1, ':');
      write_plain(*value, out);
    }
    out += '}';
    return;
  }
  if (node.kind == NodeKind::list) {
    out += '[';
    for (const Node& item : node.items) write_plain(item, out);
    out += ']';
    return;
  }
  out.append(1, '"').append(node.text).append(1, '"');
}

const Node* declared_in(const Node& root, std::string_view key, std::string_view name) {
  const Node* const all = root.find(key);
  return all == nullptr ? nullptr : all->find(name);
}

void add_once(std::vector<std::string>& out, std::string key) {
  if (std::find(out.begin(), out.end(), key) == out.end()) out.push_back(std::move(key));
}

void add_differing(const Node& before, const Node& after, std::vector<std::string>& out) {
  for (const Node* const node : {&before, &after}) {
    for (const Member& member : node->members) {
      if (is_said_only(member.key)) continue;
      if (plain_text_of(before.find(member.key)) != plain_text_of(after.find(member.key)))
        add_once(out, member.key);
    }
  }
}

bool uses_types_of(const Obligation& obligation, const std::string& prefix) {
  auto types = record_types_of(obligation.needs);
  if (obligation.for_each) {
    const auto& names = obligation.for_each->records.names;
    types.insert(types.end(), names.begin(), names.end());
  }
  return std::any_of(types.begin(), types.end(),
                     [&](const std::string& type) { return type.starts_with(prefix); });
}

}  // namespace

bool is_said_only(std::string_view key) {
  return std::find(said_only.begin(), said_only.end(), key) != said_only.end();
}

std::string plain_text_of(const Node* node) {
  std::string out;
  if (node != nullptr) write_plain(*node, out);
  return out;
}

PackDifference::PackDifference(const Pack& before, const Pack& after)
    : before_(before), after_(after), before_root_(root_of(before)), after_root_(root_of(after)) {}

bool PackDifference::of_key(std::string_view key) const {
  return plain_text_of(before_root_.find(key)) != plain_text_of(after_root_.find(key));
}

// Also those of its record types, and of a campaign's phases and batches.
void PackDifference::add_parameters(const Obligation& obligation,
                                    std::vector<std::string>& out) const {
  const bool all = obligation.of_campaign();
  const auto used = parameters_of(obligation);
  const auto is_used = [&](const std::string& name) {
    const auto names_it = [&](const ParameterUse* use) { return use->name == name; };
    return std::any_of(used.begin(), used.end(), names_it) ||
           std::any_of(after_.record_types.begin(), after_.record_types.end(),
                       [&](const RecordType& type) {
                         const auto its = parameters_of(type);
                         return std::any_of(its.begin(), its.end(), names_it);
                       });
  };
  for (const auto* parameters : {&before_.parameters, &after_.parameters}) {
    for (const Parameter& one : *parameters) {
      if (!all && !is_used(one.name)) continue;
      const Node* const before = declared_in(before_root_, "params", one.name);
      const Node* const after = declared_in(after_root_, "params", one.name);
      std::vector<std::string> keys;
      if (before != nullptr && after != nullptr) add_differing(*before, *after, keys);
      if ((before == nullptr) != (after == nullptr) || !keys.empty())
        add_once(out, "params." + one.name);
    }
  }
}

std::vector<std::string> PackDifference::of_itself(std::string_view obligation) const {
  const Obligation* const before = before_.find_obligation(obligation);
  const Obligation* const after = after_.find_obligation(obligation);
  if (before == nullptr && after == nullptr) return {};
  if (before == nullptr) return {std::string(key_of_new)};
  if (after == nullptr) return {std::string(key_of_removed)};
  std::vector<std::string> out;
  const Node* const written_before = declared_in(before_root_, "obligations", obligation);
  const Node* const written_after = declared_in(after_root_, "obligations", obligation);
  if (written_before != nullptr && written_after != nullptr)
    add_differing(*written_before, *written_after, out);
  add_parameters(*before, out);
  add_parameters(*after, out);
  if (uses_types_of(*after, after_.id + '/') && of_record_types()) add_once(out, "record_types");
  if (after->of_campaign() && of_key("campaign")) add_once(out, "campaign");
  return out;
}

std::vector<std::string> PackDifference::of(std::string_view obligation) const {
  if (before_.hash == after_.hash) return {};
  auto out = of_itself(obligation);
  // What another duty of its group takes, it does not get.
  const Obligation* const one = after_.find_obligation(obligation);
  if (!out.empty() || one == nullptr || !one->sharing) return out;
  for (const Pack* const pack : {&before_, &after_}) {
    for (const Obligation& other : pack->obligations) {
      const bool together = other.sharing && other.sharing->group == one->sharing->group;
      if (together && !of_itself(other.name).empty()) return {"sharing"};
    }
  }
  return out;
}

}  // namespace huilu::policy
