// The room's own tables: statements of closed periods, and the history of figures.
#pragma once

#include <vector>

#include "compliance/closing.h"
#include "compliance/standing.h"
#include "store/store.h"

namespace huilu::compliance {

extern const store::Table period_close_table;
extern const store::Table standing_history_table;

void insert_closing(store::RowBuffer& rows, const Closing& closing);

// How one node stood in one column on a day.
struct HistoryRow {
  Tree tree = Tree::affiliation;
  Node node;
  std::string obligation;
  std::string period;
  Date day;
  Standing standing;
};
// A row of the same day is replaced.
void write_history(store::Connection& connection, const std::vector<HistoryRow>& rows);

std::string_view word_of(Tree tree);

}  // namespace huilu::compliance
