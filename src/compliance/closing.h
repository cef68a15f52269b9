// Closing a period: its figures are frozen with what they were reckoned by, and whoever reads them
// later sees beside each what it would be now.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/value.h"
#include "compliance/figures.h"
#include "journal/journal.h"

namespace huilu::compliance {

struct Closing {
  ClosingId id;
  UnitId unit;
  std::string period;
  Value content;
  AccountId by;
  Instant at;
  journal::Sequence seq = 0;
};

// A child of the unit, with the name that it had.
struct Row {
  UnitId unit;
  std::string name;
};

struct ToClose {
  UnitId unit;
  std::string name;
  std::string period;
  std::vector<std::string> obligations;  // empty: all
  Date at;
  journal::Sequence journal = 0;
};

// Columns that lie in the closed period, also those of shorter periods.
Selection selection_of(const std::string& period, const std::vector<std::string>& obligations,
                       Date at);

// What the command commits to.
Value frozen(const ToClose& asked, const std::vector<Row>& rows, const Table& table,
             const obligation::Facts& policy, const std::vector<policy::Pack>& packs);

// What was frozen beside what is now: "columns", "total", "rows", "frozen". The table has the
// unit's row first and then those of the statement's rows, in its order.
Value compared(const Closing& closing, const Table& now);
std::vector<Node> nodes_of(const Closing& closing);
std::vector<std::string> obligations_of(const Closing& closing);

}  // namespace huilu::compliance
