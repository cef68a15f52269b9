// Notices and reminders: what the caller was told, and whom he reminds of what.
#include <algorithm>

#include "api/desk.h"
#include "api/enactment_views.h"
#include "api/matter_reads.h"
#include "api/matter_views.h"
#include "api/routes.h"
#include "api/views.h"
#include "base/text.h"
#include "command/parts.h"
#include "compliance/load_facts.h"
#include "notice/commands.h"
#include "notice/queries.h"

namespace huilu::api {

namespace {

using command::Permission;

constexpr std::size_t reminded_at_once_max = 200;

// A matter to remind of, with whom it waits for.
struct Reminding {
  matter::Read read;
  std::vector<obligation::Wait> waits;
  notice::Reminded reminded;
};

matter::FactsPointer facts_of_matters(const Call& call, const std::vector<matter::Stored>& stored) {
  std::set<UnitId> units;
  for (const auto& one : stored) {
    const auto& now = one.now;
    const auto& pack = matter::pack_of(call.services.packs, now.matter.type, now.pack_version);
    const auto& type = matter::type_in(pack, now.matter.type);
    for (const UnitId unit : matter::units_of(now.matter, type)) units.insert(unit);
  }
  auto facts = compliance::load_policy(*call.reader, call.services.packs);
  compliance::load_organisation(*call.reader, {units.begin(), units.end()}, facts);
  return std::make_shared<const obligation::Facts>(std::move(facts));
}

std::vector<Reminding> read_remindings(const Call& call, const std::vector<MatterId>& ids) {
  auto stored = matter::find_all(*call.reader, ids);
  const auto facts = facts_of_matters(call, stored);
  auto reads =
      matter::read_with_histories(*call.reader, facts, call.services.packs, std::move(stored));
  const auto reminded = notice::reminded_of(*call.reader, ids);
  std::vector<Reminding> out;
  for (auto& read : reads) {
    const auto id = read.stored.now.matter.id;
    const auto life = read.life(call.today, call.services.clock.now());
    auto waits =
        obligation::waits_of(life, read.stored.now.matter, obligation::clocks_of(life, read.steps));
    std::erase_if(waits, [&](const obligation::Wait& one) {
      return one.kind == obligation::WaitKind::told || one.from > call.today;
    });
    const auto found = reminded.find(id);
    out.push_back({std::move(read), std::move(waits),
                   found == reminded.end() ? notice::Reminded{} : found->second});
  }
  return out;
}

bool is_at(const matter::Desk& desk, const obligation::Wait& wait) {
  obligation::Actor actor = desk.actor();
  if (wait.person) return actor.person == wait.person;
  if (wait.post.empty()) return std::ranges::find(actor.units, wait.unit) != actor.units.end();
  return std::ranges::any_of(actor.posts, [&](const obligation::Actor::Post& post) {
    return post.unit == wait.unit && post.kind == wait.post;
  });
}

// Whoever has a part in it or keeps the ledger reminds others, and not himself.
Refusals check_reminding(const Call& call, const Reminding& one, const matter::Desk& desk,
                         const calendar::WorkingDays& calendar, const std::string& where) {
  const auto& matter = one.read.stored.now.matter;
  const auto life = one.read.life(call.today, call.services.clock.now());
  const auto actor = desk.actor();
  const auto roles = obligation::roles_of(life, matter);
  const bool takes_part = std::ranges::any_of(
      roles, [&](const obligation::RoleNow& role) { return actor.plays(role); });
  const bool keeps = call.check(Permission::matter_open, {matter.unit}).empty();
  if (!takes_part && !keeps) return {{RefusalCode::role_required, where, "", "", ""}};
  const bool waits_for_others = std::ranges::any_of(
      one.waits, [&](const obligation::Wait& wait) { return !is_at(desk, wait); });
  if (!waits_for_others) return {{RefusalCode::wrong_state, where, "", matter.state, ""}};
  return notice::check_reminder(one.reminded, call.today, calendar, where);
}

// In the order asked; one that the caller may not see is not found.
std::optional<std::vector<Reminding>> remindings(const Call& call, const std::vector<MatterId>& ids,
                                                 Refusals& refusals) {
  auto found = read_remindings(call, ids);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto at = std::ranges::find_if(
        found, [&](const Reminding& one) { return one.read.stored.now.matter.id == ids[i]; });
    if (at == found.end() || !may_read_matter(call, at->read)) {
      refusals.push_back(
          {RefusalCode::unknown_matter, "/matters/" + std::to_string(i), "", ids[i].text(), ""});
    }
  }
  if (!refusals.empty()) return {};
  return found;
}

calendar::WorkingDays calendar_for(const Reminding& one, Date today) {
  return {one.read.facts->calendar, today};
}

Answer preview_reminders(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  const auto text = query.text("matters");
  query.finish();
  std::vector<MatterId> ids;
  for (const auto word : text ? split(*text, ',') : std::vector<std::string_view>{}) {
    const auto id = MatterId::parse(word);
    if (id && ids.size() < reminded_at_once_max) {
      ids.push_back(*id);
    } else {
      refusals.push_back({RefusalCode::field_type, "/matters", "i1,i2", std::string(word), ""});
      break;
    }
  }
  if (ids.empty() && refusals.empty())
    refusals.push_back({RefusalCode::field_required, "/matters", "", "", ""});
  if (refusals.empty()) refusals = call.check(Permission::matter_change, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto found = remindings(call, ids, refusals);
  if (!found) return Answer::no(std::move(refusals));
  const auto desk = desk_of(call, {});
  MatterViews views(call);
  std::vector<matter::Stored> stored;
  for (const auto& one : *found) stored.push_back(one.read.stored);
  views.load(stored);
  UnitNames names(call);
  Value::List items;
  for (const auto& one : *found) {
    const auto calendar = calendar_for(one, call.today);
    Value::List why, whom;
    for (const auto& refusal : check_reminding(call, one, desk, calendar, "")) {
      why.push_back(Value::object(
          {{"code", kind_of(refusal.code).name}, {"say", words::message(call.language, refusal)}}));
    }
    std::set<UnitId> units;
    for (const auto& wait : one.waits) {
      if (wait.unit && !is_at(desk, wait)) units.insert(wait.unit);
    }
    const auto& type = one.read.type();
    names.open_to_parties(matter::units_of(one.read.stored.now.matter, type));
    for (const UnitId unit : units) whom.push_back(names.view(unit));
    const bool allowed = why.empty();
    items.push_back(Value::object({{"matter", views.matter(one.read.stored)},
                                   {"units", std::move(whom)},
                                   {"times", one.reminded.times},
                                   {"last", date_or_null(one.reminded.last)},
                                   {"allowed", allowed},
                                   {"why", std::move(why)}}));
  }
  return Answer::of(listed(call, std::move(items), ""));
}

Answer send_reminders(Call& call) {
  Refusals refusals;
  Members in(call.body, "", refusals);
  const auto ids = in.ids<MatterId>("matters", reminded_at_once_max);
  in.finish();
  if (ids.empty() && refusals.empty())
    refusals.push_back({RefusalCode::field_required, "/matters", "", "", ""});
  if (refusals.empty()) refusals = call.check(Permission::matter_change, {});
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto found = remindings(call, ids, refusals);
  if (!found) return Answer::no(std::move(refusals));
  const auto desk = desk_of(call, {});
  std::vector<notice::Remindable> matters;
  for (std::size_t i = 0; i < found->size(); ++i) {
    const auto& one = (*found)[i];
    command::append(refusals, check_reminding(call, one, desk, calendar_for(one, call.today),
                                              "/matters/" + std::to_string(i)));
    matters.push_back({one.read.stored.now.matter.id, one.read.stored.now.matter.unit});
  }
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  auto calendar =
      std::make_shared<const calendar::WorkingDays>(calendar_for(found->front(), call.today));
  return Answer::run(
      std::make_unique<notice::RemindMatters>(std::move(matters), std::move(calendar)));
}

// The title of the ledger by the newest version of its type that is known.
Value ledger_title(const Call& call, const std::string& address) {
  Value title;
  for (const auto& pack : call.services.packs) {
    for (const auto& type : pack.matter_types) {
      if (type.address == address) title = label_in(type.title, call.language);
    }
  }
  return title;
}

Answer list_notices(Call& call) {
  Refusals refusals;
  Query query(call, refusals);
  const int limit = query.integer("limit", 50, 1, 500);
  const auto cursor = query.text("cursor").value_or("");
  query.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const auto page =
      notice::notices_of(*call.reader, call.who.account, call.services.clock.now(), limit, cursor);
  if (!page) return Answer::no(page.refusals());
  Value::List items;
  for (const auto& one : page->items) {
    items.push_back(Value::object({{"kind", notice::word_of(one.kind)},
                                   {"matter", one.matter.text()},
                                   {"ledger", ledger_title(call, one.type)},
                                   {"at", one.at.text()},
                                   {"shown_from", one.release_at.text()}}));
  }
  return Answer::of(listed(call, std::move(items), page->next_cursor));
}

}  // namespace

std::vector<Route> notice_routes() {
  using enum http::Method;
  constexpr auto in = Access::signed_in;
  return {
      {get, "/notices", in, Permission::signed_in, Asked::lists, BodyKind::none, "", "NoticeList",
       200, "What the caller was told, newest first; never what a matter says", list_notices,
       nullptr, "limit cursor"},
      {get, "/reminders", in, Permission::matter_change, Asked::lists, BodyKind::none, "",
       "ReminderPreview", 200,
       "Whom a reminder of these matters would reach, and which may be sent", preview_reminders,
       nullptr, "matters"},
      {post, "/reminders", in, Permission::matter_change, Asked::lists, BodyKind::json,
       "NewReminders", "Reminders", 200,
       "Remind those for whom the matters wait, each once in three working days; all or none",
       send_reminders},
  };
}

}  // namespace huilu::api
