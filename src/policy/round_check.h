// Checks how a matter type is asked about in rounds: that roles are units, that fields are there,
// and that a state says how far a matter is where its outcome does not.
#pragma once

#include "policy/matter_type.h"
#include "policy/reader.h"

namespace huilu::policy {

class RoundCheck {
 public:
  RoundCheck(Reading& reading, const MatterType& type) : reading_(reading), type_(type) {}

  void check(const Node& node);  // the type's declaration, for places

 private:
  void check(const MatterRound& round, const Node& node);
  void check_role(const std::string& name, const Place& place);

  Reading& reading_;
  const MatterType& type_;
};

}  // namespace huilu::policy
