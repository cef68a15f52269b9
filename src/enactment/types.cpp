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

}  // namespace huilu::enactment
