// Clocks of a matter as they stand: replayed from its versions and from the calendars that were
// published, so that nothing has to be counted down and nothing can be lost. With each clock come
// the rungs of its ladder that were reached. Pure; a day counts as a whole: what is done on the
// last day is done in time.
//
// Two axes: `life.today` is the day that is spoken of, `life.now` what was known by then. Versions
// and calendars that came later are not looked at.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "obligation/deadline.h"
#include "obligation/lifecycle.h"

namespace huilu::obligation {

enum class ClockStatus { not_started, running, paused, expired, in_time, late };

inline constexpr std::array<std::string_view, 6> clock_status_words = {
    "not_started", "running", "paused", "expired", "in_time", "late"};

// Why the last day became another. `anew`: by a restart or the time that a state gives; `set`: the
// field that it follows was written; `resumed`: the days of a pause were added; `goes_on`: it had
// stopped, and was started again; `merged`: a matter with an earlier one was merged into this one,
// or taken out of it again.
enum class DueCause { started, anew, set, extended, resumed, goes_on, calendar, merged };

inline constexpr std::array<std::string_view, 8> due_cause_words = {
    "started", "anew", "set", "extended", "resumed", "goes_on", "calendar", "merged"};

struct DueChange {
  Date on;
  Date due;
  DueCause cause = DueCause::started;
};

// More time, as it was asked for.
struct Asked {
  Date on;
  Date until;
  std::optional<Date> due = {};      // the last day at the time; none: it was paused or not set
  std::size_t step = 0;              // of the history: who asked, and why
  std::optional<Date> decided = {};  // absent: it waits, or its deadline was replaced
  bool is_granted = false;
  bool is_waiting = true;
};

// A unit that a signed step reached, and when it said that it has it.
struct Receipt {
  UnitId unit;
  std::optional<Date> on = {};
  std::size_t step = 0;  // of the history: who said so, where `on` is set
};

// A rung of the present deadline, or one of an earlier deadline that was reached.
struct RungNow {
  const policy::Rung* rung = nullptr;
  std::int64_t generation = 0;
  std::optional<Date> day = {};      // on which it is reached as the deadline stands
  std::optional<Date> reached = {};  // on which it was, once for all
  bool is_premature = false;         // the deadline has moved since, so that it would not be yet
  bool is_held = false;              // it proposes nothing, because nobody has decided its time
  bool is_open = false;              // a proposal that waits for a signature
  std::optional<Date> decided = {};
  bool is_signed = false;
  std::vector<Receipt> receipts = {};       // of a step that was signed
  std::optional<Date> acknowledge_by = {};  // the last day for it, where there is one
  bool is_acknowledge_by_assumed = false;   // it rests on a value that nobody has decided

  bool is_unacknowledged() const;  // by some unit that it reached
};

struct ClockNow {
  const policy::MatterClock* clock = nullptr;
  ClockStatus status = ClockStatus::not_started;
  // Counts the deadlines that somebody decided: each start anew, extension, or day that is set.
  std::int64_t generation = 0;
  std::optional<Date> started = {};  // the present deadline
  std::optional<Date> due = {};      // the last day; of a paused clock none
  std::optional<Date> first_due = {};
  std::optional<Date> stopped = {};
  std::optional<Date> paused_since = {};
  bool counts_workdays = false;
  int left = 0;  // days, or working days; below 0 when it has expired
  bool is_provisional = false;
  bool is_assumed = false;         // the time rests on a value that nobody has decided
  std::vector<Pause> pauses = {};  // of every deadline
  std::vector<DueChange> changes = {};
  std::vector<Asked> asked = {};
  std::vector<RungNow> rungs = {};  // in the order reached, then those ahead

  bool is_ticking() const {
    return status == ClockStatus::running || status == ClockStatus::expired;
  }
  const Asked* waiting() const;  // the extension that waits for a decision; null pointer: none
  std::int64_t granted() const;  // how many extensions were
};

// In the order declared. `history`: every version of the matter, oldest first.
std::vector<ClockNow> clocks_of(const Lifecycle& life, const std::vector<MatterStep>& history);

// What paths read: an object with {"result"} of each clock that was started.
Value results_of(const std::vector<ClockNow>& clocks);

// The next last day of a matter: of its clocks that run, and its `due` while no clock that follows
// it was started. Nothing where it is settled or all of them are paused.
std::optional<Date> next_due(const Lifecycle& life, const Matter& matter,
                             const std::vector<ClockNow>& clocks);

}  // namespace huilu::obligation
