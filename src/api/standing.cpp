#include "api/standing.h"

#include <semaphore>

#include "api/names.h"
#include "calendar/period.h"
#include "compliance/closing.h"
#include "compliance/explain.h"
#include "compliance/queries.h"
#include "compliance/views.h"
#include "identity/queries.h"
#include "obligation/periods.h"
#include "org/queries.h"

namespace huilu::api {

namespace {

using command::Permission;
using compliance::Node;
using compliance::Tree;

constexpr int evaluations_at_once = 2;  // half of the workers
constexpr std::chrono::seconds longest_wait{20};

void read_columns(Call& call, Query& query, Viewpoint& viewpoint, Refusals& refusals) {
  std::vector<std::string> obligations;
  query.text("obligation");
  for (const auto& [name, value] : call.request.query) {
    if (name == "obligation" && !value.empty()) obligations.push_back(value);
  }
  const auto period = query.text("period");
  viewpoint.rows_on = viewpoint.on;
  if (!period) {
    viewpoint.selection = {viewpoint.on, viewpoint.on + 1, false, "", std::move(obligations)};
    return;
  }
  viewpoint.selection = compliance::selection_of(*period, obligations, viewpoint.on);
  const auto dates = calendar::period_from(*period);
  const bool named = obligation::PeriodName::parse(*period).has_value();
  if (!dates && !named) {
    refusals.push_back({RefusalCode::field_type, "/period", "2026-11", *period, ""});
  }
  if (dates) viewpoint.rows_on = std::min(viewpoint.on, dates->last_day());
}

// The index keeps the periods of the last years only; of a campaign it has all or nothing.
bool holds(const compliance::Index& index, const compliance::Selection& selection) {
  if (selection.period.empty()) return index.kept_from() <= selection.from;
  const auto columns = index.columns(selection.from, selection.until);
  return std::any_of(columns.begin(), columns.end(),
                     [&](const auto& column) { return selection.takes(column); });
}

Refusals find_unit(Call& call, UnitId id, Viewpoint& viewpoint) {
  if (auto no = call.check(Permission::standing_read, {id}); !no.empty()) return no;
  if (auto no = open_names(call, id); !no.empty()) return no;
  const auto unit = org::unit_on(*call.reader, id, viewpoint.rows_on);
  if (!unit) return {{RefusalCode::not_found, "", "", "", ""}};
  viewpoint.node = {id, {}};
  viewpoint.name = unit->name;
  viewpoint.path = unit->path;
  if (viewpoint.tree == Tree::affiliation) return {};
  // In the tree of places a unit's view is that of the place where it sits.
  if (!unit->seat) return {{RefusalCode::not_found, "", "", "", ""}};
  viewpoint.node = {{}, *unit->seat};
  return {};
}

Refusals find_place(Call& call, Viewpoint& viewpoint) {
  const auto place = org::place_of(*call.reader, viewpoint.node.place);
  if (!place) return {{RefusalCode::not_found, "", "", "", ""}};
  viewpoint.name = place->name;
  viewpoint.path = place->path;
  const auto visible = identity::visible_subtrees(*call.reader, call.who.account,
                                                  Permission::standing_read, call.today);
  if (!visible) return visible.refusals();
  if (identity::covers_place(*call.reader, visible->ranges, place->path)) return {};
  return {{RefusalCode::not_permitted, viewpoint.node.place.text(),
           std::string(command::word_of(Permission::standing_read)), "", ""}};
}

Refusals find_node(Call& call, Viewpoint& viewpoint) {
  const bool is_place = call.request.path.starts_with("/api/v1/places/");
  if (is_place) {
    const auto id = call.id<PlaceId>("id");
    if (!id) return {{RefusalCode::not_found, "", "", "", ""}};
    viewpoint.tree = Tree::seat;
    viewpoint.node = {{}, *id};
  } else {
    const auto id = call.id<UnitId>("id");
    if (!id) return {{RefusalCode::not_found, "", "", "", ""}};
    if (auto no = find_unit(call, *id, viewpoint); !no.empty()) return no;
  }
  return viewpoint.node.place ? find_place(call, viewpoint) : Refusals();
}

Refusals check_size(Call& call, const Viewpoint& viewpoint) {
  constexpr auto most = compliance::evaluated_units_max;
  if (compliance::count_below(*call.reader, viewpoint.node, most + 1) <= most) return {};
  return {{RefusalCode::too_many_units, "/id", std::to_string(most), "", ""}};
}

// Held until the answer is made. One more may wait, as a page asks for two or three figures of a
// day at once; nothing where somebody waits already, or in vain.
std::shared_ptr<void> take_turn() {
  static std::counting_semaphore<> turns(evaluations_at_once);
  static std::binary_semaphore place_to_wait(1);
  bool taken = turns.try_acquire();
  if (!taken && place_to_wait.try_acquire()) {
    taken = turns.try_acquire_for(longest_wait);
    place_to_wait.release();
  }
  if (!taken) return {};
  return {&turns, [](void*) { turns.release(); }};
}

constexpr int most_children = 500;

// The node with all of its children. Nothing where they are many, or in the tree of places.
std::optional<std::vector<Node>> family_of(Call& call, const Viewpoint& viewpoint) {
  if (!viewpoint.node.unit) return {};
  const auto children =
      org::children_of(*call.reader, viewpoint.node.unit, viewpoint.rows_on, {most_children, ""});
  if (!children.next_cursor.empty()) return {};
  std::vector<Node> family = {viewpoint.node};
  for (const auto& child : children.items) family.push_back({child.id, {}});
  return family;
}

}  // namespace

std::optional<Instant> known_at(Query& query, Call& call, Refusals& refusals) {
  const auto text = query.text("known_at");
  if (!text) return {};
  auto moment = compliance::moment_of(*call.reader, *text);
  if (!moment) {
    refusals.push_back({RefusalCode::field_type, "/known_at", "YYYY-MM-DD", *text, ""});
  }
  return moment;
}

void read_tree_of(Query& query, const Call& call, Viewpoint& viewpoint) {
  if (query.word("tree_of", {"then", "today"}) == "today")
    viewpoint.tree_on = viewpoint.rows_on = call.today;
}

Refusals read_viewpoint(Call& call, Viewpoint& viewpoint, const More& more) {
  Refusals refusals;
  Query query(call, refusals);
  viewpoint.on = query.date("on").value_or(call.today);
  const auto known = known_at(query, call, refusals);
  viewpoint.known_asked = known;
  viewpoint.known = known.value_or(call.services.clock.now());
  viewpoint.as_of_now = !known && viewpoint.on == call.today;
  viewpoint.tree =
      query.word("tree", {"affiliation", "seat"}) == "seat" ? Tree::seat : Tree::affiliation;
  read_columns(call, query, viewpoint, refusals);
  if (more) more(query);
  query.finish();
  if (refusals.empty()) refusals = find_node(call, viewpoint);
  if (!refusals.empty() || is_in_index(call, viewpoint)) return refusals;
  refusals = check_size(call, viewpoint);
  if (!refusals.empty()) return refusals;
  viewpoint.turn = take_turn();
  if (!viewpoint.turn) refusals.push_back({RefusalCode::busy, "", "", "", ""});
  return refusals;
}

bool is_in_index(const Call& call, const Viewpoint& viewpoint) {
  const auto* index = call.services.index;
  return viewpoint.as_of_now && !viewpoint.tree_on && index != nullptr &&
         holds(*index, viewpoint.selection);
}

std::unique_ptr<compliance::Figures> figures_for(Call& call, const Viewpoint& viewpoint) {
  if (is_in_index(call, viewpoint)) return compliance::figures_of(*call.services.index);
  return compliance::figures_on(*call.reader, call.services.packs, viewpoint.on, viewpoint.known,
                                viewpoint.tree_on);
}

compliance::Table family_table(Call& call, const Viewpoint& viewpoint,
                               const std::vector<Node>& wanted) {
  const auto evaluate = [&](const std::vector<Node>& nodes) {
    return figures_for(call, viewpoint)->table(viewpoint.tree, nodes, viewpoint.selection);
  };
  // Read before the snapshot, which may know more, but not less.
  const auto journal = call.services.road.published();
  const store::Transaction snapshot(*call.reader, store::Access::read);
  if (is_in_index(call, viewpoint)) return evaluate(wanted);
  const auto family = family_of(call, viewpoint);
  if (!family) return evaluate(wanted);
  const compliance::Evaluations::Question question{
      viewpoint.node,    viewpoint.on, call.today,         viewpoint.known_asked,
      viewpoint.tree_on, journal,      viewpoint.selection};
  return call.services.evaluations
      .ask(question,
           [&] {
             return compliance::NodesTable{*family, evaluate(*family)};
           })
      ->of(wanted);
}

Value as_of(const Call& call, const Viewpoint& viewpoint) {
  Value view = as_of(call);
  view.set("at", viewpoint.on.text());
  view.set("known_at", viewpoint.known.text());
  if (viewpoint.tree_on) view.set("tree_on", viewpoint.tree_on->text());
  return view;
}

bool Withheld::is_withheld(const compliance::ColumnView& column,
                           const compliance::Standing& standing, const compliance::Node& node) {
  if (column.bearer != policy::BearerKind::member) return false;
  const std::int64_t members = standing.counts.due + standing.counts.exempt;
  if (members == 0 || members >= compliance::members_shown_apart) return false;
  if (!node.unit) return true;  // whoever may read their names sees them at the branch
  const auto found = may_read_.find(node.unit);
  if (found != may_read_.end()) return !found->second;
  const bool may = call_.check(Permission::member_names_read, {node.unit}).empty();
  may_read_.emplace(node.unit, may);
  return !may;
}

Value Withheld::cell(const compliance::ColumnView& column, const compliance::Standing& standing,
                     const compliance::Node& node) {
  return is_withheld(column, standing, node) ? Value() : compliance::cell_view(standing);
}

Value columns_view(const Call& call, const std::vector<compliance::ColumnView>& columns, Date on) {
  Value::List list;
  for (const auto& column : columns) {
    list.push_back(compliance::column_view(column, call.services.packs, call.language, on));
  }
  return list;
}

}  // namespace huilu::api
