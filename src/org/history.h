// What a dated history does when something is entered into it: half-open spans, ordered, without a
// gap or an overlap. Pure; used by the rules of units. Days outside the history are the caller's
// refusal, here a bug.
#pragma once

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "org/types.h"

namespace huilu::org {

template <class T>
const T* value_on(const Dates<T>& history, Date day) {
  for (const auto& entry : history) {
    if (entry.span.contains(day)) return &entry.value;
  }
  return nullptr;
}

// The first, or the last known, value where the day lies before or after the history.
template <class T>
const T& nearest_value(const Dates<T>& history, Date day) {
  CHECK(!history.empty());
  if (day < history.front().span.from) return history.front().value;
  if (const T* value = value_on(history, day)) return *value;
  return history.back().value;
}

// Equal neighbours become one.
template <class T>
Dates<T> merged(Dates<T> history) {
  Dates<T> result;
  for (auto& entry : history) {
    if (!result.empty() && result.back().value == entry.value) {
      result.back().span.until = entry.span.until;
    } else {
      result.push_back(std::move(entry));
    }
  }
  return result;
}

// `value` holds from `day` on, until the next change that is already recorded.
template <class T>
Dates<T> changed_from(const Dates<T>& history, Date day, const T& value) {
  Dates<T> result;
  bool entered = false;
  for (const auto& entry : history) {
    if (!entry.span.contains(day)) {
      result.push_back(entry);
      continue;
    }
    entered = true;
    if (entry.span.from < day) result.push_back({entry.value, {entry.span.from, day}});
    result.push_back({value, {day, entry.span.until}});
  }
  CHECK(entered);
  return merged(std::move(result));
}

// Nothing holds from `day` on.
template <class T>
Dates<T> ended_on(Dates<T> history, Date day) {
  std::erase_if(history, [&](const auto& entry) { return entry.span.from >= day; });
  CHECK(!history.empty());
  history.back().span.until = day;
  return history;
}

// The first change after `day`.
template <class T>
std::optional<Date> next_change_after(const Dates<T>& history, Date day) {
  for (std::size_t i = 1; i < history.size(); ++i) {
    if (history[i].span.from > day) return history[i].span.from;
  }
  return std::nullopt;
}

inline bool overlap(const Interval& a, const Interval& b) {
  return (!a.until || b.from < *a.until) && (!b.until || a.from < *b.until);
}

}  // namespace huilu::org
