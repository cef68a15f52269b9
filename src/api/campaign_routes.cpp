// Campaigns: launch one from a pack, place units, end one.
#include "api/enactment_views.h"
#include "api/routes.h"
#include "campaign/commands.h"
#include "campaign/preview.h"
#include "campaign/queries.h"
#include "compliance/load_facts.h"
#include "enactment/rules.h"
#include "obligation/periods.h"
#include "org/queries.h"

namespace huilu::api {

namespace {

using campaign::Launched;
using command::Permission;

std::vector<campaign::Batch> read_batches(Members& in, Refusals& refusals) {
  std::vector<campaign::Batch> batches;
  const Value::List* list = in.list("batches", 100);
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
    Members batch((*list)[i], in.at("batches") + "/" + std::to_string(i), refusals);
    std::string id = batch.text("id", 64);
    const Date from = batch.date("from");
    batches.push_back({std::move(id), {from, batch.date("until")}});
    batch.finish();
  }
  return batches;
}

// Of a campaign whose pack declares no batches, its own.
Value batch_title(const policy::Pack* pack, const std::string& id, words::Language language) {
  if (pack == nullptr || !pack->campaign) return {};
  for (const policy::Batch& batch : pack->campaign->batches) {
    if (batch.id == id) return label_in(batch.title, language);
  }
  return label_in(pack->campaign->title, language);
}

Value batches_view(const std::vector<campaign::Batch>& batches, const policy::Pack* pack,
                   campaign::Parts parts, words::Language language) {
  Value::List list;
  for (const campaign::Batch& batch : batches) {
    list.push_back(Value::object({{"id", batch.id},
                                  {"title", batch_title(pack, batch.id, language)},
                                  {"from", batch.window.from.text()},
                                  {"until", date_or_null(batch.window.until)},
                                  {"units", parts.units[batch.id]}}));
  }
  return list;
}

// The days of a phase in each batch.
Value phase_view(const policy::Phase& phase, const obligation::Facts& facts,
                 const obligation::Campaign& campaign, const policy::Pack& pack, Date today,
                 Instant now, words::Language language) {
  obligation::Calendars calendars(facts);
  Value::List days;
  for (const auto& batch : campaign.batches) {
    obligation::Notes notes;
    const obligation::Context context{
        facts,
        calendars,
        pack,
        obligation::Bearer{campaign.unit, {}, {}},
        policy::MemberAt::home,
        {obligation::campaign_name(campaign.id), batch.window.from, *batch.window.until},
        &campaign,
        batch.window,
        batch.window.from,
        today,
        now,
        obligation::Reach::all,
        notes};
    const auto found = obligation::phase_days(context, phase, batch.window);
    if (!found) continue;
    Value view = interval_view(*found);
    view.set("batch", batch.id);
    days.push_back(std::move(view));
  }
  return Value::object(
      {{"id", phase.id}, {"title", label_in(phase.title, language)}, {"days", std::move(days)}});
}

Value aims_view(const std::vector<policy::Aim>& aims, words::Language language) {
  Value::List list;
  for (const policy::Aim& aim : aims) {
    list.push_back(
        Value::object({{"id", aim.id},
                       {"title", label_in(aim.title, language)},
                       {"clauses", Value::List(aim.clauses.begin(), aim.clauses.end())}}));
  }
  return list;
}

std::string path_of(const Call& call, UnitId unit) {
  const auto found = org::unit_on(*call.reader, unit, call.today);
  return found ? found->path : std::string();
}

Value ended_view(const Launched& launched) {
  if (!launched.ended_on) return {};
  return Value::object({{"on", launched.ended_on->text()},
                        {"by", actor_or_null(*launched.ended_by)},
                        {"at", launched.ended_at->text()},
                        {"reason", launched.end_reason}});
}

Value campaign_view(const Call& call, const obligation::Facts& policy, const Launched& launched) {
  const auto* pack =
      enactment::find_pack(call.services.packs, launched.pack, launched.pack_version);
  const Instant now = call.services.clock.now();
  const auto fact = campaign::campaign_of(*call.reader, launched.id);
  campaign::Parts parts;
  Value::List phases;
  const std::string path = path_of(call, launched.unit);
  if (fact && !path.empty()) {
    parts = campaign::count_parts(*call.reader, policy, *fact, path, call.today, now);
  }
  if (fact && pack != nullptr && pack->campaign) {
    for (const policy::Phase& phase : pack->campaign->phases) {
      phases.push_back(phase_view(phase, policy, *fact, *pack, call.today, now, call.language));
    }
  }
  Value title;
  Value strands = Value::List();
  Value goals = Value::List();
  if (pack != nullptr && pack->campaign) {
    title = label_in(pack->campaign->title, call.language);
    strands = aims_view(pack->campaign->strands, call.language);
    goals = aims_view(pack->campaign->goals, call.language);
  }
  return Value::object({{"id", launched.id.text()},
                        {"pack", launched.pack},
                        {"pack_version", launched.pack_version},
                        {"title", std::move(title)},
                        {"unit", launched.unit.text()},
                        {"window", interval_view(launched.window())},
                        {"batches", batches_view(launched.batches, pack, parts, call.language)},
                        {"in_none", parts.in_none},
                        {"phases", std::move(phases)},
                        {"strands", std::move(strands)},
                        {"goals", std::move(goals)},
                        {"launched", Value::object({{"by", actor_or_null(launched.launched_by)},
                                                    {"at", launched.launched_at.text()}})},
                        {"ended", ended_view(launched)},
                        {"version", launched.version}});
}

bool is_visible(const Call& call, const Launched& launched) {
  return call.check(Permission::unit_read, {launched.unit}).empty();
}

Answer list_campaigns(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  const auto after = query.id<CampaignId>("cursor").value_or(CampaignId{});
  const int limit = query.integer("limit", 50, 1, 500);
  query.finish();
  if (refusals.empty()) refusals = call.check(Permission::unit_read, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto policy = compliance::load_policy(*call.reader, call.services.packs);
  const auto rows = campaign::list(*call.reader, after, limit);
  Value::List items;
  for (const Launched& row : rows) {
    if (is_visible(call, row)) items.push_back(campaign_view(call, policy, row));
  }
  const bool full = rows.size() == static_cast<std::size_t>(limit);
  return Answer::of(listed(call, std::move(items), full ? rows.back().id.text() : ""));
}

Value placement_view(const campaign::Placement& placement) {
  return Value::object({{"unit", placement.unit.text()},
                        {"batch", placement.batch.empty() ? Value() : Value(placement.batch)},
                        {"from", placement.from.text()},
                        {"reason", placement.reason},
                        {"by", actor_or_null(placement.placed_by)},
                        {"at", placement.placed_at.text()}});
}

std::optional<Launched> read_campaign(const Call& call) {
  const auto id = call.id<CampaignId>("id");
  return id ? campaign::find(*call.reader, *id) : std::nullopt;
}

Answer show_campaign(Call& call) {
  if (auto refusals = call.check(Permission::unit_read, {}); !refusals.empty()) {
    return Answer::no(std::move(refusals));
  }
  const auto launched = read_campaign(call);
  if (!launched || !is_visible(call, *launched)) return Answer::no(RefusalCode::not_found);
  const auto policy = compliance::load_policy(*call.reader, call.services.packs);
  Value view = campaign_view(call, policy, *launched);
  Value::List placements;
  for (const auto& placement : campaign::placements(*call.reader, launched->id)) {
    placements.push_back(placement_view(placement));
  }
  view.set("placements", std::move(placements));
  view.set("as_of", as_of(call));
  return Answer::of(std::move(view));
}

// What a launch would do, with nothing written.
Answer preview(Call& call, const campaign::NewCampaign& asked) {
  auto refusals = call.check(Permission::campaign_change, {asked.unit});
  if (!refusals.empty()) {
    for (Refusal& refusal : refusals) {
      if (refusal.code == RefusalCode::not_found) refusal.code = RefusalCode::unknown_unit;
      refusal.where = "/unit";
    }
    return Answer::no(std::move(refusals));
  }
  campaign::LaunchLoad load;
  load.queue(*call.reader, asked.pack, asked.unit);
  call.reader->flush();
  const Instant now = call.services.clock.now();
  const auto surroundings = load.surroundings();
  const auto plan = campaign::decide_launch(asked, call.services.packs, surroundings, now);
  if (!plan) return Answer::no(plan.refusals());
  obligation::Campaign campaign;
  campaign.pack = asked.pack;
  campaign.unit = asked.unit;
  campaign.at = now;
  for (const auto& batch : plan->batches) campaign.batches.push_back({batch.id, batch.window});
  const auto policy = compliance::load_policy(*call.reader, call.services.packs);
  const auto parts =
      campaign::count_parts(*call.reader, policy, campaign, *surroundings.path, call.today, now);
  return Answer::of(
      Value::object({{"pack_version", plan->pack->version},
                     {"batches", batches_view(plan->batches, plan->pack, parts, call.language)},
                     {"in_none", parts.in_none},
                     {"as_of", as_of(call)}}));
}

Answer launch(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  campaign::NewCampaign asked;
  asked.pack = in.text("pack", 64);
  asked.unit = in.id<UnitId>("unit");
  asked.batches = read_batches(in, refusals);
  const bool only_asking = in.flag("preview", false);
  in.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  if (only_asking) return preview(call, asked);
  return Answer::run(
      std::make_unique<campaign::LaunchCampaign>(call.services.packs, std::move(asked)));
}

Answer place_in_batch(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  campaign::NewPlacement asked;
  asked.unit = in.id<UnitId>("unit");
  asked.batch = in.optional_text("batch", 64).value_or("");
  asked.from = in.date("from");
  asked.reason = in.text("reason", 200);
  in.finish();
  if (refusals.empty()) refusals = call.check(Permission::campaign_change, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto launched = read_campaign(call);
  if (!launched) return Answer::no(RefusalCode::not_found);
  return Answer::run(std::make_unique<campaign::PlaceUnit>(*launched, std::move(asked)));
}

Answer end(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  const auto version = in.integer("version", 1, INT64_MAX);
  const Date date = in.date("date");
  auto reason = in.text("reason", 200);
  in.finish();
  if (refusals.empty()) refusals = call.check(Permission::campaign_change, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto launched = read_campaign(call);
  if (!launched) return Answer::no(RefusalCode::not_found);
  return Answer::run(
      std::make_unique<campaign::EndCampaign>(*launched, version, date, std::move(reason)));
}

}  // namespace

std::vector<Route> campaign_routes() {
  using enum http::Method;
  constexpr auto in = Access::signed_in;
  constexpr auto none = BodyKind::none;
  constexpr auto json = BodyKind::json;
  constexpr auto change = Permission::campaign_change;
  constexpr auto units = Asked::body_units;
  return {
      {get, "/campaigns", in, Permission::unit_read, Asked::lists, none, "", "CampaignList", 200,
       "Campaigns of the units that one sees, by id", list_campaigns, nullptr, "limit cursor"},
      {get, "/campaigns/{id}", in, Permission::unit_read, Asked::lists, none, "", "CampaignDetails",
       200, "One of them, with the units that were placed", show_campaign},
      {post,
       "/campaigns",
       in,
       change,
       units,
       json,
       "NewCampaign",
       "Changed",
       201,
       "Launch a campaign; with `preview` only say with which units",
       launch,
       nullptr,
       {},
       "CampaignPreview"},
      {post, "/campaigns/{id}/placements", in, change, units, json, "NewPlacement", "Changed", 201,
       "Place a unit, with all below it, in another batch or in none", place_in_batch},
      {post, "/campaigns/{id}/end", in, change, units, json, "CampaignEnd", "Changed", 200,
       "End a campaign before its time", end},
  };
}

}  // namespace huilu::api
