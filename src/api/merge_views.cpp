// What hangs together: what a matter was merged into and what was merged into it, its parent, and
// what is below one.
#include <algorithm>

#include "api/enactment_views.h"
#include "api/matter_reads.h"
#include "api/matter_views.h"
#include "api/routes.h"
#include "api/views.h"

namespace huilu::api {

namespace {

using command::Permission;

// Of these, those that the caller may see.
std::map<MatterId, matter::Stored> seen_of(Call& call, const std::vector<MatterId>& ids) {
  std::vector<MatterAsked> asked;
  for (const MatterId id : ids) asked.push_back({id, {}});
  std::map<MatterId, matter::Stored> seen;
  if (asked.empty()) return seen;
  for (auto& read : read_matters(call, asked)) {
    if (read) seen.emplace(read->stored.now.matter.id, std::move(read->stored));
  }
  return seen;
}

}  // namespace

Value MatterViews::related_view(MatterId id, const std::map<MatterId, matter::Stored>& seen) {
  const auto found = seen.find(id);
  return Value::object(
      {{"id", id.text()}, {"matter", found == seen.end() ? Value() : matter(found->second)}});
}

void MatterViews::add_related(const matter::Stored& stored, Value& view) {
  const auto& now = stored.now.matter;
  auto merged = std::move(matter::merged_into(*call_.reader, {now.id})[now.id]);
  std::vector<MatterId> ids;
  for (const auto& one : merged) ids.push_back(one.id);
  if (now.into) ids.push_back(*now.into);
  if (now.parent) ids.push_back(*now.parent);
  const auto seen = seen_of(call_, ids);
  Value::List list;
  for (const auto& one : merged) list.push_back(related_view(one.id, seen));
  view.set("merged", std::move(list));
  view.set("merged_into", now.into ? related_view(*now.into, seen) : Value());
  view.set("parent_matter", now.parent ? related_view(*now.parent, seen) : Value());
}

namespace {

Answer show_below(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  const auto id = call.id<MatterId>("id");
  matter::BelowFilter filter;
  const auto outcome = query.text("outcome");
  if (outcome) filter.outcome = *outcome == "open" ? std::string() : *outcome;
  if (query.flag("overdue")) filter.due_before = call.today;
  filter.limit = query.integer("limit", 50, 1, 100);
  filter.cursor = query.text("cursor").value_or("");
  query.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  if (!id || !read_matter(call, *id)) return Answer::no(RefusalCode::not_found);
  filter.parent = *id;
  const auto page = matter::page_below(*call.reader, filter);
  if (!page) return Answer::no(page.refusals());
  std::vector<MatterId> ids;
  for (const auto& one : page->items) ids.push_back(one.now.matter.id);
  const auto seen = seen_of(call, ids);
  MatterViews views(call);
  Value::List items, counts;
  for (const MatterId one : ids) items.push_back(views.related_view(one, seen));
  std::int64_t all = 0, open = 0, overdue = 0;
  for (const auto& one : matter::counts_below(*call.reader, *id, call.today)) {
    all += one.all;
    overdue += one.overdue;
    open += one.outcome.empty() ? one.all : 0;
    counts.push_back(Value::object(
        {{"outcome", one.outcome.empty() ? "open" : one.outcome},
         {"title",
          words::text(call.language, one.outcome.empty() ? "matter.below.open"
                                                         : "sentence.outcome." + one.outcome)},
         {"count", one.all},
         {"overdue", one.overdue}}));
  }
  Value view = listed(call, std::move(items), page->next_cursor);
  view.set("count", all);
  view.set("open", open);
  view.set("overdue", overdue);
  view.set("counts", std::move(counts));
  return Answer::of(std::move(view));
}

}  // namespace

std::vector<Route> merge_routes() {
  return {{http::Method::get, "/matters/{id}/below", Access::signed_in, Permission::matter_read,
           Asked::lists, BodyKind::none, "", "MatterBelow", 200,
           "What is below a parent by the last day, and how many with which outcome", show_below,
           nullptr, "outcome overdue limit cursor"}};
}

}  // namespace huilu::api
