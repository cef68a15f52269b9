// Figures: where nodes of a tree stand, duty by duty, as one table. Of today, as it is known now,
// the index knows them; of every other day, and where there is no index, they are evaluated from
// the tables. Both give the same answers, so the API and the command line ask only here.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "compliance/index.h"

namespace huilu::compliance {

// Which columns: those of these duties whose period shares a day with [from, until).
struct Selection {
  Date from;
  Date until;
  bool inside = false;                        // only periods that lie in it
  std::string period = {};                    // only the one of this name; empty: any
  std::vector<std::string> obligations = {};  // addresses; empty: all

  bool takes(const ColumnView& column) const;
  bool operator==(const Selection&) const = default;
};

struct Table {
  std::vector<ColumnView> columns;
  std::vector<std::vector<Standing>> rows;  // of the nodes asked for, a standing for each column
};

// Homes that have somebody with one of these verdicts.
struct Behind {
  Tree tree = Tree::affiliation;
  Node node;
  std::string obligation;
  std::string period;
  std::vector<obligation::Verdict> verdicts;
  std::size_t skip = 0;
  std::size_t limit = 50;
};

// Those of whoever is concerned, worst first.
inline const std::vector<obligation::Verdict> concerned_verdicts = {
    obligation::Verdict::failed,  obligation::Verdict::unknown, obligation::Verdict::in_grace,
    obligation::Verdict::at_risk, obligation::Verdict::open,    obligation::Verdict::met_late,
    obligation::Verdict::met,     obligation::Verdict::exempt};

// Where those of a home who are concerned stand in one column.
struct HomeStanding {
  UnitId home;
  Standing standing;
};

class Figures {
 public:
  virtual ~Figures() = default;
  // Columns in the order of the packs' duties, then of their periods. A node that is not known has
  // nothing in any column.
  virtual Table table(Tree tree, const std::vector<Node>& nodes, const Selection& selection) = 0;
  // Worst first, then in official order.
  virtual std::vector<BehindLine> behind(const Behind& asked) = 0;
  // Of every home that has somebody below the node, a line for each column.
  virtual std::vector<HomeStanding> homes(Tree tree, const Node& node,
                                          const Selection& selection) = 0;
};

// The index must outlive it.
std::unique_ptr<Figures> figures_of(const Index& index);
// As of the end of the day `at`, as known at `known`. Evaluates every bearer below the nodes, so it
// takes its time above a county: nobody waits for it above so many units.
inline constexpr std::int64_t evaluated_units_max = 4'000;
// Where `tree_on` is given, whoever is counted stands where it stands in the tree of that day,
// whatever the period; what was closed before where it last stood.
std::unique_ptr<Figures> figures_on(store::Connection& connection,
                                    const std::vector<policy::Pack>& packs, Date at, Instant known,
                                    std::optional<Date> tree_on = {});

}  // namespace huilu::compliance
