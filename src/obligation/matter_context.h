// What is read of one matter: conditions, paths and lengths, with the matter as $it. Shared by what
// decides about matters (lifecycle.h, clock.h, deed.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "obligation/cases.h"
#include "obligation/lifecycle.h"

namespace huilu::obligation {

class MatterContext {
 public:
  // Both outlive it. Conditions may ask for clocks where `life` has the history.
  MatterContext(const Lifecycle& life, const Matter& matter);
  MatterContext(const MatterContext&) = delete;
  MatterContext& operator=(const MatterContext&) = delete;

  std::vector<Value> values(const policy::Path& path);
  // What cannot be read does not hold.
  bool holds(const policy::Test& test);
  bool holds(const policy::Condition& condition);
  // The parts that fail, as deep as they are told apart.
  void collect_unmet(const policy::Test& test, std::vector<const policy::Test*>& out);

  // Nothing where a parameter has no value. `is_assumed`: nobody has decided it.
  struct Length {
    std::optional<calendar::Term> term;
    bool is_assumed = false;
  };
  Length length(const policy::DurationUse& use, Date clock_start);
  // A number as it is, a decimal in millionths.
  struct Measure {
    std::optional<std::int64_t> value = {};
    bool is_assumed = false;
  };
  Measure measure(const policy::Threshold& threshold);
  const calendar::WorkingDays& calendar_known_on(Date day) { return calendars_.known_on(day); }

 private:
  bool counts(const policy::Test& test);
  std::optional<std::int64_t> number(const policy::Threshold& threshold);

  const Lifecycle& life_;
  Notes notes_;
  Calendars calendars_;
  ClocksOf clocks_;
  FoundLast found_;
  StaleNow stale_;
  It it_;
  Context context_;
};

// For refusals.
void refuse(Refusals& out, RefusalCode code, std::string where, std::string expected = {},
            std::string got = {});
std::string listed(const std::vector<std::string>& words);
std::string pointer_to(std::string_view field);  // "/due", "/fields/standard"

// Whether its type says that it cannot wait.
bool is_urgent(const Lifecycle& life, const Matter& matter);

bool is_filled(const Value* value);
// Whether what a change must fill stands there afterwards. `unit` is given with the move that asks
// for it: it is always filled.
bool is_given(std::string_view field, const Matter& after, const Change& change);
// What the fields say as they would be; what is required of a type stays filled.
void check_written(const Lifecycle& life, const Matter& after, Refusals& out);
// role_required at `where` unless the actor plays one of the roles.
void check_role(const Lifecycle& life, const Matter& matter, const std::vector<std::string>& roles,
                const Actor& actor, std::string_view where, Refusals& out);
// The same, and whoever is of the responsible unit does not judge its work by any role.
void check_role_of_another(const Lifecycle& life, const Matter& matter,
                           const std::vector<std::string>& roles, const Actor& actor,
                           std::string_view where, Refusals& out);

}  // namespace huilu::obligation
