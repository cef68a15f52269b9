#include "compliance/figures.h"

#include <algorithm>

namespace huilu::compliance {

namespace {

constexpr std::size_t homes_max = 1'000'000'000;

class Indexed : public Figures {
 public:
  explicit Indexed(const Index& index) : index_(index) {}

  Table table(Tree tree, const std::vector<Node>& nodes, const Selection& selection) override {
    Table out;
    for (auto& column : index_.columns(selection.from, selection.until)) {
      if (selection.takes(column)) out.columns.push_back(std::move(column));
    }
    const auto cells = index_.standings(tree, nodes, out.columns);
    for (std::size_t node = 0; node < nodes.size(); ++node) {
      const auto first = cells.begin() + static_cast<std::ptrdiff_t>(node * out.columns.size());
      out.rows.emplace_back(first, first + static_cast<std::ptrdiff_t>(out.columns.size()));
    }
    return out;
  }

  std::vector<BehindLine> behind(const Behind& asked) override {
    return index_.behind(asked.tree, asked.node, asked.obligation, asked.period, asked.verdicts,
                         asked.skip, asked.limit);
  }

  std::vector<HomeStanding> homes(Tree tree, const Node& node,
                                  const Selection& selection) override {
    std::vector<HomeStanding> out;
    for (const auto& column : index_.columns(selection.from, selection.until)) {
      if (!selection.takes(column)) continue;
      for (const auto& line : index_.behind(tree, node, column.obligation, column.period,
                                            concerned_verdicts, 0, homes_max))
        out.push_back({line.home, line.standing});
    }
    return out;
  }

 private:
  const Index& index_;
};

}  // namespace

bool Selection::takes(const ColumnView& column) const {
  if (!period.empty() && column.period != period) return false;
  if (inside && (column.from < from || until < column.until)) return false;
  return obligations.empty() ||
         std::find(obligations.begin(), obligations.end(), column.obligation) != obligations.end();
}

std::unique_ptr<Figures> figures_of(const Index& index) { return std::make_unique<Indexed>(index); }

}  // namespace huilu::compliance
