// The packs that an installation knows: those that the program and the command line offer, and
// every version that was proposed here, as it was then. Used wherever an installation is opened.
#pragma once

#include <vector>

#include "policy/pack.h"
#include "store/store.h"

namespace huilu::enactment {

// First what is offered, in its order, then what is only kept. What is kept stands in the place of
// what is offered under the same id and version with other bytes; the log names it. A Fault when a
// version that was in force cannot be read by this program.
std::vector<policy::Pack> known_packs(std::vector<policy::Pack> offered,
                                      store::Connection& connection);

}  // namespace huilu::enactment
