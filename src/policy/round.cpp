#include "policy/round.h"

#include <algorithm>

#include "policy/declarations.h"

namespace huilu::policy {

const std::string* LookBack::move_of(Finding finding) const {
  const auto word = finding_words[static_cast<std::size_t>(finding)];
  const auto found = std::find_if(outcomes.begin(), outcomes.end(),
                                  [&](const FoundMove& one) { return one.finding == word; });
  return found == outcomes.end() ? nullptr : &found->move;
}

Form<MatterRound> matter_round_form() {
  return named("round",
               map_of<MatterRound>(
                   {
                       required("line", &MatterRound::line, id()),
                       optional("lead", &MatterRound::lead, id()),
                       optional("progress", &MatterRound::progress, list_of(id())),
                   },
                   [](Reading&, const Node& node, MatterRound& one) { one.place = node.place; }));
}

namespace {

Form<FoundMove> found_move_form() {
  const auto move = id();
  return {[move](Reading& reading, const Node& node, FoundMove& out) {
            out.place = node.place;
            move.read(reading, node, out.move);
          },
          move.expected, move.shape};
}

}  // namespace

Form<LookBack> look_back_form() {
  return named("look_back",
               map_of<LookBack>(
                   {
                       optional("clause", &LookBack::clauses, one_or_list(token())),
                       required("start", &LookBack::start, turn_form()),
                       optional("after", &LookBack::after, duration_use_form()),
                       required("by", &LookBack::by, some_of(id())),
                       required("outcomes", &LookBack::outcomes,
                                by_name(found_move_form(), &FoundMove::finding)),
                   },
                   [](Reading&, const Node& node, LookBack& one) { one.place = node.place; }));
}

}  // namespace huilu::policy
