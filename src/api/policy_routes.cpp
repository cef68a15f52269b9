// Policy as it is known here: duties in force, packs with everything that they declare.
#include <algorithm>

#include "api/policy_views.h"
#include "api/routes.h"
#include "compliance/load_facts.h"
#include "enactment/reviews.h"
#include "identity/queries.h"
#include "obligation/evaluate.h"

namespace huilu::api {

namespace {

using command::Permission;

const policy::Pack* pack_of(const std::vector<policy::Pack>& packs,
                            const policy::Obligation* obligation) {
  for (const policy::Pack& pack : packs) {
    for (const policy::Obligation& one : pack.obligations) {
      if (&one == obligation) return &pack;
    }
  }
  return nullptr;
}

// No parameters of the query, and the permission to read packs.
Refusals check_reading(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  query.finish();
  if (refusals.empty()) refusals = call.check(Permission::pack_read, {});
  return refusals;
}

// Those in force today, somewhere.
Answer obligations(Call& call) {
  auto refusals = check_reading(call);
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto facts = compliance::load_policy(*call.reader, call.services.packs);
  const PolicyShown shown = shown_to(call, facts);
  Value::List items;
  for (const auto* obligation : obligation::obligations_on(facts, shown.today, shown.now)) {
    items.push_back(obligation_view(shown, *pack_of(call.services.packs, obligation), *obligation));
  }
  return Answer::of(listed(call, std::move(items), ""));
}

Answer packs(Call& call) {
  auto refusals = check_reading(call);
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto facts = compliance::load_policy(*call.reader, call.services.packs);
  const PolicyShown shown = shown_to(call, facts);
  Value::List items;
  for (const policy::Pack& pack : call.services.packs) items.push_back(pack_view(shown, pack));
  return Answer::of(listed(call, std::move(items), ""));
}

// Who has looked at what of the versions that the pack stands on; a person is named where holders
// of posts are.
Value reviewed_view(const Call& call, const policy::Pack& pack) {
  const bool names = call.check(Permission::post_names_read, {}).empty();
  Value::List list;
  for (const auto& one : enactment::reviews_of(*call.reader, pack.id)) {
    if (one.of.pack_version != pack.version) continue;
    const auto by = names ? identity::find_account(*call.reader, one.by) : std::nullopt;
    list.push_back(Value::object({{"parent", one.of.parent},
                                  {"parent_version", one.of.parent_version},
                                  {"note", one.note},
                                  {"at", one.at.text()},
                                  {"by_name", by ? Value(by->display_name) : Value()}}));
  }
  return list;
}

Answer pack(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  const auto version = query.text("version");
  query.finish();
  if (refusals.empty()) refusals = call.check(Permission::pack_read, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto facts = compliance::load_policy(*call.reader, call.services.packs);
  const PolicyShown shown = shown_to(call, facts);
  const policy::Pack* found = choose_pack(shown, call.parameter("id"), version);
  if (found == nullptr) return Answer::no(RefusalCode::not_found);
  Value view = pack_details_view(shown, *found);
  view.set("reviewed", reviewed_view(call, *found));
  view.set("as_of", as_of(call));
  return Answer::of(std::move(view));
}

Answer assumed_values(Call& call) {
  auto refusals = check_reading(call);
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto facts = compliance::load_policy(*call.reader, call.services.packs);
  return Answer::of(listed(call, assumed_view(shown_to(call, facts)), ""));
}

}  // namespace

std::vector<Route> policy_routes() {
  using enum http::Method;
  constexpr auto in = Access::signed_in;
  constexpr auto none = BodyKind::none;
  constexpr auto read = Permission::pack_read;
  constexpr auto any = Asked::anywhere;
  return {
      {get, "/obligations", in, read, any, none, "", "ObligationList", 200,
       "The duties in force today", obligations},
      {get, "/packs", in, read, any, none, "", "PackList", 200, "The packs that are known here",
       packs},
      {get, "/packs/{id}", in, read, any, none, "", "PackDetails", 200,
       "Everything that a pack declares, with what was decided for it", pack, nullptr, "version"},
      {get, "/assumed-values", in, read, any, none, "", "AssumedValueList", 200,
       "Values in force that rest on nothing yet, with the duties that they decide",
       assumed_values},
  };
}

}  // namespace huilu::api
