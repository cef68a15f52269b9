// Checks what conditions, anchors and uses of parameters say: whether each path exists, whether
// what is compared can be, whether a parameter is of the type that is needed. It writes out what is
// a date as an Anchor. One object for each place that a condition stands in; used by
// policy/resolver.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/pack.h"
#include "policy/path_type.h"
#include "policy/reader.h"

namespace huilu::policy {

// What a condition may speak of where it stands.
struct Reach {
  PathType thing;             // where its paths begin
  PathType bearer;            // of $bearer; nothing: there is none
  bool has_bearer = true;     // false: it could not be read, and nothing is said about it
  bool has_period = false;    // $period, period_start, period_end
  bool in_campaign = false;   // $campaign, campaign_start, campaign_end
  bool may_be_today = false;  // the moment `today`
  bool has_parameters = false;
  PathType it;                    // of $it, what for_each yields; nothing: there is none
  bool has_it = true;             // false: it could not be read, and nothing is said about it
  bool has_case_day = false;      // the moment `case`, and parameters bound by it
  bool has_case_entry = false;    // the moment `known`
  bool has_clock_start = false;   // parameters bound by it
  bool has_clocks = false;        // how the clocks of a matter stand
  bool has_ballot = false;        // and its ballot
  bool has_look_back = false;     // and what was found when it was looked at again, or is stale
  bool has_ballot_close = false;  // parameters bound by it
};

class ConditionCheck {
 public:
  ConditionCheck(Reading& reading, const PathTypes& types, const Pack& pack, Reach reach)
      : reading_(reading), types_(types), pack_(pack), reach_(std::move(reach)) {}

  void check(Condition& condition);
  void check(Quality& quality);
  void check(Anchor& anchor);
  // A length of days; `units` are those that make sense.
  void check(const DurationUse& use, const Place& place,
             const std::vector<DurationUnit>& units = {DurationUnit::days, DurationUnit::workdays,
                                                       DurationUnit::months, DurationUnit::years});
  // The parameter; a null pointer after a finding.
  const Parameter* check(const ParameterUse& use, const std::vector<ParameterType>& accepted);
  // Where it leads; `nothing` after a finding.
  PathType check(const Path& path);
  // The words in braces of a text that is shown: these.
  void check_words(const Label& label, const Place& place,
                   const std::vector<std::string_view>& words);
  // These, and those of every test.
  void check_placeholders(const Label& label, const Place& place,
                          std::vector<std::string_view> words);

 private:
  std::optional<PathType> start_of(const Path& path);
  PathType walk(PathType type, const Path& path);
  void check(Comparing& line, const PathType& type);
  void check_of_person(Comparing& line);
  void check_inner(Comparing& line, const PathType& item);
  void check_items(Condition& condition, const PathType& item);
  void check(Operand& operand, const PathType& wanted);
  void check_path(const Path& path, const PathType& type, const PathType& wanted);
  void check_value(Operand& operand, const PathType& wanted);
  void check_word(const Operand& operand, const PathType& wanted);
  void check(Moment moment, const Place& place);
  void check_key(const ParameterUse& use, const Parameter& parameter);

  Reading& reading_;
  const PathTypes& types_;
  const Pack& pack_;
  Reach reach_;
};

}  // namespace huilu::policy
