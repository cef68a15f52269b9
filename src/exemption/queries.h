// Reads of leaves: what evaluation needs and the lists of the API. Asks no gate: whoever calls has
// asked it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "exemption/types.h"
#include "identity/permissions.h"
#include "store/store.h"

namespace huilu::exemption {

// An approved leave as the evaluator reads it, also one that was withdrawn later, and in whose row
// it counts.
struct Granted {
  UnitId home;  // at the decision
  obligation::Leave leave;
};

// Approved ones; by id.
std::vector<Granted> all_leaves(store::Connection& connection);
std::vector<Granted> leaves_at(store::Connection& connection, const std::vector<UnitId>& homes);
std::vector<Granted> leaves_of(store::Connection& connection,
                               const std::vector<obligation::Bearer>& bearers);
// Of a touched row; nothing where it was not approved.
std::optional<Granted> leave_of(store::Connection& connection, LeaveId id);

std::optional<Leave> find(store::Connection& connection, LeaveId id);

struct Filter {
  std::vector<identity::Range> ranges;  // of the paths of home units
  std::optional<State> state;
  LeaveId after;
  int limit = 50;
};
std::vector<Leave> list(store::Connection& connection, const Filter& filter);  // by id

// Names of the persons behind tenures and persons; units are left out.
std::map<obligation::Bearer, std::string> names_of(store::Connection& connection,
                                                   const std::vector<obligation::Bearer>& bearers);

// Rows against openings, for `huilu verify`.
std::vector<journal::Damage> verify(store::Connection& connection);

}  // namespace huilu::exemption
