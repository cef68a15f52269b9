// Checks how a matter type is asked about in rounds and looked back at: that roles are units, that
// fields, states and moves are there, and that what a finding does can be done.
#pragma once

#include "policy/condition_check.h"
#include "policy/matter_type.h"

namespace huilu::policy {

class RoundCheck {
 public:
  RoundCheck(Reading& reading, const PathTypes& types, const Pack& pack, const Reach& reach,
             const MatterType& type);

  void check(const Node& node);  // the type's declaration, for places

 private:
  void check(const MatterRound& round, const Node& node);
  void check(const LookBack& look_back, const Node& node);
  void check_found(const LookBack& look_back, const FoundMove& found, const Node& node);
  void check_role(const std::string& name, const Place& place);
  void check_known(const std::string& name, const std::vector<std::string_view>& words,
                   const Place& place);

  Reading& reading_;
  const PathTypes& types_;
  const Pack& pack_;
  Reach reach_;
  const MatterType& type_;
};

}  // namespace huilu::policy
