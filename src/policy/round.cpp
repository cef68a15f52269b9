#include "policy/round.h"

#include "policy/declarations.h"

namespace huilu::policy {

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

}  // namespace huilu::policy
