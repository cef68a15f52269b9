// What a list of matters is asked for, as every route that lists them reads it: of a unit's subtree
// or of a unit's part in others', by type, state, deadline, and a text.
#pragma once

#include <string>

#include "api/call.h"
#include "matter/queries.h"

namespace huilu::api {

// The names of the query's parameters, for the table of routes.
inline constexpr std::string_view ledger_parameters =
    "unit party own type state parent into unmerged open stale overdue due_within due_from "
    "due_before text sort limit cursor";

struct LedgerQuery {
  matter::Filter filter;
  std::string text;  // folded; empty: no text is looked for
};

// The gate has been asked. `limit_max`: of a page.
Result<LedgerQuery> read_ledger_query(Call& call, int limit_max = 500);

// A page of it. A text is looked for in the number and in the texts of the type that everybody who
// sees the matter may read.
Result<matter::Listed> ledger_page(const Call& call, const LedgerQuery& asked);

}  // namespace huilu::api
