#include "compliance/terms.h"

#include <algorithm>
#include <array>
#include <vector>

#include "obligation/cases.h"
#include "obligation/count.h"

namespace huilu::compliance {

namespace {

using obligation::Class;
using obligation::is_done;
using obligation::NotApplicable;
using obligation::Reach;
using Fit = obligation::Standing;  // how a record stands to a set

Terms terms_within(const obligation::Facts& facts, obligation::Calendars& calendars,
                   const Counting& counting, const obligation::Question& question, Reach reach) {
  obligation::Case one = obligation::case_of(facts, calendars, question, reach);
  Terms terms;
  obligation::Judgement judgement;
  if (one.why_not == NotApplicable::none && one.notes.error.empty()) {
    obligation::Context context = obligation::context_of(facts, calendars, one, reach);
    judgement = obligation::judge(context, one);
    one.timetable = judgement.timetable;
    if (one.notes.no_value) one.why_not = NotApplicable::no_value;
    if (judgement.test.scaled_away) one.why_not = NotApplicable::first_period;
  }
  terms.schedule = one.timetable.schedule;
  if (!one.notes.error.empty()) {
    terms.fixed.the_class = Class::unknown;
  } else if (one.why_not != NotApplicable::none) {
    terms.fixed.the_class = Class::not_applicable;
  } else if (one.exemption) {
    terms.fixed.the_class = Class::exempt;
  } else {
    const obligation::TestResult& test = judgement.test;
    terms.rule = &counting.rule(*one.obligation);
    terms.by = terms.rule->exact && !test.decimal ? Terms::By::facts : Terms::By::evaluator;
    terms.need = test.need;
    terms.period = one.period;
    terms.late_until = one.timetable.late_until;
    terms.ended = one.ended != NotApplicable::none;
    terms.fixed = terms.judged({test.result, test.result == Class::met && test.entered_late});
  }
  if (reach == Reach::all && one.notes.reached_back) {
    terms.before = std::make_shared<const Terms>(
        terms_within(facts, calendars, counting, question, Reach::not_into_ended));
  }
  return terms;
}

// As obligation/fit.cpp places a record by its date.
Fit placed(const Terms& terms, Date day, bool planned, Date today) {
  const obligation::Schedule& schedule = terms.schedule;
  if (day > today && !planned) return Fit::silent;
  const Fit outside = terms.period.contains(day) ? Fit::rejected : Fit::silent;
  if (day < schedule.from) return outside;
  const Date last = std::max(terms.period.last_day(), schedule.act);
  if (terms.rule->kind == policy::TestKind::at_most) {
    return day <= last ? Fit::in_time : Fit::silent;
  }
  if (day > schedule.act && terms.late_until && day > *terms.late_until) {
    return day <= schedule.enter ? Fit::rejected : Fit::silent;
  }
  if (day > std::max(last, schedule.enter) && !schedule.late_counts) return Fit::silent;
  if (day <= schedule.act) return Fit::in_time;
  return schedule.late_counts ? Fit::late : Fit::rejected;
}

Fit fit_of(const Terms& terms, const Fact& fact, Date today) {
  const Rule& rule = *terms.rule;
  if ((fact.mask & rule.candidate) != rule.candidate) return Fit::silent;
  const Fit fit = placed(terms, fact.counts_on(), (fact.mask & planned_bit) != 0, today);
  if (fit < Fit::late) return fit;
  return (fact.mask & rule.good) == rule.good ? fit : Fit::rejected;
}

// What was counted: in time, in time but entered late, late.
struct Sums {
  std::array<std::int64_t, 3> counts{};
  bool any = false;  // also what was rejected; no plan and nothing that was voided

  std::int64_t done_in_time() const { return counts[0] + counts[1]; }
  std::int64_t all() const { return done_in_time() + counts[2]; }
};

enum class Kind : std::uint8_t { in_time, entered_late, late };

// Days on which something counts, each once, for what counts best.
class Days {
 public:
  void add(Date day, Kind kind) { days_.emplace_back(day, kind); }
  void add_to(Sums& sums) {
    std::sort(days_.begin(), days_.end());
    for (std::size_t i = 0; i < days_.size(); ++i) {
      if (i > 0 && days_[i].first == days_[i - 1].first) continue;
      ++sums.counts[static_cast<std::size_t>(days_[i].second)];
    }
  }

 private:
  std::vector<std::pair<Date, Kind>> days_;
};

// Nothing where a fact is odd.
std::optional<Sums> count(const Terms& terms, std::span<const Fact> facts, Date today) {
  const std::uint16_t source = terms.rule->sources.front();
  Sums sums;
  Days days;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const Fact& fact = facts[i];
    if (fact.type != source || (fact.mask & Fact::older) != 0) continue;
    if ((fact.mask & odd_bit) != 0) return {};
    const Fit fit = fit_of(terms, fact, today);
    if (fit == Fit::silent) continue;
    sums.any = sums.any || (fact.mask & entered_bit) != 0;
    if (fit == Fit::rejected) continue;
    Date since = fact.entered_on();
    for (std::size_t j = i + 1; j < facts.size(); ++j) {
      const Fact& earlier = facts[j];
      const bool same = earlier.record == fact.record && earlier.type == source;
      if (!same || fit_of(terms, earlier, today) != fit) break;
      since = earlier.entered_on();
    }
    const Kind kind = fit == Fit::late               ? Kind::late
                      : since > terms.schedule.enter ? Kind::entered_late
                                                     : Kind::in_time;
    if (terms.rule->distinct_days) {
      days.add(fact.counts_on(), kind);
    } else {
      ++sums.counts[static_cast<std::size_t>(kind)];
    }
  }
  days.add_to(sums);
  return sums;
}

// As obligation/count.cpp judges a test.
Judged judged_of(const Terms& terms, const Sums& sums) {
  Judged out;
  const std::int64_t need = terms.need;
  if (terms.rule->kind == policy::TestKind::at_most) {
    out.the_class = sums.all() > need ? Class::over : Class::within;
  } else if (terms.rule->kind == policy::TestKind::exactly && sums.all() > need) {
    out.the_class = Class::over;
  } else if (sums.done_in_time() >= need) {
    out = {Class::met, sums.counts[0] < need};
  } else {
    out.the_class = sums.all() >= need ? Class::met_late : Class::short_;
  }
  if (sums.any) return out;
  if (terms.rule->missing == policy::Missing::unknown) return {Class::unknown, false};
  if (terms.rule->missing == policy::Missing::not_applicable) return {};
  return out;
}

bool has_any(const Rule& rule, std::span<const Fact> facts) {
  return std::any_of(facts.begin(), facts.end(), [&](const Fact& fact) {
    return std::find(rule.sources.begin(), rule.sources.end(), fact.type) != rule.sources.end();
  });
}

std::optional<Judgement> judge_within(const Terms& terms, std::span<const Fact> facts, Date today) {
  switch (terms.by) {
    case Terms::By::nothing:
      return Judgement{terms.fixed, &terms};
    case Terms::By::evaluator:
      if (!terms.rule->own || has_any(*terms.rule, facts)) return {};
      return Judgement{terms.fixed, &terms};
    case Terms::By::facts:
      break;
  }
  const auto sums = count(terms, facts, today);
  if (!sums) return {};
  return Judgement{terms.judged(judged_of(terms, *sums)), &terms};
}

}  // namespace

Judged Terms::judged(Judged found) const {
  const bool stays = !ended || is_done(found.the_class) || found.the_class == Class::over;
  return stays ? found : Judged{};
}

Terms terms_of(const obligation::Facts& facts, obligation::Calendars& calendars,
               const Counting& counting, const obligation::Question& question) {
  return terms_within(facts, calendars, counting, question, Reach::all);
}

std::optional<Judgement> judge(const Terms& terms, std::span<const Fact> facts, Date today) {
  const auto now = judge_within(terms, facts, today);
  if (!now || !terms.before) return now;
  const Class found = now->judged.the_class;
  const bool lost = found == Class::short_ || found == Class::over || found == Class::unknown;
  if (!lost) return now;
  const auto before = judge_within(*terms.before, facts, today);
  if (!before) return {};
  const Class kept = before->judged.the_class;
  return is_done(kept) || kept == Class::within ? before : now;
}

}  // namespace huilu::compliance
