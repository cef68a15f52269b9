// What the routes about standing share: which node of which tree, on which day, as known when, and
// which columns; whether the account may read there; and how rows with names and figures look.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/call.h"
#include "compliance/figures.h"
#include "identity/queries.h"

namespace huilu::api {

// A moment of knowledge: the end of a day, an instant, or the moment of a journal entry.
std::optional<Instant> known_at(Query& query, Call& call, Refusals& refusals);

struct Viewpoint {
  compliance::Tree tree = compliance::Tree::affiliation;
  compliance::Node node;
  std::string name;
  std::string path;  // of the node, in its tree
  Date on;
  Instant known;
  std::optional<Instant> known_asked;  // what `known` is where it was said; now where it was not
  bool as_of_now = true;               // today, as it is known now: the index can answer
  compliance::Selection selection;
  std::optional<Date> tree_on;  // of today, where that is asked for whatever the period
  Date rows_on;  // the day whose tree gives the rows: of a period that is over its last
  std::shared_ptr<void> turn;  // where the evaluator has to be asked about every bearer
};

// Reads node, day, tree and columns from path and query, and asks the gate. `more` reads the
// route's own parameters. The figures of a place are for those who may read at every unit in it.
// Where the index has no answer, there may be `evaluated_units_max` units and no more, and an
// evaluation has to be free: `busy`, or else such questions would soon keep all workers from
// everybody.
using More = std::function<void(Query&)>;
Refusals read_viewpoint(Call& call, Viewpoint& viewpoint, const More& more = {});
// Where the route can roll up by today's tree: tree_of, then or today. To be called in `more`.
void read_tree_of(Query& query, const Call& call, Viewpoint& viewpoint);

// Otherwise the evaluator is asked.
bool is_in_index(const Call& call, const Viewpoint& viewpoint);
std::unique_ptr<compliance::Figures> figures_for(Call& call, const Viewpoint& viewpoint);
// Figures of the node and of children of it. Where the evaluator is asked, it is asked about all of
// them at once, and the answer is kept for who asks about others.
compliance::Table family_table(Call& call, const Viewpoint& viewpoint,
                               const std::vector<compliance::Node>& wanted);
Value as_of(const Call& call, const Viewpoint& viewpoint);

// Figures of a few members are the figures of persons: withheld from everybody who may not read
// the names of the branch's members.
class Withheld {
 public:
  explicit Withheld(Call& call) : call_(call) {}
  bool is_withheld(const compliance::ColumnView& column, const compliance::Standing& standing,
                   const compliance::Node& node);
  // null where it is withheld.
  Value cell(const compliance::ColumnView& column, const compliance::Standing& standing,
             const compliance::Node& node);

 private:
  Call& call_;
  std::map<UnitId, bool> may_read_;
};

Value columns_view(const Call& call, const std::vector<compliance::ColumnView>& columns, Date on);

}  // namespace huilu::api
