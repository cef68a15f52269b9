#include "compliance/closing.h"

#include <algorithm>
#include <array>

#include "calendar/period.h"
#include "compliance/views.h"

namespace huilu::compliance {

namespace {

// Figures that time alone does not change.
constexpr std::array<std::string_view, 6> figures = {"due",     "met",    "met_late",
                                                     "unknown", "exempt", "entered_late"};

Value cells_view(const std::vector<Standing>& standings) {
  Value::List cells;
  for (const auto& standing : standings) cells.push_back(cell_view(standing));
  return cells;
}

bool differs(const Value& frozen, const Value& now) {
  return std::any_of(figures.begin(), figures.end(), [&](std::string_view figure) {
    return *frozen.find(figure) != *now.find(figure);
  });
}

std::string text_of(const Value& object, std::string_view member) {
  const Value* value = object.find(member);
  return value == nullptr || value->text() == nullptr ? std::string() : *value->text();
}

const Value::List& list_of(const Value& object, std::string_view member) {
  return *object.find(member)->list();
}

// The cell of now that belongs to a frozen column; nothing is due where there is none any more.
Standing now_in(const Table& now, std::size_t row, const Value& column) {
  for (std::size_t i = 0; i < now.columns.size(); ++i) {
    if (now.columns[i].obligation == text_of(column, "obligation") &&
        now.columns[i].period == text_of(column, "period")) {
      return now.rows[row][i];
    }
  }
  return {};
}

Value cells_compared(const Value::List& frozen, const Value::List& columns, const Table& now,
                     std::size_t row) {
  Value::List cells;
  for (std::size_t i = 0; i < frozen.size(); ++i) {
    Value present = cell_view(now_in(now, row, columns[i]));
    const bool changed = differs(frozen[i], present);
    cells.push_back(Value::object(
        {{"frozen", frozen[i]}, {"now", std::move(present)}, {"changed_since", changed}}));
  }
  return cells;
}

Value packs_view(const Table& table, const obligation::Facts& policy, Date at) {
  Value::List list;
  for (const auto& active : policy.activations) {
    const bool used = std::any_of(table.columns.begin(), table.columns.end(), [&](const auto& one) {
      return one.obligation.starts_with(active.pack->id + "/") && active.span.from < one.until;
    });
    if (!used || active.withdrawn || active.span.from > at) continue;
    list.push_back(Value::object({{"id", active.pack->id}, {"version", active.pack->version}}));
  }
  return list;
}

std::string calendar_of(const obligation::Facts& policy) {
  const auto newest =
      std::max_element(policy.calendar.begin(), policy.calendar.end(),
                       [](const auto& a, const auto& b) { return a.published < b.published; });
  return newest == policy.calendar.end() ? std::string() : newest->id;
}

}  // namespace

Selection selection_of(const std::string& period, const std::vector<std::string>& obligations,
                       Date at) {
  Selection selection;
  selection.obligations = obligations;
  if (const auto found = calendar::period_from(period)) {
    selection.from = found->from;
    selection.until = found->until;
    selection.inside = true;
  } else {
    selection.from = Date::of(1, 1, 1);
    selection.until = at + 1;
    selection.period = period;
  }
  return selection;
}

Value frozen(const ToClose& asked, const std::vector<Row>& rows, const Table& table,
             const obligation::Facts& policy, const std::vector<policy::Pack>& packs) {
  Value::List columns, lines, obligations;
  for (const auto& column : table.columns) {
    columns.push_back(column_view(column, packs, words::Language::zh_cn, asked.at));
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    lines.push_back(Value::object({{"unit", rows[i].unit.text()},
                                   {"name", rows[i].name},
                                   {"cells", cells_view(table.rows[i + 1])}}));
  }
  for (const auto& address : asked.obligations) obligations.push_back(address);
  return Value::object({{"unit", asked.unit.text()},
                        {"name", asked.name},
                        {"period", asked.period},
                        {"obligations", std::move(obligations)},
                        {"at", asked.at.text()},
                        {"journal", asked.journal},
                        {"packs", packs_view(table, policy, asked.at)},
                        {"calendar", calendar_of(policy)},
                        {"columns", std::move(columns)},
                        {"total", cells_view(table.rows.front())},
                        {"rows", std::move(lines)}});
}

std::vector<Node> nodes_of(const Closing& closing) {
  std::vector<Node> nodes = {{closing.unit, {}}};
  for (const Value& row : list_of(closing.content, "rows")) {
    nodes.push_back({UnitId::parse(text_of(row, "unit")).value_or(UnitId{}), {}});
  }
  return nodes;
}

std::vector<std::string> obligations_of(const Closing& closing) {
  std::vector<std::string> out;
  for (const Value& address : list_of(closing.content, "obligations")) {
    out.push_back(*address.text());
  }
  return out;
}

Value compared(const Closing& closing, const Table& now) {
  const auto& columns = list_of(closing.content, "columns");
  const auto& frozen_rows = list_of(closing.content, "rows");
  Value::List rows;
  for (std::size_t i = 0; i < frozen_rows.size(); ++i) {
    const Value& row = frozen_rows[i];
    rows.push_back(Value::object(
        {{"node", Value::object({{"id", *row.find("unit")}, {"name", *row.find("name")}})},
         {"cells", cells_compared(list_of(row, "cells"), columns, now, i + 1)}}));
  }
  Value frozen = Value::object({});
  for (const char* member : {"at", "journal", "packs", "calendar"}) {
    frozen.set(member, *closing.content.find(member));
  }
  return Value::object(
      {{"columns", *closing.content.find("columns")},
       {"total", Value::object({{"node", Value::object({{"id", closing.unit.text()},
                                                        {"name", *closing.content.find("name")}})},
                                {"cells", cells_compared(list_of(closing.content, "total"), columns,
                                                         now, 0)}})},
       {"rows", std::move(rows)},
       {"frozen", std::move(frozen)}});
}

}  // namespace huilu::compliance
