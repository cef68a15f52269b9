#include "policy/relapse_check.h"

#include <algorithm>

#include "policy/finding.h"
#include "policy/name_check.h"
#include "policy/scalar.h"

namespace huilu::policy {

namespace {

bool is_text(const Field& field) {
  const bool is_list = field.type == FieldType::list && field.item == FieldType::text;
  return (field.type == FieldType::text || is_list) && !field.is_protected;
}

// What is equal or not: neither prose nor who it was.
bool is_comparable(const Field& field) {
  if (field.is_protected) return false;
  switch (field.type) {
    case FieldType::enum_:
    case FieldType::set:
    case FieldType::unit:
    case FieldType::bool_:
    case FieldType::int_:
      return true;
    default:
      return false;
  }
}

}  // namespace

RelapseCheck::RelapseCheck(Reading& reading, const PathTypes& types, const Pack& pack, Reach reach,
                           const MatterType& type)
    : reading_(reading), types_(types), pack_(pack), reach_(std::move(reach)), type_(type) {
  for (const MatterState& state : type.states) states_.push_back(state.id);
  for (const Field& field : type.fields) fields_.push_back(field.name);
  for (const MatterRole& role : type.roles) roles_.push_back(role.name);
}

void RelapseCheck::check(MatterRelapse& one, const Node& node) {
  check_states(one, node.below("of"));
  check_fields(one, node);
  check_roles(one, node.below("by"));
  check_threshold(one);
  Reach settling = reach_;
  settling.has_clock_start = true;
  if (node.find("within"))
    ConditionCheck(reading_, types_, pack_, settling).check(one.within, node.below("within").place);
}

// Only what was dealt with can come back.
void RelapseCheck::check_states(const MatterRelapse& one, const Node& node) {
  check_names(reading_, one.of, states_, node);
  for (std::size_t i = 0; i < one.of.size(); ++i) {
    const MatterState* const state = type_.find_state(one.of[i]);
    if (!state) continue;
    const bool was_dealt_with = state->outcome == Outcome::solved ||
                                state->outcome == Outcome::partly ||
                                state->outcome == Outcome::long_term;
    if (!was_dealt_with)
      reading_.report(RefusalCode::pack_shape, item_place(node, i),
                      "outcome: solved, partly, long_term", state->id);
  }
}

void RelapseCheck::check_fields(const MatterRelapse& one, const Node& node) {
  const Node& same = node.below("same");
  const Node& alike = node.below("alike");
  check_names(reading_, one.same, fields_, same);
  check_names(reading_, one.alike, fields_, alike);
  for (std::size_t i = 0; i < one.same.size(); ++i) {
    const Field* const field = type_.find_field(one.same[i]);
    if (field && !is_comparable(*field))
      reading_.report(RefusalCode::pack_type, item_place(same, i), "enum, set, unit, bool, int",
                      std::string(word_of(field->type)));
  }
  for (std::size_t i = 0; i < one.alike.size(); ++i) {
    const Field* const field = type_.find_field(one.alike[i]);
    if (field && !is_text(*field))
      reading_.report(RefusalCode::pack_type, item_place(alike, i), "text",
                      std::string(word_of(field->type)));
  }
}

void RelapseCheck::check_roles(const MatterRelapse& one, const Node& node) {
  check_names(reading_, one.by, roles_, node);
  check_judges(reading_, type_, one.by, node);
}

void RelapseCheck::check_threshold(MatterRelapse& one) {
  Threshold& least = one.at_least;
  if (!least.place.file) return;
  if (const auto* const use = std::get_if<ParameterUse>(&least.what))
    ConditionCheck(reading_, types_, pack_, reach_).check(*use, {ParameterType::decimal});
  const auto* const written = std::get_if<Decimal>(&least.what);
  if (written && (written->millionths <= 0 || written->millionths > one_in_millionths))
    reading_.report(RefusalCode::pack_range, least.place, "above 0, at most 1",
                    decimal_text(written->millionths));
}

}  // namespace huilu::policy
