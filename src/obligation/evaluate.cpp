#include "obligation/evaluate.h"

#include <algorithm>
#include <tuple>

#include "obligation/cases.h"
#include "obligation/fix.h"
#include "obligation/organisation.h"
#include "obligation/periods.h"

namespace huilu::obligation {

namespace {

// Makes an explanation of a case: counts, then says what all of it together means.
class Explaining {
 public:
  Explaining(const Facts& facts, Calendars& calendars, const Question& question, Reach reach)
      : facts_(facts),
        calendars_(calendars),
        reach_(reach),
        case_(case_of(facts, calendars, question, reach)) {}

  Explanation explained() {
    out_.question = case_.question;
    out_.why_not = case_.why_not;
    if (out_.why_not == NotApplicable::none && case_.notes.error.empty()) count_records();
    out_.the_class = classify();
    if (case_.timetable.schedule != Schedule{})
      out_.phase = phase_on(case_.timetable.schedule, case_.question.at);
    out_.verdict = verdict_of(out_.the_class, out_.phase);
    out_.cause = cause();
    describe();
    describe_cases();
    mark();
    if (case_.obligation && out_.error.empty()) {
      Context context = context_of(facts_, calendars_, case_, reach_);
      if (case_.obligation->for_each)
        add_fixes(context, judgement_.cases, out_);
      else
        add_fixes(context, case_, out_);
    }
    return std::move(out_);
  }

  bool reached_back() const { return case_.notes.reached_back; }

 private:
  void count_records() {
    Context context = context_of(facts_, calendars_, case_, reach_);
    judgement_ = judge(context, case_);
    out_.test = judgement_.test;
    case_.timetable = judgement_.timetable;
    if (case_.notes.no_value) out_.why_not = NotApplicable::no_value;
    if (out_.test.scaled_away) out_.why_not = NotApplicable::first_period;
  }

  void describe_cases() {
    for (std::size_t i = 0; i < judgement_.cases.size(); ++i) {
      const JudgedCase& judged = judgement_.cases[i];
      const Schedule& schedule = judged.one.timetable.schedule;
      const Class the_class = out_.test.parts[i].result;
      out_.cases.push_back({judged.it.id, judged.it.day, schedule, the_class,
                            verdict_of(the_class, phase_on(schedule, case_.question.at))});
    }
  }

  Class classify() {
    out_.error = case_.notes.error;
    if (!out_.error.empty()) return Class::unknown;
    if (out_.why_not != NotApplicable::none) return Class::not_applicable;
    if (case_.exemption) return Class::exempt;
    const Class found = out_.test.result;
    if (case_.ended != NotApplicable::none && !is_done(found) && found != Class::over) {
      out_.why_not = case_.ended;
      return Class::not_applicable;
    }
    if (found == Class::not_applicable) out_.why_not = judgement_.why_not;
    return found;
  }

  Cause cause() const {
    if (out_.verdict != Verdict::failed) return Cause::none;
    if (out_.the_class == Class::over) return Cause::over;
    const policy::TestKind kind = case_.obligation->needs.kind;
    return kind == policy::TestKind::holds ? Cause::nonconforming : Cause::short_;
  }

  void describe() {
    out_.obligation = case_.obligation;
    if (case_.pack) out_.pack_version = case_.pack->version;
    out_.period = case_.period;
    out_.span = {case_.period.from, case_.period.until};
    if (!case_.scope.days.empty()) out_.span = {case_.scope.from(), case_.scope.until()};
    out_.schedule = case_.timetable.schedule;
    out_.steps = case_.timetable.steps;
    out_.calendar_revision = case_.timetable.calendar_revision;
    out_.in_scope_because = case_.scope.because;
    out_.parameters = case_.notes.parameters;
    out_.leave = case_.exemption ? case_.exemption : case_.deferral;
  }

  void mark() {
    const auto add = [&](bool has, Mark mark) {
      if (has) out_.marks.push_back(mark);
    };
    const auto any = [&](auto is_so) {
      return std::any_of(out_.parameters.begin(), out_.parameters.end(), is_so);
    };
    const bool judged = out_.why_not == NotApplicable::none;
    const bool done = out_.the_class == Class::met || out_.the_class == Class::within;
    add(done && out_.test.entered_late, Mark::entered_late);
    add(any([](const BoundParameter& one) { return one.basis == policy::Basis::assumed; }),
        Mark::assumed);
    // A value that is bound at the period's end may become another until then.
    add(judged && (out_.schedule.provisional || any([&](const BoundParameter& one) {
                     return one.bound_on > case_.question.at && one.bound_on > case_.period.from;
                   })),
        Mark::provisional);
    add(judged && case_.scope.acting, Mark::acting);
    add(judged && case_.deferral.has_value(), Mark::deferred);
    add(out_.the_class == Class::exempt && zone.date_of(case_.exemption->at) > out_.schedule.act,
        Mark::by_reason);
  }

  const Facts& facts_;
  Calendars& calendars_;
  Reach reach_;
  Case case_;
  Judgement judgement_;
  Explanation out_;
};

bool is_kept(const Explanation& one) {
  return is_done(one.the_class) || one.the_class == Class::within;
}

// Both are lost: less of the same is missing.
bool asks_less(const Explanation& one, const Explanation& other) {
  const bool same = one.verdict == other.verdict && one.schedule == other.schedule;
  return same && one.fix && other.fix && one.fix->missing < other.fix->missing;
}

bool is_lost(const Explanation& one) {
  return one.the_class == Class::short_ || one.the_class == Class::over ||
         one.the_class == Class::unknown;
}

}  // namespace

Evaluator::Evaluator(const Facts& facts)
    : facts_(facts), calendars_(std::make_unique<Calendars>(facts)) {}
Evaluator::~Evaluator() = default;

Explanation Evaluator::evaluate(const Question& question) {
  Explaining all(facts_, *calendars_, question, Reach::all);
  Explanation now = all.explained();
  if (!all.reached_back() || !is_lost(now)) return now;
  // What was decided when the period was over does not turn what is met without it; so neither does
  // it ask for more than without it would be enough.
  Explanation before = Explaining(facts_, *calendars_, question, Reach::not_into_ended).explained();
  return is_kept(before) || asks_less(before, now) ? before : now;
}

Explanation evaluate(const Facts& facts, const Question& question) {
  return Evaluator(facts).evaluate(question);
}

std::vector<const policy::Obligation*> obligations_on(const Facts& facts, Date day, Instant known) {
  std::vector<const Activation*> versions;
  for (const Activation& one : facts.activations) {
    if (!one.pack || one.at > known || (one.withdrawn && *one.withdrawn <= known)) continue;
    if (in_force(one).contains(day)) versions.push_back(&one);
  }
  const auto newer = [&](const Activation* a) {
    return std::any_of(versions.begin(), versions.end(), [&](const Activation* b) {
      return a->pack->id == b->pack->id && (!b->unit || b->unit == a->unit) && is_newer(*b, *a);
    });
  };
  versions.erase(std::remove_if(versions.begin(), versions.end(), newer), versions.end());
  std::stable_sort(versions.begin(), versions.end(),
                   [](const Activation* a, const Activation* b) { return is_newer(*a, *b); });
  std::vector<const policy::Obligation*> all;
  for (const Activation* const version : versions)
    for (const policy::Obligation& one : version->pack->obligations)
      if (std::find(all.begin(), all.end(), &one) == all.end()) all.push_back(&one);
  return all;
}

namespace {

// Over all batches: each bearer has the days of its own.
std::optional<calendar::Period> period_in(const Facts& facts, const policy::Obligation& obligation,
                                          const Campaign& campaign, Instant known) {
  if (campaign.batches.empty()) return {};
  const Interval days = days_of(campaign);
  if (obligation.every.kind == policy::EveryKind::campaign)
    return calendar::Period{campaign_name(campaign.id), days.from, *days.until};
  const Duty duty = any_duty(facts, obligation.address, known);
  const policy::Phase* const phase =
      duty ? find_phase(*duty.activation->pack, obligation.every.phase) : nullptr;
  if (!phase) return {};
  std::optional<calendar::Period> all;
  for (const Campaign::Batch& batch : campaign.batches) {
    Notes notes;
    Calendars calendars(facts);
    const Context context{facts,
                          calendars,
                          *duty.activation->pack,
                          {},
                          policy::MemberAt::home,
                          {},
                          &campaign,
                          batch.window,
                          {},
                          days.from,
                          known,
                          Reach::all,
                          notes};
    const auto found = phase_days(context, *phase, batch.window);
    if (!found) continue;
    if (!all)
      all = calendar::Period{phase_name(campaign.id, phase->id), found->from, *found->until};
    all->from = std::min(all->from, found->from);
    all->until = std::max(all->until, *found->until);
  }
  return all;
}

}  // namespace

std::vector<calendar::Period> periods_of(const Facts& facts, const policy::Obligation& obligation,
                                         Date from, Date until, Instant known) {
  std::vector<calendar::Period> periods;
  if (calendar_kind(obligation.every.kind)) {
    for (calendar::Period& period : periods_between(obligation.every, from, until))
      if (is_in_force_within(facts, obligation.address, period.from, period.until, known))
        periods.push_back(std::move(period));
    return periods;
  }
  if (obligation.every.kind == policy::EveryKind::once || obligation.is_always()) {
    const auto begin = first_day_of(facts, obligation.address, {}, known);
    const std::string name(obligation.is_always() ? always_name : "once");
    if (begin && *begin < until) periods.push_back({name, *begin, last_date});
    return periods;
  }
  for (const Campaign& campaign : facts.campaigns) {
    if (campaign.at > known || !obligation.address.starts_with(campaign.pack + '/')) continue;
    auto period = period_in(facts, obligation, campaign, known);
    if (period && period->from < until && from < period->until) periods.push_back(*period);
  }
  std::sort(periods.begin(), periods.end(),
            [](const calendar::Period& a, const calendar::Period& b) {
              return std::tie(a.from, a.name) < std::tie(b.from, b.name);
            });
  return periods;
}

}  // namespace huilu::obligation
