#include "compliance/reading.h"

#include <algorithm>
#include <functional>

namespace huilu::compliance {

namespace {

using obligation::Class;
using obligation::Verdict;

// The bearers of one column, read at a day.
void add(Standing& standing, const Histogram& bearers, obligation::Phase phase) {
  for (std::size_t i = 1; i < bearers.bearers.size(); ++i) {
    if (bearers.bearers[i] != 0) standing.add(static_cast<Class>(i), phase, bearers.bearers[i]);
  }
  standing.counts.entered_late += bearers.bearers[Histogram::entered_late];
}

// Homes in the order of lists: one worst verdict after another, each in official order.
class BehindWalk {
 public:
  BehindWalk(const std::vector<Verdict>& wanted, std::size_t skip, std::size_t limit)
      : wanted_(wanted), skip_(skip), limit_(limit) {}

  bool full() const { return lines_.size() >= limit_; }
  bool wants(const Standing& standing) const {
    return std::any_of(wanted_.begin(), wanted_.end(),
                       [&](Verdict verdict) { return standing.of(verdict) > 0; });
  }
  // Passes over so many at once; false where some of them are to be shown.
  bool pass(std::size_t homes) {
    if (homes > skip_) return false;
    skip_ -= homes;
    return true;
  }
  void add(BehindLine line) {
    if (skip_ > 0) {
      --skip_;
    } else {
      lines_.push_back(std::move(line));
    }
  }
  std::vector<BehindLine> lines() { return std::move(lines_); }

 private:
  const std::vector<Verdict>& wanted_;
  std::size_t skip_;
  std::size_t limit_;
  std::vector<BehindLine> lines_;
};

}  // namespace

std::optional<Reading::Place> Reading::place_of(Tree tree, Node node) const {
  const Organisation& organisation = world_.organisation();
  Place place;
  if (tree == Tree::seat && node.place) {
    place.holder = organisation.find(node.place);
  } else if (node.unit && !node.place) {
    (tree == Tree::affiliation ? place.holder : place.unit) = organisation.find(node.unit);
  }
  if (place.holder == no_slot && place.unit == no_slot) return {};
  return place;
}

Standing Reading::standing_of_home(const Sheet& sheet, Slot home) const {
  Standing standing;
  sheet.for_each_part(home, [&](std::uint16_t column, const Histogram& bearers) {
    add(standing, bearers, obligation::phase_on(sheet.columns()[column].schedule, today_));
  });
  return standing;
}

Standing Reading::standing_at(const Sheet& sheet, Tree tree, Place place) const {
  if (place.holder == no_slot) return standing_of_home(sheet, place.unit);
  thread_local std::vector<Histogram> sums;
  sums.clear();
  sheet.add_counts(tree, place.holder, world_.organisation(), world_.today(), sums);
  Standing standing;
  for (std::size_t column = 0; column < sums.size(); ++column) {
    add(standing, sums[column], obligation::phase_on(sheet.columns()[column].schedule, today_));
  }
  return standing;
}

std::vector<ColumnView> Reading::columns(Date from, Date until) const {
  std::vector<ColumnView> out;
  for (const auto& ledger : world_.book().ledgers()) {
    const Sheet& sheet = ledger->sheet;
    const calendar::Period& period = sheet.period();
    if (period.until <= from || until <= period.from) continue;
    const auto most =
        std::max_element(sheet.columns().begin(), sheet.columns().end(),
                         [](const Column& a, const Column& b) { return a.bearers < b.bearers; });
    // Where nobody is concerned there is no schedule: the period itself.
    const obligation::Schedule schedule =
        most == sheet.columns().end()
            ? obligation::Schedule{period.from,       period.until, period.last_day(),
                                   period.last_day(), false,        false}
            : most->schedule;
    out.push_back({sheet.obligation(), period.name, period.from, period.until, sheet.bearer(),
                   schedule, period.until <= today_});
  }
  return out;
}

std::optional<Standing> Reading::standing(Tree tree, Node node, const std::string& obligation,
                                          const std::string& period) const {
  const auto place = place_of(tree, node);
  const Ledger* const ledger = world_.book().find(obligation, period);
  if (!place || !ledger) return {};
  return standing_at(ledger->sheet, tree, *place);
}

std::vector<Standing> Reading::standings(Tree tree, const std::vector<Node>& nodes,
                                         const std::vector<ColumnView>& columns) const {
  std::vector<const Ledger*> ledgers;
  for (const ColumnView& column : columns) {
    ledgers.push_back(world_.book().find(column.obligation, column.period));
  }
  std::vector<Standing> out;
  out.reserve(nodes.size() * columns.size());
  for (const Node& node : nodes) {
    const auto place = place_of(tree, node);
    for (const Ledger* ledger : ledgers) {
      out.push_back(place && ledger ? standing_at(ledger->sheet, tree, *place) : Standing{});
    }
  }
  return out;
}

std::vector<Node> Reading::children(Tree tree, Node node) const {
  const Organisation& organisation = world_.organisation();
  std::vector<Node> out;
  const auto place = place_of(tree, node);
  if (!place || place->holder == no_slot) return out;
  if (tree == Tree::affiliation) {
    for (const Slot child : organisation.affiliation().children_now(place->holder)) {
      out.push_back({organisation.id(child), {}});
    }
    return out;
  }
  for (const Slot child : organisation.place_tree().children_now(place->holder)) {
    out.push_back({{}, organisation.place_id(child)});
  }
  for (const Slot unit : organisation.seats().children_now(place->holder)) {
    out.push_back({organisation.id(unit), {}});
  }
  return out;
}

std::vector<BehindLine> Reading::behind(Tree tree, Node node, const std::string& obligation,
                                        const std::string& period,
                                        const std::vector<Verdict>& verdicts, std::size_t skip,
                                        std::size_t limit) const {
  const auto place = place_of(tree, node);
  const Ledger* const ledger = world_.book().find(obligation, period);
  if (!place || !ledger) return {};
  const Sheet& sheet = ledger->sheet;
  const Organisation& organisation = world_.organisation();
  const RollUp& roll =
      tree == Tree::affiliation ? organisation.by_affiliation() : organisation.by_seat();
  const Date day = sheet.tree_day(world_.today());
  BehindWalk behind(verdicts, skip, limit);

  const auto visit_home = [&](Slot home, Verdict worst) {
    const Standing standing = standing_of_home(sheet, home);
    if (behind.full() || standing.worst() != worst || !behind.wants(standing)) return;
    BehindLine line;
    line.home = organisation.id(home);
    if (ledger->of_units()) line.bearer = obligation::Bearer{line.home, {}, {}};
    line.standing = standing;
    line.worst = worst;
    behind.add(std::move(line));
  };
  std::function<void(Slot, Verdict)> visit = [&](Slot holder, Verdict worst) {
    if (behind.full()) return;
    const Standing all = standing_at(sheet, tree, {holder, no_slot});
    const std::int64_t homes = all.of(worst);
    if (homes == 0 || !behind.wants(all)) return;
    // Of a duty of units each bearer is a home, so what comes before the page need not be visited.
    const bool wanted = std::find(verdicts.begin(), verdicts.end(), worst) != verdicts.end();
    if (ledger->of_units() && (!wanted || behind.pass(static_cast<std::size_t>(homes)))) return;
    roll.for_each_own_unit(holder, day, [&](Slot home) { visit_home(home, worst); });
    roll.for_each_holder_below(holder, day, [&](Slot below) { visit(below, worst); });
  };
  for (int i = 0; i < static_cast<int>(Verdict::not_applicable); ++i) {
    const auto worst = static_cast<Verdict>(i);
    if (place->holder == no_slot) {
      visit_home(place->unit, worst);
    } else {
      visit(place->holder, worst);
    }
  }
  return behind.lines();
}

}  // namespace huilu::compliance
