// What the pages of the ledger draw beside its list: counts by state, of a subtree or of each unit
// below one; and what a time line needs of each matter, its clocks with their pauses and
// extensions.
#include <algorithm>
#include <map>
#include <set>

#include "api/enactment_views.h"
#include "api/ledger_query.h"
#include "api/matter_reads.h"
#include "api/matter_views.h"
#include "api/routes.h"
#include "api/views.h"
#include "org/paths.h"
#include "org/queries.h"

namespace huilu::api {

namespace {

using command::Permission;

constexpr int outlines_max = 100;

using KnownTypes = std::map<std::string, const policy::MatterType*>;

// The types that some matter here may be of: those in force, and those of earlier versions.
KnownTypes known_matter_types(const Call& call) {
  KnownTypes types;
  for (const auto& pack : call.services.packs) {
    for (const auto& type : pack.matter_types) types[type.address] = &type;
  }
  return types;
}

std::set<std::string> addresses_of(const KnownTypes& types) {
  std::set<std::string> addresses;
  for (const auto& [address, type] : types) addresses.insert(address);
  return addresses;
}

Value matter_counts_view(const policy::MatterType& type,
                         std::map<std::string, matter::Count> counts, words::Language language) {
  Value::List states;
  std::int64_t all = 0, open = 0, overdue = 0, merged = 0;
  const auto add = [&](const std::string& id, Value title, bool is_final, bool is_merged,
                       const matter::Count& count) {
    states.push_back(Value::object({{"id", id},
                                    {"title", std::move(title)},
                                    {"is_final", is_final},
                                    {"is_merged", is_merged},
                                    {"count", count.all},
                                    {"overdue", count.overdue}}));
    all += is_merged ? 0 : count.all;
    merged += is_merged ? count.all : 0;
    open += is_final ? 0 : count.all;
    overdue += count.overdue;
  };
  for (const auto& state : type.states) {
    const bool is_merged = state.outcome == policy::Outcome::duplicate && type.has_merges();
    add(state.id, label_in(state.title, language), state.final.has_value(), is_merged,
        counts[state.id]);
    counts.erase(state.id);
  }
  for (const auto& [id, count] : counts) add(id, {}, false, false, count);
  return Value::object({{"type", type.address},
                        {"title", label_in(type.title, language)},
                        {"count", all},
                        {"merged", merged},
                        {"open", open},
                        {"overdue", overdue},
                        {"states", std::move(states)}});
}

Value type_counts_view(const KnownTypes& known, const matter::TypeCounts& counts,
                       words::Language language) {
  Value::List types;
  for (const auto& [address, by_state] : counts) {
    types.push_back(matter_counts_view(*known.at(address), by_state, language));
  }
  return types;
}

Answer count_matters(Call& call) {
  const auto unit = call.id<UnitId>("id");
  if (!unit) return Answer::no(RefusalCode::not_found);
  auto refusals = call.check(Permission::matter_read, {*unit});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const std::string path = org::unit_on(*call.reader, *unit, call.today)->path;
  const auto known = known_matter_types(call);
  auto counts = matter::counts_of(*call.reader, path, addresses_of(known), call.today);
  return Answer::of(Value::object(
      {{"types", type_counts_view(known, counts, call.language)}, {"as_of", as_of(call)}}));
}

// The unit's own matters and, in official order, what each unit below it has in its subtree.
Answer count_below(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  const auto type = query.text("type");
  const org::PageRequest page_request{query.integer("limit", 100, 1, 500),
                                      query.text("cursor").value_or("")};
  query.finish();
  const auto unit = call.id<UnitId>("id");
  if (!unit && refusals.empty()) return Answer::no(RefusalCode::not_found);
  if (refusals.empty()) refusals = call.check(Permission::matter_read, {*unit});
  if (refusals.empty()) refusals = org::check_page(page_request);
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto known = known_matter_types(call);
  auto addresses = addresses_of(known);
  if (type) std::erase_if(addresses, [&](const std::string& one) { return one != *type; });
  const std::string path = org::unit_on(*call.reader, *unit, call.today)->path;
  auto counts = matter::counts_by_child(*call.reader, path, addresses, call.today);
  const auto page = org::children_of(*call.reader, *unit, call.today, page_request);
  UnitNames names(call);
  std::vector<UnitId> below;
  for (const auto& child : page.items) below.push_back(child.id);
  names.load(below);
  Value::List items;
  for (const auto& child : page.items) {
    items.push_back(
        Value::object({{"unit", names.view(child.id)},
                       {"has_children", child.has_children},
                       {"types", type_counts_view(known, counts[child.path], call.language)}}));
  }
  Value reply = listed(call, std::move(items), page.next_cursor);
  reply.set("own", type_counts_view(known, counts[path], call.language));
  return Answer::of(std::move(reply));
}

// The day since which it has stood in the state that settled it.
std::optional<Date> settled_on(const matter::Read& read) {
  if (read.stored.now.matter.outcome.empty()) return {};
  const auto& history = read.history;
  std::size_t at = history.size() - 1;
  while (at > 0 && history[at - 1].matter.state == history[at].matter.state) --at;
  return Zone{}.date_of(history[at].at);
}

Value clock_outline(const obligation::ClockNow& now, words::Language language) {
  Value::List pauses, changes;
  for (const auto& one : now.pauses) {
    pauses.push_back(
        Value::object({{"from", one.from.text()}, {"until", date_or_null(one.until)}}));
  }
  for (const auto& one : now.changes) {
    const auto cause = obligation::due_cause_words[static_cast<std::size_t>(one.cause)];
    changes.push_back(
        Value::object({{"on", one.on.text()}, {"due", one.due.text()}, {"cause", cause}}));
  }
  const auto status = obligation::clock_status_words[static_cast<std::size_t>(now.status)];
  return Value::object({{"id", now.clock->id},
                        {"title", label_in(now.clock->title, language)},
                        {"status", status},
                        {"due", date_or_null(now.due)},
                        {"first_due", date_or_null(now.first_due)},
                        {"stopped", date_or_null(now.stopped)},
                        {"paused_since", date_or_null(now.paused_since)},
                        {"extension_waits", now.waiting() != nullptr},
                        {"pauses", std::move(pauses)},
                        {"changes", std::move(changes)}});
}

matter::FactsPointer facts_around(const Call& call, const std::vector<matter::Stored>& stored) {
  std::set<UnitId> units;
  for (const auto& one : stored) {
    const auto& now = one.now;
    const auto& pack = matter::pack_of(call.services.packs, now.matter.type, now.pack_version);
    const auto& type = matter::type_in(pack, now.matter.type);
    for (const UnitId unit : matter::units_of(now.matter, type)) units.insert(unit);
  }
  return facts_at(call, {units.begin(), units.end()});
}

Answer outline_matters(Call& call) {
  const auto asked = read_ledger_query(call, outlines_max);
  if (!asked) return Answer::no(asked.refusals());
  auto found = ledger_page(call, *asked);
  if (!found) return Answer::no(found.refusals());
  MatterViews views(call);
  views.load(found->items);
  std::vector<MatterId> ids;
  for (const auto& one : found->items) ids.push_back(one.now.matter.id);
  const auto children = matter::child_counts(*call.reader, ids);
  const auto facts = facts_around(call, found->items);
  const auto reads = matter::read_with_histories(*call.reader, facts, call.services.packs,
                                                 std::move(found->items));
  Value::List items;
  for (const auto& read : reads) {
    const auto life = read.life(call.today, call.services.clock.now());
    Value::List clocks;
    for (const auto& clock : obligation::clocks_of(life, read.steps)) {
      if (clock.status == obligation::ClockStatus::not_started) continue;
      clocks.push_back(clock_outline(clock, call.language));
    }
    const auto below = children.find(read.stored.now.matter.id);
    items.push_back(Value::object({{"matter", views.matter(read.stored)},
                                   {"settled", date_or_null(settled_on(read))},
                                   {"children", below == children.end() ? 0 : below->second},
                                   {"clocks", std::move(clocks)}}));
  }
  return Answer::of(listed(call, std::move(items), found->next_cursor));
}

}  // namespace

std::vector<Route> ledger_view_routes() {
  using enum http::Method;
  constexpr auto in = Access::signed_in;
  constexpr auto none = BodyKind::none;
  return {
      {get, "/units/{id}/matters/counts", in, Permission::matter_read, Asked::path_unit, none, "",
       "MatterCounts", 200, "Matters of the subtree by type and state", count_matters},
      {get, "/units/{id}/children/matters/counts", in, Permission::matter_read, Asked::path_unit,
       none, "", "MatterCountsBelow", 200, "The same of the unit alone, and of each unit below it",
       count_below, nullptr, "type limit cursor"},
      {get, "/matters/outlines", in, Permission::matter_read, Asked::body_units, none, "",
       "MatterOutlines", 200,
       "A page of the list with the clocks of each, their pauses and how their last day changed",
       outline_matters, nullptr, ledger_parameters},
  };
}

}  // namespace huilu::api
