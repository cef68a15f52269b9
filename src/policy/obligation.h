// Obligations: what a pack demands of units, of posts (whoever holds them) and of members, in
// every period. Parsed and checked here, evaluated in the room obligation, read aloud by
// policy/sentence.h. A loaded pack promises that every name in one resolves.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "policy/record_type.h"
#include "policy/test.h"

namespace huilu::policy {

enum class BearerKind { unit, post, member };

inline constexpr std::array<std::string_view, 3> bearer_kind_words = {"unit", "post", "member"};

enum class MemberAt { home, host, host_else_home };
enum class ScopeDay { period_start, period_end, any_day };

// When the selector has to match for the period to concern a bearer.
struct InScope {
  std::optional<DurationUse> at_least;  // in days of the period
  ScopeDay on = ScopeDay::any_day;      // without at_least; YAML `day`, as `on` is no word there
};

struct Who {
  BearerKind kind = BearerKind::unit;
  Condition condition;
  MemberAt at = MemberAt::home;
  std::optional<InScope> in_scope;
  bool merge_posts = false;
  bool may_be_empty = false;
  Place place;
};

// `always` is no period: it is owed on every day, and judged on the day that is asked about.
enum class EveryKind { year, half, quarter, month, week, campaign, phase, once, always };

inline constexpr std::array<std::string_view, 9> every_kind_words = {
    "year", "half", "quarter", "month", "week", "campaign", "phase", "once", "always"};

// The day that stands for 29 February in a year without one.
enum class Leap { feb28, mar1 };

inline constexpr std::array<std::string_view, 2> leap_words = {"feb28", "mar1"};

struct Every {
  EveryKind kind = EveryKind::year;
  bool is_by_case = false;  // not written: each case once, gathered by the year that it falls into
  std::string phase;        // id, of phase
  // Of year: each case on this day of it, year after year.
  std::optional<Path> anniversary;
  Leap leap = Leap::feb28;
  // Of year: so many years are one period, and one of them began with this year.
  std::int64_t years = 1;
  std::int64_t first_year = 0;
  bool is_cumulative = false;    // of year: judged on each day by what was done until then
  std::optional<During> window;  // of year: these days of it are the period
  // Of always: by what was done in the last so many days, or so long after it was done last.
  std::optional<DurationUse> rolling;
  std::optional<DurationUse> after_last;
  Place place;

  bool is_plain() const {
    return !anniversary && years == 1 && !is_cumulative && !window && !rolling && !after_last;
  }
};

enum class EachKind { record, members, posts, pairs, values };

inline constexpr std::array<std::string_view, 5> each_kind_words = {"record", "members", "posts",
                                                                    "pairs", "values"};

// What a duty is owed for, one by one: records (those of a dated type as they happen, those of a
// lasting type while they last), members, posts as they are held, every two of these people, items
// of a list.
struct ForEach {
  EachKind kind = EachKind::record;
  Set records;                      // of record: one type, where, active
  Condition members;                // of members, and of pairs of them
  Condition posts;                  // of posts, and of pairs of their holders
  bool pairs_posts = false;         // of pairs: of posts and not of members
  ParameterUse values;              // of values
  std::optional<Anchor> announced;  // of records that happen: since then at the latest it was known
  bool is_dated = false;            // each case has a day of its own from which it is reckoned
  bool lasts = false;               // of records: entries of a register, which last
  bool on_start = false;            // of what lasts, where no `every` is written: the day it began
  Place place;
};

enum class AfterAct { counts_late, too_late };

struct Due {
  std::optional<Anchor> from;   // default: the period's start
  std::optional<Anchor> act;    // default: period_end
  std::optional<Anchor> enter;  // default: the day of `act`
  std::optional<DurationUse> warn;
  // Default: too_late where `act` is the end of a calendar period, otherwise counts_late.
  std::optional<AfterAct> after_act;
};

enum class Missing { counts_as_zero, unknown, not_applicable };
enum class FirstPeriod { skip, pro_rata, full };
enum class Rounding { floor, ceil };

// The need shrinks with the bearer's part of the period.
struct ProRata {
  Rounding round = Rounding::floor;
  std::int64_t min = 0;
};

// Of the duties of one group a record serves but one.
struct Sharing {
  std::string group;
  std::optional<ParameterUse> unless;  // where this is true, it serves any number
};

struct Leave {                         // of exempt and defer
  std::vector<std::string> reasons;    // words of core's leave_reasons
  Path approver;                       // a unit seen from the bearer's: unit.parent
  std::optional<DurationUse> at_most;  // of defer: how far
};

struct Obligation {
  std::string name;     // "theme_day_monthly"
  std::string address;  // "standing-duties/theme_day_monthly"
  std::vector<std::string> clauses;
  Label title;
  std::optional<Label> guide;
  Who who;
  std::optional<ForEach> for_each;
  Every every;
  Test needs;
  Due due;
  Missing missing = Missing::counts_as_zero;
  FirstPeriod first_period = FirstPeriod::skip;
  std::optional<ProRata> pro_rata;
  std::optional<Sharing> sharing;
  std::optional<Leave> exempt;
  std::optional<Leave> defer;
  Visible visible;
  std::optional<Label> message;
  std::string strand;  // of the pack's campaign; empty: none
  std::string goal;    // likewise
  Place place;

  bool is_always() const { return every.kind == EveryKind::always; }
  bool of_campaign() const {
    return every.kind == EveryKind::campaign || every.kind == EveryKind::phase;
  }
};

// Where nothing else is said: the quality of what happens is judged on the day it happens.
inline bool acts_on_case_day(const Obligation& obligation) {
  const Test& needs = obligation.needs;
  const bool is_about_it =
      needs.kind == TestKind::holds || (needs.counts() && needs.of.source == SetSource::items);
  return obligation.for_each && obligation.for_each->is_dated && !obligation.due.act && is_about_it;
}

}  // namespace huilu::policy
