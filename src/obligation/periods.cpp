#include "obligation/periods.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "obligation/condition.h"
#include "obligation/organisation.h"
#include "obligation/schedule.h"

namespace huilu::obligation {

namespace {

constexpr std::string_view campaign_prefix = "campaign:";
constexpr std::string_view phase_prefix = "phase:";
constexpr std::string_view once_name = "once";

bool is_known(const Activation& activation, Instant known) {
  return activation.pack && activation.at <= known &&
         (!activation.withdrawn || *activation.withdrawn > known);
}

bool reaches(const Facts& facts, const Activation& activation, UnitId home, Date day) {
  return !activation.unit || (home && is_within(facts, home, activation.unit, day));
}

bool extends(const policy::Pack& pack, std::string_view other) {
  return std::any_of(pack.extends.begin(), pack.extends.end(),
                     [&](const policy::Parent& one) { return one.pack == other; });
}

Duty duty_in(const Activation& activation, std::string_view address) {
  const auto parts = split(address, '/');
  if (parts.size() != 2 || activation.pack->id != parts[0]) return {};
  const policy::Obligation* const obligation = activation.pack->find_obligation(parts[1]);
  return obligation ? Duty{&activation, obligation} : Duty{};
}

// The unit's batch by name: where somebody placed it, or one above it; empty: in none.
std::optional<std::string> placed(const Facts& facts, const Campaign& campaign, const Unit& unit,
                                  Date at) {
  constexpr int levels_max = 64;
  const Unit* above = &unit;
  for (int level = 0; above && level < levels_max; ++level) {
    const Campaign::Placed* latest = nullptr;
    for (const Campaign::Placed& one : campaign.placed)
      if (one.unit == above->id && one.from <= at && (!latest || latest->from <= one.from))
        latest = &one;
    if (latest) return latest->batch;
    above = parent_on(facts, *above, day_within(unit, at));
  }
  return {};
}

// What the pack says of the campaign, in the version that is in force when a batch begins.
const policy::Pack* pack_of(const Facts& facts, const Campaign& campaign, UnitId unit, Date day,
                            Instant known) {
  if (const Activation* const one = version_on(facts, campaign.pack, unit, day, known))
    return one->pack;
  for (const Activation& one : facts.activations)
    if (is_known(one, known) && one.pack->id == campaign.pack) return one.pack;
  return nullptr;
}

const policy::Batch* declared(const policy::Pack* pack, const std::string& id) {
  if (!pack || !pack->campaign) return nullptr;
  const auto& batches = pack->campaign->batches;
  const auto found = std::find_if(batches.begin(), batches.end(),
                                  [&](const policy::Batch& one) { return one.id == id; });
  return found == batches.end() ? nullptr : &*found;
}

bool selects(const Facts& facts, const Campaign& campaign, const Campaign::Batch& batch,
             const Unit& unit, Instant known) {
  const policy::Pack* const pack = pack_of(facts, campaign, unit.id, batch.window.from, known);
  const policy::Batch* const selector = declared(pack, batch.id);
  if (!selector) return pack && pack->campaign && pack->campaign->batches.empty();
  Notes notes;
  Calendars calendars(facts);
  const Date day = day_within(unit, batch.window.from);
  Context context{
      facts,
      calendars,
      *pack,
      Bearer{unit.id, {}, {}},
      policy::MemberAt::home,
      calendar::Period{campaign_name(campaign.id), batch.window.from, end_of(batch.window)},
      &campaign,
      batch.window,
      day,
      day,
      known,
      Reach::all,
      notes};
  return holds(context, bearer_of(context), selector->who);
}

calendar::Period years_of(int first, int last) {
  return {fmt::format("{:04}..{:04}", first, last), Date::of(first, 1, 1),
          Date::of(last + 1, 1, 1)};
}

// 2021..2025
std::optional<calendar::Period> years_from(std::string_view name) {
  constexpr std::size_t digits = 4;
  if (name.size() != 2 * digits + 2 || name.substr(digits, 2) != "..") return {};
  const auto first = calendar::period_from(name.substr(0, digits));
  const auto last = calendar::period_from(name.substr(digits + 2));
  if (!first || !last || last->from <= first->from) return {};
  return years_of(first->from.year(), last->from.year());
}

// The period that a year lies in.
calendar::Period years_with(const policy::Every& every, int year) {
  const auto length = static_cast<int>(every.years);
  const int since = year - static_cast<int>(every.first_year);
  const int begun = since >= 0 ? since / length : -((length - 1 - since) / length);
  const int first = static_cast<int>(every.first_year) + begun * length;
  return years_of(first, first + length - 1);
}

}  // namespace

const Campaign::Batch* batch_of(const Facts& facts, const Campaign& campaign, const Unit& unit,
                                Date at, Instant known) {
  const auto by_hand = placed(facts, campaign, unit, at);
  const Campaign::Batch* found = nullptr;
  for (const Campaign::Batch& batch : campaign.batches) {
    if (by_hand ? batch.id != *by_hand : !selects(facts, campaign, batch, unit, known)) continue;
    const auto order = [](const Campaign::Batch& one) { return std::tie(one.window.from, one.id); };
    if (!found || order(batch) < order(*found)) found = &batch;
  }
  return found;
}

std::optional<PeriodName> PeriodName::parse(std::string_view name) {
  PeriodName out;
  if (name == once_name) {
    out.kind = policy::EveryKind::once;
    return out;
  }
  if (name == always_name) {
    out.kind = policy::EveryKind::always;
    return out;
  }
  if (name.starts_with(campaign_prefix)) {
    const auto id = CampaignId::parse(name.substr(campaign_prefix.size()));
    if (!id) return {};
    out.kind = policy::EveryKind::campaign;
    out.campaign = *id;
    return out;
  }
  if (name.starts_with(phase_prefix)) {
    const auto parts = split(name.substr(phase_prefix.size()), ':');
    const auto id = parts.size() == 2 ? CampaignId::parse(parts[0]) : std::nullopt;
    if (!id || parts[1].empty()) return {};
    out.kind = policy::EveryKind::phase;
    out.campaign = *id;
    out.phase = parts[1];
    return out;
  }
  if (auto years = years_from(name)) {
    out.calendar = std::move(years);
    return out;
  }
  out.calendar = calendar::period_from(name);
  if (!out.calendar) return {};
  out.kind = static_cast<policy::EveryKind>(*calendar::period_kind_of(name));
  return out;
}

std::string campaign_name(CampaignId campaign) {
  return std::string(campaign_prefix) + campaign.text();
}

std::string phase_name(CampaignId campaign, const std::string& phase) {
  return std::string(phase_prefix) + campaign.text() + ':' + phase;
}

std::optional<calendar::PeriodKind> calendar_kind(policy::EveryKind kind) {
  static_assert(static_cast<int>(policy::EveryKind::week) ==
                static_cast<int>(calendar::PeriodKind::week));
  if (kind > policy::EveryKind::week) return {};
  return static_cast<calendar::PeriodKind>(kind);
}

bool is_of(const policy::Every& every, const PeriodName& name) {
  if (every.kind != name.kind || every.phase != name.phase) return false;
  if (!name.calendar || every.kind != policy::EveryKind::year) return true;
  return every.years == 1 ? *name.calendar ==
                                calendar::period_of(calendar::PeriodKind::year, name.calendar->from)
                          : *name.calendar == years_with(every, name.calendar->from.year());
}

std::vector<calendar::Period> periods_between(const policy::Every& every, Date from, Date until) {
  if (every.years == 1) return calendar::periods_between(*calendar_kind(every.kind), from, until);
  std::vector<calendar::Period> all;
  for (auto one = years_with(every, from.year()); one.from < until; one = next_of(every, one))
    all.push_back(one);
  return all;
}

calendar::Period next_of(const policy::Every& every, const calendar::Period& period) {
  return every.years == 1 ? calendar::next(period) : years_with(every, period.until.year());
}

Interval in_force(const Activation& activation) {
  const Interval& pack = activation.pack->in_force;
  return {std::max(pack.from, activation.span.from),
          std::min(end_of(pack), end_of(activation.span))};
}

bool is_newer(const Activation& a, const Activation& b) {
  const auto order = [](const Activation& one) {
    return std::tuple(in_force(one).from, one.at, std::string_view(one.pack->version));
  };
  return order(b) < order(a);
}

bool is_tailored(const Facts& facts, std::string_view pack, UnitId home, Date day, Instant known) {
  return std::any_of(facts.activations.begin(), facts.activations.end(),
                     [&](const Activation& one) {
                       return is_known(one, known) && extends(*one.pack, pack) &&
                              in_force(one).contains(day) && reaches(facts, one, home, day);
                     });
}

const Activation* version_on(const Facts& facts, std::string_view pack, UnitId home, Date day,
                             Instant known) {
  const Activation* found = nullptr;
  for (const Activation& one : facts.activations) {
    if (!is_known(one, known) || one.pack->id != pack || !in_force(one).contains(day)) continue;
    if (reaches(facts, one, home, day) && (!found || is_newer(one, *found))) found = &one;
  }
  return found && is_tailored(facts, pack, home, day, known) ? nullptr : found;
}

FoundDuty duty_for(const Facts& facts, std::string_view address, UnitId home, Date day, Date until,
                   Instant known) {
  const auto pack = split(address, '/').front();
  if (const Activation* const version = version_on(facts, pack, home, day, known))
    if (const Duty duty = duty_in(*version, address)) return {duty, {}};
  FoundDuty first;
  for (const Activation& one : facts.activations) {
    if (!is_known(one, known)) continue;
    const Date begins = in_force(one).from;
    if (begins <= day || begins >= until || (first.begins && *first.begins <= begins)) continue;
    // Where several begin on this day, the one that is in force on it.
    const Activation* const version = version_on(facts, pack, home, begins, known);
    const Duty duty = version ? duty_in(*version, address) : Duty{};
    if (duty) first = {duty, begins};
  }
  return first;
}

Duty any_duty(const Facts& facts, std::string_view address, Instant known) {
  Duty newest;
  for (const Activation& one : facts.activations) {
    if (!is_known(one, known)) continue;
    const Duty duty = duty_in(one, address);
    if (duty && (!newest || is_newer(one, *newest.activation))) newest = duty;
  }
  return newest;
}

std::optional<Date> first_day_of(const Facts& facts, std::string_view address,
                                 std::optional<UnitId> home, Instant known) {
  std::optional<Date> first;
  for (const Activation& one : facts.activations) {
    if (!is_known(one, known) || !duty_in(one, address)) continue;
    const Date from = in_force(one).from;
    if (first && *first <= from) continue;
    if (!home || duty_for(facts, address, *home, from, from, known).duty) first = from;
  }
  return first;
}

bool is_in_force_within(const Facts& facts, std::string_view address, Date from, Date until,
                        Instant known) {
  return std::any_of(
      facts.activations.begin(), facts.activations.end(), [&](const Activation& one) {
        return is_known(one, known) && duty_in(one, address) && part_of(in_force(one), from, until);
      });
}

const Campaign* find_campaign(const Facts& facts, CampaignId id, Instant known) {
  for (const Campaign& one : facts.campaigns)
    if (one.id == id && one.at <= known && !one.batches.empty()) return &one;
  return nullptr;
}

Interval days_of(const Campaign& campaign) {
  Interval all = {campaign.batches.front().window.from, end_of(campaign.batches.front().window)};
  for (const Campaign::Batch& batch : campaign.batches) {
    all.from = std::min(all.from, batch.window.from);
    all.until = std::max(*all.until, end_of(batch.window));
  }
  return all;
}

std::optional<Window> window_of(const Facts& facts, const Campaign& campaign, UnitId unit, Date at,
                                Instant known) {
  const Unit* const found = find_unit(facts, unit);
  if (!found) return {};
  const Campaign::Batch* const batch = batch_of(facts, campaign, *found, at, known);
  if (!batch) return {};
  const Date from = batch->window.from, until = end_of(batch->window);
  const Date begin = found->span.from;
  if (!is_within(facts, unit, campaign.unit, day_within(*found, from))) return {};
  Window window{{from, until}, until - from};
  if (begin <= from) return window;
  if (begin >= until) return {};
  const policy::Pack* const pack = pack_of(facts, campaign, unit, from, known);
  const policy::Batch* const selector = declared(pack, batch->id);
  window.days.from = begin;
  if (selector && selector->late_joiner == policy::LateJoiner::full)
    window.days.until = begin + window.full_days;
  return window;
}

std::optional<Interval> phase_days(Context context, const policy::Phase& phase, Interval window) {
  context.window = window;
  context.period.from = window.from;
  context.period.until = end_of(window);
  const Thing bearer = bearer_of(context);
  const auto from = day_of(context, bearer, phase.from);
  const auto until = day_of(context, bearer, phase.until);
  if (!from || !until || *until < *from) return {};
  return Interval{*from, *until + 1};
}

const policy::Phase* find_phase(const policy::Pack& pack, std::string_view id) {
  if (!pack.campaign) return nullptr;
  const auto& phases = pack.campaign->phases;
  const auto found = std::find_if(phases.begin(), phases.end(),
                                  [&](const policy::Phase& one) { return one.id == id; });
  return found == phases.end() ? nullptr : &*found;
}

}  // namespace huilu::obligation
