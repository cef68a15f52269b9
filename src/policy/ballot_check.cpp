#include "policy/ballot_check.h"

#include <algorithm>

#include "policy/finding.h"
#include "policy/name_check.h"
#include "policy/scalar.h"

namespace huilu::policy {

namespace {

constexpr std::size_t grades_least = 2;
constexpr std::size_t grades_most = 7;

template <class T>
bool is_among(const std::vector<T>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

bool speaks_of_ballot(const Condition& condition) {
  const auto any = [](const auto& all, const auto& says) {
    return std::any_of(all.begin(), all.end(), says);
  };
  return any(condition.lines,
             [](const Comparing& line) {
               return !line.path.steps.empty() && line.path.steps.front() == "ballot";
             }) ||
         any(condition.not_, speaks_of_ballot) ||
         any(condition.any_of, [&](const auto& group) { return any(group, speaks_of_ballot); });
}

bool speaks_of_ballot(const Test& test) {
  return speaks_of_ballot(test.holds) ||
         std::any_of(test.parts.begin(), test.parts.end(),
                     [](const Test& part) { return speaks_of_ballot(part); });
}

// Whether one of its conditions on the ballot's result names the word.
bool names_result(const Condition& condition, std::string_view result) {
  for (const Comparing& line : condition.lines) {
    if (line.path.text() != "ballot.result" || line.comparison != Comparison::equal) continue;
    for (const Operand& operand : line.operands) {
      const auto* const value = std::get_if<Value>(&operand.what);
      if (value && value->text() && *value->text() == result) return true;
    }
  }
  return std::any_of(condition.any_of.begin(), condition.any_of.end(), [&](const auto& group) {
    return std::any_of(group.begin(), group.end(),
                       [&](const Condition& part) { return names_result(part, result); });
  });
}

bool names_result(const Test& test, std::string_view result) {
  return names_result(test.holds, result) ||
         std::any_of(test.parts.begin(), test.parts.end(),
                     [&](const Test& part) { return names_result(part, result); });
}

}  // namespace

BallotCheck::BallotCheck(Reading& reading, const PathTypes& types, const Pack& pack, Reach reach,
                         const MatterType& type)
    : reading_(reading), types_(types), pack_(pack), reach_(std::move(reach)), type_(type) {
  for (const MatterState& state : type.states) states_.push_back(state.id);
  for (const MatterRole& role : type.roles) roles_.push_back(role.name);
  for (const Move& move : type.moves)
    if (move.automatic) automatic_.push_back(move.id);
  reach_.has_clocks = false;
}

void BallotCheck::check(MatterBallot& ballot, const Node& node) {
  check_roles(ballot, node);
  check_opens(ballot, node);
  check_thresholds(ballot, node);
  check_follows(ballot, ballot.if_failed, node.below("if_failed"));
  if (ballot.below_min == below_min_wait)
    check_way_on(ballot, node.below("below_min"));
  else
    check_follows(ballot, ballot.below_min, node.below("below_min"));
}

// Whoever counts the votes has none.
void BallotCheck::check_roles(const MatterBallot& ballot, const Node& node) {
  check_names(reading_, ballot.voters, roles_, node.below("voters"));
  check_names(reading_, ballot.held_by, roles_, node.below("held_by"));
  for (std::size_t i = 0; i < ballot.held_by.size(); ++i)
    if (!ballot.held_by[i].empty() && is_among(ballot.voters, ballot.held_by[i]))
      reading_.report(RefusalCode::pack_shape, item_place(node.below("held_by"), i),
                      "a role that does not vote", ballot.held_by[i]);
}

void BallotCheck::check_opens(const MatterBallot& ballot, const Node& node) {
  const Node& enter = node.below("opens").below("enter");
  check_names(reading_, ballot.opens, states_, enter);
  for (std::size_t i = 0; i < ballot.opens.size(); ++i) {
    const MatterState* const state = type_.find_state(ballot.opens[i]);
    if (state && state->final == Final::hard)
      reading_.report(RefusalCode::pack_shape, item_place(enter, i), "final: soft",
                      ballot.opens[i]);
    if (ballot.opens[i] == type_.initial)
      reading_.report(RefusalCode::pack_shape, item_place(enter, i), "a state that a move enters",
                      ballot.opens[i]);
  }
}

void BallotCheck::check_thresholds(MatterBallot& ballot, const Node& node) {
  const std::size_t grades = ballot.scale.size();
  const Node& scale = node.below("scale");
  if (scale.kind == NodeKind::list && (grades < grades_least || grades > grades_most) &&
      scale.items.size() == grades)
    reading_.report(RefusalCode::pack_range, scale.place, "2 to 7 words", std::to_string(grades));
  Words words;
  for (const Term& term : ballot.scale) words.push_back(term.code);
  const Node& share = node.below("pass").below("share");
  check_names(reading_, ballot.pass.share, words, share);
  if (!words.empty() && ballot.pass.share.size() >= words.size())
    reading_.report(RefusalCode::pack_shape, share.place, "some of the words", "all of them");
  Reach opening = reach_;
  opening.has_clock_start = true;
  if (node.find("window"))
    ConditionCheck(reading_, types_, pack_, opening)
        .check(ballot.window, node.below("window").place);
  Reach closing = reach_;
  closing.has_ballot_close = true;
  ConditionCheck closes(reading_, types_, pack_, closing);
  Threshold& least = ballot.pass.at_least;
  if (const auto* const use = std::get_if<ParameterUse>(&least.what); use && least.place.file)
    closes.check(*use, {ParameterType::decimal});
  if (const auto* const written = std::get_if<Decimal>(&least.what);
      written && least.place.file &&
      (written->millionths <= 0 || written->millionths > one_in_millionths))
    reading_.report(RefusalCode::pack_range, least.place, "above 0, at most 1",
                    decimal_text(written->millionths));
  if (const auto* const use = std::get_if<ParameterUse>(&ballot.min_ballots.what);
      use && ballot.min_ballots.place.file)
    closes.check(*use, {ParameterType::int_});
}

// What is made by itself must be possible wherever the ballot can end.
void BallotCheck::check_follows(const MatterBallot& ballot, const std::string& id,
                                const Node& node) {
  if (id.empty()) return;
  const Move* const move = type_.find_move(id);
  if (!move || !move->automatic)
    return reading_.report(
        RefusalCode::pack_reference, node.place,
        automatic_.empty() ? "a move with automatic: true" : nearest_or_all(id, automatic_), id);
  for (const std::string& state : ballot.opens) {
    if (is_among(states_, state) && !is_among(move->from, state))
      reading_.report(RefusalCode::pack_shape, node.place, "from: " + state, id);
    if (move->to == state)
      reading_.report(RefusalCode::pack_shape, node.place, "a move out of it", id);
  }
}

// Somebody can go on with what too few have rated.
void BallotCheck::check_way_on(const MatterBallot& ballot, const Node& node) {
  for (const std::string& state : ballot.opens) {
    if (!is_among(states_, state)) continue;
    const bool goes_on = std::any_of(type_.moves.begin(), type_.moves.end(), [&](const Move& move) {
      if (move.automatic || move.to == state || !is_among(move.from, state)) return false;
      return !move.needs || !speaks_of_ballot(*move.needs) || names_result(*move.needs, "too_few");
    });
    if (!goes_on)
      reading_.report(RefusalCode::pack_shape, node.place, "a move for ballot.result: too_few",
                      state);
  }
}

void BallotCheck::check_automatic(const Node& node) {
  for (std::size_t i = 0; i < type_.moves.size(); ++i) {
    const Move& move = type_.moves[i];
    const Node& written = node.below("moves").below(i);
    if (!move.automatic) continue;
    const bool is_made =
        type_.ballot && (type_.ballot->if_failed == move.id || type_.ballot->below_min == move.id);
    if (!is_made)
      reading_.report(RefusalCode::pack_shape, written.below("automatic").place,
                      "ballot: if_failed, below_min", move.id);
    for (const std::string_view key : {"by", "fields", "needs", "not_same_person_as", "reviews"})
      if (written.find(key))
        reading_.report(RefusalCode::pack_shape, written.below(key).place, "automatic: false",
                        std::string(key));
  }
}

}  // namespace huilu::policy
