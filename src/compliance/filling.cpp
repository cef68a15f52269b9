#include "compliance/filling.h"

#include <algorithm>

namespace huilu::compliance {

namespace {

using obligation::Class;

constexpr Slot block_units = 1024;
constexpr int stretch_days = 16;
constexpr int stretches = 64;  // the first and the last stand for all days beyond

// The days on which a fact can matter at all.
Interval days_of(const Terms& terms) {
  const obligation::Schedule& schedule = terms.schedule;
  Interval days{std::min(terms.period.from, schedule.from), {}};
  if (schedule.late_counts && !terms.late_until) return days;
  const Date last = std::max({terms.period.last_day(), schedule.act, schedule.enter,
                              terms.late_until.value_or(schedule.act)});
  days.until = last + 1;
  return days;
}

}  // namespace

Filling::Filling(const Organisation& organisation, const FactStore& facts, std::size_t sources)
    : organisation_(organisation), facts_(facts), sources_(sources) {
  days_.reserve(block_units * sources);
}

unsigned Filling::stretch_of(Date day) const {
  const int number = (day - organisation_.clip()) / stretch_days + 1;
  return static_cast<unsigned>(day < organisation_.clip() ? 0 : std::min(number, stretches - 1));
}

Filling::Days Filling::days_from(Date from, std::optional<Date> until) const {
  const Days begun = ~Days{0} << stretch_of(from);
  if (!until) return begun;
  return begun & (~Days{0} >> (stretches - 1 - stretch_of(*until + -1)));
}

void Filling::take(Slot first) {
  first_ = first;
  last_ = std::min(first + block_units, static_cast<Slot>(organisation_.units()));
  runs_.clear();
  for (Slot unit = first_; unit < last_; ++unit) {
    if (unit == first_ || organisation_.profile(unit) != organisation_.profile(unit - 1)) {
      runs_.push_back({unit, unit});
    }
    runs_.back().last = unit + 1;
  }
  days_.assign((last_ - first_) * sources_, 0);
  for (Slot unit = first_; unit < last_; ++unit) {
    for (const Fact& fact : facts_.of(unit)) {
      days(unit, fact.type) |= Days{1} << stretch_of(fact.counts_on());
    }
  }
}

bool Filling::fill(const Terms& terms, const Run& run, Sheet& sheet, Date today) const {
  const bool fixed = terms.by == Terms::By::nothing;
  if (!fixed && (terms.by != Terms::By::facts || terms.before)) return false;
  if (fixed && terms.fixed.the_class == Class::not_applicable) return true;
  std::optional<std::uint16_t> column;
  const auto put = [&](Slot unit, Judged judged) {
    if (judged.the_class == Class::not_applicable) return;
    if (!column) column = sheet.column_of(terms.schedule);
    sheet.put(unit, judged.the_class, judged.entered_late, *column);
  };
  const Interval window = fixed ? Interval{} : days_of(terms);
  const Days wanted = fixed ? 0 : days_from(window.from, window.until);
  const std::size_t source = fixed || terms.rule->sources.empty() ? 0 : terms.rule->sources.front();
  for (Slot unit = run.first; unit < run.last; ++unit) {
    if (fixed || (days(unit, source) & wanted) == 0) {
      put(unit, terms.fixed);
      continue;
    }
    const auto found = judge(terms, facts_.of(unit), today);
    if (!found) return false;
    put(unit, found->judged);
  }
  return true;
}

}  // namespace huilu::compliance
