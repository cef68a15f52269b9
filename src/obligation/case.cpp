#include "obligation/case.h"

#include <algorithm>
#include <tuple>

#include "obligation/organisation.h"
#include "obligation/parameters.h"
#include "obligation/periods.h"

namespace huilu::obligation {

namespace {

bool is_of(policy::BearerKind kind, const Bearer& bearer) {
  switch (kind) {
    case policy::BearerKind::unit:
      return static_cast<bool>(bearer.unit);
    case policy::BearerKind::post:
      return static_cast<bool>(bearer.tenure);
    case policy::BearerKind::member:
      break;
  }
  return static_cast<bool>(bearer.person);
}

// Of several that hold, the one decided last.
std::optional<Leave> leave_of(const Facts& facts, const Question& question, LeaveKind kind) {
  const std::string bearer = question.bearer.text();
  const Leave* found = nullptr;
  for (const Leave& one : facts.leaves) {
    if (one.kind != kind || one.obligation != question.obligation || one.bearer != bearer ||
        one.period != question.period || one.at > question.known)
      continue;
    if (one.withdrawn && *one.withdrawn <= question.known) continue;
    if (!found || std::tie(found->at, found->id) < std::tie(one.at, one.id)) found = &one;
  }
  if (!found) return {};
  return *found;
}

// Fills a case step by step; a step that answers why it does not concern the bearer is the last.
class Making {
 public:
  Making(const Facts& facts, Calendars& calendars, const Question& question, Reach reach)
      : facts_(facts), calendars_(calendars), question_(question), reach_(reach) {
    case_.question = question;
    case_.period.name = question.period;
  }

  Case made() {
    case_.why_not = find_duty();
    if (is_open()) case_.why_not = find_scope();
    if (is_open()) case_.why_not = find_share();
    if (is_open()) case_.why_not = find_schedule();
    if (is_open() && !case_.obligation->for_each) case_.ended = end_within(case_);
    return std::move(case_);
  }

 private:
  bool is_open() const { return case_.why_not == NotApplicable::none && case_.notes.error.empty(); }

  NotApplicable find_duty() {
    const auto name = PeriodName::parse(question_.period);
    const Duty any = any_duty(facts_, question_.obligation, question_.known);
    if (!name || !any) return NotApplicable::not_in_force;
    if (!is_of(any.obligation->who.kind, question_.bearer)) return NotApplicable::not_in_scope;
    const NotApplicable why = find_period(*name, any);
    if (why != NotApplicable::none || !case_.notes.error.empty()) return why;
    const NotApplicable pinned = pin();
    if (pinned != NotApplicable::none) return pinned;
    if (name->kind == policy::EveryKind::phase) return find_phase_days(name->phase);
    return case_.obligation->every.window ? find_window_days() : NotApplicable::none;
  }

  // The version in force at the period's start, or the first one within it.
  NotApplicable pin() {
    const auto name = PeriodName::parse(question_.period);
    // What is owed always is owed as the version of the day says.
    const bool always = name->kind == policy::EveryKind::always;
    const Date from = always ? std::max(question_.at, case_.period.from) : case_.period.from;
    const FoundDuty found = duty_for(facts_, question_.obligation, case_.home, from,
                                     always ? from + 1 : case_.period.until, question_.known);
    if (!found.duty || !is_of(found.duty.obligation->every, *name))
      return NotApplicable::not_in_force;
    case_.pack = found.duty.activation->pack;
    case_.obligation = found.duty.obligation;
    begins_ = found.begins.value_or(case_.period.from);
    return NotApplicable::none;
  }

  NotApplicable find_period(const PeriodName& name, const Duty& any) {
    calendar::Period all = {question_.period, {}, last_date};
    if (name.calendar) all = *name.calendar;
    if (name.campaign) {
      case_.campaign = find_campaign(facts_, name.campaign, question_.known);
      if (!case_.campaign) return NotApplicable::not_in_campaign;
      const Interval days = days_of(*case_.campaign);
      all.from = days.from;
      all.until = *days.until;
    }
    case_.home = home_of(facts_, question_.bearer, *any.obligation, all, question_.at);
    if (!case_.home) return NotApplicable::not_in_scope;
    if (!find_unit(facts_, case_.home)) {
      case_.notes.fail(case_.home.text() + " is not among the facts");
      return NotApplicable::none;
    }
    if (name.kind >= policy::EveryKind::once)
      all.from = first_day_of(facts_, question_.obligation, case_.home, question_.known)
                     .value_or(last_date);
    if (case_.campaign) {
      const auto window =
          window_of(facts_, *case_.campaign, case_.home, question_.at, question_.known);
      if (!window) return NotApplicable::not_in_campaign;
      all.from = window->days.from;
      all.until = *window->days.until;
      case_.window = window->days;
      full_days_ = window->full_days;
    } else {
      full_days_ = all.days();
    }
    case_.period = all;
    case_.day = all.from;
    return NotApplicable::none;
  }

  // A phase is reckoned in the whole window of the batch; who joined later has the rest of it.
  NotApplicable find_phase_days(const std::string& id) {
    const policy::Phase* const phase = find_phase(*case_.pack, id);
    if (!phase) return NotApplicable::not_in_force;
    const Date end = *case_.window->until;
    const auto days = phase_days(context_of(facts_, calendars_, case_, reach_), *phase,
                                 Interval{end + -full_days_, end});
    if (!days) {
      case_.notes.fail("phase " + id + " has no days");
      return NotApplicable::none;
    }
    case_.period.from = std::max(days->from, case_.window->from);
    case_.period.until = *days->until;
    if (case_.period.until <= case_.period.from) return NotApplicable::not_in_campaign;
    full_days_ = *days->until - days->from;
    return pin();
  }

  // Some days of the year are the period.
  NotApplicable find_window_days() {
    policy::Phase window;
    window.from = case_.obligation->every.window->from;
    window.until = case_.obligation->every.window->until;
    const auto days = phase_days(context_of(facts_, calendars_, case_, reach_), window,
                                 {case_.period.from, case_.period.until});
    if (case_.notes.no_value) return NotApplicable::no_value;
    if (!days) {
      case_.notes.fail("window: no days");
      return NotApplicable::none;
    }
    case_.period.from = days->from;
    case_.period.until = *days->until;
    full_days_ = *days->until - days->from;
    return pin();
  }

  NotApplicable find_scope() {
    Context context = context_of(facts_, calendars_, case_, reach_);
    const policy::Who& who = case_.obligation->who;
    case_.scope = scope_of(context, who);
    if (case_.notes.no_value) return NotApplicable::no_value;
    if (!case_.scope.in_scope)
      return is_over() ? NotApplicable::closed : NotApplicable::not_in_scope;
    // As of a day before the bearer was there; a period ahead is looked at as it will be.
    if (question_.at >= case_.period.from && question_.at < case_.scope.from())
      return NotApplicable::not_in_scope;
    if (who_is_gone()) return case_.scope.ended;
    const Tenure* const tenure = find_tenure(facts_, question_.bearer.tenure);
    if (tenure && !bears(context, who, *tenure)) return NotApplicable::not_in_scope;
    case_.day = std::max(case_.scope.from(), std::min(question_.at, case_.scope.until() + -1));
    return NotApplicable::none;
  }

  // What is owed always is owed by whoever is there on the day.
  bool who_is_gone() {
    const auto& days = case_.scope.days;
    if (!case_.obligation->is_always() ||
        std::any_of(days.begin(), days.end(),
                    [&](const Interval& one) { return one.contains(question_.at); }))
      return false;
    if (case_.scope.ended == NotApplicable::none) case_.scope.ended = NotApplicable::not_in_scope;
    return true;
  }

  // A unit that ended before the period began.
  bool is_over() const {
    const Unit* const unit = find_unit(facts_, question_.bearer.unit);
    return unit && end_of(unit->span) <= case_.period.from;
  }

  NotApplicable find_share() {
    const policy::Obligation& duty = *case_.obligation;
    const Unit& home = *find_unit(facts_, case_.home);
    const Date go_live = home.go_live.value_or(case_.period.from);
    if (go_live >= case_.period.until) return NotApplicable::not_collected;
    if (duty.is_always()) {
      case_.asked_from = std::max(begins_, go_live);
      return question_.at < go_live ? NotApplicable::not_collected : NotApplicable::none;
    }
    // When the duty began to be asked for, and when the bearer began to be there.
    const Date asked = std::max(begins_, go_live);
    case_.asked_from = asked;
    // What happens on a day of its own is owed from the first day on.
    if (duty.for_each && duty.for_each->is_dated) return NotApplicable::none;
    const bool asked_within = asked > case_.period.from;
    const bool there_within = case_.scope.from() > case_.period.from;
    if (asked_within && duty.first_period == policy::FirstPeriod::skip)
      return NotApplicable::first_period;
    if (there_within && !duty.pro_rata && duty.first_period == policy::FirstPeriod::skip)
      return NotApplicable::first_period;
    const bool by_first = duty.first_period == policy::FirstPeriod::pro_rata;
    if (!duty.pro_rata && !(by_first && (asked_within || there_within))) return NotApplicable::none;
    const Date counted_from = asked_within && by_first ? asked : case_.period.from;
    // An end is not foreseen: the need stays what it was before.
    const int days =
        case_.scope.count_from(counted_from) + (case_.period.until - case_.scope.until());
    if (days < full_days_)
      case_.share = Share{days, full_days_, duty.pro_rata.value_or(policy::ProRata{})};
    return NotApplicable::none;
  }

  NotApplicable find_schedule() {
    case_.exemption = leave_of(facts_, question_, LeaveKind::exempt);
    case_.deferral = leave_of(facts_, question_, LeaveKind::defer);
    Context context = context_of(facts_, calendars_, case_, reach_);
    if (case_.obligation->for_each) {
      // Each case has its own; this one says only when the period is.
      const Date last = case_.period.last_day();
      case_.timetable.schedule = {case_.period.from, last + 1, last, last, false, false};
      return NotApplicable::none;
    }
    bind_all(context, case_.obligation->needs);
    const auto timetable =
        timetable_of(context, *case_.obligation, case_.deferral ? &*case_.deferral : nullptr);
    if (case_.notes.no_value) return NotApplicable::no_value;
    if (!timetable) return NotApplicable::none;
    case_.timetable = *timetable;
    date_from(context, case_, case_.asked_from);
    return NotApplicable::none;
  }

  const Facts& facts_;
  Calendars& calendars_;
  const Question& question_;
  Reach reach_;
  Case case_;
  Date begins_;        // the first day of the period on which the duty was in force
  int full_days_ = 0;  // of the period before anybody joined late
};

}  // namespace

std::int64_t Share::of_need(std::int64_t need, std::int64_t one) const {
  std::int64_t product = 0;
  if (need <= 0 || __builtin_mul_overflow(need, days, &product)) return need;
  const bool up = rule.round == policy::Rounding::ceil && product % of != 0;
  return std::min(need, std::max(rule.min * one, product / of + (up ? 1 : 0)));
}

NotApplicable end_within(const Case& one) {
  Date end = one.scope.until();
  NotApplicable why = one.scope.ended;
  if (one.campaign && one.campaign->ended && *one.campaign->ended < end) {
    end = *one.campaign->ended;
    why = NotApplicable::not_in_campaign;
  }
  const Date at = one.question.at;
  if (why == NotApplicable::none || end > at || end >= one.period.until) return NotApplicable::none;
  return phase_on(one.timetable.schedule, end + -1) == Phase::ended ? NotApplicable::none : why;
}

Case case_of(const Facts& facts, Calendars& calendars, const Question& question, Reach reach) {
  return Making(facts, calendars, question, reach).made();
}

void date_from(Context& context, Case& one, Date begin) {
  const policy::Every& every = one.obligation->every;
  if (!every.rolling && !every.after_last) return;
  for (const Interval& stretch : one.scope.days)
    if (stretch.contains(one.question.at)) begin = std::max(begin, stretch.from);
  set_again(context, *one.obligation, std::max(begin, one.asked_from), one.timetable);
}

Context context_of(const Facts& facts, Calendars& calendars, Case& one, Reach reach) {
  return {
      facts,        calendars,  *one.pack, one.question.bearer, one.obligation->who.at, one.period,
      one.campaign, one.window, one.day,   one.question.at,     one.question.known,     reach,
      one.notes};
}

}  // namespace huilu::obligation
