// Matters: open, move, edit; the ledger of a subtree; one with its timeline and what may be done.
#include <algorithm>
#include <set>

#include "api/desk.h"
#include "api/enactment_views.h"
#include "api/ledger_query.h"
#include "api/matter_reads.h"
#include "api/matter_views.h"
#include "api/relapses.h"
#include "api/routes.h"
#include "ballot/commands.h"
#include "matter/deeds.h"
#include "policy/finding.h"

namespace huilu::api {

namespace {

using command::Permission;
using obligation::Change;

std::string expected_types(const std::vector<const policy::MatterType*>& types,
                           std::string_view type) {
  std::vector<std::string_view> addresses;
  for (const auto* one : types) addresses.push_back(one->address);
  return addresses.empty() ? std::string() : policy::nearest_or_all(type, addresses);
}

Answer matter_types(Call& call) {
  const auto facts = facts_at(call, {});
  Value::List items;
  for (const auto* type : matter::types_in_force(*facts, call.today, call.services.clock.now())) {
    items.push_back(matter_type_view(*type, call.language));
  }
  return Answer::of(listed(call, std::move(items), ""));
}

Answer open_matter(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  const bool only_asking = query.flag("dry_run");
  query.finish();
  Members in(call.body, "", refusals);
  auto asked = read_new_matter(in);
  asked.parent = in.optional_id<MatterId>("parent");
  in.finish();
  if (refusals.empty()) {
    refusals = call.check(Permission::matter_open, {asked.unit}, "/unit");
    if (!refusals.empty() && refusals.front().code == RefusalCode::not_found) {
      refusals = {{RefusalCode::unknown_unit, "/unit", "", asked.unit.text(), ""}};
    }
  }
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto facts = facts_at(call, {asked.unit});
  const Instant now = call.services.clock.now();
  const auto* const pack = matter::pack_in_force(*facts, asked.type, asked.unit, call.today, now);
  if (pack == nullptr) {
    const auto all = matter::types_in_force(*facts, call.today, now);
    return Answer::no(RefusalCode::unknown_matter_type, "/type", expected_types(all, asked.type),
                      asked.type);
  }
  if (only_asking) return preview_matter(call, facts, *pack, asked);
  if (asked.parent && !read_matter(call, *asked.parent)) {
    return Answer::no(RefusalCode::unknown_matter, "/parent", "", asked.parent->text());
  }
  const bool in_campaign =
      !asked.campaign || std::ranges::any_of(facts->campaigns, [&](const auto& campaign) {
        return campaign.id == *asked.campaign;
      });
  if (!in_campaign) {
    return Answer::no(RefusalCode::unit_not_in_campaign, "/campaign", "", asked.campaign->text());
  }
  return Answer::run(std::make_unique<matter::OpenMatter>(facts, *pack, std::move(asked)));
}

Answer move_matter(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  const auto version = in.integer("version", 1, INT64_MAX);
  auto move = in.text("move", 64);
  auto change = read_matter_change(in);
  change.unit = in.optional_id<UnitId>("unit");
  change.into = in.optional_id<MatterId>("into");
  in.finish();
  if (refusals.empty()) refusals = call.check(Permission::matter_change, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto id = call.id<MatterId>("id");
  auto read = id ? read_matter(call, *id, change) : std::nullopt;
  if (!read) return Answer::no(RefusalCode::not_found);
  if (change.into && !read_matter(call, *change.into)) {
    return Answer::no(RefusalCode::unknown_matter, "/into", "", change.into->text());
  }
  return Answer::run(ballot::moving(std::move(*read), std::move(move), std::move(change), version,
                                    call.who.account, call.today, call.services.clock.now(),
                                    call.services.packs));
}

Answer edit_matter(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  const auto version = in.integer("version", 1, INT64_MAX);
  auto change = read_matter_change(in);
  in.finish();
  if (refusals.empty()) refusals = call.check(Permission::matter_open, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto id = call.id<MatterId>("id");
  auto read = id ? read_matter(call, *id, change) : std::nullopt;
  if (!read) return Answer::no(RefusalCode::not_found);
  return Answer::run(
      std::make_unique<matter::EditMatter>(std::move(*read), std::move(change), version));
}

// A deed of the caller on a matter that he has read.
Answer run_deed(Call& call, matter::AskedDeed asked, Change change, std::int64_t version,
                Refusals refusals) {
  if (refusals.empty()) refusals = call.check(Permission::matter_change, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto id = call.id<MatterId>("id");
  auto read = id ? read_matter(call, *id, change) : std::nullopt;
  if (!read) return Answer::no(RefusalCode::not_found);
  return Answer::run(std::make_unique<matter::DoDeed>(std::move(*read), std::move(asked),
                                                      std::move(change), version, call.who.account,
                                                      call.today, call.services.clock.now()));
}

Answer ask_extension(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  const auto version = in.integer("version", 1, INT64_MAX);
  matter::AskedDeed asked;
  asked.clock = in.text("clock", 64);
  asked.until = in.date("until");
  Change change;
  if (const Value* const fields = in.object("fields")) change.fields = *fields;
  change.evidence = in.ids<FileId>("evidence", 100);
  change.reason = in.optional_text("reason", 500).value_or("");
  in.finish();
  return run_deed(call, std::move(asked), std::move(change), version, std::move(refusals));
}

// One of two words: which of the two kinds is meant.
obligation::DeedKind decision_in(Members& in, std::string_view yes, std::string_view no,
                                 obligation::DeedKind kind, Refusals& refusals) {
  const std::string word = in.text("decision", 64);
  const auto other = static_cast<obligation::DeedKind>(static_cast<int>(kind) + 1);
  if (word == yes || (word != no && word.empty())) return kind;
  if (word != no) {
    refusals.push_back({RefusalCode::unknown_word, "/decision",
                        std::string(yes) + ", " + std::string(no), word, ""});
  }
  return other;
}

Answer decide_extension(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  const auto version = in.integer("version", 1, INT64_MAX);
  matter::AskedDeed asked;
  asked.clock = in.text("clock", 64);
  asked.kind =
      decision_in(in, "grant", "refuse", obligation::DeedKind::extension_granted, refusals);
  Change change;
  change.reason = in.optional_text("reason", 500).value_or("");
  in.finish();
  return run_deed(call, std::move(asked), std::move(change), version, std::move(refusals));
}

Answer decide_step(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  const auto version = in.integer("version", 1, INT64_MAX);
  matter::AskedDeed asked;
  asked.clock = in.text("clock", 64);
  asked.rung = in.text("rung", 64);
  asked.kind = decision_in(in, "sign", "dismiss", obligation::DeedKind::step_signed, refusals);
  Change change;
  change.reason = in.optional_text("reason", 500).value_or("");
  in.finish();
  return run_deed(call, std::move(asked), std::move(change), version, std::move(refusals));
}

Answer acknowledge_step(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  const auto version = in.integer("version", 1, INT64_MAX);
  matter::AskedDeed asked;
  asked.kind = obligation::DeedKind::step_acknowledged;
  asked.clock = in.text("clock", 64);
  asked.rung = in.text("rung", 64);
  asked.unit = in.optional_id<UnitId>("unit");
  Change change;
  change.reason = in.optional_text("reason", 500).value_or("");
  in.finish();
  return run_deed(call, std::move(asked), std::move(change), version, std::move(refusals));
}

// The clocks for which the caller asked for more time, and who made the earlier moves.
struct MadeByCaller {
  std::vector<obligation::Made> moves;
  std::set<std::string> clocks;
};

Answer show_matter(Call& call) {
  const auto id = call.id<MatterId>("id");
  const auto found = id ? read_matter(call, *id) : std::nullopt;
  if (!found) return Answer::no(RefusalCode::not_found);
  const Instant now = call.services.clock.now();
  // An id of the pack has no blank, so that the two do not meet.
  constexpr std::string_view asked_for = "extension ";
  auto earlier = found->made;
  for (const auto& clock : obligation::clocks_of(found->life(call.today, now), found->steps)) {
    const auto asker = matter::asker_of(*found, clock);
    if (asker) earlier.emplace_back(std::string(asked_for) + clock.clock->id, *asker);
  }
  matter::ActorReads reads;
  reads.queue(*call.reader, call.who.account, call.today, found->role_units(call.today, now),
              earlier);
  call.reader->flush();
  MadeByCaller made;
  for (auto& one : reads.made()) {
    if (!one.move.starts_with(asked_for))
      made.moves.push_back(std::move(one));
    else if (one.by_actor)
      made.clocks.insert(one.move.substr(asked_for.size()));
  }
  Value view = MatterViews(call).whole(*found, reads.actor(call.today), made.moves, made.clocks);
  view.set("as_of", as_of(call));
  return Answer::of(std::move(view));
}

Answer list_matters(Call& call) {
  const auto asked = read_ledger_query(call);
  if (!asked) return Answer::no(asked.refusals());
  const auto found = ledger_page(call, *asked);
  if (!found) return Answer::no(found.refusals());
  MatterViews views(call);
  views.load(found->items);
  Value::List items;
  for (const auto& one : found->items) items.push_back(views.matter(one));
  return Answer::of(listed(call, std::move(items), found->next_cursor));
}

}  // namespace

std::vector<Route> matter_routes() {
  using enum http::Method;
  constexpr auto in = Access::signed_in;
  constexpr auto none = BodyKind::none;
  constexpr auto json = BodyKind::json;
  return {
      {get, "/matter-types", in, Permission::signed_in, Asked::nowhere, none, "", "MatterTypeList",
       200, "The types of matters in force, with fields, roles, states and moves", matter_types},
      {post, "/matters", in, Permission::matter_open, Asked::body_units, json, "NewMatter",
       "MatterChanged", 201, "Open a matter; it keeps the version of the pack in force today",
       open_matter, nullptr, "dry_run", "MatterPreview"},
      {get, "/matters", in, Permission::matter_read, Asked::body_units, none, "", "MatterList", 200,
       "Matters of a unit's subtree, or those that a unit has a part in", list_matters, nullptr,
       ledger_parameters},
      {get, "/matters/{id}", in, Permission::matter_read, Asked::lists, none, "", "MatterWhole",
       200, "A matter with its roles, timeline, and what the caller may do now", show_matter},
      {post, "/matters/{id}/moves", in, Permission::matter_change, Asked::lists, json, "MatterMove",
       "MatterChanged", 200, "Move it on; whoever comes second is told who was first", move_matter},
      {post, "/matters/{id}/edits", in, Permission::matter_open, Asked::lists, json, "MatterEdit",
       "MatterChanged", 200, "Edit fields; null empties one. A deadline that is set takes a move",
       edit_matter},
      {post, "/matters/{id}/extensions", in, Permission::matter_change, Asked::lists, json,
       "ExtensionAsked", "MatterChanged", 200,
       "Ask for more time on one of its clocks; another person decides", ask_extension},
      {post, "/matters/{id}/extensions/decision", in, Permission::matter_change, Asked::lists, json,
       "ExtensionDecided", "MatterChanged", 200,
       "Grant or refuse the extension that waits; a refusal has a reason", decide_extension},
      {post, "/matters/{id}/steps", in, Permission::matter_change, Asked::lists, json,
       "StepDecided", "MatterChanged", 200,
       "Sign the step that a ladder proposes, or dismiss it with a reason", decide_step},
      {post, "/matters/{id}/steps/acknowledgement", in, Permission::matter_change, Asked::lists,
       json, "StepAcknowledged", "MatterChanged", 200,
       "Say that a unit which a signed step reached has it; once for each", acknowledge_step},
  };
}

}  // namespace huilu::api
