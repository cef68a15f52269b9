// Reads of the room's own tables for the API. Asks no gate: whoever calls has asked it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compliance/closing.h"
#include "compliance/standing.h"
#include "store/store.h"

namespace huilu::compliance {

std::optional<Closing> find_closing(store::Connection& connection, ClosingId id);
// A page in the order of ids, after `after`.
std::vector<Closing> list_closings(store::Connection& connection, UnitId unit, ClosingId after,
                                   int limit);

struct HistoryPoint {
  std::string obligation;
  std::string period;
  Date day;
  std::int64_t due = 0;
  std::int64_t done = 0;
  std::int64_t failed = 0;
  std::int64_t unknown = 0;
  std::int64_t exempt = 0;
};
// By period and day. An empty period: every one with a point from the day on.
std::vector<HistoryPoint> history_of(store::Connection& connection, Tree tree, Node node,
                                     const std::string& obligation, const std::string& period,
                                     Date from);

// Rows of statements against openings, for `huilu verify`.
std::vector<journal::Damage> verify(store::Connection& connection);

}  // namespace huilu::compliance
