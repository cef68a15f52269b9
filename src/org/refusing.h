// What the rules of this room share to refuse: one refusal added to a list, and the checks of a day
// against a span. Private to the room's rules and imports.
#pragma once

#include <iterator>
#include <string>
#include <utility>

#include "base/refusal.h"
#include "base/time.h"

namespace huilu::org {

inline void refuse(Refusals& refusals, RefusalCode code, std::string where,
                   std::string expected = {}, std::string got = {}, std::string link = {}) {
  refusals.push_back(
      {code, std::move(where), std::move(expected), std::move(got), std::move(link)});
}

inline void append(Refusals& refusals, Refusals more) {
  std::move(more.begin(), more.end(), std::back_inserter(refusals));
}

// What was asked for is what is there already.
inline void refuse_same(Refusals& refusals, const std::string& where) {
  refuse(refusals, RefusalCode::field_range, where, "≠", "=");
}

// A unit, place or post is there over the whole span.
inline void check_open(Refusals& refusals, const Interval& other, const Interval& span,
                       const std::string& where) {
  if (span.from < other.from) {
    refuse(refusals, RefusalCode::date_order, where, other.from.text(), span.from.text());
  }
  if (other.until && (!span.until || *span.until > *other.until)) {
    refuse(refusals, RefusalCode::unit_closed, where, {}, other.until->text());
  }
}

inline void check_version(Refusals& refusals, std::int64_t current, std::int64_t seen) {
  if (current != seen) {
    refuse(refusals, RefusalCode::version_conflict, "/version", std::to_string(current),
           std::to_string(seen));
  }
}

// Something that began and is not over is ended on `date`.
inline void check_end(Refusals& refusals, const Interval& span, Date date) {
  if (date <= span.from) {
    refuse(refusals, RefusalCode::date_order, "/date", (span.from + 1).text(), date.text());
  } else if (span.until && *span.until <= date) {
    refuse(refusals, RefusalCode::date_order, "/date", span.until->text(), date.text());
  }
}

}  // namespace huilu::org
