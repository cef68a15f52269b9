#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "compliance/figures.h"
#include "compliance/load_facts.h"
#include "compliance/queries.h"
#include "obligation/organisation.h"
#include "org/paths.h"
#include "org/tables.h"

namespace huilu::compliance {

namespace {

using obligation::Explanation;
using obligation::Facts;
using store::Connection;

// The evaluator looks at every record among its facts for each bearer: with all that many homes
// have, that grows with the square. A few at once save questions to the tables.
constexpr std::size_t homes_at_once = 4;
// Their facts are kept for the next question below the same nodes: of a district some 50 MB.
constexpr auto homes_kept = static_cast<std::size_t>(evaluated_units_max);

using Seats = std::map<UnitId, obligation::Dates<std::string>>;  // paths of places

template <class Each>
void for_each_row(const Reads& reads, Each each) {
  for (const auto& rows : reads) {
    for (const auto row : *rows) each(row);
  }
}

// Some homes with everything that was loaded for them.
struct Loaded {
  std::set<UnitId> homes;
  Facts facts;
  Seats seats;
};

struct Judged {
  Loaded loaded;
  obligation::Evaluator evaluator{loaded.facts};
};

// Whoever is counted in one of the nodes.
struct Below {
  Tree tree = Tree::affiliation;
  std::vector<Node> nodes;

  bool operator==(const Below&) const = default;
};

// The nodes that a home is counted in on a day, itself first.
std::vector<Node> nodes_above(const Loaded& loaded, Tree tree, UnitId home, Date day) {
  std::vector<Node> nodes = {{home, {}}};
  const auto* unit = obligation::find_unit(loaded.facts, home);
  if (unit == nullptr) return nodes;
  if (tree == Tree::affiliation) {
    while ((unit = obligation::parent_on(loaded.facts, *unit, day)) != nullptr) {
      nodes.push_back({unit->id, {}});
    }
    return nodes;
  }
  const auto seats = loaded.seats.find(home);
  if (seats == loaded.seats.end()) return nodes;
  const auto* path = obligation::value_on(seats->second, obligation::day_within(*unit, day));
  if (path == nullptr) return nodes;
  for (const auto place : org::ids_of_path(*path)) nodes.push_back({{}, PlaceId{place}});
  return nodes;
}

// A column with the declaration that it comes from.
struct Declared {
  const policy::Obligation* obligation = nullptr;
  calendar::Period period;
};

struct JudgedCell {
  UnitId home;
  std::size_t column;
  obligation::Bearer bearer;
  const std::vector<Node>& above;
  const Explanation& explanation;
};

void add_to(Standing& standing, const Explanation& explanation) {
  standing.add(explanation.the_class, explanation.phase, 1);
  const auto& marks = explanation.marks;
  if (explanation.the_class == obligation::Class::met &&
      std::find(marks.begin(), marks.end(), obligation::Mark::entered_late) != marks.end()) {
    ++standing.counts.entered_late;
  }
}

class Evaluated : public Figures {
 public:
  Evaluated(Connection& connection, const std::vector<policy::Pack>& packs, Date at, Instant known,
            std::optional<Date> tree_on)
      : connection_(connection),
        policy_(load_policy(connection, packs)),
        at_(at),
        known_(known),
        tree_on_(tree_on) {}

  Table table(Tree tree, const std::vector<Node>& nodes, const Selection& selection) override {
    Table out;
    std::vector<Declared> declared;
    select(selection, out.columns, declared);
    out.rows.assign(nodes.size(), std::vector<Standing>(out.columns.size()));
    std::multimap<Node, std::size_t> rows;
    for (std::size_t row = 0; row < nodes.size(); ++row) rows.emplace(nodes[row], row);
    std::vector<std::map<obligation::Schedule, std::int64_t>> schedules(out.columns.size());
    for_each_cell(tree, nodes, declared, [&](const JudgedCell& cell) {
      ++schedules[cell.column][cell.explanation.schedule];
      for (const Node& node : cell.above) {
        const auto [first, last] = rows.equal_range(node);
        for (auto row = first; row != last; ++row) {
          add_to(out.rows[row->second][cell.column], cell.explanation);
        }
      }
    });
    for (std::size_t i = 0; i < out.columns.size(); ++i) {
      const auto most =
          std::max_element(schedules[i].begin(), schedules[i].end(),
                           [](const auto& a, const auto& b) { return a.second < b.second; });
      if (most != schedules[i].end()) out.columns[i].schedule = most->first;
    }
    return out;
  }

  std::vector<BehindLine> behind(const Behind& asked) override {
    Selection selection{Date::of(1, 1, 1), Date::of(9999, 12, 31)};
    selection.period = asked.period;
    selection.obligations = {asked.obligation};
    std::vector<ColumnView> columns;
    std::vector<Declared> declared;
    select(selection, columns, declared);
    std::map<UnitId, BehindLine> lines;
    for_each_cell(asked.tree, {asked.node}, declared, [&](const JudgedCell& cell) {
      auto& line = lines[cell.home];
      line.home = cell.home;
      if (cell.bearer.unit) line.bearer = cell.bearer;
      add_to(line.standing, cell.explanation);
    });
    std::vector<BehindLine> out;
    for (auto& [home, line] : lines) {
      const bool wanted =
          std::any_of(asked.verdicts.begin(), asked.verdicts.end(),
                      [&line = line](auto verdict) { return line.standing.of(verdict) > 0; });
      if (!wanted) continue;
      line.worst = line.standing.worst().value();
      out.push_back(std::move(line));
    }
    put_in_order(asked.tree, out);
    out.erase(out.begin(),
              out.begin() + static_cast<std::ptrdiff_t>(std::min(asked.skip, out.size())));
    if (out.size() > asked.limit) out.resize(asked.limit);
    return out;
  }

  std::vector<HomeStanding> homes(Tree tree, const Node& node,
                                  const Selection& selection) override {
    std::vector<ColumnView> columns;
    std::vector<Declared> declared;
    select(selection, columns, declared);
    std::map<std::pair<std::size_t, UnitId>, Standing> lines;
    for_each_cell(tree, {node}, declared, [&](const JudgedCell& cell) {
      add_to(lines[{cell.column, cell.home}], cell.explanation);
    });
    std::vector<HomeStanding> out;
    for (const auto& [at, standing] : lines) out.push_back({at.second, standing});
    return out;
  }

 private:
  // Periods that have not begun are not shown: nothing can be done for them yet.
  void select(const Selection& selection, std::vector<ColumnView>& columns,
              std::vector<Declared>& declared) const {
    const Date until = std::min(selection.until, at_ + 1);
    for (const auto* duty : duties(selection.from, until)) {
      for (auto& period : obligation::periods_of(policy_, *duty, selection.from, until, known_)) {
        ColumnView column{duty->address,  period.name, period.from,        period.until,
                          duty->who.kind, {},          period.until <= at_};
        column.schedule = {period.from, period.until, period.last_day(), period.last_day()};
        if (!selection.takes(column)) continue;
        columns.push_back(std::move(column));
        declared.push_back({duty, std::move(period)});
      }
    }
  }

  // In force at the beginning, at the end, or on the day of a change between.
  std::vector<const policy::Obligation*> duties(Date from, Date until) const {
    std::set<Date> days = {from, until + -1};
    for (const auto& activation : policy_.activations) {
      if (activation.span.from > from && activation.span.from < until) {
        days.insert(activation.span.from);
      }
    }
    std::vector<const policy::Obligation*> out;
    for (auto day = days.rbegin(); day != days.rend(); ++day) {
      for (const auto* duty : obligation::obligations_on(policy_, *day, known_)) {
        const bool there = std::any_of(out.begin(), out.end(), [&](const auto* other) {
          return other->address == duty->address;
        });
        if (!there) out.push_back(duty);
      }
    }
    return out;
  }

  std::set<UnitId> homes_below(Tree tree, const std::vector<Node>& nodes) {
    std::set<UnitId> units;
    std::set<PlaceId> places;
    for (const Node& node : nodes) {
      if (node.unit) units.insert(node.unit);
      if (node.place) places.insert(node.place);
    }
    if (tree == Tree::affiliation) return units_below(connection_, units);
    auto seated = units_seated_below(connection_, places);
    seated.insert(units.begin(), units.end());
    return seated;
  }

  Loaded load(Tree tree, std::set<UnitId> homes) {
    Loaded loaded{std::move(homes), policy_, {}};
    load_units(connection_, {loaded.homes.begin(), loaded.homes.end()}, Names::left_out,
               loaded.facts);
    if (tree == Tree::affiliation) return loaded;
    const Reads seats = queue_seats(connection_, loaded.homes);
    connection_.flush();
    for_each_row(seats, [&](const store::Row& row) {
      loaded.seats[row.id<UnitId>(0)].push_back({row.text(1), org::span_from(row, 2)});
    });
    return loaded;
  }

  using EachCell = std::function<void(const JudgedCell&)>;

  // Every bearer that is counted in one of the nodes and whom the duty concerns.
  void for_each_cell(Tree tree, const std::vector<Node>& nodes,
                     const std::vector<Declared>& columns, const EachCell& each) {
    const std::set<Node> wanted(nodes.begin(), nodes.end());
    for_each_part({tree, nodes}, [&](Judged& part) {
      for (std::size_t column = 0; column < columns.size(); ++column) {
        for_each_bearer(tree, part, wanted, columns[column], column, each);
      }
    });
  }

  template <class Each>
  void for_each_part(const Below& below, Each each) {
    if (kept_of_ == below) {
      for (const auto& part : kept_) each(*part);
      return;
    }
    kept_.clear();
    kept_of_.reset();
    const auto homes = homes_below(below.tree, below.nodes);
    for (auto first = homes.begin(); first != homes.end();) {
      std::set<UnitId> some;
      while (first != homes.end() && some.size() < homes_at_once) some.insert(*first++);
      auto part = std::unique_ptr<Judged>(new Judged{load(below.tree, std::move(some))});
      each(*part);
      if (homes.size() <= homes_kept) kept_.push_back(std::move(part));
    }
    if (homes.size() <= homes_kept) kept_of_ = below;
  }

  // A period that is over keeps the tree of its last day, unless another is asked for.
  void for_each_bearer(Tree tree, Judged& part, const std::set<Node>& wanted,
                       const Declared& declared, std::size_t column, const EachCell& each) {
    auto& [loaded, evaluator] = part;
    const auto& [duty, period] = declared;
    const Date tree_day = tree_on_.value_or(std::min(at_, period.last_day()));
    for (const auto& bearer : obligation::bearers_of(loaded.facts, *duty, period, known_)) {
      const UnitId home = obligation::home_of(loaded.facts, bearer, *duty, period, at_);
      if (!loaded.homes.contains(home)) continue;
      const auto above = nodes_above(loaded, tree, home, tree_day);
      if (std::none_of(above.begin(), above.end(),
                       [&](const Node& node) { return wanted.contains(node); })) {
        continue;
      }
      const auto explanation =
          evaluator.evaluate({duty->address, bearer, period.name, at_, known_});
      if (explanation.the_class == obligation::Class::not_applicable) continue;
      each({home, column, bearer, above, explanation});
    }
  }

  using Order = std::tuple<std::int64_t, std::string, std::int64_t>;

  // By the way down the tree, each step in official order.
  void put_in_order(Tree tree, std::vector<BehindLine>& lines) {
    std::set<UnitId> homes;
    for (const auto& line : lines) homes.insert(line.home);
    Loaded loaded{homes, {}, {}};
    load_organisation(connection_, {homes.begin(), homes.end()}, loaded.facts);
    std::set<UnitId> named;
    for (const auto& [id, unit] : loaded.facts.units) named.insert(id);
    const Reads orders = queue_orders(connection_, named);
    connection_.flush();
    std::map<UnitId, Order> order_of;
    for_each_row(orders, [&](const store::Row& row) {
      order_of[row.id<UnitId>(0)] = {row.integer_or_null(1).value_or(INT64_MAX), row.text(2),
                                     row.integer(0)};
    });
    std::map<UnitId, std::vector<Order>> ways;
    for (const UnitId home : homes) {
      auto& way = ways[home];
      for (const Node& node : nodes_above(loaded, Tree::affiliation, home, at_)) {
        way.insert(way.begin(), order_of[node.unit]);
      }
      if (tree == Tree::seat) way.erase(way.begin(), way.end() - 1);
    }
    std::sort(lines.begin(), lines.end(), [&](const BehindLine& a, const BehindLine& b) {
      return std::tie(a.worst, ways[a.home]) < std::tie(b.worst, ways[b.home]);
    });
  }

  Connection& connection_;
  const Facts policy_;
  const Date at_;
  const Instant known_;
  const std::optional<Date> tree_on_;
  std::optional<Below> kept_of_;
  std::vector<std::unique_ptr<Judged>> kept_;
};

}  // namespace

std::unique_ptr<Figures> figures_on(Connection& connection, const std::vector<policy::Pack>& packs,
                                    Date at, Instant known, std::optional<Date> tree_on) {
  return std::make_unique<Evaluated>(connection, packs, at, known, tree_on);
}

}  // namespace huilu::compliance
