#include "obligation/fix.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "obligation/cases.h"
#include "obligation/count.h"
#include "obligation/organisation.h"
#include "obligation/sharing.h"

namespace huilu::obligation {

namespace {

using Fix = Explanation::Fix;

enum class When { in_time, late };

// What a test would be after its steps were done.
struct Plan {
  TestResult after;
  std::vector<Fix::Part> parts;
  std::vector<RecordId> mend;
};

std::int64_t entered_in_time(const TestResult& result) {
  std::int64_t sum = 0;
  for (const CountedRecord& one : result.counted)
    if (!one.late && !one.entered_late) sum += one.amount;
  return sum;
}

// Could a record of one test change another that has a limit?
bool shares_types(const policy::Test& a, const policy::Test& b) {
  return std::any_of(a.of.names.begin(), a.of.names.end(), [&](const std::string& name) {
    return std::find(b.of.names.begin(), b.of.names.end(), name) != b.of.names.end();
  });
}

class Planning {
 public:
  Planning(Context& context, const Case& one, const Explanation& explanation, When when)
      : context_(context), case_(one), explanation_(explanation), when_(when) {}

  // Nothing where the test cannot be made to be done, or is.
  std::optional<Plan> plan(const TestResult& result) {
    const policy::Test& needs = case_.obligation->needs;
    auto plan = plan_of(needs, result);
    if (!plan || plan->parts.empty() || !is_done(plan->after.result)) return {};
    if (meets_a_limit(needs)) return {};
    return plan;
  }

  std::optional<Fix> fix() {
    const policy::Test& needs = case_.obligation->needs;
    auto plan = this->plan(explanation_.test);
    return plan ? std::optional(fix_of(std::move(plan), needs.counts())) : std::nullopt;
  }

  Fix fix_of(std::optional<Plan> plan, bool is_one_number) const {
    Fix fix;
    fix.from = plan->parts.front().from;
    fix.until = plan->parts.front().until;
    for (const Fix::Part& part : plan->parts) {
      fix.from = std::min(fix.from, part.from);
      fix.until = std::max(fix.until, part.until);
    }
    fix.gives = verdict_of(plan->after.result, explanation_.phase);
    fix.mend = std::move(plan->mend);
    fix.marks = marks(plan->after);
    if (is_one_number)
      fix.missing = plan->parts.front().missing;
    else
      fix.parts = std::move(plan->parts);
    return fix;
  }

 private:
  std::optional<Plan> plan_of(const policy::Test& test, const TestResult& result) {
    if (result.result == Class::not_applicable || is_done(result.result) ||
        result.result == Class::within)
      return Plan{result, {}, {}};
    if (test.counts()) return plan_count(test, result);
    if (test.kind == policy::TestKind::all_of) return plan_all(test, result);
    if (test.kind == policy::TestKind::any_of) return plan_any(test, result);
    return {};
  }

  std::optional<Plan> plan_count(const policy::Test& test, const TestResult& result) {
    const bool no_record = result.result == Class::unknown && result.counted.empty() && !test.share;
    const bool may_serve_others =
        case_.obligation->sharing && serving_others(context_, case_).others_lack;
    if (test.kind == policy::TestKind::at_most || test.share || may_serve_others ||
        test.of.source == policy::SetSource::items ||
        (result.result != Class::short_ && !no_record))
      return {};
    const auto days = days_for(test);
    if (!days) return {};
    Plan plan;
    const std::int64_t missing = std::max<std::int64_t>(result.need - result.have, 1);
    if (test.kind == policy::TestKind::exactly && result.have + missing > result.need) return {};
    if (test.distinct && counts_days(test) && free_days(result, *days) < missing) return {};
    plan.parts.push_back({test.id, missing, result.decimal, days->from, *days->until + -1});
    plan.after = result;
    const std::int64_t in_time =
        result.have - result.have_late + (when_ == When::in_time ? missing : 0);
    plan.after.result = in_time >= result.need ? Class::met : Class::met_late;
    const bool entered_late =
        !case_.obligation->is_always() && explanation_.question.at > case_.timetable.schedule.enter;
    plan.after.entered_late = plan.after.result == Class::met &&
                              entered_in_time(result) + (entered_late ? 0 : missing) < result.need;
    for (const RejectedRecord& one : result.rejected)
      if (one.why == "quality" && days->contains(one.date) && !test.distinct)
        plan.mend.push_back(one.record);
    tests_.push_back(&test);
    return plan;
  }

  std::optional<Plan> plan_all(const policy::Test& test, const TestResult& result) {
    Plan plan;
    plan.after = result;
    for (std::size_t i = 0; i < test.parts.size(); ++i) {
      auto part = plan_of(test.parts[i], result.parts[i]);
      if (!part) return {};
      add(std::move(*part), i, plan);
    }
    plan.after.result = all_of(plan.after.parts);
    plan.after.entered_late = std::any_of(plan.after.parts.begin(), plan.after.parts.end(),
                                          [](const TestResult& part) { return part.entered_late; });
    return plan;
  }

  // Of several ways the one with the better end, then the one with fewer steps.
  std::optional<Plan> plan_any(const policy::Test& test, const TestResult& result) {
    std::optional<Plan> best;
    std::vector<const policy::Test*> tests;
    const auto cost = [](const Plan& plan) {
      std::int64_t missing = 0;
      for (const Fix::Part& part : plan.parts) missing += part.missing;
      return std::tuple(plan.after.result != Class::met, plan.parts.size(), missing);
    };
    for (std::size_t i = 0; i < test.parts.size(); ++i) {
      const std::size_t before = tests_.size();
      auto part = plan_of(test.parts[i], result.parts[i]);
      const std::vector<const policy::Test*> used(
          tests_.begin() + static_cast<std::ptrdiff_t>(before), tests_.end());
      tests_.resize(before);
      if (!part || part->parts.empty() || (best && cost(*best) <= cost(*part))) continue;
      best = std::move(part);
      tests = used;
    }
    if (!best) return {};
    tests_.insert(tests_.end(), tests.begin(), tests.end());
    const Class done = best->after.result;
    const bool entered_late = best->after.entered_late;
    best->after = result;
    best->after.result = done;
    best->after.entered_late = entered_late;
    return best;
  }

  static void add(Plan part, std::size_t index, Plan& plan) {
    plan.after.parts[index] = std::move(part.after);
    plan.parts.insert(plan.parts.end(), part.parts.begin(), part.parts.end());
    for (const RecordId id : part.mend)
      if (std::find(plan.mend.begin(), plan.mend.end(), id) == plan.mend.end())
        plan.mend.push_back(id);
  }

  // A limit elsewhere in the duty that the new records could exceed.
  bool meets_a_limit(const policy::Test& test) const {
    const bool limit =
        test.kind == policy::TestKind::at_most || test.kind == policy::TestKind::exactly;
    if (limit && std::any_of(tests_.begin(), tests_.end(), [&](const policy::Test* one) {
          return one != &test && shares_types(*one, test);
        }))
      return true;
    return std::any_of(test.parts.begin(), test.parts.end(),
                       [&](const policy::Test& part) { return meets_a_limit(part); });
  }

  // The days on which a new record could be done; nothing where there are none.
  std::optional<Interval> days_for(const policy::Test& test) {
    const Schedule& schedule = case_.timetable.schedule;
    Interval days = {schedule.from, schedule.act + 1};
    if (case_.obligation->is_always()) days.until = explanation_.question.at + 1;
    if (case_.obligation->every.after_last && !lasts_from_today(days)) return {};
    if (when_ == When::late) {
      days.from = std::max(schedule.act + 1, schedule.from);
      days.until = case_.timetable.late_until ? *case_.timetable.late_until + 1 : last_date;
    }
    const auto limit = [&](Date from, Date until) {
      days.from = std::max(days.from, from);
      days.until = std::min(*days.until, until);
    };
    if (test.of.during || case_.obligation->every.rolling) {
      const auto during = during_of(context_, case_, test);
      if (!during) return {};
      limit(during->from, *during->until);
    }
    for (const std::string& name : test.of.names) limit_by_type(name, limit);
    limit_by_bearer(limit);
    return days.from < *days.until ? std::optional(days) : std::nullopt;
  }

  // Done today, it is due again later; what was done before may be over by now.
  bool lasts_from_today(Interval& days) {
    const Date at = explanation_.question.at;
    days.from = at;
    Timetable again;
    set_again(context_, *case_.obligation, at, again);
    return at < again.schedule.warn;
  }

  template <class Limit>
  void limit_by_type(const std::string& name, const Limit& limit) {
    const policy::RecordType* const type = record_type(context_, name);
    if (!type) return;
    if (type->back_dated_days_max)
      limit(explanation_.question.at + -static_cast<int>(*type->back_dated_days_max), last_date);
    // What lasts has to have begun by the end of the period.
    if (type->lasts) limit(case_.timetable.schedule.from, case_.period.until);
  }

  template <class Limit>
  void limit_by_bearer(const Limit& limit) const {
    if (case_.scope.ended != NotApplicable::none) limit(case_.period.from, case_.scope.until());
    const Tenure* const tenure = find_tenure(context_.facts, case_.question.bearer.tenure);
    if (tenure && !case_.obligation->who.merge_posts)
      limit(tenure->span.from, end_of(tenure->span));
    if (tenure && case_.obligation->who.merge_posts) limit(case_.scope.from(), case_.scope.until());
    if (const Unit* const unit = find_unit(context_.facts, case_.question.bearer.unit))
      limit(unit->span.from, end_of(unit->span));
  }

  // Of records that count once a day: on how many days there may still be one.
  bool counts_days(const policy::Test& test) const {
    const auto& steps = test.distinct->steps;
    return steps.size() == 1 &&
           std::all_of(test.of.names.begin(), test.of.names.end(), [&](const std::string& name) {
             const policy::RecordType* const type = record_type(context_, name);
             return type && steps.front() == type->counts_on;
           });
  }

  static std::int64_t free_days(const TestResult& result, const Interval& days) {
    std::set<Date> taken;
    for (const CountedRecord& one : result.counted)
      if (days.contains(one.date)) taken.insert(one.date);
    return *days.until - days.from - static_cast<std::int64_t>(taken.size());
  }

  std::vector<Mark> marks(const TestResult& after) const {
    std::vector<Mark> marks;
    if (after.result == Class::met && after.entered_late) marks.push_back(Mark::entered_late);
    for (const Mark mark : explanation_.marks)
      if (mark != Mark::entered_late) marks.push_back(mark);
    return marks;
  }

  Context& context_;
  const Case& case_;
  const Explanation& explanation_;
  When when_;
  std::vector<const policy::Test*> tests_;  // those that get new records
};

}  // namespace

namespace {

void mark_provisional(bool is_so, std::vector<Mark>& marks) {
  std::erase(marks, Mark::provisional);
  if (!is_so) return;
  const auto later =
      std::find_if(marks.begin(), marks.end(), [](Mark one) { return one > Mark::provisional; });
  marks.insert(later, Mark::provisional);
}

// What every case that is not done lacks; nothing where one of them cannot be mended. `when` late:
// of those whose last day for it is over, and whose late acts count.
std::optional<Fix> fix_of_cases(Context& context, const std::vector<JudgedCase>& cases,
                                const Explanation& explanation, When when) {
  Plan all;
  all.after = explanation.test;
  bool is_late = false;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    TestResult& part = all.after.parts[i];
    if (part.result != Class::short_ && part.result != Class::unknown) continue;
    const Case& one = cases[i].one;
    const Schedule& schedule = one.timetable.schedule;
    const bool over = explanation.question.at > schedule.act && schedule.late_counts;
    is_late = is_late || over;
    Context of_it = context;
    of_it.it = &cases[i].it;
    const When how = when == When::late && over ? When::late : When::in_time;
    auto plan = Planning(of_it, one, explanation, how).plan(part);
    if (!plan) return {};
    for (Fix::Part& step : plan->parts) {
      step.id = step.id.empty() ? part.id : part.id + '/' + step.id;
      all.parts.push_back(step);
    }
    all.mend.insert(all.mend.end(), plan->mend.begin(), plan->mend.end());
    part = std::move(plan->after);
    all.after.entered_late = all.after.entered_late || part.entered_late;
  }
  if (all.parts.empty() || (when == When::late && !is_late)) return {};
  all.after.result = all_of(all.after.parts);
  if (!is_done(all.after.result)) return {};
  const Timetable* const then = deciding(all.after, cases, explanation.question.at);
  Fix fix = Planning(context, cases.front().one, explanation, when).fix_of(std::move(all), false);
  // Other dates decide then.
  if (then && then->schedule.provisional != explanation.schedule.provisional)
    mark_provisional(then->schedule.provisional, fix.marks);
  return fix;
}

}  // namespace

void add_fixes(Context& context, const std::vector<JudgedCase>& cases, Explanation& explanation) {
  if (explanation.the_class != Class::short_ && explanation.the_class != Class::unknown) return;
  explanation.fix = fix_of_cases(context, cases, explanation, When::in_time);
  if (explanation.obligation->is_always()) return;
  explanation.fix_late = fix_of_cases(context, cases, explanation, When::late);
}

void add_fixes(Context& context, const Case& one, Explanation& explanation) {
  if (explanation.the_class != Class::short_ && explanation.the_class != Class::unknown) return;
  explanation.fix = Planning(context, one, explanation, When::in_time).fix();
  if (one.obligation->is_always()) return;
  const Schedule& schedule = explanation.schedule;
  if (explanation.question.at > schedule.act && schedule.late_counts)
    explanation.fix_late = Planning(context, one, explanation, When::late).fix();
}

}  // namespace huilu::obligation
