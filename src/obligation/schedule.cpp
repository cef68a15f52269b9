#include "obligation/schedule.h"

#include <algorithm>

#include "obligation/cases.h"
#include "obligation/deadline.h"
#include "obligation/organisation.h"
#include "obligation/parameters.h"
#include "obligation/periods.h"

namespace huilu::obligation {

namespace {

using calendar::Deadline;
using calendar::Roll;
using calendar::WorkingDays;

std::optional<Deadline> on(Date day) { return Deadline{day, {}, false}; }

// Reckons anchors with one state of the calendar.
class Reckoning {
 public:
  Reckoning(Context& context, const Thing& thing, const WorkingDays& calendar)
      : context_(context), thing_(thing), calendar_(calendar) {}

  std::optional<Deadline> of(const policy::Anchor& anchor, Roll roll) {
    return std::visit([&](const auto& what) { return of(what, roll); }, anchor.what);
  }

 private:
  std::optional<Deadline> of(policy::Moment moment, Roll) {
    switch (moment) {
      case policy::Moment::period_start:
        return on(context_.period.from);
      case policy::Moment::case_:  // without for_each the case is the period
        return on(context_.it ? context_.it->day : context_.period.from);
      case policy::Moment::period_end:
        return on(context_.period.last_day());
      case policy::Moment::campaign_start:
        if (context_.window) return on(context_.window->from);
        break;
      case policy::Moment::campaign_end:
        if (context_.window) return on(end_of(*context_.window) + -1);
        break;
      case policy::Moment::today:
        return on(context_.at);
      case policy::Moment::known:
        if (context_.it) return on(zone.date_of(context_.it->entered));
        break;
    }
    context_.notes.fail("no " +
                        std::string(policy::moment_words[static_cast<std::size_t>(moment)]));
    return {};
  }

  static std::optional<Deadline> of(Date day, Roll) { return on(day); }

  std::optional<Deadline> of(const policy::Path& path, Roll) {
    for (const Value& value : values_of(context_, thing_, path))
      if (const auto day = value.text() ? Date::parse(*value.text()) : std::nullopt)
        return on(*day);
    return {};
  }

  std::optional<Deadline> of(const policy::AfterAnchor& anchor, Roll roll) {
    const auto start = of(*anchor.anchor, Roll::none);
    const auto term = term_of(context_, anchor.by);
    if (!start || !term) return {};
    return joined(*start, calendar::after(calendar_, start->day, *term, roll));
  }

  std::optional<Deadline> of(const policy::BeforeAnchor& anchor, Roll) {
    const auto end = of(*anchor.anchor, Roll::none);
    const auto term = term_of(context_, anchor.by);
    if (!end || !term) return {};
    return joined(*end, calendar::before(calendar_, end->day, *term));
  }

  std::optional<Deadline> of(const policy::YearDay& anchor, Roll) {
    const auto wanted = month_day_of(anchor.day);
    if (!wanted) return {};
    const int year = context_.period.from.year() + (anchor.of == policy::YearOf::next ? 1 : 0);
    const Date last = calendar::last_of_month(year, wanted->month);
    return on(
        std::min(Date::of(year, wanted->month, 1) + (static_cast<int>(wanted->day) - 1), last));
  }

  std::optional<policy::MonthDay> month_day_of(const policy::MonthDayUse& use) {
    if (const auto* const day = std::get_if<policy::MonthDay>(&use)) return *day;
    const auto& parameter = std::get<policy::ParameterUse>(use);
    const policy::Setting* const setting = bound(context_, parameter);
    if (!setting) return {};
    const auto* const day = std::get_if<policy::MonthDay>(setting);
    if (day) return *day;
    context_.notes.fail(parameter.name + " is no day of a year");
    return {};
  }

  static Deadline joined(const Deadline& first, Deadline second) {
    second.steps.insert(second.steps.begin(), first.steps.begin(), first.steps.end());
    second.provisional = second.provisional || first.provisional;
    return second;
  }

  Context& context_;
  const Thing& thing_;
  const WorkingDays& calendar_;
};

Date known_day(const Context& context) { return zone.date_of(context.known); }

// A deadline of `due`, through every publication while it was running.
std::optional<Deadline> deadline_of(Context& context, const Thing& bearer,
                                    const policy::Anchor& anchor) {
  const Date begin = std::min(context.period.from, known_day(context));
  const auto with = [&](Date known) {
    return Reckoning(context, bearer, context.calendars.known_on(known))
        .of(anchor, Roll::next_workday);
  };
  auto deadline = with(begin);
  for (const Date published : context.calendars.published(begin, known_day(context))) {
    const auto revised = with(published);
    if (deadline && revised) revise(*deadline, *revised, published);
  }
  return deadline;
}

// The days of `due` before anybody deferred them.
struct DueDates {
  Date from;
  Deadline act;
  Deadline enter;
};

bool is_dated(const policy::Obligation& obligation) {
  return obligation.for_each && obligation.for_each->is_dated;
}

std::optional<DueDates> dates_of(Context& context, const Thing& bearer,
                                 const policy::Obligation& obligation) {
  const policy::Due& due = obligation.due;
  const bool by_case = is_dated(obligation) && context.it;
  const auto from = due.from  ? day_of(context, bearer, *due.from)
                    : by_case ? context.it->day
                              : context.period.from;
  const auto otherwise =
      by_case && policy::acts_on_case_day(obligation) ? context.it->day : context.period.last_day();
  const auto act = due.act ? deadline_of(context, bearer, *due.act) : on(otherwise);
  auto enter = due.enter ? deadline_of(context, bearer, *due.enter) : act;
  if (!from || !act || !enter) {
    if (!context.notes.no_value) context.notes.fail("due: no date");
    return {};
  }
  if (!due.enter) enter->steps.clear();
  if (enter->day < act->day) enter->day = act->day;
  return DueDates{*from, *act, *enter};
}

// A deferral keeps the time for entering that the duty grants after the act.
void defer(Context& context, const policy::Due& due, const Leave& deferral, DueDates& dates) {
  const bool later = deferral.act && *deferral.act > dates.act.day;
  if (later) dates.act = {*deferral.act, {}, false};
  if (deferral.enter) {
    if (*deferral.enter > dates.enter.day) dates.enter = {*deferral.enter, {}, false};
  } else if (later && due.enter) {
    const auto* const after = std::get_if<policy::AfterAnchor>(&due.enter->what);
    const auto term = after ? term_of(context, after->by) : std::nullopt;
    if (term) {
      const auto granted =
          calendar::after(context.calendars.known_on(known_day(context)), dates.act.day, *term);
      if (granted.day > dates.enter.day) dates.enter = granted;
    }
  }
  if (dates.enter.day < dates.act.day) dates.enter = dates.act;
}

bool ends_with_period(const policy::Due& due) {
  if (!due.act) return true;
  const auto* const moment = std::get_if<policy::Moment>(&due.act->what);
  return moment && *moment == policy::Moment::period_end;
}

// Of a calendar period: the day before the next one's acts begin.
std::optional<Date> last_late_day(Context& context, const Thing& bearer,
                                  const policy::Obligation& obligation) {
  const policy::Every& every = obligation.every;
  if (!calendar_kind(every.kind) || is_dated(obligation)) return {};
  Context following = context;
  if (every.window) {
    const auto year = calendar::period_from(context.period.name);
    if (!year) return {};
    following.period = calendar::next(*year);
    const auto from = day_of(following, bearer, every.window->from);
    return from ? std::optional(*from + -1) : std::nullopt;
  }
  if (!obligation.due.from) return context.period.last_day();
  following.period = next_of(every, context.period);
  const auto from = day_of(following, bearer, *obligation.due.from);
  return from ? *from + -1 : context.period.last_day();
}

std::optional<Date> warn_day(Context& context, const policy::Due& due, Date from, Date act) {
  if (!due.warn) return act + 1;
  const auto term = term_of(context, *due.warn);
  if (!term) return {};
  const auto& calendar = context.calendars.known_on(known_day(context));
  return std::max(from, calendar::before(calendar, act, *term).day);
}

}  // namespace

std::optional<Date> day_of(Context& context, const Thing& thing, const policy::Anchor& anchor) {
  const auto& calendar = context.calendars.known_on(known_day(context));
  const auto found = Reckoning(context, thing, calendar).of(anchor, Roll::none);
  if (!found) return {};
  return found->day;
}

std::optional<Timetable> timetable_of(Context& context, const policy::Obligation& obligation,
                                      const Leave* deferral) {
  // Due on each day; the dates stay the same, so that only what is there changes a verdict.
  if (obligation.is_always() || obligation.every.is_cumulative) {
    const Date first = context.period.from;
    return Timetable{{first, first + 1, first, first, true, false}, {}, {}, {}};
  }
  const policy::Due& due = obligation.due;
  const Thing bearer = bearer_of(context);
  auto dates = dates_of(context, bearer, obligation);
  if (!dates) return {};
  if (deferral) defer(context, due, *deferral, *dates);
  const auto warn = warn_day(context, due, dates->from, dates->act.day);
  if (!warn) return {};

  Timetable out;
  out.late_until = last_late_day(context, bearer, obligation);
  const bool is_calendar =
      calendar_kind(obligation.every.kind).has_value() && !obligation.every.window;
  const policy::AfterAct otherwise = is_calendar && ends_with_period(due)
                                         ? policy::AfterAct::too_late
                                         : policy::AfterAct::counts_late;
  const bool late_counts = due.after_act.value_or(otherwise) == policy::AfterAct::counts_late &&
                           (!out.late_until || *out.late_until > dates->act.day);
  out.schedule = {dates->from,    *warn,
                  dates->act.day, dates->enter.day,
                  late_counts,    dates->act.provisional || dates->enter.provisional};
  out.steps = {dates->act.steps, dates->enter.steps};
  const auto& calendar = context.calendars.known_on(known_day(context));
  out.calendar_revision = calendar.revision_of(dates->enter.day);
  return out;
}

void set_again(Context& context, const policy::Obligation& obligation, Date last, Timetable& out) {
  const policy::Every& every = obligation.every;
  const auto term = term_of(context, every.rolling ? *every.rolling : *every.after_last);
  if (!term) return;
  const auto& calendar = context.calendars.known_on(known_day(context));
  const auto roll = every.rolling ? Roll::none : Roll::next_workday;
  const Deadline next = calendar::after(calendar, last, *term, roll);
  const auto warn = warn_day(context, obligation.due, last, next.day);
  out.schedule = {last, warn.value_or(next.day + 1), next.day, next.day, true, next.provisional};
  out.steps = {next.steps, {}};
  out.calendar_revision = calendar.revision_of(next.day);
}

}  // namespace huilu::obligation
