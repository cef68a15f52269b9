#include "policy/clock_check.h"

#include <algorithm>

#include "policy/finding.h"
#include "policy/name_check.h"

namespace huilu::policy {

namespace {

template <class T>
bool has(const std::vector<T>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

bool is_turn(const Turn& turn, const Move& move) {
  return has(turn.moves, move.id) || has(turn.states, move.to);
}

}  // namespace

ClockCheck::ClockCheck(Reading& reading, const PathTypes& types, const Pack& pack,
                       const Reach& reach, MatterType& type)
    : reading_(reading), types_(types), pack_(pack), reach_(reach), type_(type) {
  for (const MatterState& state : type.states) states_.push_back(state.id);
  for (const Move& move : type.moves) moves_.push_back(move.id);
  for (const MatterRole& role : type.roles) roles_.push_back(role.name);
  for (const MatterRole& role : type.roles)
    if (role.kind == RoleKind::unit) unit_roles_.push_back(role.name);
  for (const MatterClock& clock : type.clocks) clocks_.push_back(clock.id);
  reach_.has_clock_start = true;
  reach_.has_clocks = false;
}

void ClockCheck::check(const Node& node) {
  for (MatterClock& clock : type_.clocks) check(clock, node.below("clocks").below(clock.id));
  for (const Ladder& ladder : type_.ladders) {
    const Node& written = node.below("ladder").below(ladder.clock);
    check_name(reading_, ladder.clock, clocks_, written.place);
    check(ladder, written);
  }
  if (type_.urgent) check(*type_.urgent, node.below("urgent"));
}

// Only what is given a length can be given another one.
void ClockCheck::check(Urgency& urgency, const Node& node) {
  Reach reach = reach_;
  reach.may_be_today = false;
  ConditionCheck(reading_, types_, pack_, reach).check(urgency.when);
  Words timed;
  for (const MatterClock& clock : type_.clocks)
    if (clock.budget) timed.push_back(clock.id);
  for (const UrgentBudget& one : urgency.budgets) {
    const Node& written = node.below("budgets").below(one.clock);
    check_name(reading_, one.clock, timed, written.place);
    ConditionCheck(reading_, types_, pack_, reach_).check(one.budget, written.place);
  }
}

void ClockCheck::check(const Turn& turn, const Node& node) {
  check_names(reading_, turn.states, states_, node.below("enter"));
  check_names(reading_, turn.moves, moves_, node.below("move"));
}

void ClockCheck::check(MatterClock& clock, const Node& node) {
  check(clock.start, node.below("start"));
  check(clock.stop, node.below("stop"));
  if (clock.restart) check(*clock.restart, node.below("restart"));
  check_stop(clock, node);
  check_limit(clock, node);
  if (clock.pause_while) {
    // What is paused is seen when the matter changes, so no day by itself may decide it.
    Reach reach = reach_;
    reach.may_be_today = false;
    ConditionCheck(reading_, types_, pack_, reach).check(*clock.pause_while);
  }
  for (const EntryBudget& entry : clock.on_enter) {
    const Node& written = node.below("on_enter").below(entry.state);
    check_name(reading_, entry.state, states_, written.place);
    ConditionCheck(reading_, types_, pack_, reach_).check(entry.budget, written.place);
  }
  if (clock.extend) check(*clock.extend, node.below("extend"));
}

void ClockCheck::check_limit(MatterClock& clock, const Node& node) {
  if (clock.budget)
    ConditionCheck(reading_, types_, pack_, reach_)
        .check(*clock.budget, node.below("budget").place);
  if (clock.until_field.empty()) return;
  Words dates = {"due"};
  for (const Field& field : type_.fields)
    if (field.type == FieldType::date) dates.push_back(field.name);
  check_name(reading_, clock.until_field, dates, node.below("until_field").place);
}

// Whether all that it names is there; otherwise that was said.
bool ClockCheck::is_readable(const Turn& turn) const {
  const auto known = [](const std::vector<std::string>& names, const Words& words) {
    return std::all_of(names.begin(), names.end(),
                       [&](const std::string& name) { return has(words, name); });
  };
  return turn.place.file && turn.states.size() + turn.moves.size() > 0 &&
         known(turn.states, states_) && known(turn.moves, moves_);
}

// Some way from where it starts leads to where it stops, and none does both at once.
void ClockCheck::check_stop(const MatterClock& clock, const Node& node) {
  if (node.cut || !is_readable(clock.start) || !is_readable(clock.stop)) return;
  Words reached;
  const auto reach = [&](std::string_view state) {
    if (!has(reached, state)) reached.push_back(state);
  };
  for (const std::string& state : clock.start.states) reach(state);
  for (const Move& move : type_.moves)
    if (has(clock.start.moves, move.id)) reach(move.to);
  bool stops = false;
  for (std::size_t i = 0; i < reached.size(); ++i)
    for (const Move& move : type_.moves) {
      if (!has(move.from, reached[i])) continue;
      stops = stops || is_turn(clock.stop, move);
      reach(move.to);
    }
  const Place& place = clock.stop.place;
  if (!stops) reading_.report(RefusalCode::pack_shape, place, "a way to it", clock.id);
  for (const Move& move : type_.moves)
    if (is_turn(clock.start, move) && is_turn(clock.stop, move))
      return reading_.report(RefusalCode::pack_shape, place, "another turn than start", move.id);
}

void ClockCheck::check(const Extension& extension, const Node& node) {
  check_names(reading_, extension.by, roles_, node.below("by"));
  check_names(reading_, extension.approve, roles_, node.below("approve"));
  Words fields = {"reason", "evidence"};
  for (const Field& field : type_.fields) fields.push_back(field.name);
  check_names(reading_, extension.fields, fields, node.below("fields"));
  if (extension.at_most)
    ConditionCheck(reading_, types_, pack_, reach_)
        .check(*extension.at_most, node.below("at_most").place);
}

void ClockCheck::check(const Ladder& ladder, const Node& node) {
  std::optional<EscalationStep> last;
  for (std::size_t i = 0; i < ladder.rungs.size(); ++i) {
    const Rung& rung = ladder.rungs[i];
    const Node& written = node.below(i);
    for (std::size_t j = 0; j < i; ++j)
      if (!rung.id.empty() && ladder.rungs[j].id == rung.id)
        reading_.report(RefusalCode::pack_duplicate_key, written.below("rung").place,
                        ladder.rungs[j].place.text(), rung.id);
    check(rung, written);
    if (!rung.unacknowledged.empty()) check_unacknowledged(ladder, i, written);
    if (!rung.propose) continue;
    const auto word = [](EscalationStep step) {
      return std::string(escalation_step_words[static_cast<std::size_t>(step)]);
    };
    const Node& step = written.below("propose");
    if (step.text != word(*rung.propose)) continue;  // it could not be read
    if (last && *rung.propose < *last)
      reading_.report(RefusalCode::pack_shape, step.place, word(*last), step.text);
    last = rung.propose;
  }
}

void ClockCheck::check(const Rung& rung, const Node& node) {
  check_names(reading_, rung.tell, roles_, node.below("tell"));
  check_name(reading_, rung.signed_by, roles_, node.below("signed_by").place);
  check_names(reading_, rung.seen_by, roles_, node.below("seen_by"));
  if (rung.unacknowledged.empty())
    ConditionCheck(reading_, types_, pack_, reach_).check(rung.at, node.below("at").place);
  if (rung.acknowledge) check_acknowledgement(rung, node.below("acknowledge"));
}

void ClockCheck::check_acknowledgement(const Rung& rung, const Node& node) {
  check_names(reading_, rung.acknowledge->by, unit_roles_, node.below("by"));
  if (rung.acknowledge->within)
    ConditionCheck(reading_, types_, pack_, reach_)
        .check(*rung.acknowledge->within, node.below("within").place);
}

// The one whose silence it counts stands before it and gives a time to acknowledge.
void ClockCheck::check_unacknowledged(const Ladder& ladder, std::size_t rung, const Node& node) {
  Words earlier;
  for (std::size_t i = 0; i < rung; ++i)
    if (ladder.rungs[i].acknowledge && ladder.rungs[i].acknowledge->within)
      earlier.push_back(ladder.rungs[i].id);
  check_name(reading_, ladder.rungs[rung].unacknowledged, earlier,
             node.below("at").below("unacknowledged").place);
}

}  // namespace huilu::policy
