#include "enactment/types.h"

namespace huilu::enactment {

std::string_view word_of(State state) {
  switch (state) {
    case State::proposed:
      return "proposed";
    case State::in_force:
      return "in_force";
    case State::withdrawn:
      break;
  }
  return "withdrawn";
}

State Steps::state() const {
  if (withdrawn) return State::withdrawn;
  return confirmed ? State::in_force : State::proposed;
}

Proposed proposed(const Activation& activation) {
  return {Proposal::activation, activation.id.value, activation.id.text(), activation.unit,
          activation.span,      activation.steps,    activation.version};
}

Proposed proposed(const Decided& decided) {
  return {Proposal::parameter_value, decided.id.value, decided.id.text(), {},
          {decided.value.from, {}},  decided.steps,    decided.version};
}

}  // namespace huilu::enactment
