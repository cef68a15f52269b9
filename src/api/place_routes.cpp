// Places: the second tree, and the words for what stands in the trees. Divisions are public, so
// being signed in is enough; the units seated in a place are shown as far as their names are open.
#include "api/routes.h"
#include "api/views.h"
#include "policy/pack.h"

namespace huilu::api {

namespace {

using command::Permission;

struct Page {
  org::PageRequest request;
  Refusals refusals;
};

Page page_of(Call& call) {
  Page page;
  Query query(call, page.refusals);
  page.request.limit = query.integer("limit", 50, 1, 500);
  page.request.cursor = query.text("cursor").value_or("");
  query.finish();
  const auto more = org::check_page(page.request);
  page.refusals.insert(page.refusals.end(), more.begin(), more.end());
  return page;
}

Answer places(Call& call, std::optional<PlaceId> parent) {
  auto page = page_of(call);
  if (!page.refusals.empty()) return Answer::no(std::move(page.refusals));
  const auto found = org::places_in(*call.reader, parent, page.request);
  Value::List items;
  for (const auto& place : found.items) items.push_back(place_view(place));
  return Answer::of(listed(call, std::move(items), found.next_cursor));
}

// Without a search those at the top.
Answer find(Call& call) {
  if (!call.request.parameter("q")) return places(call, {});
  Refusals refusals;
  Query query(call, refusals);
  const auto wanted = query.text("q").value_or("");
  const int limit = query.integer("limit", 50, 1, 500);
  query.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  Value::List items;
  for (const auto& hit : call.services.directory.search(
           {wanted, org::Among::places, {}, call.today, static_cast<std::size_t>(limit)})) {
    const auto place = org::place_of(*call.reader, hit.place);
    if (place) items.push_back(place_view(*place));
  }
  return Answer::of(listed(call, std::move(items), ""));
}

Answer places_in(Call& call) {
  const auto id = call.id<PlaceId>("id");
  if (!id || !org::place_of(*call.reader, *id)) return Answer::no(RefusalCode::not_found);
  return places(call, id);
}

Answer place(Call& call) {
  const auto id = call.id<PlaceId>("id");
  const auto found = id ? org::place_of(*call.reader, *id) : std::nullopt;
  if (!found) return Answer::no(RefusalCode::not_found);
  Value view = place_view(*found);
  view.set("path", path_view(org::place_path(*call.reader, *id)));
  return Answer::of(std::move(view));
}

Answer units(Call& call) {
  const auto id = call.id<PlaceId>("id");
  if (!id || !org::place_of(*call.reader, *id)) return Answer::no(RefusalCode::not_found);
  auto page = page_of(call);
  if (!page.refusals.empty()) return Answer::no(std::move(page.refusals));
  const auto found = org::units_seated_in(*call.reader, *id, call.today, page.request);
  const auto open =
      identity::open_names(*call.reader, call.who.account, call.who.session, call.today);
  Value::List items;
  for (const auto& unit : found.items) {
    if (open.open(unit.path)) items.push_back(unit_view(unit));
  }
  return Answer::of(listed(call, std::move(items), found.next_cursor));
}

Answer place_vocabulary(Call& call) {
  return Answer::of(vocabulary_view(policy::core_pack().vocabulary, call.language));
}

}  // namespace

std::vector<Route> place_routes() {
  const auto get = [](std::string_view path, std::string_view reply, std::string_view summary,
                      Handler handler) {
    return Route{http::Method::get,
                 path,
                 Access::signed_in,
                 Permission::signed_in,
                 Asked::nowhere,
                 BodyKind::none,
                 "",
                 reply,
                 200,
                 summary,
                 handler};
  };
  return {
      get("/places", "PlaceList", "Places by name or initials; without a search those at the top",
          find),
      get("/places/{id}", "PlaceWithPath", "A place and its path", place),
      get("/places/{id}/children", "PlaceList", "The places in it, by code", places_in),
      get("/places/{id}/units", "UnitList", "The units seated in exactly this place", units),
      get("/vocabulary", "Vocabulary", "Types, levels, ranks, kinds and relations in words",
          place_vocabulary),
  };
}

}  // namespace huilu::api
