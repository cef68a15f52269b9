// What is in force here: packs and values that two persons decide, and calendars.
#include "api/enactment_views.h"
#include "api/routes.h"
#include "enactment/commands.h"
#include "enactment/queries.h"

namespace huilu::api {

namespace {

using command::Permission;
using enactment::State;

Answer propose_activation(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  enactment::NewActivation activation;
  activation.pack = in.text("pack", 64);
  activation.pack_version = in.text("version", 32);
  activation.unit = in.optional_id<UnitId>("unit");
  activation.span = {in.date("from"), in.optional_date("until")};
  activation.reason = in.text("reason", 200);
  in.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  auto roots = roots_for(call, Permission::pack_propose, activation.unit);
  if (!roots) return Answer::no(roots.take_refusals());
  return Answer::run(std::make_unique<enactment::ProposeActivation>(
      call.services.packs, std::move(activation), std::move(*roots)));
}

Answer propose_value(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  enactment::NewDecided asked;
  asked.parameter = in.text("parameter", 200);
  if (const Value* value = in.value("value")) asked.value = *value;
  asked.from = in.date("from");
  asked.ref = in.text("ref", 200);
  asked.note = in.optional_text("note").value_or("");
  asked.retroactive = in.flag("retroactive", false);
  in.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  auto roots = roots_for(call, Permission::pack_propose, {});
  if (!roots) return Answer::no(roots.take_refusals());
  return Answer::run(std::make_unique<enactment::ProposeValue>(
      call.services.packs, std::move(asked), std::move(*roots)));
}

// What the path names, if it is there.
std::optional<enactment::Proposed> read_activation(const Call& call) {
  const auto id = call.id<ActivationId>("id");
  const auto found = id ? enactment::find_activation(*call.reader, *id) : std::nullopt;
  if (!found) return {};
  return enactment::proposed(*found);
}

std::optional<enactment::Proposed> read_decided(const Call& call) {
  const auto id = call.id<DecidedId>("id");
  const auto found = id ? enactment::find_decided(*call.reader, *id) : std::nullopt;
  if (!found) return {};
  return enactment::proposed(*found);
}

using Read = std::optional<enactment::Proposed> (*)(const Call&);

template <Read read>
Answer confirm(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  const auto version = in.integer("version", 1, INT64_MAX);
  in.finish();
  if (refusals.empty()) refusals = call.check(Permission::pack_activate, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  auto proposed = read(call);
  if (!proposed) return Answer::no(RefusalCode::not_found);
  auto roots = roots_for(call, Permission::pack_activate, proposed->unit);
  if (!roots) return Answer::no(roots.take_refusals());
  return Answer::run(std::make_unique<enactment::ConfirmProposal>(std::move(*proposed), version,
                                                                  std::move(*roots)));
}

Answer withdraw(Call& call, Read read, enactment::Withdrawal withdrawal) {
  auto refusals = call.check(Permission::pack_propose, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  auto proposed = read(call);
  if (!proposed) return Answer::no(RefusalCode::not_found);
  const auto permission = proposed->steps.state() == State::in_force ? Permission::pack_activate
                                                                     : Permission::pack_propose;
  auto roots = roots_for(call, permission, proposed->unit);
  if (!roots) return Answer::no(roots.take_refusals());
  return Answer::run(std::make_unique<enactment::WithdrawProposal>(
      std::move(*proposed), std::move(withdrawal), std::move(*roots)));
}

Answer withdraw_activation(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  enactment::Withdrawal withdrawal{in.integer("version", 1, INT64_MAX), in.text("reason", 200),
                                   in.optional_date("from")};
  in.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  return withdraw(call, read_activation, std::move(withdrawal));
}

Answer withdraw_value(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  enactment::Withdrawal withdrawal{in.integer("version", 1, INT64_MAX), in.text("reason", 200), {}};
  in.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  return withdraw(call, read_decided, std::move(withdrawal));
}

// A page of proposals, by id.
template <class IdType>
struct PageOf {
  std::optional<State> state;
  IdType after;
  int limit = 50;
};

template <class IdType>
PageOf<IdType> read_page(Call& call, Refusals& refusals) {
  PageOf<IdType> page;
  Query query(call, refusals);
  const auto state = query.word("state", {"all", "proposed", "in_force", "withdrawn"});
  for (const State one : {State::proposed, State::in_force, State::withdrawn}) {
    if (enactment::word_of(one) == state) page.state = one;
  }
  page.after = query.id<IdType>("cursor").value_or(IdType{});
  page.limit = query.integer("limit", 50, 1, 500);
  query.finish();
  if (refusals.empty()) refusals = call.check(Permission::pack_read, {});
  return page;
}

template <class Row>
std::string cursor_after(const std::vector<Row>& rows, int limit) {
  return rows.size() < static_cast<std::size_t>(limit) ? std::string() : rows.back().id.text();
}

bool is_visible(const Call& call, const enactment::Activation& activation) {
  return !activation.unit || call.check(Permission::unit_read, {*activation.unit}).empty();
}

Answer activation(Call& call) {
  if (auto refusals = call.check(Permission::pack_read, {}); !refusals.empty()) {
    return Answer::no(std::move(refusals));
  }
  const auto id = call.id<ActivationId>("id");
  const auto found = id ? enactment::find_activation(*call.reader, *id) : std::nullopt;
  if (!found || !is_visible(call, *found)) return Answer::no(RefusalCode::not_found);
  Value view = activation_view(*found, call.services.packs, call.language);
  view.set("as_of", as_of(call));
  return Answer::of(std::move(view));
}

Answer value(Call& call) {
  if (auto refusals = call.check(Permission::pack_read, {}); !refusals.empty()) {
    return Answer::no(std::move(refusals));
  }
  const auto id = call.id<DecidedId>("id");
  const auto found = id ? enactment::find_decided(*call.reader, *id) : std::nullopt;
  if (!found) return Answer::no(RefusalCode::not_found);
  Value view = decided_view(*found, call.services.packs, call.language);
  view.set("as_of", as_of(call));
  return Answer::of(std::move(view));
}

// Units that the account does not see are left out with what is in force there.
Answer activations(Call& call) {
  Refusals refusals;
  const auto page = read_page<ActivationId>(call, refusals);
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto rows = enactment::list_activations(*call.reader, page.state, page.after, page.limit);
  Value::List items;
  for (const auto& row : rows) {
    if (!is_visible(call, row)) continue;
    items.push_back(activation_view(row, call.services.packs, call.language));
  }
  return Answer::of(listed(call, std::move(items), cursor_after(rows, page.limit)));
}

Answer values(Call& call) {
  Refusals refusals;
  const auto page = read_page<DecidedId>(call, refusals);
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto rows = enactment::list_decided(*call.reader, page.state, page.after, page.limit);
  Value::List items;
  for (const auto& row : rows) {
    items.push_back(decided_view(row, call.services.packs, call.language));
  }
  return Answer::of(listed(call, std::move(items), cursor_after(rows, page.limit)));
}

std::vector<Interval> read_rest(Members& in, Refusals& refusals) {
  std::vector<Interval> rest;
  const Value::List* list = in.list("rest", 400);
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
    Members span((*list)[i], in.at("rest") + "/" + std::to_string(i), refusals);
    const Date from = span.date("from");
    rest.push_back({from, span.date("until")});
    span.finish();
  }
  return rest;
}

std::vector<Date> read_makeup(Members& in, Refusals& refusals) {
  std::vector<Date> makeup;
  const auto days = in.texts("makeup", 400);
  for (std::size_t i = 0; i < days.size(); ++i) {
    const auto day = Date::parse(days[i]);
    if (day) {
      makeup.push_back(*day);
    } else {
      refusals.push_back({RefusalCode::field_type, in.at("makeup") + "/" + std::to_string(i),
                          "YYYY-MM-DD", days[i], ""});
    }
  }
  return makeup;
}

Answer import_revision(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  calendar::Revision revision;
  revision.year = static_cast<int>(in.integer("year", 1, 9999));
  revision.id = in.text("id", 32);
  revision.published = in.date("published");
  revision.source = in.text("source", 200);
  revision.rest = read_rest(in, refusals);
  revision.makeup = read_makeup(in, refusals);
  in.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  auto roots = roots_for(call, Permission::pack_activate, {});
  if (!roots) return Answer::no(roots.take_refusals());
  return Answer::run(std::make_unique<enactment::ImportRevisions>(
      call.services.packs, std::vector{std::move(revision)}, std::move(*roots)));
}

// Those of the packs first; there are a few dozen in all.
Answer revisions(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  query.finish();
  if (refusals.empty()) refusals = call.check(Permission::pack_read, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  Value::List items;
  for (const auto& pack : call.services.packs) {
    for (const auto& revision : pack.revisions) {
      items.push_back(revision_view(revision, pack.id, {}));
    }
  }
  constexpr int all = 10'000;
  for (const auto& row : enactment::list_revisions(*call.reader, 0, all)) {
    items.push_back(revision_view(row.revision, {}, row.imported));
  }
  return Answer::of(listed(call, std::move(items), ""));
}

Route enactment_route(http::Method method, std::string_view path, Permission permission,
                      Asked asked, std::string_view request, std::string_view reply, int status,
                      std::string_view summary, Handler handler, std::string_view query = {}) {
  const auto body = request.empty() ? BodyKind::none : BodyKind::json;
  return {method, path,   Access::signed_in, permission, asked,   body, request,
          reply,  status, summary,           handler,    nullptr, query};
}

}  // namespace

std::vector<Route> enactment_routes() {
  using enum http::Method;
  constexpr auto read = Permission::pack_read;
  constexpr auto propose = Permission::pack_propose;
  constexpr auto activate = Permission::pack_activate;
  constexpr auto any = Asked::anywhere;
  constexpr auto units = Asked::body_units;
  return {
      enactment_route(get, "/activations", read, any, "", "ActivationList", 200,
                      "Versions of packs that were proposed and are in force, by id", activations,
                      "state limit cursor"),
      enactment_route(post, "/activations", propose, units, "NewActivation", "Proposed", 201,
                      "Propose a version of a pack; another person confirms it",
                      propose_activation),
      enactment_route(post, "/activations/{id}/confirmation", activate, units, "Confirmation",
                      "Proposed", 200, "Put a proposed version of a pack in force",
                      confirm<read_activation>),
      enactment_route(post, "/activations/{id}/withdrawal", propose, units, "ActivationWithdrawal",
                      "Proposed", 200, "Withdraw it, wholly or from a day on", withdraw_activation),
      enactment_route(get, "/activations/{id}", read, any, "", "Activation", 200, "One of them",
                      activation),
      enactment_route(get, "/parameter-values", read, any, "", "ParameterValueList", 200,
                      "Values that were decided here, by id", values, "state limit cursor"),
      enactment_route(post, "/parameter-values", propose, units, "NewParameterValue", "Proposed",
                      201, "Propose a value of a parameter; another person confirms it",
                      propose_value),
      enactment_route(post, "/parameter-values/{id}/confirmation", activate, units, "Confirmation",
                      "Proposed", 200, "Put a proposed value in force", confirm<read_decided>),
      enactment_route(post, "/parameter-values/{id}/withdrawal", propose, units, "Withdrawal",
                      "Proposed", 200, "Take a proposed value back", withdraw_value),
      enactment_route(get, "/parameter-values/{id}", read, any, "", "ParameterValue", 200,
                      "One of them", value),
      enactment_route(get, "/calendar-revisions", read, any, "", "CalendarRevisionList", 200,
                      "Holidays as they were published, of the packs and imported", revisions),
      enactment_route(post, "/calendar-revisions", activate, units, "NewCalendarRevision",
                      "Imported", 201, "Import the holidays of a publication", import_revision),
  };
}

}  // namespace huilu::api
