// Measuring: what an indicator counts in a period, and the figure that a unit with all below it
// has. Pure and written to be obviously right: each fact is looked at once, and a figure is put
// together from those that count at or below the unit. Figures are exact fractions; what cannot be
// said has a state that says why, and is never 0.
//
// A fact counts where its units stand on the last day that is looked at, so that the whole is what
// its parts say; one of several units counts in each of their rows and once in the whole.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "obligation/context.h"
#include "obligation/fraction.h"
#include "obligation/thing.h"
#include "policy/indicator.h"

namespace huilu::obligation {

struct MeasuredFact {
  std::string id = {};             // r12, i5, u7; of cases the bearer: t5
  std::vector<UnitId> units = {};  // in whose rows it counts
  Date day = {};
  std::int64_t count = 1;                           // of cases that were counted by somebody else
  std::int64_t amount = 0;                          // in millionths, of sum, median and series
  bool is_part = false;                             // of share
  std::vector<std::string> values = {};             // of distinct
  std::vector<std::vector<std::string>> keys = {};  // of each path of `by`
};

// Not counted though it is one: for its quality, or because it says no number.
struct UncountedFact {
  std::string id = {};
  std::vector<UnitId> units = {};
  Date day = {};
  policy::Label say = {};  // of its quality; otherwise empty
};

struct Gathered {
  calendar::Period period;  // of what is counted; of what has none the day
  Date as_of;               // the last day that is looked at
  std::vector<MeasuredFact> facts;
  std::vector<UncountedFact> uncounted;
  std::vector<BoundParameter> parameters;
  bool no_value = false;
  std::string error;  // then nothing is to be relied on
};

// `empty`: nothing of which a share could be, or nothing at all where that is not shown; `too_few`:
// less than min_base; `no_value`: a parameter has none; `unknown`: an error, or parts that do not
// add up.
enum class FigureState { shown, empty, too_few, not_rolled_up, no_value, unknown };

inline constexpr std::array<std::string_view, 6> figure_state_words = {
    "shown", "empty", "too_few", "not_rolled_up", "no_value", "unknown"};

// Of what may be used up: by the plan no more than this by now; more, but not all of it; too much.
enum class PaceState { none, within, ahead, exceeded };

inline constexpr std::array<std::string_view, 4> pace_state_words = {"none", "within", "ahead",
                                                                     "exceeded"};

struct FigurePart {
  std::vector<std::string> key;  // a word for each path of `by`
  FigureState state = FigureState::shown;
  Fraction value;
  std::int64_t part = 0;
  std::int64_t base = 0;
};

struct Figure {
  FigureState state = FigureState::unknown;
  Fraction value;
  std::int64_t part = 0;  // of share: those that fit
  std::int64_t base = 0;  // how many facts it stands on; of median those with a number
  std::vector<FigurePart> parts;
  std::optional<Fraction> control;  // what may be used up
  std::optional<Fraction> use;      // the part of it that is
  std::optional<Fraction> rest;
  std::optional<Fraction> planned;  // the part of it that the plan has by now
  PaceState pace = PaceState::none;
  std::optional<Fraction> limit;  // floor or ceiling, where it is the same for all
  std::vector<UnitId> beyond;     // units beyond floor, ceiling or control by their own figures
  std::vector<BoundParameter> parameters;
  std::string error;
};

// How the cases of a duty stand in the periods that are asked about.
struct CountedCases {
  std::string bearer;  // empty: several of one home
  UnitId home;
  Verdict verdict = Verdict::not_applicable;
  std::int64_t count = 1;
};
// The address of the duty, and the days of which the periods are.
using CasesOf = std::function<std::vector<CountedCases>(const std::string& duty, Interval days)>;

// What is asked: the version of the pack that has the indicators, a day within the period, and the
// day as of which it is looked at, as known at an instant.
struct MeasuredOn {
  const policy::Pack& pack;
  Date within;
  Date at;
  Instant known;
};

enum class Reaching { own, below };

class Measuring {
 public:
  // The facts outlive it. Without `cases` duties are evaluated bearer by bearer.
  Measuring(const Facts& facts, const MeasuredOn& on, CasesOf cases = {});
  Measuring(const Measuring&) = delete;
  Measuring& operator=(const Measuring&) = delete;
  ~Measuring();

  calendar::Period period_of(const policy::Indicator& indicator) const;
  // Of the indicators that count; gathered once.
  const Gathered& gathered(const policy::Indicator& indicator);
  Figure figure(const policy::Indicator& indicator, UnitId node);
  // The facts that count for the node alone, or at it and below it.
  std::vector<const MeasuredFact*> behind(const policy::Indicator& indicator, UnitId node,
                                          Reaching reaching = Reaching::below);
  // Those that would count there and do not.
  std::vector<const UncountedFact*> uncounted(const policy::Indicator& indicator, UnitId node);
  // How many count at or below each unit of which there is one, or what they add up to in whole
  // numbers; what is of several units once.
  std::map<UnitId, std::int64_t> counts_below(const policy::Indicator& indicator);
  // At the unit on the day; nothing, with a note, where a parameter has no value.
  std::optional<Fraction> number(const policy::NumberUse& use, UnitId unit, Date day, Notes& notes);

 private:
  using Chosen = std::vector<const MeasuredFact*>;

  const std::set<UnitId>& above(UnitId unit, Date day);  // itself among them
  bool is_below(UnitId unit, UnitId node, Date day);
  Context context_of(UnitId unit, Date day, Notes& notes) const;
  bool is_of(const policy::Indicator& indicator, UnitId unit, Date day);
  Date as_of(const policy::Indicator& indicator) const;
  // Without what follows from floors and ceilings.
  Figure bare(const policy::Indicator& indicator, UnitId node, Reaching reaching);
  void measure(const policy::Indicator& indicator, const Chosen& facts, Figure& out);
  void break_down(const policy::Indicator& indicator, const Chosen& facts, Figure& out);
  void count(const policy::Indicator& indicator, UnitId node, Reaching reaching, Figure& out);
  void reckon(const policy::Indicator& indicator, UnitId node, Reaching reaching, Figure& out);
  std::optional<Fraction> control_of(const policy::Indicator& indicator, UnitId node,
                                     Reaching reaching, Figure& out);
  void hold_against(const policy::Indicator& indicator, UnitId node, Reaching reaching,
                    Figure& out);
  std::vector<UnitId> units_with(const policy::Indicator& indicator, UnitId node);
  void find_beyond(const policy::Indicator& indicator, UnitId node, Figure& out);
  void roll_up(const policy::Indicator& indicator, UnitId node, Figure& out);
  void apply_minimum(const policy::Indicator& indicator, UnitId node, Figure& out);
  const policy::Indicator* find(const std::string& address) const;

  const Facts& facts_;
  MeasuredOn on_;
  CasesOf cases_;
  std::unique_ptr<Calendars> calendars_;
  std::map<std::string, Gathered> gathered_;
  std::map<std::pair<UnitId, Date>, std::set<UnitId>> above_;  // itself among them
  std::map<std::pair<std::string, UnitId>, bool> is_of_;
};

}  // namespace huilu::obligation
