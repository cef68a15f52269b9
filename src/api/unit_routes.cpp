// Reading the organisation: search, a unit, its children and path in either tree, its history, its
// roll, staff and posts.
#include <algorithm>

#include "api/names.h"
#include "api/routes.h"
#include "api/views.h"

namespace huilu::api {

namespace {

using command::Permission;

// The unit of the path, when it may be read and named today.
Refusals check_unit(Call& call, Permission permission, UnitId& unit) {
  const auto id = call.id<UnitId>("id");
  if (!id) return {{RefusalCode::not_found, "", "", "", ""}};
  unit = *id;
  if (auto refusals = call.check(permission, {unit}); !refusals.empty()) return refusals;
  return open_names(call, unit);
}

org::PageRequest page_of(Query& query) {
  org::PageRequest page;
  page.limit = query.integer("limit", 50, 1, 500);
  page.cursor = query.text("cursor").value_or("");
  return page;
}

// What the ranges hold of the names that fit; a range may be narrower than the subtree it begins.
std::vector<UnitId> search(Call& call, const std::string& text,
                           const std::vector<identity::Range>& ranges, std::size_t limit) {
  org::Search wanted{text, org::Among::units, {}, call.today, 4 * limit};
  for (const auto& range : ranges) wanted.units_below.push_back(range.from);
  std::vector<UnitId> found;
  for (const auto& hit : call.services.directory.search(wanted)) {
    const bool visible = std::any_of(ranges.begin(), ranges.end(),
                                     [&](const auto& range) { return range.contains(hit.path); });
    if (visible && found.size() < limit) found.push_back(hit.unit);
  }
  return found;
}

// By name, Traditional or Simplified, or by the first letters of its pinyin; by code; or, without
// either, the units where the account's grants stand.
Answer find_units(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  const auto wanted = query.text("q");
  const auto code = query.text("code");
  const auto system = query.text("code_system");
  const int limit = query.integer("limit", 50, 1, 500);
  query.finish();
  auto visible =
      identity::visible_subtrees(*call.reader, call.who.account, Permission::unit_read, call.today);
  if (!visible) refusals = visible.refusals();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  std::vector<UnitId> found;
  if (wanted) {
    found = search(call, *wanted, visible->ranges, static_cast<std::size_t>(limit));
  } else if (code) {
    if (auto unit = org::unit_by_code(*call.reader, system.value_or(""), *code, call.today)) {
      found.push_back(unit->id);
    }
  } else {
    const auto self = identity::me(*call.reader, call.who.account, call.today);
    for (const auto& grant : self ? self->grants : std::vector<identity::GrantRow>{}) {
      if (grant.unit) found.push_back(*grant.unit);
    }
  }
  const auto open =
      identity::open_names(*call.reader, call.who.account, call.who.session, call.today);
  Value::List items;
  for (const UnitId id : found) {
    const auto unit = org::unit_on(*call.reader, id, call.today);
    if (unit && open.open(unit->path)) items.push_back(unit_view(*unit));
  }
  return Answer::of(listed(call, std::move(items), ""));
}

Answer unit(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  const Date on = query.date("on").value_or(call.today);
  query.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  UnitId id;
  if (auto no = check_unit(call, Permission::unit_read, id); !no.empty()) return Answer::no(no);
  const auto found = org::unit_on(*call.reader, id, on);
  if (!found) return Answer::no(RefusalCode::not_found);
  Value view = unit_view(*found);
  view.set("path", path_view(org::affiliation_path(*call.reader, id, on)));
  view.set("seat_path", path_view(org::seat_path(*call.reader, id, on)));
  view.set("as_of", as_of(call));
  return Answer::of(std::move(view));
}

// Children are one level further down: their names are open where the parent's level allows it.
Answer unit_children(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  const Date on = query.date("on").value_or(call.today);
  const auto page_request = page_of(query);
  query.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  if (auto no = org::check_page(page_request); !no.empty()) return Answer::no(no);
  UnitId id;
  if (auto no = check_unit(call, Permission::unit_read, id); !no.empty()) return Answer::no(no);
  const auto page = org::children_of(*call.reader, id, on, page_request);
  if (!page.items.empty()) {
    if (auto no = open_names(call, page.items.front().id, id); !no.empty()) return Answer::no(no);
  }
  Value::List items;
  for (const auto& child : page.items) items.push_back(unit_view(child));
  return Answer::of(listed(call, std::move(items), page.next_cursor));
}

Answer unit_history(Call& call) {
  UnitId id;
  if (auto no = check_unit(call, Permission::unit_read, id); !no.empty()) return Answer::no(no);
  const auto found = org::history_of(*call.reader, id);
  return found ? Answer::of(history_view(*found)) : Answer::no(RefusalCode::not_found);
}

// A page of persons of a unit, for who may read their names.
template <class Page, class Line>
Answer persons(Call& call, Page page, Line line) {
  Refusals refusals;
  Query query(call, refusals);
  const Date on = query.date("on").value_or(call.today);
  const auto page_request = page_of(query);
  query.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  if (auto no = org::check_page(page_request); !no.empty()) return Answer::no(no);
  UnitId id;
  if (auto no = check_unit(call, Permission::member_names_read, id); !no.empty()) {
    return Answer::no(no);
  }
  const auto found = page(*call.reader, id, on, page_request);
  Value::List items;
  for (const auto& item : found.items) {
    Value view = line(item);
    view.set("name", item.name);
    items.push_back(std::move(view));
  }
  return Answer::of(listed(call, std::move(items), found.next_cursor));
}

Answer roll(Call& call) {
  return persons(call, org::roll_of,
                 [](const org::RollLine& line) { return membership_view(line.membership); });
}

Answer staff(Call& call) {
  return persons(call, org::staff_of, [](const org::StaffLine& line) {
    return Value::object({{"id", line.employment.id},
                          {"version", line.employment.version},
                          {"person", line.employment.person.text()},
                          {"from", line.employment.span.from.text()},
                          {"until", date_or_null(line.employment.span.until)}});
  });
}

Answer posts(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  const Date on = query.date("on").value_or(call.today);
  query.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  UnitId id;
  if (auto no = check_unit(call, Permission::unit_read, id); !no.empty()) return Answer::no(no);
  const bool named = call.check(Permission::post_names_read, {id}).empty();
  Value::List items;
  for (const auto& line : org::posts_of(*call.reader, id, on)) {
    Value::List holders;
    for (const auto& holder : line.holders) {
      Value view = tenure_view(holder.tenure);
      view.set("name", named ? Value(holder.name) : Value());
      if (!named) view.set("person", Value());
      holders.push_back(std::move(view));
    }
    Value view = post_view(line.post);
    view.set("holders", std::move(holders));
    items.push_back(std::move(view));
  }
  return Answer::of(listed(call, std::move(items), ""));
}

// Who opened the names below this unit, and why: the unit sees who looked.
Answer opened(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  const int limit = query.integer("limit", 50, 1, 500);
  query.finish();
  const auto id = call.id<UnitId>("id");
  if (!id) return Answer::no(RefusalCode::not_found);
  if (refusals.empty()) refusals = call.check(Permission::opened_names_read, {*id});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  Value::List items;
  for (const auto& row : identity::opened_names(*call.reader, *id, {}, limit)) {
    items.push_back(Value::object({{"account", row.account.text()},
                                   {"account_name", row.account_name},
                                   {"reason", row.reason},
                                   {"at", row.at.text()}}));
  }
  return Answer::of(listed(call, std::move(items), ""));
}

}  // namespace

std::vector<Route> unit_routes() {
  using http::Method;
  constexpr auto in = Access::signed_in;
  constexpr auto none = BodyKind::none;
  return {
      {Method::get, "/units", in, Permission::unit_read, Asked::lists, none, "", "UnitList", 200,
       "Units by name, initials or code; without a filter those of one's grants", find_units},
      {Method::get, "/units/{id}", in, Permission::unit_read, Asked::path_unit, none, "",
       "UnitWithPaths", 200, "A unit on a date, with its paths in both trees", unit},
      {Method::get, "/units/{id}/children", in, Permission::unit_read, Asked::path_unit, none, "",
       "UnitList", 200, "The units affiliated to it on a date, in official order", unit_children},
      {Method::get, "/units/{id}/history", in, Permission::unit_read, Asked::path_unit, none, "",
       "UnitHistory", 200, "Names, kinds, parents and relations with their dates", unit_history},
      {Method::get, "/units/{id}/roll", in, Permission::member_names_read, Asked::path_unit, none,
       "", "RollList", 200, "Members on the roll of a branch on a date", roll},
      {Method::get, "/units/{id}/staff", in, Permission::member_names_read, Asked::path_unit, none,
       "", "StaffList", 200, "Persons employed by a unit on a date", staff},
      {Method::get, "/units/{id}/posts", in, Permission::unit_read, Asked::path_unit, none, "",
       "PostList", 200, "Posts and who holds them on a date", posts},
      {Method::get, "/units/{id}/opened-names", in, Permission::opened_names_read, Asked::path_unit,
       none, "", "OpenedNamesList", 200, "Who opened the names below this unit, and why", opened},
  };
}

}  // namespace huilu::api
