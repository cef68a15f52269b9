// Policy as it is known here: duties in force, packs with everything that they declare.
#include <algorithm>

#include "api/policy_views.h"
#include "api/routes.h"
#include "compliance/load_facts.h"
#include "obligation/evaluate.h"

namespace huilu::api {

namespace {

using command::Permission;

PolicyShown shown_to(const Call& call, const obligation::Facts& facts) {
  return {call.services.packs, facts, call.language, call.today, call.services.clock.now()};
}

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

// The version asked for; otherwise the one in force, or the last of those that are known.
const policy::Pack* choose(const PolicyShown& shown, std::string_view id,
                           const std::optional<std::string>& version) {
  const policy::Pack* chosen = nullptr;
  for (const policy::Pack& pack : shown.packs) {
    if (pack.id != id || (version && pack.version != *version)) continue;
    if (chosen == nullptr || active_view(shown, *chosen).is_null()) chosen = &pack;
  }
  return chosen;
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
  const policy::Pack* found = choose(shown, call.parameter("id"), version);
  if (found == nullptr) return Answer::no(RefusalCode::not_found);
  Value view = pack_details_view(shown, *found);
  view.set("as_of", as_of(call));
  return Answer::of(std::move(view));
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
  };
}

}  // namespace huilu::api
