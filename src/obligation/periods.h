// Which duty and which days a period's name means for a bearer: the version of the pack that is in
// force at its start, and in a campaign the window of the batch that the bearer's home is in.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "obligation/context.h"

namespace huilu::obligation {

// What stands for the period of a duty that is owed always.
inline constexpr std::string_view always_name = "always";

// 2026-11 · 2021..2025 · campaign:c3 · phase:c3:study · once · always
struct PeriodName {
  policy::EveryKind kind = policy::EveryKind::year;
  std::optional<calendar::Period> calendar;
  CampaignId campaign;
  std::string phase;

  static std::optional<PeriodName> parse(std::string_view name);
};

std::string campaign_name(CampaignId campaign);
std::string phase_name(CampaignId campaign, const std::string& phase);

// Nothing for campaign, phase, once and always.
std::optional<calendar::PeriodKind> calendar_kind(policy::EveryKind kind);

// Whether the name is that of one of the periods that are owed for.
bool is_of(const policy::Every& every, const PeriodName& name);
// Of calendar periods and of several years; they share a day with [from, until).
std::vector<calendar::Period> periods_between(const policy::Every& every, Date from, Date until);
calendar::Period next_of(const policy::Every& every, const calendar::Period& period);

// A version of a pack with a duty in it.
struct Duty {
  const Activation* activation = nullptr;
  const policy::Obligation* obligation = nullptr;

  explicit operator bool() const { return obligation != nullptr; }
};

// The days of an activation: its own within those of the pack.
Interval in_force(const Activation& activation);
// Its days begin later; of those that begin together it was decided later.
bool is_newer(const Activation& a, const Activation& b);
// Whether a pack that extends this one is in force there: then this one's own duties are not.
bool is_tailored(const Facts& facts, std::string_view pack, UnitId home, Date day, Instant known);
// That whose days begin last; of those that begin together the one decided last. Null pointer where
// the pack is tailored there.
const Activation* version_on(const Facts& facts, std::string_view pack, UnitId home, Date day,
                             Instant known);
// The version in force on the day that has the duty; otherwise the first that brings it before
// `until`, and then `begins` is the day.
struct FoundDuty {
  Duty duty;
  std::optional<Date> begins;
};
FoundDuty duty_for(const Facts& facts, std::string_view address, UnitId home, Date day, Date until,
                   Instant known);
// Of any version that is known, the newest: what kind of bearer a duty has, and whose home counts.
Duty any_duty(const Facts& facts, std::string_view address, Instant known);

// Everywhere where no home is given. Nothing where the duty is never in force.
std::optional<Date> first_day_of(const Facts& facts, std::string_view address,
                                 std::optional<UnitId> home, Instant known);
bool is_in_force_within(const Facts& facts, std::string_view address, Date from, Date until,
                        Instant known);

const Campaign* find_campaign(const Facts& facts, CampaignId id, Instant known);
// All of its windows together.
Interval days_of(const Campaign& campaign);

// The batch that a unit of the campaign is in on a day; null pointer: in none.
const Campaign::Batch* batch_of(const Facts& facts, const Campaign& campaign, const Unit& unit,
                                Date at, Instant known);

// The days of a campaign as they are for one unit.
struct Window {
  Interval days;      // of the unit; shorter or shifted where it joined late
  int full_days = 0;  // of the batch
};
// Nothing where the unit is in no batch on that day.
std::optional<Window> window_of(const Facts& facts, const Campaign& campaign, UnitId unit, Date at,
                                Instant known);

// The days of a phase in a window; nothing where an anchor leads to no date, or to no days.
std::optional<Interval> phase_days(Context context, const policy::Phase& phase, Interval window);
const policy::Phase* find_phase(const policy::Pack& pack, std::string_view id);

}  // namespace huilu::obligation
