#include "policy/merge_check.h"

#include <algorithm>

#include "policy/finding.h"
#include "policy/name_check.h"

namespace huilu::policy {

namespace {

bool has_word(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

void MergeCheck::check(const Node& node) {
  for (std::size_t i = 0; i < type_.moves.size(); ++i) {
    const Move& move = type_.moves[i];
    const Node& written = node.below("moves").below(i);
    if (move.merges()) {
      check_merging(move, written);
    } else {
      check_other_way_in(move, written);
      for (const std::string_view key : {"combines", "clears"})
        if (written.find(key))
          reading_.report(RefusalCode::pack_missing_key, written.below(key).place, "fields: [into]",
                          move.id);
    }
  }
}

void MergeCheck::check_merging(const Move& move, const Node& node) {
  check_target(move, node);
  // What is settled counts as it was settled; what was merged is not merged on.
  for (std::size_t i = 0; i < move.from.size(); ++i) {
    const MatterState* const from = type_.find_state(move.from[i]);
    if (from && from->final)
      reading_.report(RefusalCode::pack_shape, item_place(node.below("from"), i),
                      "a state without final", from->id);
  }
  check_combined(move, node);
  check_cleared(move, node);
}

// A state of duplicates, out of which somebody may take it again.
void MergeCheck::check_target(const Move& move, const Node& node) {
  const MatterState* const to = type_.find_state(move.to);
  if (!to) return;
  const Place& place = node.below("to").place;
  if (to->outcome != Outcome::duplicate)
    return reading_.report(RefusalCode::pack_shape, place, "outcome: duplicate", to->id);
  if (to->final != Final::soft)
    return reading_.report(RefusalCode::pack_shape, place, "final: soft", to->id);
  const bool has_exit = std::any_of(type_.moves.begin(), type_.moves.end(), [&](const Move& one) {
    const MatterState* const back = type_.find_state(one.to);
    return !one.automatic && has_word(one.from, to->id) && back && !back->final;
  });
  if (!has_exit)
    reading_.report(RefusalCode::pack_shape, place, "a move from it to a state without final",
                    to->id);
}

// Of a duplicate it is known of which; and what was merged goes nowhere but back.
void MergeCheck::check_other_way_in(const Move& move, const Node& node) {
  if (!type_.has_merges()) return;
  const MatterState* const to = type_.find_state(move.to);
  if (to && to->outcome == Outcome::duplicate)
    reading_.report(RefusalCode::pack_missing_key, node.place, "fields: [into]", move.id);
  for (std::size_t i = 0; i < move.from.size() && to && to->final; ++i) {
    const MatterState* const from = type_.find_state(move.from[i]);
    if (from && from->outcome == Outcome::duplicate)
      reading_.report(RefusalCode::pack_shape, node.below("to").place, "a state without final",
                      to->id);
  }
}

const Field* MergeCheck::field_at(const std::vector<std::string>& names, std::size_t index,
                                  const Node& node) {
  const std::string& name = names[index];
  if (name.empty()) return nullptr;
  const Field* const field = type_.find_field(name);
  if (!field) {
    std::vector<std::string_view> known;
    for (const Field& one : type_.fields) known.push_back(one.name);
    reading_.report(RefusalCode::pack_reference, item_place(node, index),
                    known.empty() ? "" : nearest_or_all(name, known), name);
    return nullptr;
  }
  const auto before = names.begin() + static_cast<std::ptrdiff_t>(index);
  if (std::find(names.begin(), before, name) != before) {
    reading_.report(RefusalCode::pack_duplicate_key, item_place(node, index), "", name);
    return nullptr;
  }
  return field;
}

void MergeCheck::check_combined(const Move& move, const Node& node) {
  const Node& written = node.below("combines");
  for (std::size_t i = 0; i < move.combines.size(); ++i) {
    const Field* const field = field_at(move.combines, i, written);
    const bool is_many = field && (field->type == FieldType::list || field->type == FieldType::set);
    if (field && !is_many)
      reading_.report(RefusalCode::pack_type, item_place(written, i), "list",
                      std::string(word_of(field->type)));
  }
}

void MergeCheck::check_cleared(const Move& move, const Node& node) {
  const Node& written = node.below("clears");
  for (std::size_t i = 0; i < move.clears.size(); ++i) {
    const Field* const field = field_at(move.clears, i, written);
    if (field && (field->required || has_word(move.combines, field->name)))
      reading_.report(RefusalCode::pack_shape, item_place(written, i),
                      "a field that is not required and not combined", field->name);
  }
}

}  // namespace huilu::policy
