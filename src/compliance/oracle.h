// For this room's tests: the index held against the evaluator on everything that the tables have,
// bearer by bearer, and against plain sums along the histories of the trees. Shares no code with
// the index but its question.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "compliance/index.h"
#include "compliance/load_facts.h"
#include "obligation/context.h"
#include "obligation/evaluate.h"
#include "obligation/periods.h"
#include "store/store.h"

namespace huilu::compliance::testing {

// One child's parents through time, as rows.
struct ParentRow {
  std::int64_t parent = 0;  // 0: none
  Interval span;
};
using ParentRows = std::map<std::int64_t, std::vector<ParentRow>>;

inline std::int64_t parent_on(const ParentRows& rows, std::int64_t child, Date day) {
  const auto found = rows.find(child);
  if (found == rows.end()) return 0;
  for (const auto& row : found->second) {
    if (row.span.contains(day)) return row.parent;
  }
  return 0;
}

// The day, or the nearest one of the unit's life.
inline Date day_within(const ParentRows& rows, std::int64_t unit, Date day) {
  const auto& life = rows.at(unit);
  const auto until = life.back().span.until;
  return std::max(life.front().span.from, until ? std::min(day, *until + -1) : day);
}

class Oracle {
 public:
  // `parents`: unit → unit; `seats`: unit → place; `places`: place → place.
  Oracle(store::Connection& snapshot, const std::vector<policy::Pack>& packs, ParentRows parents,
         ParentRows seats, ParentRows places, Date today)
      : facts_(load_policy(snapshot, packs)),
        parents_(std::move(parents)),
        seats_(std::move(seats)),
        places_(std::move(places)),
        today_(today) {
    load_everything(snapshot, facts_);
  }

  // What the index says otherwise, one line each; `expected_cells` counts what was compared.
  std::string differences(const Index& index, std::size_t& cells) {
    std::string out;
    const auto columns = index.columns(Date::of(1, 1, 1), Date::of(9999, 1, 1));
    obligation::Evaluator evaluator(facts_);
    for (const auto& column : columns) {
      std::map<Node, Standing> sums;
      for (const auto& [home, standing] : homes(evaluator, column)) {
        cells += 1;
        add(home, standing, std::min(today_, column.until + -1), sums);
      }
      compare(index, column, sums, out);
    }
    return out;
  }

 private:
  using Homes = std::map<UnitId, Standing>;

  Homes homes(obligation::Evaluator& evaluator, const ColumnView& column) {
    const Instant known = obligation::end_of_day(today_);
    const auto duty = obligation::any_duty(facts_, column.obligation, known);
    const calendar::Period period{column.period, column.from, column.until};
    std::set<obligation::Bearer> bearers;
    if (column.bearer == policy::BearerKind::unit) {
      for (const auto& [id, unit] : facts_.units) bearers.insert({id, {}, {}});
    } else if (column.bearer == policy::BearerKind::post) {
      for (const auto& tenure : facts_.tenures) bearers.insert({{}, tenure.id, {}});
    } else {
      for (const auto& one : facts_.memberships) bearers.insert({{}, {}, one.person});
    }
    Homes homes;
    for (const auto& bearer : bearers) {
      const auto found =
          evaluator.evaluate({column.obligation, bearer, column.period, today_, known});
      if (found.the_class == obligation::Class::not_applicable) continue;
      const UnitId home = obligation::home_of(facts_, bearer, *duty.obligation, period, today_);
      auto& standing = homes[home];
      standing.add(found.the_class, obligation::phase_on(found.schedule, today_), 1);
      const bool late = std::find(found.marks.begin(), found.marks.end(),
                                  obligation::Mark::entered_late) != found.marks.end();
      if (late && found.the_class == obligation::Class::met) ++standing.counts.entered_late;
    }
    return homes;
  }

  void add(UnitId home, const Standing& standing, Date day, std::map<Node, Standing>& sums) const {
    for (auto at = home.value; at != 0;
         at = parent_on(parents_, at, day_within(parents_, at, day))) {
      sums[{UnitId{at}, {}}] += standing;
    }
    for (auto at = parent_on(seats_, home.value, day_within(parents_, home.value, day)); at != 0;
         at = parent_on(places_, at, day)) {
      sums[{{}, PlaceId{at}}] += standing;
    }
  }

  void compare(const Index& index, const ColumnView& column, const std::map<Node, Standing>& sums,
               std::string& out) const {
    const auto expect = [&](Tree tree, Node node) {
      const auto found = index.standing(tree, node, column.obligation, column.period);
      const auto wanted = sums.find(node);
      const Standing expected = wanted == sums.end() ? Standing{} : wanted->second;
      if (found && *found == expected) return;
      out += column.obligation + " " + column.period + " at " +
             (node.unit ? node.unit.text() : node.place.text()) + ": expected " + text(expected) +
             ", found " + (found ? text(*found) : "nothing") + "\n";
    };
    for (const auto& [id, unit] : facts_.units) expect(Tree::affiliation, {id, {}});
    for (const auto& [place, rows] : places_) expect(Tree::seat, {{}, PlaceId{place}});
  }

  static std::string text(const Standing& standing) {
    const Counts& counts = standing.counts;
    std::string out;
    for (const auto& [word, number] : {std::pair{"due", counts.due},
                                       {"met", counts.met},
                                       {"met_late", counts.met_late},
                                       {"exempt", counts.exempt},
                                       {"unknown", counts.unknown},
                                       {"within", counts.within},
                                       {"over", counts.over},
                                       {"entered_late", counts.entered_late},
                                       {"failed", standing.failed},
                                       {"in_grace", standing.in_grace},
                                       {"at_risk", standing.at_risk},
                                       {"open", standing.open}}) {
      if (number != 0)
        out += std::string(out.empty() ? "" : " ") + word + " " + std::to_string(number);
    }
    return out.empty() ? "nobody" : out;
  }

  obligation::Facts facts_;
  ParentRows parents_, seats_, places_;
  Date today_;
};

}  // namespace huilu::compliance::testing
