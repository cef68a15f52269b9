#include <algorithm>

#include "obligation/context.h"

namespace huilu::obligation {

Calendars::Calendars(const Facts& facts) : facts_(facts) {
  for (const calendar::Revision& revision : facts.calendar)
    published_.push_back(revision.published);
  std::sort(published_.begin(), published_.end());
  published_.erase(std::unique(published_.begin(), published_.end()), published_.end());
}

const calendar::WorkingDays& Calendars::known_on(Date day) {
  const auto after = std::upper_bound(published_.begin(), published_.end(), day);
  const Date last = after == published_.begin() ? Date{} : *(after - 1);
  const Date known = after == published_.begin() ? day : last;
  const auto found = known_.find(last);
  if (found != known_.end()) return found->second;
  return known_.emplace(last, calendar::WorkingDays(facts_.calendar, known)).first->second;
}

std::vector<Date> Calendars::published(Date from, Date until) const {
  return {std::upper_bound(published_.begin(), published_.end(), from),
          std::upper_bound(published_.begin(), published_.end(), std::max(from, until))};
}

}  // namespace huilu::obligation
