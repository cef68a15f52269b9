// Context: what the words of a pack mean for one bearer in one period, and what was met with while
// reading them. Conditions, anchors and parameters are read in it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "obligation/evaluate.h"

namespace huilu::obligation {

inline constexpr Zone zone;  // of every pack so far: Asia/Shanghai

// The last instant of a day in the zone.
inline Instant end_of_day(Date day) {
  constexpr std::int64_t day_ms = 24LL * 60 * 60 * 1000;
  return {(day.days + 1) * day_ms - zone.minutes * 60'000LL - 1};
}

// Decisions that reach back into a period that had ended may be left out, to see whether they would
// turn what was met into something else.
enum class Reach { all, not_into_ended };

struct Notes {
  std::vector<BoundParameter> parameters;  // each once
  bool no_value = false;                   // a parameter has none in force
  bool reached_back = false;               // a decision made after the period had ended was used
  std::string error;                       // the first that was met with; empty: none

  void fail(std::string what) {
    if (error.empty()) error = std::move(what);
  }
};

// The working days as they were known on a day; each state of knowledge is made once.
class Calendars {
 public:
  explicit Calendars(const Facts& facts);

  const calendar::WorkingDays& known_on(Date day);
  // Days after `from` up to `until` on which something was published, in order.
  std::vector<Date> published(Date from, Date until) const;

 private:
  const Facts& facts_;
  std::vector<Date> published_;                  // in order, each once
  std::map<Date, calendar::WorkingDays> known_;  // by the last of them that is in it
};

struct It;  // the case in hand, see obligation/cases.h

struct Context {
  const Facts& facts;
  Calendars& calendars;
  const policy::Pack& pack;
  Bearer bearer;
  policy::MemberAt member_at = policy::MemberAt::home;  // which unit of a member counts
  calendar::Period period;
  const Campaign* campaign = nullptr;
  std::optional<Interval> window;  // of the batch, in a campaign
  Date day;                        // on which the bearer is looked at
  Date at;
  Instant known;
  Reach reach = Reach::all;
  Notes& notes;
  const It* it = nullptr;      // null pointer: the bearer is the case
  bool counts_shared = false;  // also what serves another duty of an exclusive group
};

}  // namespace huilu::obligation
