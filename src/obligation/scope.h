// Scope: on which days of a period a duty concerns a bearer, and why.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "obligation/context.h"

namespace huilu::obligation {

struct Scope {
  // In the period, in order, not touching: the bearer is there and the selector matches.
  std::vector<Interval> days;
  bool in_scope = false;  // the duty asks for no more than this
  bool acting = false;    // the post was held so on the last of these days
  // Each line of the selector with the value found on the last of these days.
  std::vector<std::pair<std::string, std::string>> because;
  // Where the last of these days lies before the period's end: why there were no more.
  NotApplicable ended = NotApplicable::none;

  Date from() const { return days.front().from; }
  Date until() const { return *days.back().until; }
  int count() const;
  int count_from(Date day) const;
};

Scope scope_of(Context& context, const policy::Who& who);

// Of a duty with merge_posts: does this tenure bear the duty of all that the person holds?
// Otherwise every tenure bears its own.
bool bears(const Context& context, const policy::Who& who, const Tenure& tenure);

}  // namespace huilu::obligation
