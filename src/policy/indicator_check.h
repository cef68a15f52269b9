// Checks what an indicator says: its set, its paths, what it is held against, how it is rolled up,
// and that indicators which are reckoned from others do not stand in a circle. Names of record
// types are resolved before. Used by policy/resolver.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/condition_check.h"

namespace huilu::policy {

class IndicatorCheck {
 public:
  IndicatorCheck(Reading& reading, const PathTypes& types, Pack& pack,
                 const std::vector<Pack>& known)
      : reading_(reading), types_(types), pack_(pack), known_(known) {}

  // `node` is the declaration, for places.
  void check(Indicator& indicator, const Node& node);
  // After each of them was.
  void check_circles();
  // By its name; resolved. A null pointer after a finding.
  const Indicator* find(std::string& name, const Place& place);
  // What is written, and every value of the parameter, lies between, in millionths.
  void check_number(const NumberUse& use, std::int64_t from, std::int64_t until,
                    const Place& place);

 private:
  Reach reach_of(Indicator& indicator);
  PathType thing_of(Set& set);
  const MatterType* find_matter_type(std::string& name, const Place& place);
  void find_obligation(std::string& name, const Place& place);
  void check_set(Indicator& indicator, const Reach& reach, const Node& node);
  void check_paths(Indicator& indicator, const Reach& reach, const Node& node);
  void check_by(const Indicator& indicator, const Reach& reach);
  void check_from(Indicator& indicator, const Node& node);
  void check_control(Indicator& indicator, const Node& node);
  void check_numbers(const Indicator& indicator, const Node& node);
  void check_roll_up(const Indicator& indicator, const Node& node);
  bool comes_to(const Indicator& from, std::string_view address,
                std::vector<std::string_view>& seen) const;
  void shape(const Place& place, std::string_view expected, std::string_view got) {
    reading_.report(RefusalCode::pack_shape, place, std::string(expected), std::string(got));
  }

  Reading& reading_;
  const PathTypes& types_;
  Pack& pack_;
  const std::vector<Pack>& known_;
};

}  // namespace huilu::policy
