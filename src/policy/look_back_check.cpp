#include "policy/look_back_check.h"

#include <algorithm>

#include "policy/finding.h"
#include "policy/name_check.h"

namespace huilu::policy {

namespace {

constexpr std::size_t outcomes_least = 2;

}  // namespace

LookBackCheck::LookBackCheck(Reading& reading, const PathTypes& types, const Pack& pack,
                             Reach reach, const MatterType& type)
    : reading_(reading), types_(types), pack_(pack), reach_(std::move(reach)), type_(type) {
  for (const MatterState& state : type.states) states_.push_back(state.id);
  for (const MatterRole& role : type.roles) roles_.push_back(role.name);
}

void LookBackCheck::check(const MatterLookBack& one, const Node& node) {
  check_starts(one, node);
  check_roles(one, node.below("by"));
  check_outcomes(one, node.below("outcomes"));
  Reach entering = reach_;
  entering.has_clock_start = true;
  if (node.find("after"))
    ConditionCheck(reading_, types_, pack_, entering).check(one.after, node.below("after").place);
}

// What is looked at again is settled, and what has relapsed can be taken up again.
void LookBackCheck::check_starts(const MatterLookBack& one, const Node& node) {
  const Node& enter = node.below("start").below("enter");
  check_names(reading_, one.starts, states_, enter);
  for (std::size_t i = 0; i < one.starts.size(); ++i) {
    const MatterState* const state = type_.find_state(one.starts[i]);
    if (!state) continue;
    if (state->final != Final::soft) {
      reading_.report(RefusalCode::pack_shape, item_place(enter, i), "final: soft", state->id);
      continue;
    }
    const bool has_exit =
        std::any_of(type_.moves.begin(), type_.moves.end(), [&](const Move& move) {
          return !move.automatic && move.to != state->id &&
                 std::find(move.from.begin(), move.from.end(), state->id) != move.from.end();
        });
    if (!has_exit)
      reading_.report(RefusalCode::pack_shape, item_place(enter, i), "a move from it", state->id);
  }
}

void LookBackCheck::check_roles(const MatterLookBack& one, const Node& node) {
  check_names(reading_, one.by, roles_, node);
  check_judges(reading_, type_, one.by, node);
}

void LookBackCheck::check_outcomes(const MatterLookBack& one, const Node& node) {
  const auto& outcomes = one.outcomes;
  if (node.kind != NodeKind::list || node.items.size() != outcomes.size()) return;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const auto before = outcomes.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::find(outcomes.begin(), before, outcomes[i]) != before)
      reading_.report(RefusalCode::pack_duplicate_key, node.below(i).place, "",
                      std::string(look_back_outcome_words[static_cast<std::size_t>(outcomes[i])]));
  }
  const bool has_holds =
      std::find(outcomes.begin(), outcomes.end(), LookBackOutcome::holds) != outcomes.end();
  if (outcomes.size() < outcomes_least || !has_holds)
    reading_.report(RefusalCode::pack_shape, node.place, "holds and another outcome", "");
}

}  // namespace huilu::policy
