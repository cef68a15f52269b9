// Later versions of packs that others stand on: what waits to be looked at, and saying that it was.
#include <algorithm>

#include "api/policy_views.h"
#include "api/routes.h"
#include "compliance/load_facts.h"
#include "enactment/reviews.h"

namespace huilu::api {

namespace {

using command::Permission;

std::string title_of(const PolicyShown& shown, const std::string& id) {
  const policy::Pack* const pack = choose_pack(shown, id, {});
  return pack ? pack->title.in(static_cast<policy::Language>(shown.language)) : id;
}

// Of the packs in force, each that nobody has looked at.
std::vector<enactment::ReviewTask> tasks_in(const Call& call, const PolicyShown& shown) {
  std::vector<enactment::ReviewTask> open;
  for (const policy::Pack* const pack : packs_shown(shown)) {
    if (pack->extends.empty() || active_view(shown, *pack).is_null()) continue;
    const auto done = enactment::reviews_of(*call.reader, pack->id);
    for (const auto& task : enactment::review_tasks(*pack, shown.packs))
      if (std::none_of(done.begin(), done.end(),
                       [&](const enactment::Reviewed& one) { return one.of == task.of; }))
        open.push_back(task);
  }
  return open;
}

Answer pack_reviews(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  query.finish();
  if (refusals.empty()) refusals = call.check(Permission::pack_activate, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto facts = compliance::load_policy(*call.reader, call.services.packs);
  const PolicyShown shown = shown_to(call, facts);
  Value::List items;
  for (const auto& task : tasks_in(call, shown))
    items.push_back(Value::object({{"pack", task.of.pack},
                                   {"title", title_of(shown, task.of.pack)},
                                   {"version", task.of.pack_version},
                                   {"parent", task.of.parent},
                                   {"parent_title", title_of(shown, task.of.parent)},
                                   {"taken", task.taken},
                                   {"parent_version", task.of.parent_version},
                                   {"differences", static_cast<std::int64_t>(task.differences)}}));
  return Answer::of(listed(call, std::move(items), ""));
}

Answer confirm_pack_review(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  enactment::Reviewing of;
  of.pack = in.text("pack", 64);
  of.pack_version = in.text("version", 32);
  of.parent = in.text("parent", 64);
  of.parent_version = in.text("parent_version", 32);
  const std::string note = in.text("note", 500);
  in.finish();
  if (refusals.empty()) refusals = call.check(Permission::pack_activate, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto facts = compliance::load_policy(*call.reader, call.services.packs);
  const PolicyShown shown = shown_to(call, facts);
  const policy::Pack* const pack = choose_pack(shown, of.pack, of.pack_version);
  const auto tasks =
      pack ? enactment::review_tasks(*pack, shown.packs) : std::vector<enactment::ReviewTask>();
  if (std::none_of(tasks.begin(), tasks.end(),
                   [&](const enactment::ReviewTask& task) { return task.of == of; }))
    return Answer::no(RefusalCode::unknown_pack, "/parent_version", "",
                      of.parent + " " + of.parent_version);
  return Answer::run(std::make_unique<enactment::ConfirmReview>(std::move(of), note));
}

}  // namespace

std::vector<Route> pack_review_routes() {
  using enum http::Method;
  constexpr auto in = Access::signed_in;
  constexpr auto activate = Permission::pack_activate;
  constexpr auto any = Asked::anywhere;
  return {
      {get, "/pack-reviews", in, activate, any, BodyKind::none, "", "PackReviewTasks", 200,
       "Later versions of packs that packs in force stand on, as far as nobody has looked",
       pack_reviews},
      {post, "/pack-reviews", in, activate, any, BodyKind::json, "NewPackReview", "PackReviewed",
       201, "Say that somebody has looked at it, and what is to become of it", confirm_pack_review},
  };
}

}  // namespace huilu::api
