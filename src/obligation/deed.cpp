#include "obligation/deed.h"

#include <algorithm>

#include "obligation/matter_context.h"
#include "policy/finding.h"

namespace huilu::obligation {

namespace {

constexpr std::string_view clock_pointer = "/clock";
constexpr std::string_view until_pointer = "/until";

bool has(const std::vector<UnitId>& all, UnitId one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

std::string status_word(ClockStatus status) {
  return std::string(clock_status_words[static_cast<std::size_t>(status)]);
}

// The clock as it stands; nothing after a refusal.
std::optional<ClockNow> find(const Lifecycle& life, std::string_view id, Refusals& out) {
  std::vector<std::string_view> ids;
  for (const policy::MatterClock& one : life.type.clocks) ids.push_back(one.id);
  if (!life.type.find_clock(id)) {
    refuse(out, RefusalCode::unknown_word, std::string(clock_pointer),
           ids.empty() ? "" : policy::nearest_or_all(id, ids), std::string(id));
    return {};
  }
  for (ClockNow& one : clocks_of(life, *life.history))
    if (one.clock->id == id) return std::move(one);
  return {};
}

// Null pointer after a refusal.
const policy::Rung* find_rung(const Lifecycle& life, std::string_view clock, std::string_view id,
                              Refusals& out) {
  const policy::Rung* const rung = life.type.find_rung(clock, id);
  if (rung) return rung;
  std::vector<std::string_view> ids;
  for (const policy::Rung& one : life.type.rungs_of(clock)) ids.push_back(one.id);
  refuse(out, RefusalCode::unknown_word, "/rung",
         ids.empty() ? "" : policy::nearest_or_all(id, ids), std::string(id));
  return nullptr;
}

void refuse_state(Refusals& out, std::string_view where, std::string expected, std::string got) {
  refuse(out, RefusalCode::wrong_state, std::string(where), std::move(expected), std::move(got));
}

// The last day that may be asked for; nothing where any may.
std::optional<Date> last_of(const Lifecycle& life, const Matter& matter, const ClockNow& now,
                            const policy::Extension& extend) {
  if (!extend.at_most) return {};
  const Date from = now.changes.empty() ? life.today : now.changes.back().due;
  MatterContext context(life, matter);
  const auto length = context.length(*extend.at_most, now.started.value_or(life.today));
  if (!length.term) return {};
  return calendar::after(context.calendar_known_on(life.today), from, *length.term).day;
}

void check_until(const Lifecycle& life, const Matter& matter, const ClockNow& now, Date until,
                 Refusals& out) {
  Date first = life.today + 1;
  if (now.due && *now.due >= life.today) first = *now.due + 1;
  const auto last = last_of(life, matter, now, *now.clock->extend);
  if (until >= first && (!last || until <= *last)) return;
  refuse(out, RefusalCode::field_range, std::string(until_pointer),
         first.text() + ".." + (last ? last->text() : ""), until.text());
}

void check_reason(const Change& change, Refusals& out) {
  if (!is_given("reason", {}, change))
    refuse(out, RefusalCode::field_required, "/reason", "reason");
}

}  // namespace

Refusals check_asking(const Lifecycle& life, const Matter& matter, std::string_view clock,
                      Date until, const Change& change, const Actor& actor, Asking asking) {
  Refusals refusals;
  const auto now = find(life, clock, refusals);
  if (!now) return refusals;
  if (!now->clock->extend) {
    refuse_state(refusals, clock_pointer, "extend", std::string(clock));
    return refusals;
  }
  const policy::Extension& extend = *now->clock->extend;
  const bool in_time = now->status == ClockStatus::running || now->status == ClockStatus::paused;
  const bool may = extend.ask == policy::ExtensionAsk::any_time
                       ? in_time || now->status == ClockStatus::expired
                       : in_time;
  if (!may) refuse_state(refusals, clock_pointer, "running", status_word(now->status));
  if (now->waiting()) refuse_state(refusals, clock_pointer, "", "extension_asked");
  if (extend.times && now->granted() >= *extend.times)
    refuse_state(refusals, clock_pointer, "", "times " + std::to_string(*extend.times));
  check_role(life, matter, extend.by, actor, clock_pointer, refusals);
  if (asking == Asking::form) return refusals;
  if (may) check_until(life, matter, *now, until, refusals);
  const Matter after = edited(matter, change);
  check_written(life, after, refusals);
  for (const std::string& field : extend.fields)
    if (!is_given(field, after, change))
      refuse(refusals, RefusalCode::field_required, pointer_to(field), field);
  return refusals;
}

Refusals check_deciding(const Lifecycle& life, const Matter& matter, std::string_view clock,
                        bool grants, const Change& change, const Actor& actor, bool by_asker,
                        Asking asking) {
  Refusals refusals;
  const auto now = find(life, clock, refusals);
  if (!now) return refusals;
  const Asked* const asked = now->waiting();
  if (!asked || !now->clock->extend) {
    refuse_state(refusals, clock_pointer, "extension_asked", status_word(now->status));
    return refusals;
  }
  check_role(life, matter, now->clock->extend->approve, actor, clock_pointer, refusals);
  if (by_asker)
    refuse(refusals, RefusalCode::move_same_person, std::string(clock_pointer), "extension_asked");
  if (asking == Asking::whole && !grants) check_reason(change, refusals);
  return refusals;
}

Refusals check_step(const Lifecycle& life, const Matter& matter, std::string_view clock,
                    std::string_view id, bool signs, const Change& change, const Actor& actor,
                    Asking asking) {
  Refusals refusals;
  const auto now = find(life, clock, refusals);
  const policy::Rung* const rung = now ? find_rung(life, clock, id, refusals) : nullptr;
  if (!rung) return refusals;
  const auto found = std::find_if(now->rungs.begin(), now->rungs.end(), [&](const RungNow& one) {
    return one.rung == rung && one.generation == now->generation;
  });
  if (found == now->rungs.end() || !found->is_open) {
    const bool is_there = found != now->rungs.end();
    refuse_state(refusals, "/rung", "proposed",
                 is_there && found->decided   ? found->is_signed ? "step_signed" : "step_dismissed"
                 : is_there && found->is_held ? "assumed"
                                              : status_word(now->status));
    return refusals;
  }
  check_role(life, matter, {rung->signed_by}, actor, "/rung", refusals);
  if (asking == Asking::whole && !signs) check_reason(change, refusals);
  return refusals;
}

std::vector<UnitId> reached_by(const Lifecycle& life, const Matter& matter,
                               const policy::Rung& rung) {
  std::vector<UnitId> units;
  if (!rung.acknowledge) return units;
  for (const RoleNow& role : roles_of(life, matter)) {
    const auto& by = rung.acknowledge->by;
    const bool is_reached = std::find(by.begin(), by.end(), role.role->name) != by.end();
    if (is_reached && role.unit && !has(units, *role.unit)) units.push_back(*role.unit);
  }
  return units;
}

std::vector<UnitId> reached_so_far(const std::vector<MatterStep>& history) {
  std::vector<UnitId> units;
  for (const MatterStep& step : history)
    if (step.deed && step.deed->kind == DeedKind::step_signed)
      for (const UnitId unit : step.deed->units)
        if (!has(units, unit)) units.push_back(unit);
  return units;
}

Acknowledging check_acknowledging(const Lifecycle& life, std::string_view clock,
                                  std::string_view id, std::optional<UnitId> unit,
                                  const Actor& actor) {
  Acknowledging out;
  const auto now = find(life, clock, out.refusals);
  const policy::Rung* const rung = now ? find_rung(life, clock, id, out.refusals) : nullptr;
  if (!rung) return out;
  // Of the newest deadline for which one of the actor's has not.
  bool was_reached = false, is_named = false, is_his = false;
  std::size_t open = 0;
  for (const RungNow& one : now->rungs) {
    if (one.rung != rung) continue;
    std::size_t here = 0;
    for (const Receipt& receipt : one.receipts) {
      was_reached = true;
      if (unit && receipt.unit != *unit) continue;
      is_named = true;
      if (!has(actor.units, receipt.unit)) continue;
      is_his = true;
      if (receipt.on) continue;
      ++here;
      out.unit = receipt.unit;
      out.generation = one.generation;
    }
    if (here > 0) open = here;
  }
  if (!was_reached)
    refuse_state(out.refusals, "/rung", "step_signed", status_word(now->status));
  else if (!is_named)
    refuse(out.refusals, RefusalCode::unknown_unit, "/unit", "", unit->text());
  else if (!is_his)
    refuse(out.refusals, RefusalCode::role_required, "/rung", listed(rung->acknowledge->by));
  else if (open == 0)
    refuse_state(out.refusals, "/rung", "step_signed", "step_acknowledged");
  else if (open > 1)
    refuse(out.refusals, RefusalCode::field_required, "/unit", "unit");
  return out;
}

Matter extended(const policy::MatterType& type, const Matter& matter, std::string_view clock,
                Date until) {
  Matter after = matter;
  const policy::MatterClock& declared = *type.find_clock(clock);
  if (declared.until_field == "due")
    after.due = until;
  else if (!declared.until_field.empty())
    after.fields.set(declared.until_field, until.text());
  return after;
}

}  // namespace huilu::obligation
