// Where units stand: figures of a node, of its children as a table, who is behind a figure, how it
// went and what comes next; of units and, in the tree of seats, of places.
#include <algorithm>

#include "api/names.h"
#include "api/routes.h"
#include "api/standing.h"
#include "api/views.h"
#include "compliance/duty.h"
#include "compliance/queries_closing.h"
#include "compliance/views.h"

namespace huilu::api {

namespace {

using command::Permission;
using compliance::Node;
using compliance::Standing;
using compliance::Table;

Value cells_view(Withheld& withheld, const Table& table, std::size_t row, const Node& node) {
  Value::List cells;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    cells.push_back(withheld.cell(table.columns[i], table.rows[row][i], node));
  }
  return cells;
}

Value node_view(const Viewpoint& viewpoint) {
  const auto id = viewpoint.node.unit ? viewpoint.node.unit.text() : viewpoint.node.place.text();
  return Value::object({{"id", id}, {"name", viewpoint.name}});
}

Answer standing(Call& call) {
  Viewpoint viewpoint;
  const auto more = [&](Query& query) { read_tree_of(query, call, viewpoint); };
  if (auto no = read_viewpoint(call, viewpoint, more); !no.empty())
    return Answer::no(std::move(no));
  const auto table = family_table(call, viewpoint, {viewpoint.node});
  Withheld withheld(call);
  return Answer::of(Value::object({{"node", node_view(viewpoint)},
                                   {"columns", columns_view(call, table.columns, viewpoint.on)},
                                   {"cells", cells_view(withheld, table, 0, viewpoint.node)},
                                   {"as_of", as_of(call, viewpoint)}}));
}

// The rows of the heat table: a page of children, in official order.
struct Rows {
  std::vector<Node> nodes;
  std::vector<Value> views;
  std::string next_cursor;
};

void add_row(Rows& rows, const Node& node, const std::string& name, const std::string& kind,
             bool has_children, bool named) {
  rows.nodes.push_back(node);
  const auto id = node.unit ? node.unit.text() : node.place.text();
  rows.views.push_back(Value::object({{"id", named ? Value(id) : Value()},
                                      {"name", named ? Value(name) : Value()},
                                      {"kind", kind},
                                      {"has_children", has_children}}));
}

// Children of a unit are one level further down, and their names need a reason as theirs does.
Refusals unit_rows(Call& call, const Viewpoint& viewpoint, const org::PageRequest& request,
                   Rows& rows) {
  const auto page = org::children_of(*call.reader, viewpoint.node.unit, viewpoint.rows_on, request);
  if (!page.items.empty()) {
    auto no = open_names(call, page.items.front().id, viewpoint.node.unit);
    if (!no.empty()) return no;
  }
  for (const auto& unit : page.items) {
    add_row(rows, {unit.id, {}}, unit.name, unit.kind.type, unit.has_children, true);
  }
  rows.next_cursor = page.next_cursor;
  return {};
}

// Places first, then the units that are seated in exactly this place; these only by number where
// their names are not open.
Refusals place_rows(Call& call, const Viewpoint& viewpoint, org::PageRequest request, Rows& rows) {
  const bool among_units = UnitId::parse(request.cursor).has_value();
  if (!among_units) {
    const auto page = org::places_in(*call.reader, viewpoint.node.place, request);
    for (const auto& place : page.items) {
      add_row(rows, {{}, place.id}, place.name, "place", true, true);
    }
    rows.next_cursor = page.next_cursor;
    if (!rows.next_cursor.empty()) return {};
    request.cursor.clear();
    request.limit -= static_cast<int>(page.items.size());
    if (request.limit < 1) request.limit = 1;
  }
  const auto open =
      identity::open_names(*call.reader, call.who.account, call.who.session, call.today);
  const auto page =
      org::units_seated_in(*call.reader, viewpoint.node.place, viewpoint.rows_on, request);
  for (const auto& unit : page.items) {
    add_row(rows, {unit.id, {}}, unit.name, unit.kind.type, false, open.open(unit.path));
  }
  rows.next_cursor = page.next_cursor;
  return {};
}

Answer children_standing(Call& call) {
  Viewpoint viewpoint;
  org::PageRequest request;
  const auto more = [&](Query& query) {
    request.limit = query.integer("limit", 50, 1, 500);
    request.cursor = query.text("cursor").value_or("");
    read_tree_of(query, call, viewpoint);
  };
  if (auto no = read_viewpoint(call, viewpoint, more); !no.empty())
    return Answer::no(std::move(no));
  if (auto no = org::check_page(request); !no.empty()) return Answer::no(std::move(no));
  Rows rows;
  auto no = viewpoint.node.unit ? unit_rows(call, viewpoint, request, rows)
                                : place_rows(call, viewpoint, request, rows);
  if (!no.empty()) return Answer::no(std::move(no));
  std::vector<Node> nodes = {viewpoint.node};
  nodes.insert(nodes.end(), rows.nodes.begin(), rows.nodes.end());
  const auto table = family_table(call, viewpoint, nodes);
  Withheld withheld(call);
  Value::List lines;
  for (std::size_t i = 0; i < rows.nodes.size(); ++i) {
    lines.push_back(Value::object({{"node", std::move(rows.views[i])},
                                   {"cells", cells_view(withheld, table, i + 1, rows.nodes[i])}}));
  }
  return Answer::of(Value::object(
      {{"columns", columns_view(call, table.columns, viewpoint.on)},
       {"total", Value::object({{"node", node_view(viewpoint)},
                                {"cells", cells_view(withheld, table, 0, viewpoint.node)}})},
       {"rows", std::move(lines)},
       {"next_cursor", rows.next_cursor.empty() ? Value() : Value(rows.next_cursor)},
       {"as_of", as_of(call, viewpoint)}}));
}

// Points of each day on which the node's figures became different, and today's.
Answer standing_history(Call& call) {
  Viewpoint viewpoint;
  std::optional<std::string> obligation, period;
  Date from = Date::of(1, 1, 1);
  const auto more = [&](Query& query) {
    obligation = query.text("obligation");
    period = query.text("period");
    from = query.date("from").value_or(from);
  };
  if (auto no = read_viewpoint(call, viewpoint, more); !no.empty())
    return Answer::no(std::move(no));
  if (!obligation) return Answer::no(RefusalCode::field_required, "/obligation");
  const auto duty = compliance::find_duty(call.services.packs, *obligation);
  compliance::ColumnView shown;
  if (duty) shown.bearer = duty.obligation->who.kind;
  Withheld withheld(call);
  Value::List points;
  const auto add = [&](const std::string& name, const std::string& day, std::int64_t due,
                       std::int64_t done, std::int64_t failed, std::int64_t unknown,
                       std::int64_t exempt) {
    Standing counted;
    counted.counts.due = due;
    counted.counts.exempt = exempt;
    if (withheld.is_withheld(shown, counted, viewpoint.node)) return;
    points.push_back(Value::object({{"period", name},
                                    {"day", day},
                                    {"due", due},
                                    {"done", done},
                                    {"failed", failed},
                                    {"unknown", unknown},
                                    {"exempt", exempt}}));
  };
  for (const auto& point : compliance::history_of(*call.reader, viewpoint.tree, viewpoint.node,
                                                  *obligation, period.value_or(""), from)) {
    if (point.day == call.today) continue;
    add(point.period, point.day.text(), point.due, point.done, point.failed, point.unknown,
        point.exempt);
  }
  const auto now =
      figures_for(call, viewpoint)->table(viewpoint.tree, {viewpoint.node}, viewpoint.selection);
  for (std::size_t i = 0; i < now.columns.size(); ++i) {
    const Standing& one = now.rows.front()[i];
    add(now.columns[i].period, viewpoint.on.text(), one.counts.due, one.done(), one.failed,
        one.counts.unknown, one.counts.exempt);
  }
  return Answer::of(
      Value::object({{"points", std::move(points)}, {"as_of", as_of(call, viewpoint)}}));
}

// A duty with something short whose next date is near.
struct Next {
  Date day;
  std::size_t column;
};

// What was to be done is over, but not yet what was to be entered.
constexpr int grace_at_most_days = 365;

Answer upcoming(Call& call) {
  Viewpoint viewpoint;
  int days = 60;
  const auto more = [&](Query& query) { days = query.integer("days", 60, 1, 400); };
  if (auto no = read_viewpoint(call, viewpoint, more); !no.empty())
    return Answer::no(std::move(no));
  viewpoint.selection.from = viewpoint.on + -grace_at_most_days;
  viewpoint.selection.until = viewpoint.on + days;
  const store::Transaction snapshot(*call.reader, store::Access::read);
  const auto table =
      figures_for(call, viewpoint)->table(viewpoint.tree, {viewpoint.node}, viewpoint.selection);
  std::vector<Next> found;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const auto& schedule = table.columns[i].schedule;
    const Date next = viewpoint.on <= schedule.act ? schedule.act : schedule.enter;
    const Standing& one = table.rows.front()[i];
    const bool short_of_it = one.in_grace + one.at_risk + one.open > 0;
    if (short_of_it && viewpoint.on <= next && next <= viewpoint.on + days)
      found.push_back({next, i});
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Next& a, const Next& b) { return a.day < b.day; });
  Withheld withheld(call);
  Value::List items;
  for (const Next& next : found) {
    const auto& column = table.columns[next.column];
    items.push_back(Value::object(
        {{"column",
          compliance::column_view(column, call.services.packs, call.language, viewpoint.on)},
         {"cell", withheld.cell(column, table.rows.front()[next.column], viewpoint.node)}}));
  }
  return Answer::of(
      Value::object({{"items", std::move(items)}, {"as_of", as_of(call, viewpoint)}}));
}

}  // namespace

std::vector<Route> standing_routes() {
  std::vector<Route> routes;
  const auto get = [&](std::string_view path, std::string_view reply, std::string_view query,
                       std::string_view summary, Handler handler) {
    const bool of_unit = path.starts_with("/units");
    Route route{http::Method::get,
                path,
                Access::signed_in,
                Permission::standing_read,
                of_unit ? Asked::path_unit : Asked::lists,
                BodyKind::none,
                "",
                reply,
                200,
                summary,
                handler};
    route.query = query;
    routes.push_back(route);
  };
  constexpr std::string_view one = "on known_at tree tree_of obligation period";
  constexpr std::string_view page = "on known_at tree tree_of obligation period limit cursor";
  constexpr std::string_view trend = "on known_at tree obligation period from";
  constexpr std::string_view ahead = "on known_at tree obligation days";
  get("/units/{id}/standing", "Standing", one, "Figures of a unit with all below it", standing);
  get("/places/{id}/standing", "Standing", one, "Figures of all units seated in a place", standing);
  get("/units/{id}/children/standing", "StandingTable", page,
      "Figures of its children as a table, in official order", children_standing);
  get("/places/{id}/children/standing", "StandingTable", page,
      "Figures of the places and units in a place as a table", children_standing);
  get("/units/{id}/standing/history", "StandingHistory", trend, "How figures went, day by day",
      standing_history);
  get("/places/{id}/standing/history", "StandingHistory", trend, "How figures went, day by day",
      standing_history);
  get("/units/{id}/upcoming", "UpcomingList", ahead, "Dates that come next with something short",
      upcoming);
  get("/places/{id}/upcoming", "UpcomingList", ahead, "Dates that come next with something short",
      upcoming);
  return routes;
}

}  // namespace huilu::api
