#include "compliance/tables.h"

namespace huilu::compliance {

namespace {

using enum store::ColumnType;

}  // namespace

const store::Table period_close_table{"period_close",
                                      {{"id", integer},
                                       {"unit", integer},
                                       {"period", text},
                                       {"content", text},
                                       {"closed_by", integer},
                                       {"closed_at", integer},
                                       {"seq", integer}}};
const store::Table standing_history_table{
    "standing_history",
    {{"tree", text},
     {"node", integer},
     {"obligation", text},
     {"period", text},
     {"day", text},
     {"due", integer},
     {"done", integer},
     {"failed", integer},
     {"unknown", integer},
     {"exempt", integer}},
    "on conflict (tree, node, obligation, period, day) do update set due = excluded.due, "
    "done = excluded.done, failed = excluded.failed, unknown = excluded.unknown, "
    "exempt = excluded.exempt"};

std::string_view word_of(Tree tree) { return tree == Tree::affiliation ? "affiliation" : "seat"; }

void insert_closing(store::RowBuffer& rows, const Closing& closing) {
  rows.insert(period_close_table,
              {closing.id, closing.unit, closing.period, canonical_json(closing.content),
               closing.by, closing.at, closing.seq});
}

void write_history(store::Connection& connection, const std::vector<HistoryRow>& rows) {
  std::vector<store::Param> values;
  for (const auto& row : rows) {
    values.insert(
        values.end(),
        {store::Param(word_of(row.tree)),
         row.node.unit ? store::Param(row.node.unit) : store::Param(row.node.place), row.obligation,
         row.period, row.day, row.standing.counts.due, row.standing.done(), row.standing.failed,
         row.standing.counts.unknown, row.standing.counts.exempt});
  }
  store::Transaction transaction(connection, store::Access::write);
  connection.insert_many(standing_history_table, values);
  connection.flush();
  transaction.commit();
}

}  // namespace huilu::compliance
