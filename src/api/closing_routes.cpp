// Closed periods: freeze the figures of a unit and its children, and read them beside what they
// would be now.
#include "api/names.h"
#include "api/routes.h"
#include "api/standing.h"
#include "api/views.h"
#include "base/members.h"
#include "calendar/period.h"
#include "compliance/commands.h"
#include "compliance/load_facts.h"
#include "compliance/queries_closing.h"
#include "org/queries.h"

namespace huilu::api {

namespace {

using command::Permission;
using compliance::Closing;
using compliance::Node;

constexpr int children_max = 500;
constexpr int attempts = 5;

// Every child on the last day of the period, in official order.
std::vector<compliance::Row> rows_of(Call& call, UnitId unit, Date on) {
  std::vector<compliance::Row> rows;
  org::PageRequest request;
  request.limit = children_max;
  do {
    const auto page = org::children_of(*call.reader, unit, on, request);
    for (const auto& child : page.items) rows.push_back({child.id, child.name});
    request.cursor = page.next_cursor;
  } while (!request.cursor.empty());
  return rows;
}

// The last day of a period by its name; of a campaign that of its columns.
std::optional<Date> end_of(const std::string& period, const compliance::Table& table) {
  if (const auto found = calendar::period_from(period)) return found->until;
  std::optional<Date> until;
  for (const auto& column : table.columns) {
    until = std::max(until.value_or(column.until), column.until);
  }
  return until;
}

// The figures with the number of the journal that they stand for: read again where something was
// committed meanwhile.
compliance::Table table_of(Call& call, compliance::ToClose& asked,
                           const std::vector<compliance::Row>& rows) {
  std::vector<Node> nodes = {{asked.unit, {}}};
  for (const auto& row : rows) nodes.push_back({row.unit, {}});
  Viewpoint viewpoint;
  viewpoint.on = call.today;
  viewpoint.selection = compliance::selection_of(asked.period, asked.obligations, call.today);
  compliance::Table table;
  for (int attempt = 0; attempt < attempts; ++attempt) {
    asked.journal = call.services.road.published();
    const store::Transaction snapshot(*call.reader, store::Access::read);
    viewpoint.known = call.services.clock.now();
    table = figures_for(call, viewpoint)
                ->table(compliance::Tree::affiliation, nodes, viewpoint.selection);
    if (call.services.road.published() == asked.journal) break;
  }
  return table;
}

Answer close_period(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  compliance::ToClose asked;
  asked.unit = in.id<UnitId>("unit");
  asked.period = in.text("period", 40);
  asked.obligations = in.texts("obligations");
  in.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  if (auto no = call.check(Permission::period_close, {asked.unit}); !no.empty()) {
    for (auto& refusal : no) {
      if (refusal.code == RefusalCode::not_found)
        refusal = {RefusalCode::unknown_unit, "/unit", "", refusal.where, ""};
    }
    return Answer::no(std::move(no));
  }
  const auto dates = calendar::period_from(asked.period);
  const Date last = dates ? std::min(dates->last_day(), call.today) : call.today;
  const auto unit = org::unit_on(*call.reader, asked.unit, last);
  if (!unit) return Answer::no(RefusalCode::unknown_unit, "/unit");
  asked.name = unit->name;
  asked.at = call.today;
  const auto rows = rows_of(call, asked.unit, last);
  const auto table = table_of(call, asked, rows);
  const auto until = end_of(asked.period, table);
  if (!until || table.columns.empty()) {
    return Answer::no(RefusalCode::unknown_word, "/period", "2026-11", asked.period);
  }
  const auto policy = compliance::load_policy(*call.reader, call.services.packs);
  return Answer::run(std::make_unique<compliance::ClosePeriod>(
      asked.unit, asked.period, *until,
      compliance::frozen(asked, rows, table, policy, call.services.packs)));
}

Value summary_of(const Closing& closing) {
  return Value::object({{"id", closing.id.text()},
                        {"unit", closing.unit.text()},
                        {"name", *closing.content.find("name")},
                        {"period", closing.period},
                        {"closed", closing.at.text()},
                        {"closed_by", closing.by ? Value(closing.by.text()) : Value()},
                        {"journal", closing.seq}});
}

Answer list_closings(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  const auto unit = query.id<UnitId>("unit");
  const int limit = query.integer("limit", 50, 1, 500);
  const auto after = query.id<ClosingId>("cursor");
  query.finish();
  if (!unit && refusals.empty()) {
    refusals.push_back({RefusalCode::field_required, "/unit", "u1", "", ""});
  }
  if (refusals.empty()) refusals = call.check(Permission::standing_read, {*unit});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto found =
      compliance::list_closings(*call.reader, *unit, after.value_or(ClosingId{}), limit + 1);
  Value::List items;
  std::string next;
  for (const auto& closing : found) {
    if (items.size() == static_cast<std::size_t>(limit)) {
      next = found[items.size() - 1].id.text();
      break;
    }
    items.push_back(summary_of(closing));
  }
  return Answer::of(listed(call, std::move(items), next));
}

// As everywhere: a few members' figures are shown to nobody but the branch.
void withhold_small(Call& call, Value& view) {
  Withheld withheld(call);
  const auto& columns = *view.find("columns")->list();
  const auto cells_of = [&](const Value& line) {
    const auto unit = UnitId::parse(*line.find("node")->find("id")->text()).value_or(UnitId{});
    Value::List cells;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const Value& cell = (*line.find("cells")->list())[i];
      compliance::ColumnView column;
      if (*columns[i].find("bearer") == Value("member")) {
        column.bearer = policy::BearerKind::member;
      }
      compliance::Standing frozen;
      frozen.counts.due = *cell.find("frozen")->find("due")->integer();
      frozen.counts.exempt = *cell.find("frozen")->find("exempt")->integer();
      cells.push_back(withheld.is_withheld(column, frozen, {unit, {}}) ? Value() : cell);
    }
    return cells;
  };
  Value total = *view.find("total");
  total.set("cells", cells_of(total));
  Value::List rows;
  for (const Value& line : *view.find("rows")->list()) {
    Value row = line;
    row.set("cells", cells_of(line));
    rows.push_back(std::move(row));
  }
  view.set("total", std::move(total));
  view.set("rows", std::move(rows));
}

Answer show_closing(Call& call) {
  const auto id = call.id<ClosingId>("id");
  const auto closing = id ? compliance::find_closing(*call.reader, *id) : std::nullopt;
  if (!closing) return Answer::no(RefusalCode::not_found);
  if (auto no = call.check(Permission::standing_read, {closing->unit}); !no.empty()) {
    return Answer::no(std::move(no));
  }
  const auto nodes = compliance::nodes_of(*closing);
  if (auto no = open_names(call, nodes.back().unit, closing->unit); !no.empty()) {
    return Answer::no(std::move(no));
  }
  Viewpoint viewpoint;
  viewpoint.on = call.today;
  viewpoint.known = call.services.clock.now();
  viewpoint.selection =
      compliance::selection_of(closing->period, compliance::obligations_of(*closing), call.today);
  const store::Transaction snapshot(*call.reader, store::Access::read);
  const auto now = figures_for(call, viewpoint)
                       ->table(compliance::Tree::affiliation, nodes, viewpoint.selection);
  Value view = summary_of(*closing);
  Value both = compliance::compared(*closing, now);
  for (auto& [key, value] : both.object()->members) {
    view.set(key, std::move(value));
  }
  withhold_small(call, view);
  view.set("as_of", as_of(call));
  return Answer::of(std::move(view));
}

}  // namespace

std::vector<Route> closing_routes() {
  using http::Method;
  constexpr auto in = Access::signed_in;
  constexpr auto none = BodyKind::none;
  return {
      {Method::post, "/period-closings", in, Permission::period_close, Asked::body_units,
       BodyKind::json, "NewClosing", "ClosingMade", 201,
       "Freeze the figures of a period that is over", close_period},
      {Method::get, "/period-closings", in, Permission::standing_read, Asked::body_units, none, "",
       "ClosingList", 200, "Closed periods of a unit", list_closings, nullptr, "unit limit cursor"},
      {Method::get, "/period-closings/{id}", in, Permission::standing_read, Asked::lists, none, "",
       "Closing", 200, "Figures as they were frozen, beside what they would be now", show_closing},
  };
}

}  // namespace huilu::api
