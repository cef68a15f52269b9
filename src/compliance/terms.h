// Terms: what a duty asks of a unit in a period, with everything that can be said before a record
// is looked at; and judging a unit's facts by them. Made by the evaluator's own case, so that
// scope, schedule, need and leave are decided in one place.
#pragma once

#include <memory>
#include <optional>
#include <span>

#include "compliance/counting.h"
#include "obligation/case.h"

namespace huilu::compliance {

struct Judged {
  obligation::Class the_class = obligation::Class::not_applicable;
  bool entered_late = false;

  bool operator==(const Judged&) const = default;
};

struct Terms {
  enum class By {
    nothing,    // `fixed` holds whatever was recorded: not applicable, exempt, an error
    facts,      // counted here
    evaluator,  // asked where there are facts at all, or always; `fixed` holds where there are none
  };
  By by = By::nothing;
  Judged fixed;
  obligation::Schedule schedule;
  const Rule* rule = nullptr;
  std::int64_t need = 0;
  calendar::Period period;              // of the bearer
  std::optional<Date> late_until;       // the last day on which a late act counts
  bool ended = false;                   // only what was met or exceeded stays
  std::shared_ptr<const Terms> before;  // without what was decided when the period was over

  Judged judged(Judged found) const;  // where the bearer ended
};

// For a bearer among the facts, which hold no records.
Terms terms_of(const obligation::Facts& facts, obligation::Calendars& calendars,
               const Counting& counting, const obligation::Question& question);

// A judgement and by which terms.
struct Judgement {
  Judged judged;
  const Terms* terms;
};
// Nothing where only the evaluator can say.
std::optional<Judgement> judge(const Terms& terms, std::span<const Fact> facts, Date today);

}  // namespace huilu::compliance
