#include "policy/relapse.h"

#include "policy/declarations.h"

namespace huilu::policy {

Form<MatterRelapse> relapse_form() {
  return named("relapse",
               map_of<MatterRelapse>(
                   {
                       optional("clause", &MatterRelapse::clauses, one_or_list(token())),
                       unkept<MatterRelapse>("note", Presence::optional, text()),
                       required("of", &MatterRelapse::of, one_or_list(id())),
                       required("within", &MatterRelapse::within, duration_use_form()),
                       optional("same", &MatterRelapse::same, one_or_list(id())),
                       required("alike", &MatterRelapse::alike, one_or_list(id())),
                       required("at_least", &MatterRelapse::at_least, share_threshold_form()),
                       required("by", &MatterRelapse::by, one_or_list(id())),
                   },
                   [](Reading&, const Node& node, MatterRelapse& one) { one.place = node.place; }));
}

}  // namespace huilu::policy
