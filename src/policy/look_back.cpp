#include "policy/look_back.h"

#include "policy/declarations.h"

namespace huilu::policy {

namespace {

struct LookBackStart {
  std::vector<std::string> enter;
};

// {enter: state}
Key<MatterLookBack> start_key() {
  const auto form =
      named("look_back_start", map_of<LookBackStart>({
                                   required("enter", &LookBackStart::enter, one_or_list(id())),
                               }));
  return {"start", Presence::required, form.expected,
          [form](Reading& reading, const Node&, const Node* value, MatterLookBack& out) {
            if (!value) return;
            LookBackStart read;
            form.read(reading, *value, read);
            out.starts = std::move(read.enter);
          },
          form.shape};
}

}  // namespace

Form<MatterLookBack> look_back_form() {
  return named(
      "look_back",
      map_of<MatterLookBack>(
          {
              optional("clause", &MatterLookBack::clauses, one_or_list(token())),
              unkept<MatterLookBack>("note", Presence::optional, text()),
              start_key(),
              required("after", &MatterLookBack::after, duration_use_form()),
              required("by", &MatterLookBack::by, one_or_list(id())),
              required("outcomes", &MatterLookBack::outcomes,
                       some_of(word<LookBackOutcome>(look_back_outcome_words))),
          },
          [](Reading&, const Node& node, MatterLookBack& one) { one.place = node.place; }));
}

}  // namespace huilu::policy
