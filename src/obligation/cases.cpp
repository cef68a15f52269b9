#include "obligation/cases.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "obligation/condition.h"
#include "obligation/count.h"
#include "obligation/organisation.h"
#include "obligation/parameters.h"

namespace huilu::obligation {

namespace {

// What has to be done again so long after it was done last: only the last time matters, and only
// until the next is near.
void renew(Context& context, Case& one, TestResult& test) {
  if (!one.obligation->every.after_last || test.counted.empty()) return;
  const auto order = [](const CountedRecord& a, const CountedRecord& b) {
    return std::tie(a.date, a.record) < std::tie(b.date, b.record);
  };
  const CountedRecord last = *std::max_element(test.counted.begin(), test.counted.end(), order);
  set_again(context, *one.obligation, last.date, one.timetable);
  test.counted.clear();
  const bool is_near = context.at >= one.timetable.schedule.warn;
  if (is_near)
    test.rejected.push_back({last.record, last.date, "lapsed", {}});
  else
    test.counted.push_back(last);
  test.have = is_near ? 0 : 1;
  if (is_near) test.result = Class::short_;
}

class Judging {
 public:
  Judging(Context& context, const Case& one) : context_(context), case_(one) {}

  Judgement judged() {
    for (It& it : cases_of(context_, case_)) judge_one(std::move(it));
    put_together();
    return std::move(out_);
  }

 private:
  void judge_one(It it) {
    JudgedCase judged{std::move(it), case_};
    Context context = context_;
    context.it = &judged.it;
    const bool had_value = !context.notes.no_value;
    const policy::Obligation& duty = *case_.obligation;
    const auto timetable = timetable_of(context, duty, case_.deferral ? &*case_.deferral : nullptr);
    TestResult part;
    if (timetable) {
      Case& one = judged.one;
      one.timetable = *timetable;
      date_from(context, one, judged.it.day);
      const Schedule& dates = timetable->schedule;
      // A plan that nobody confirmed lapses.
      if (judged.it.is_plan && context.at > dates.enter) return;
      // What happens on a day of its own is reckoned from there.
      if (duty.for_each->is_dated)
        one.period = {case_.period.name, std::min(dates.from, judged.it.day),
                      std::max(dates.act, judged.it.day) + 1};
      one.ended = end_within(one);
      // It ended while it could still be done.
      const auto& until = judged.it.until;
      if (one.ended == NotApplicable::none && until && *until <= std::min(context.at, dates.act))
        one.ended = NotApplicable::left;
      part = count(context, one, duty.needs);
      renew(context, one, part);
      if (one.ended != NotApplicable::none && !is_done(part.result) && part.result != Class::over)
        part.result = Class::not_applicable;
    }
    // Without a value in force nothing was asked of this one.
    if (had_value && context.notes.no_value) {
      context.notes.no_value = false;
      lacks_value_ = true;
      part.result = Class::not_applicable;
    }
    part.id = judged.it.id;
    part.title = judged.it.title;
    out_.test.parts.push_back(std::move(part));
    out_.cases.push_back(std::move(judged));
  }

  void put_together() {
    TestResult& all = out_.test;
    all.kind = policy::TestKind::all_of;
    all.result = all_of(all.parts);
    for (const TestResult& part : all.parts) {
      all.need += part.result == Class::not_applicable ? 0 : 1;
      all.have += is_done(part.result) || part.result == Class::within ? 1 : 0;
      all.have_late += part.result == Class::met_late ? 1 : 0;
      all.entered_late = all.entered_late || (part.result == Class::met && part.entered_late);
    }
    all.scaled_away =
        !all.parts.empty() && std::all_of(all.parts.begin(), all.parts.end(),
                                          [](const TestResult& part) { return part.scaled_away; });
    out_.timetable = case_.timetable;
    if (all.result != Class::not_applicable) {
      if (const Timetable* const found = deciding(all, out_.cases, context_.at))
        out_.timetable = *found;
      return;
    }
    out_.why_not = all.parts.empty() ? NotApplicable::no_case
                   : lacks_value_    ? NotApplicable::no_value
                                     : NotApplicable::no_record;
    for (const JudgedCase& judged : out_.cases)
      if (judged.one.ended != NotApplicable::none) out_.why_not = judged.one.ended;
  }

  Context& context_;
  const Case& case_;
  Judgement out_;
  bool lacks_value_ = false;
};

}  // namespace

const Timetable* deciding(const TestResult& whole, const std::vector<JudgedCase>& cases, Date at) {
  const bool is_open = !is_done(whole.result);
  const Timetable* chosen = nullptr;
  const auto order = [&](const Timetable& one) {
    const Schedule& dates = one.schedule;
    const int pressing = static_cast<int>(phase_on(dates, at));
    return std::tuple(is_open ? -pressing : 0, is_open ? dates.enter.days : -dates.enter.days,
                      is_open ? dates.act.days : -dates.act.days, dates);
  };
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const Timetable& one = cases[i].one.timetable;
    if (whole.parts[i].result != whole.result) continue;
    if (!chosen || order(one) < order(*chosen)) chosen = &one;
  }
  return chosen;
}

Judgement judge(Context& context, const Case& one) {
  if (one.obligation->for_each) return Judging(context, one).judged();
  Judgement out;
  Case again = one;
  out.test = count(context, one, one.obligation->needs);
  renew(context, again, out.test);
  out.timetable = again.timetable;
  if (out.test.result == Class::not_applicable) out.why_not = NotApplicable::no_record;
  return out;
}

}  // namespace huilu::obligation
