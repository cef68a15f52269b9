// Checks what the look-back of a matter type says: that its states and roles are there, that the
// responsible unit does not look at its own work, and that what came back can be taken up again.
// Used by policy/matter_type_check.h.
#pragma once

#include "policy/condition_check.h"
#include "policy/name_check.h"

namespace huilu::policy {

class LookBackCheck {
 public:
  // All outlive it; `reach` is that of the matter type.
  LookBackCheck(Reading& reading, const PathTypes& types, const Pack& pack, Reach reach,
                const MatterType& type);

  void check(const MatterLookBack& one, const Node& node);

 private:
  void check_starts(const MatterLookBack& one, const Node& node);
  void check_roles(const MatterLookBack& one, const Node& node);
  void check_outcomes(const MatterLookBack& one, const Node& node);

  Reading& reading_;
  const PathTypes& types_;
  const Pack& pack_;
  Reach reach_;
  const MatterType& type_;
  Words states_, roles_;
};

}  // namespace huilu::policy
