#include "policy/round_check.h"

#include <algorithm>

#include "policy/finding.h"

namespace huilu::policy {

namespace {

template <class List>
bool has_word(const List& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

// A place within what one may also write alone.
Place item_of(const Node& node, std::size_t index) {
  return node.kind == NodeKind::list ? node.below(index).place : node.place;
}

}  // namespace

RoundCheck::RoundCheck(Reading& reading, const PathTypes& types, const Pack& pack,
                       const Reach& reach, const MatterType& type)
    : reading_(reading), types_(types), pack_(pack), reach_(reach), type_(type) {
  reach_.has_clock_start = true;
  reach_.has_clocks = false;
}

void RoundCheck::check(const Node& node) {
  for (const MatterState& state : type_.states) {
    if (!state.completion) continue;
    const Node& written = node.below("states").below(state.id).below("completion");
    // What is settled says by its outcome how far it came.
    if (state.final)
      reading_.report(RefusalCode::pack_shape, written.place, "a state without final", state.id);
    else if (*state.completion > Completion::done)
      reading_.report(RefusalCode::pack_range, written.place,
                      "not_started, under_way, nearly_done, done",
                      std::string(completion_words[static_cast<std::size_t>(*state.completion)]));
  }
  if (type_.round) check(*type_.round, node.below("round"));
  if (type_.look_back) check(*type_.look_back, node.below("look_back"));
}

void RoundCheck::check_known(const std::string& name, const std::vector<std::string_view>& words,
                             const Place& place) {
  if (!name.empty() && !has_word(words, name))
    reading_.report(RefusalCode::pack_reference, place,
                    words.empty() ? "" : nearest_or_all(name, words), name);
}

void RoundCheck::check_role(const std::string& name, const Place& place) {
  std::vector<std::string_view> roles;
  for (const MatterRole& role : type_.roles) roles.push_back(role.name);
  check_known(name, roles, place);
  const MatterRole* const role = type_.find_role(name);
  if (role && role->kind != RoleKind::unit)
    reading_.report(RefusalCode::pack_type, place, "unit",
                    std::string(role_kind_words[static_cast<std::size_t>(role->kind)]));
}

void RoundCheck::check(const MatterRound& round, const Node& node) {
  check_role(round.line, node.below("line").place);
  check_role(round.lead, node.below("lead").place);
  std::vector<std::string_view> fields;
  for (const Field& field : type_.fields) fields.push_back(field.name);
  for (std::size_t i = 0; i < round.progress.size(); ++i)
    check_known(round.progress[i], fields, node.below("progress").below(i).place);
}

void RoundCheck::check(const LookBack& look_back, const Node& node) {
  std::vector<std::string_view> states;
  for (const MatterState& state : type_.states) states.push_back(state.id);
  const Node& start = node.below("start");
  for (std::size_t i = 0; i < look_back.start.states.size(); ++i) {
    const Place place = item_of(start.below("enter"), i);
    check_known(look_back.start.states[i], states, place);
    const MatterState* const state = type_.find_state(look_back.start.states[i]);
    if (state && state->final != Final::soft)
      reading_.report(RefusalCode::pack_shape, place, "final: soft", state->id);
  }
  if (!look_back.start.moves.empty())
    reading_.report(RefusalCode::pack_shape, start.place, "enter", "move");
  for (std::size_t i = 0; i < look_back.by.size(); ++i)
    check_role(look_back.by[i], item_of(node.below("by"), i));
  if (look_back.after)
    ConditionCheck(reading_, types_, pack_, reach_)
        .check(*look_back.after, node.below("after").place);
  const Node& outcomes = node.below("outcomes");
  for (const FoundMove& found : look_back.outcomes)
    check_found(look_back, found, outcomes.below(found.finding));
  if (!look_back.move_of(Finding::relapsed) && !node.cut && !outcomes.cut)
    reading_.report(RefusalCode::pack_missing_key, outcomes.place, "relapsed", "");
}

// A finding makes its move whatever else stands there, so the move asks for nothing but the reason.
void RoundCheck::check_found(const LookBack& look_back, const FoundMove& found, const Node& node) {
  if (!has_word(finding_words, found.finding))
    reading_.report(RefusalCode::pack_unknown_word, node.place,
                    nearest_or_all(found.finding, {finding_words.begin(), finding_words.end()}),
                    found.finding);
  else if (found.finding == finding_words[0])
    reading_.report(RefusalCode::pack_shape, node.place, "partly, not_done, relapsed",
                    found.finding);
  std::vector<std::string_view> moves;
  for (const Move& move : type_.moves) moves.push_back(move.id);
  check_known(found.move, moves, node.place);
  const Move* const move = type_.find_move(found.move);
  if (!move) return;
  for (const std::string& state : look_back.start.states)
    if (type_.find_state(state) && !has_word(move->from, state))
      reading_.report(RefusalCode::pack_shape, node.place, "from: " + state, found.move);
  for (const std::string& field : move->fields)
    if (field != "reason")
      reading_.report(RefusalCode::pack_shape, node.place, "fields: reason", field);
  if (move->needs) reading_.report(RefusalCode::pack_shape, node.place, "a move without needs", move->id);
}

}  // namespace huilu::policy
