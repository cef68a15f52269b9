#include "calendar/working_days.h"

#include <algorithm>
#include <tuple>

#include "base/check.h"
#include "calendar/period.h"

namespace huilu::calendar {

namespace {

bool is_weekend(Date day) { return weekday(day) >= 5; }

// From here on a year depends on the next year's revision. Wherever New Year falls, a stretch with
// its make-up days has not begun earlier.
Date year_end(int year) { return Date::of(year, 12, 25); }

// Counts working days away from `from`, in steps of one day forward or back.
Deadline count_worked(const WorkingDays& calendar, Date from, int count, int step) {
  Deadline deadline{from, {}, false};
  while (static_cast<int>(deadline.steps.size()) < count) {
    deadline.day = deadline.day + step;
    deadline.provisional = deadline.provisional || !calendar.is_known(deadline.day);
    if (calendar.is_worked(deadline.day)) deadline.steps.push_back(deadline.day);
  }
  return deadline;
}

Date shifted(Date from, Term term, int direction) {
  const int count = term.count * direction;
  switch (term.unit) {
    case TermUnit::days:
      return from + count;
    case TermUnit::months:
      return add_months(from, count);
    case TermUnit::years:
      return add_months(from, std::int64_t{12} * count);
    case TermUnit::workdays:
      break;
  }
  CHECK(false);
}

}  // namespace

WorkingDays::WorkingDays(std::vector<Revision> revisions, Date known, std::vector<Closure> closures)
    : revisions_(std::move(revisions)), closures_(std::move(closures)) {
  std::erase_if(revisions_, [&](const Revision& one) { return one.published > known; });
  std::sort(revisions_.begin(), revisions_.end(), [](const Revision& a, const Revision& b) {
    return std::tie(a.published, a.id) > std::tie(b.published, b.id);
  });
  for (std::size_t i = 0; i < revisions_.size(); ++i) {
    for (const Date day : revisions_[i].makeup) named_.push_back({day, true, i});
    for (const Interval& rest : revisions_[i].rest) {
      CHECK(rest.until.has_value());
      for (Date day = rest.from; day < *rest.until; day = day + 1)
        named_.push_back({day, false, i});
    }
  }
  // What was pushed first, the newest, stays the first of its day.
  std::stable_sort(named_.begin(), named_.end(),
                   [](const Named& a, const Named& b) { return a.day < b.day; });
  const auto end = std::unique(named_.begin(), named_.end(),
                               [](const Named& a, const Named& b) { return a.day == b.day; });
  named_.erase(end, named_.end());
  for (const Closure& closure : closures_) CHECK(closure.days.until.has_value());
}

const WorkingDays::Named* WorkingDays::find_named(Date day) const {
  const auto found =
      std::lower_bound(named_.begin(), named_.end(), day,
                       [](const Named& named, Date wanted) { return named.day < wanted; });
  return found != named_.end() && found->day == day ? &*found : nullptr;
}

bool WorkingDays::is_closed(Date day) const {
  return std::any_of(closures_.begin(), closures_.end(),
                     [&](const Closure& closure) { return closure.days.contains(day); });
}

std::optional<std::size_t> WorkingDays::completing(int year) const {
  const auto found = std::find_if(revisions_.begin(), revisions_.end(),
                                  [&](const Revision& one) { return one.year == year; });
  if (found == revisions_.end()) return {};
  return static_cast<std::size_t>(found - revisions_.begin());
}

bool WorkingDays::is_worked(Date day) const {
  if (is_closed(day)) return false;
  const Named* const named = find_named(day);
  return named ? named->worked : !is_weekend(day);
}

bool WorkingDays::is_known(Date day) const {
  // No revision makes a closed day a worked one.
  if (is_closed(day) || find_named(day)) return true;
  const int year = day.year();
  return completing(year) && (day < year_end(year) || completing(year + 1));
}

std::string WorkingDays::revision_of(Date day) const {
  const Named* const named = find_named(day);
  std::size_t newest = completing(day.year()).value_or(revisions_.size());
  if (named) newest = std::min(newest, named->revision);
  return newest < revisions_.size() ? revisions_[newest].id : "";
}

Date WorkingDays::next_worked(Date day) const {
  while (!is_worked(day)) day = day + 1;
  return day;
}

Date WorkingDays::previous_worked(Date day) const {
  while (!is_worked(day)) day = day + -1;
  return day;
}

Deadline after(const WorkingDays& calendar, Date start, Term term, Roll roll) {
  CHECK(term.count >= 0);
  if (term.unit == TermUnit::workdays) return count_worked(calendar, start, term.count, 1);
  Deadline deadline{shifted(start, term, 1), {}, false};
  if (term.count == 0 || roll == Roll::none) return deadline;
  const Date end = deadline.day;
  deadline.day = calendar.next_worked(end);
  for (Date day = end; day <= deadline.day; day = day + 1)
    deadline.provisional = deadline.provisional || !calendar.is_known(day);
  return deadline;
}

Deadline before(const WorkingDays& calendar, Date end, Term term) {
  CHECK(term.count >= 0);
  if (term.unit == TermUnit::workdays) return count_worked(calendar, end, term.count, -1);
  return {shifted(end, term, -1), {}, false};
}

int worked_between(const WorkingDays& calendar, Date from, Date until) {
  int worked = 0;
  for (Date day = from + 1; day <= until; day = day + 1) worked += calendar.is_worked(day);
  return worked;
}

}  // namespace huilu::calendar
