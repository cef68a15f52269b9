// How the clocks of a matter and the rungs of their ladders look in JSON, with what the caller may
// do about them now.
#include <algorithm>

#include "api/enactment_views.h"
#include "api/matter_views.h"
#include "api/views.h"
#include "matter/deeds.h"
#include "obligation/deed.h"
#include "obligation/waiting.h"

namespace huilu::api {

namespace {

using command::Permission;

Value text_list_of(const std::vector<std::string>& texts) {
  return Value::List(texts.begin(), texts.end());
}

template <class Enum, std::size_t count>
Value word_of(const std::array<std::string_view, count>& words, Enum value) {
  return words[static_cast<std::size_t>(value)];
}

Value pauses_view(const obligation::ClockNow& now) {
  Value::List pauses;
  for (const auto& one : now.pauses) {
    pauses.push_back(
        Value::object({{"from", one.from.text()}, {"until", date_or_null(one.until)}}));
  }
  return pauses;
}

Value changes_view(const obligation::ClockNow& now) {
  Value::List changes;
  for (const auto& one : now.changes) {
    changes.push_back(Value::object({{"on", one.on.text()},
                                     {"due", one.due.text()},
                                     {"cause", word_of(obligation::due_cause_words, one.cause)}}));
  }
  return changes;
}

// A clock that does not stand as it would have to, in words.
std::optional<std::string_view> no_time(const Refusal& refusal) {
  if (refusal.code != RefusalCode::wrong_state || refusal.where != "/clock") return {};
  if (refusal.got == "extension_asked") return "waits";
  if (refusal.expected == "extension_asked") return "nothing_waits";
  if (refusal.expected == "extend") return "never";
  if (refusal.got.starts_with("times ")) return "times";
  if (refusal.got == "not_started" || refusal.got == "expired") return refusal.got;
  if (refusal.got == "in_time" || refusal.got == "late") return "stopped";
  return {};
}

}  // namespace

// Why not, in the words of the pack; `roles` are those who may.
Value MatterViews::may_view(const policy::MatterType& type, const std::vector<std::string>& roles,
                            Refusals refusals) const {
  const bool allowed = refusals.empty();
  Value::List why;
  for (Refusal& refusal : refusals) {
    if (refusal.code == RefusalCode::role_required) {
      refusal.expected = role_titles(type, roles);
    }
    if (refusal.code == RefusalCode::move_same_person) {
      const auto* const move = type.find_move(refusal.expected);
      refusal.expected = move != nullptr ? label_in(move->title, call_.language)
                                         : words::text(call_.language, "deed." + refusal.expected);
    }
    const auto kind = no_time(refusal);
    why.push_back(Value::object(
        {{"code", kind_of(refusal.code).name},
         {"say", kind ? words::text(call_.language, "sentence.no_time." + std::string(*kind))
                      : words::message(call_.language, refusal)}}));
  }
  return Value::object({{"allowed", allowed}, {"why", std::move(why)}});
}

Value::List MatterViews::why_no_time(const policy::MatterType& type, const matter::AskedDeed& asked,
                                     Refusals refusals) const {
  const auto* const clock = type.find_clock(asked.clock);
  std::vector<std::string> roles;
  if (clock != nullptr && clock->extend) {
    const bool asks = asked.kind == obligation::DeedKind::extension_asked;
    roles = asks ? clock->extend->by : clock->extend->approve;
  }
  const Value view = may_view(type, roles, std::move(refusals));
  return *view.find("why")->list();
}

std::string MatterViews::role_titles(const policy::MatterType& type,
                                     const std::vector<std::string>& roles) const {
  std::string titles;
  for (const auto& name : roles) {
    const auto* const role = type.find_role(name);
    titles += (titles.empty() ? "" : words::text(call_.language, "word.comma")) +
              (role == nullptr ? name : label_in(role->title, call_.language));
  }
  return titles;
}

bool MatterViews::sees_step(const Acting& acting, std::string_view clock,
                            std::string_view id) const {
  const auto* const rung = acting.read.type().find_rung(clock, id);
  if (rung == nullptr || rung->seen_by.empty()) return true;
  std::vector<std::string> names = rung->seen_by;
  names.push_back(rung->signed_by);
  if (rung->acknowledge) {
    names.insert(names.end(), rung->acknowledge->by.begin(), rung->acknowledge->by.end());
  }
  const auto may_read = [&](UnitId unit) {
    return call_.check(Permission::matter_read, {unit}).empty();
  };
  const auto& matter = acting.read.stored.now.matter;
  for (const auto& role : obligation::roles_named(acting.life, matter, names)) {
    if (acting.actor.plays(role) || (role.unit && may_read(*role.unit))) return true;
  }
  for (const auto& step : acting.read.steps) {
    if (!step.deed || step.deed->clock != clock || step.deed->rung != id) continue;
    if (std::ranges::any_of(step.deed->units, may_read)) return true;
  }
  return false;
}

// Whom a signed step reached, who has said so, and for which of them the caller may.
Value MatterViews::receipts_view(const Acting& acting, const obligation::RungNow& now) {
  const auto& read = acting.read;
  const auto& own = acting.actor.units;
  Value::List receipts;
  for (const auto& one : now.receipts) {
    Value by_name, reason;
    if (one.on) {
      const auto& step = read.history.at(one.step);
      by_name = account_name(read.type(), read.stored.now.matter.unit, step.account);
      if (!step.reason.empty()) reason = step.reason;
    }
    const bool is_late = now.acknowledge_by && one.on.value_or(call_.today) > *now.acknowledge_by;
    receipts.push_back(
        Value::object({{"unit", units_.view(one.unit)},
                       {"on", date_or_null(one.on)},
                       {"late", is_late},
                       {"by_name", std::move(by_name)},
                       {"reason", std::move(reason)},
                       {"may", !one.on && std::ranges::find(own, one.unit) != own.end()}}));
  }
  return receipts;
}

Value MatterViews::rung_view(const Acting& acting, const obligation::ClockNow& clock,
                             const obligation::RungNow& now) {
  const auto& rung = *now.rung;
  const auto& type = acting.read.type();
  const bool sees = sees_step(acting, clock.clock->id, rung.id);
  Value sign;
  if (now.is_open && sees) {
    sign =
        may_view(type, {rung.signed_by},
                 obligation::check_step(acting.life, acting.read.stored.now.matter, clock.clock->id,
                                        rung.id, true, {}, acting.actor, obligation::Asking::form));
  }
  return Value::object(
      {{"rung", rung.id},
       {"title", label_in(rung.title, call_.language)},
       {"clauses", text_list_of(rung.clauses)},
       {"generation", now.generation},
       {"day", date_or_null(now.day)},
       {"reached", date_or_null(now.reached)},
       {"premature", now.is_premature},
       {"tell", role_titles(type, rung.tell)},
       {"propose", rung.propose ? word_of(policy::escalation_step_words, *rung.propose) : Value()},
       {"held", now.is_held},
       {"open", now.is_open && sees},
       {"signed_by", rung.signed_by.empty() ? Value() : Value(role_titles(type, {rung.signed_by}))},
       {"hidden", !sees},
       {"decided", sees ? date_or_null(now.decided) : Value()},
       {"signed", now.is_signed && sees},
       {"acknowledge_by", sees ? date_or_null(now.acknowledge_by) : Value()},
       {"acknowledge_by_assumed", now.is_acknowledge_by_assumed && sees},
       {"receipts", sees ? receipts_view(acting, now) : Value(Value::List{})},
       {"sign", std::move(sign)}});
}

Value MatterViews::extension_view(const matter::Read& read, const obligation::Asked& asked) {
  const auto& step = read.history.at(asked.step);
  const auto& now = read.stored.now.matter;
  return Value::object({{"on", asked.on.text()},
                        {"until", asked.until.text()},
                        {"due", date_or_null(asked.due)},
                        {"reason", step.reason.empty() ? Value() : Value(step.reason)},
                        {"by", actor_or_null(step.account)},
                        {"by_name", account_name(read.type(), now.unit, step.account)},
                        {"decided", date_or_null(asked.decided)},
                        {"granted", asked.is_granted},
                        {"waiting", asked.is_waiting}});
}

Value MatterViews::clock_view(const Acting& acting, const obligation::ClockNow& now) {
  const auto& [read, life, actor, by_asker] = acting;
  const auto& clock = *now.clock;
  const auto& matter = read.stored.now.matter;
  Value::List asked, rungs;
  for (const auto& one : now.asked) asked.push_back(extension_view(read, one));
  for (const auto& one : now.rungs) rungs.push_back(rung_view(acting, now, one));
  Value ask, decide;
  const bool runs = now.is_ticking() || now.status == obligation::ClockStatus::paused;
  if (clock.extend && runs) {
    ask = may_view(read.type(), clock.extend->by,
                   obligation::check_asking(life, matter, clock.id, call_.today, {}, actor,
                                            obligation::Asking::form));
    ask.set("fields", text_list_of(clock.extend->fields));
  }
  if (clock.extend && now.waiting() != nullptr) {
    decide =
        may_view(read.type(), clock.extend->approve,
                 obligation::check_deciding(life, matter, clock.id, true, {}, actor,
                                            by_asker.contains(clock.id), obligation::Asking::form));
  }
  return Value::object({{"id", clock.id},
                        {"title", label_in(clock.title, call_.language)},
                        {"clauses", text_list_of(clock.clauses)},
                        {"status", word_of(obligation::clock_status_words, now.status)},
                        {"generation", now.generation},
                        {"started", date_or_null(now.started)},
                        {"due", date_or_null(now.due)},
                        {"first_due", date_or_null(now.first_due)},
                        {"stopped", date_or_null(now.stopped)},
                        {"paused_since", date_or_null(now.paused_since)},
                        {"left", now.left},
                        {"left_in", now.counts_workdays ? "workdays" : "days"},
                        {"provisional", now.is_provisional},
                        {"assumed", now.is_assumed},
                        {"pauses", pauses_view(now)},
                        {"changes", changes_view(now)},
                        {"extensions", std::move(asked)},
                        {"ask", std::move(ask)},
                        {"decide", std::move(decide)},
                        {"rungs", std::move(rungs)}});
}

Value MatterViews::deed_view(const policy::MatterType& type, const obligation::Deed& deed) {
  Value::List units;
  for (const UnitId unit : deed.units) units.push_back(units_.view(unit));
  const auto* const clock = type.find_clock(deed.clock);
  const auto* const rung = type.find_rung(deed.clock, deed.rung);
  return Value::object(
      {{"kind", word_of(obligation::deed_words, deed.kind)},
       {"clock", deed.clock},
       {"clock_title", clock == nullptr ? deed.clock : label_in(clock->title, call_.language)},
       {"rung", deed.rung.empty() ? Value() : Value(deed.rung)},
       {"rung_title", rung == nullptr ? Value() : Value(label_in(rung->title, call_.language))},
       {"until", date_or_null(deed.until)},
       {"units", std::move(units)},
       {"other", id_or_null(deed.other)},
       {"found", deed.found.empty() ? Value() : Value(deed.found)},
       {"found_title",
        deed.found.empty()
            ? Value()
            : Value(words::text(call_.language, "sentence.look_back." + deed.found))}});
}

}  // namespace huilu::api
