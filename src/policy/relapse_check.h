// Checks what the relapse of a matter type says: that its states, fields and roles are there, that
// what is compared can be, and that the responsible unit does not judge whether its own work
// lasted. Used by policy/matter_type_check.h.
#pragma once

#include "policy/condition_check.h"
#include "policy/name_check.h"

namespace huilu::policy {

class RelapseCheck {
 public:
  // All outlive it; `reach` is that of the matter type.
  RelapseCheck(Reading& reading, const PathTypes& types, const Pack& pack, Reach reach,
               const MatterType& type);

  void check(MatterRelapse& one, const Node& node);

 private:
  void check_states(const MatterRelapse& one, const Node& node);
  void check_fields(const MatterRelapse& one, const Node& node);
  void check_roles(const MatterRelapse& one, const Node& node);
  void check_threshold(MatterRelapse& one);

  Reading& reading_;
  const PathTypes& types_;
  const Pack& pack_;
  Reach reach_;
  const MatterType& type_;
  Words states_, fields_, roles_;
};

}  // namespace huilu::policy
