// Figures of indicators: of a unit with all below it, of its children as a table, and the facts
// behind one. All of them are put together from what one reading of the subtree found.
#include <algorithm>

#include "api/indicator_views.h"
#include "api/routes.h"
#include "api/standing.h"
#include "api/views.h"
#include "compliance/duty.h"
#include "obligation/organisation.h"
#include "obligation/periods.h"

namespace huilu::api {

namespace {

using command::Permission;
using indicator::Board;

struct AskedIndicators {
  Viewpoint viewpoint;
  std::optional<calendar::Period> period;
  std::vector<std::string> indicators;
  org::PageRequest page;
};

// The period is one of the calendar: what a campaign asks for is shown as of the day.
Refusals read_asked(Call& call, AskedIndicators& asked, bool needs_one, const More& more = {}) {
  std::optional<std::string> indicator, period;
  const auto own = [&](Query& query) {
    indicator = query.text("indicator");
    period = query.text("period");
    if (more) more(query);
  };
  auto refusals = read_viewpoint(call, asked.viewpoint, own);
  if (!refusals.empty()) return refusals;
  if (asked.viewpoint.node.place)
    return {{RefusalCode::field_range, "/tree", "affiliation", "seat", ""}};
  if (indicator) asked.indicators = {*indicator};
  if (needs_one && !indicator)
    refusals.push_back({RefusalCode::field_required, "/indicator", "", "", ""});
  if (period) asked.period = calendar::period_from(*period);
  if (period && !asked.period)
    refusals.push_back({RefusalCode::field_type, "/period", "2026", *period, ""});
  return refusals;
}

// How the cases of a duty stand below the node, home by home; from the index where it can answer.
class CasesBelow {
 public:
  CasesBelow(Call& call, const Viewpoint& viewpoint) : call_(call), viewpoint_(viewpoint) {}

  std::vector<obligation::CountedCases> operator()(const std::string& duty, Interval days) {
    const auto found = compliance::find_duty(call_.services.packs, duty);
    if (!found) return {};
    Viewpoint asked = viewpoint_;
    // What a campaign asked for stays to be seen when it is over.
    const Date from = found.obligation->of_campaign() ? Date::of(1, 1, 1) : days.from;
    asked.selection = {from, obligation::end_of(days), false, "", {duty}};
    const auto figures = figures_by(asked);
    std::vector<obligation::CountedCases> out;
    const auto homes = figures->homes(compliance::Tree::affiliation, asked.node, asked.selection);
    for (const auto& [home, standing] : homes)
      for (const auto verdict : compliance::concerned_verdicts)
        if (const auto count = standing.of(verdict); count > 0)
          out.push_back({"", home, verdict, count});
    return out;
  }

 private:
  // The evaluator keeps what it loaded below the node for the next duty.
  std::shared_ptr<compliance::Figures> figures_by(const Viewpoint& asked) {
    if (is_in_index(call_, asked)) return figures_for(call_, asked);
    if (!evaluated_) evaluated_ = figures_for(call_, asked);
    return evaluated_;
  }

  Call& call_;
  Viewpoint viewpoint_;
  std::shared_ptr<compliance::Figures> evaluated_;
};

indicator::Asked board_asked(const AskedIndicators& asked) {
  const Viewpoint& viewpoint = asked.viewpoint;
  const auto& period = asked.period;
  const Date within = period ? std::min(viewpoint.on, period->last_day()) : viewpoint.on;
  const Date day = period && within < period->from ? period->from : within;
  return {viewpoint.node.unit, day, viewpoint.on, viewpoint.known, viewpoint.as_of_now,
          asked.indicators};
}

Refusals check_board(const Board& board, const AskedIndicators& asked) {
  if (!asked.indicators.empty() && board.lines().empty())
    return {{RefusalCode::unknown_word, "/indicator", "", asked.indicators.front(), ""}};
  if (board.is_too_large())
    return {{RefusalCode::field_range, "/id", std::to_string(indicator::facts_max), "", ""}};
  return {};
}

// A figure of fewer than five members of a branch is one of persons.
class FewMembers {
 public:
  explicit FewMembers(Call& call) : call_(call), withheld_(call) {}

  bool hides(const Board::Line& line, const obligation::Figure& figure, UnitId node) {
    if (line.indicator->of.source != policy::SetSource::cases) return false;
    compliance::ColumnView column;
    for (const std::string& duty : line.indicator->of.names)
      if (const auto found = compliance::find_duty(call_.services.packs, duty))
        if (found.obligation->who.kind == policy::BearerKind::member)
          column.bearer = policy::BearerKind::member;
    compliance::Standing standing;
    standing.counts.due = figure.base;
    return withheld_.is_withheld(column, standing, {node, {}});
  }

 private:
  Call& call_;
  Withheld withheld_;
};

Value asked_node(const Viewpoint& viewpoint) {
  return Value::object({{"id", viewpoint.node.unit.text()}, {"name", viewpoint.name}});
}

Answer indicators(Call& call) {
  AskedIndicators asked;
  if (auto no = read_asked(call, asked, false); !no.empty()) return Answer::no(std::move(no));
  const store::Transaction snapshot(*call.reader, store::Access::read);
  Board board(*call.reader, call.services.packs, board_asked(asked),
              CasesBelow(call, asked.viewpoint));
  if (auto no = check_board(board, asked); !no.empty()) return Answer::no(std::move(no));
  const UnitId node = asked.viewpoint.node.unit;
  UnitNames names(call);
  FewMembers few(call);
  Value::List items;
  for (const Board::Line& line : board.lines()) {
    const auto figure = board.figure(line, node);
    names.load(figure.beyond);
    items.push_back(Value::object(
        {{"indicator", indicator_view(call, board, line)},
         {"figure", figure_view(call, line, figure, &names, few.hides(line, figure, node))}}));
  }
  return Answer::of(Value::object({{"node", asked_node(asked.viewpoint)},
                                   {"items", std::move(items)},
                                   {"as_of", as_of(call, asked.viewpoint)}}));
}

Answer children_indicators(Call& call) {
  AskedIndicators asked;
  const auto more = [&](Query& query) {
    asked.page.limit = query.integer("limit", 50, 1, 500);
    asked.page.cursor = query.text("cursor").value_or("");
  };
  if (auto no = read_asked(call, asked, false, more); !no.empty()) return Answer::no(std::move(no));
  if (auto no = org::check_page(asked.page); !no.empty()) return Answer::no(std::move(no));
  const Viewpoint& viewpoint = asked.viewpoint;
  const UnitId node = viewpoint.node.unit;
  const auto page = org::children_of(*call.reader, node, viewpoint.rows_on, asked.page);
  if (!page.items.empty())
    if (auto no = open_names(call, page.items.front().id, node); !no.empty())
      return Answer::no(std::move(no));
  const store::Transaction snapshot(*call.reader, store::Access::read);
  Board board(*call.reader, call.services.packs, board_asked(asked), CasesBelow(call, viewpoint));
  if (auto no = check_board(board, asked); !no.empty()) return Answer::no(std::move(no));
  FewMembers few(call);
  const auto cells_of = [&](UnitId unit) {
    Value::List cells;
    for (const Board::Line& line : board.lines()) {
      const auto figure = board.figure(line, unit);
      cells.push_back(figure_view(call, line, figure, nullptr, few.hides(line, figure, unit)));
    }
    return cells;
  };
  Value::List columns, rows;
  for (const Board::Line& line : board.lines())
    columns.push_back(indicator_view(call, board, line));
  for (const auto& unit : page.items)
    rows.push_back(Value::object({{"node", Value::object({{"id", unit.id.text()},
                                                          {"name", unit.name},
                                                          {"kind", unit.kind.type},
                                                          {"has_children", unit.has_children}})},
                                  {"cells", cells_of(unit.id)}}));
  return Answer::of(Value::object(
      {{"columns", std::move(columns)},
       {"total", Value::object({{"node", asked_node(viewpoint)}, {"cells", cells_of(node)}})},
       {"rows", std::move(rows)},
       {"next_cursor", page.next_cursor.empty() ? Value() : Value(page.next_cursor)},
       {"as_of", as_of(call, viewpoint)}}));
}

// One fact, counted or not.
struct ShownFact {
  std::string id;
  std::vector<UnitId> units;
  Date day;
  const obligation::MeasuredFact* counted = nullptr;
  const policy::Label* say = nullptr;
};

// `part`: a word of each path that the indicator is broken down by, "-" where nothing was stated.
bool has_key(const obligation::MeasuredFact& fact, const std::string& part) {
  if (part.empty()) return true;
  std::size_t from = 0;
  for (const auto& words : fact.keys) {
    if (from > part.size()) return false;
    const std::size_t cut = std::min(part.find(',', from), part.size());
    const std::string word = part.substr(from, cut - from);
    const bool is_there = std::find(words.begin(), words.end(), word) != words.end();
    if (word == "-" ? !words.empty() : !is_there) return false;
    from = cut + 1;
  }
  return from > part.size();
}

std::vector<ShownFact> shown_facts(Board& board, const Board::Line& line, UnitId node,
                                   const std::string& part) {
  std::vector<ShownFact> all;
  for (const auto* const fact : board.behind(line, node))
    if (has_key(*fact, part)) all.push_back({fact->id, fact->units, fact->day, fact, nullptr});
  if (part.empty())
    for (const auto* const fact : board.uncounted(line, node))
      all.push_back({fact->id, fact->units, fact->day, nullptr, &fact->say});
  std::stable_sort(all.begin(), all.end(),
                   [](const ShownFact& a, const ShownFact& b) { return b.day < a.day; });
  return all;
}

// Facts are shown one by one where their units may be named; what a pack keeps within a unit is
// shown there alone, and otherwise only counted.
class FactsPage {
 public:
  FactsPage(Call& call, const Board::Line& line, UnitId node)
      : call_(call), line_(line), node_(node), names_(call) {}

  Value::List items;
  std::int64_t withheld = 0;

  void add(const std::vector<ShownFact>& facts) {
    std::vector<UnitId> units;
    for (const ShownFact& fact : facts)
      units.insert(units.end(), fact.units.begin(), fact.units.end());
    names_.load(units);
    for (const ShownFact& fact : facts) add(fact);
  }

 private:
  void add(const ShownFact& fact) {
    const bool is_near = line_.indicator->visible.names >= policy::Scope::line ||
                         std::find(fact.units.begin(), fact.units.end(), node_) != fact.units.end();
    if (!is_near || is_of_cases()) {
      ++withheld;
      return;
    }
    Value::List units;
    for (const UnitId unit : fact.units) units.push_back(names_.view(unit));
    const bool sums = line_.indicator->path && line_.indicator->measure != policy::Measure::count;
    const bool shares = line_.indicator->measure == policy::Measure::share;
    const auto amount =
        fact.counted && sums ? obligation::fraction(fact.counted->amount, 1'000'000) : std::nullopt;
    const auto language = static_cast<policy::Language>(call_.language);
    items.push_back(
        Value::object({{"id", fact.id},
                       {"units", std::move(units)},
                       {"date", fact.day.text()},
                       {"counted", fact.counted != nullptr},
                       {"is_part", fact.counted && shares ? Value(fact.counted->is_part) : Value()},
                       {"amount", amount ? Value(text_of(*amount)) : Value()},
                       {"why", fact.say ? text_or_null(fact.say->in(language)) : Value()}}));
  }

  bool is_of_cases() const { return line_.indicator->of.source == policy::SetSource::cases; }

  Call& call_;
  const Board::Line& line_;
  UnitId node_;
  UnitNames names_;
};

Answer indicator_facts(Call& call) {
  AskedIndicators asked;
  std::string part;
  int skip = 0, limit = 50;
  const auto more = [&](Query& query) {
    part = query.text("part").value_or("");
    limit = query.integer("limit", 50, 1, 500);
    skip = query.integer("cursor", 0, 0, INT32_MAX);
  };
  if (auto no = read_asked(call, asked, true, more); !no.empty()) return Answer::no(std::move(no));
  const UnitId node = asked.viewpoint.node.unit;
  const store::Transaction snapshot(*call.reader, store::Access::read);
  Board board(*call.reader, call.services.packs, board_asked(asked),
              CasesBelow(call, asked.viewpoint));
  if (auto no = check_board(board, asked); !no.empty()) return Answer::no(std::move(no));
  const Board::Line& line = board.lines().front();
  const auto all = shown_facts(board, line, node, part);
  FactsPage page(call, line, node);
  const auto first = std::min(all.size(), static_cast<std::size_t>(skip));
  const auto last = std::min(all.size(), first + static_cast<std::size_t>(limit));
  page.add({all.begin() + static_cast<std::ptrdiff_t>(first),
            all.begin() + static_cast<std::ptrdiff_t>(last)});
  const auto figure = board.figure(line, node);
  UnitNames names(call);
  names.load(figure.beyond);
  FewMembers few(call);
  return Answer::of(Value::object(
      {{"indicator", indicator_view(call, board, line)},
       {"figure", figure_view(call, line, figure, &names, few.hides(line, figure, node))},
       {"items", std::move(page.items)},
       {"withheld", page.withheld},
       {"total", static_cast<std::int64_t>(all.size())},
       {"next_cursor", last < all.size() ? Value(std::to_string(last)) : Value()},
       {"as_of", as_of(call, asked.viewpoint)}}));
}

}  // namespace

std::vector<Route> indicator_routes() {
  std::vector<Route> routes;
  const auto get = [&](std::string_view path, std::string_view reply, std::string_view query,
                       std::string_view summary, Handler handler) {
    Route route{http::Method::get,
                path,
                Access::signed_in,
                Permission::standing_read,
                Asked::path_unit,
                BodyKind::none,
                "",
                reply,
                200,
                summary,
                handler};
    route.query = query;
    routes.push_back(route);
  };
  get("/units/{id}/indicators", "IndicatorList", "on known_at indicator period",
      "Figures of the indicators in force, of a unit with all below it", indicators);
  get("/units/{id}/children/indicators", "IndicatorTable",
      "on known_at indicator period limit cursor",
      "Figures of its children as a table, in official order", children_indicators);
  get("/units/{id}/indicators/facts", "IndicatorFacts",
      "on known_at indicator period part limit cursor",
      "The facts behind a figure, those that do not count among them", indicator_facts);
  return routes;
}

}  // namespace huilu::api
