// What the room decides: which matters ask for a line and why, when something last happened, who
// may say, confirm, lock and decide what. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "matter/types.h"
#include "obligation/lifecycle.h"
#include "policy/matter_type.h"
#include "round/types.h"

namespace huilu::round {

inline constexpr std::size_t rows_max = 5000;
inline constexpr std::int64_t near_days_default = 10;
inline constexpr std::int64_t silent_days_default = 30;

// When something last happened that is more than a word: it was opened, came into another state,
// got evidence, or one of the fields changed that its type calls progress; or a line said progress.
// More time, or "nothing new", is none of these.
Date last_progress(const policy::MatterType& type, const std::vector<matter::Version>& history,
                   std::optional<Date> said);

// As it stands on the day; `last` as above.
Standing standing_of(const matter::Stored& stored, Date last, Date today);

// By what a round asks. `since`: the day on which the one before it was locked.
struct Terms {
  Date opened;
  Date cutoff;
  std::int64_t near_days = near_days_default;
  std::int64_t silent_days = silent_days_default;
  std::optional<Date> since;
};
Terms terms_of(const Round& round, std::optional<Date> since);
// Late on the day that it is opened; silent: nothing since the round before, of a first round for
// so many days; due soon after the cut-off. Nothing of what is settled; of what is done and waits
// for others it is not asked.
std::vector<Ask> asks_of(const Standing& standing, const Terms& terms);
// Longer than the round's number of days, on any day.
bool is_silent(const Standing& standing, std::int64_t silent_days, Date today);

// Who says how far a matter is, and who confirms it: never the same, so that where a unit leads its
// own matter the office of the round confirms.
struct Part {
  UnitId line_unit;
  UnitId lead_unit;
};
Part part_of(const policy::MatterType& type, const std::vector<obligation::RoleNow>& roles,
             UnitId responsible, UnitId office);

struct NewRound {
  UnitId unit;
  std::string name;
  std::vector<std::string> types;
  Date cutoff;
  std::int64_t near_days = near_days_default;
  std::int64_t silent_days = silent_days_default;
};
// `newest`: of the unit, about some of the same types. Codes: field_required, field_range,
// not_utf8, date_order at /cutoff, round_open, round_empty.
Refusals decide_opening(const NewRound& asked, std::size_t rows, const std::optional<Round>& newest,
                        Date today);

struct NewLine {
  MatterId matter;
  std::int64_t seen = 0;  // the version that it follows; 0: none
  LineKind kind = LineKind::progress;
  std::string said;
};
// Codes: wrong_state, unknown_matter, version_conflict, field_required, field_range.
Refusals decide_line(const Whole& whole, const NewLine& asked);

// Codes: wrong_state, unknown_unit, round_unanswered, wrong_state at /lead where it is confirmed.
Refusals decide_confirmation(const Whole& whole, UnitId lead);

// What is unanswered or unconfirmed takes a reason. Codes: wrong_state, version_conflict,
// round_unanswered, field_range at /reason.
Refusals decide_locking(const Whole& whole, std::int64_t seen, std::string_view reason);

struct NewTask {
  std::optional<MatterId> matter;
  UnitId unit;
  Date due;
  std::string said;
};
// `is_followed`: a later round took its place. Codes: wrong_state, unknown_matter, date_order,
// field_required, field_range.
Refusals decide_task(const Whole& whole, const NewTask& asked, bool is_followed, Date today);

struct NewReport {
  std::int64_t n = 0;
  bool done = false;
  std::string said;
};
// Codes: not_found, wrong_state at /done where it says so already, field_required, field_range.
Refusals decide_report(const Whole& whole, const NewReport& asked);

// The field "content" of the entries; free texts are fields of their own. Rows say the same
// (verify.cpp).
Value round_content(const Round& round);
Value rows_content(const std::vector<Row>& rows, bool locked);
Value line_content(RoundId round, const Line& line);
Value confirmation_content(RoundId round, UnitId lead);
Value lock_content(RoundId round, Date day, const Value& figures);
Value task_content(RoundId round, const Task& task);
Value report_content(RoundId round, std::int64_t n, const Report& report);

}  // namespace huilu::round
