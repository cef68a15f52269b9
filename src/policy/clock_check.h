// Checks what the clocks and ladders of a matter type say: that the states, moves, fields and roles
// that they name are there, that every clock can stop, that lengths are lengths of days. Used by
// policy/matter_type_check.h.
#pragma once

#include "policy/condition_check.h"
#include "policy/name_check.h"

namespace huilu::policy {

class ClockCheck {
 public:
  // `reach`: of the type's conditions. All outlive it.
  ClockCheck(Reading& reading, const PathTypes& types, const Pack& pack, const Reach& reach,
             MatterType& type);

  void check(const Node& node);  // the declaration of the type, for places

 private:
  void check(MatterClock& clock, const Node& node);
  void check(const Turn& turn, const Node& node);
  void check_limit(MatterClock& clock, const Node& node);
  bool is_readable(const Turn& turn) const;
  void check_stop(const MatterClock& clock, const Node& node);
  void check(const Extension& extension, const Node& node);
  void check(const Ladder& ladder, const Node& node);
  void check(const Rung& rung, const Node& node);
  void check(Urgency& urgency, const Node& node);
  void check_acknowledgement(const Rung& rung, const Node& node);
  void check_unacknowledged(const Ladder& ladder, std::size_t rung, const Node& node);

  Reading& reading_;
  const PathTypes& types_;
  const Pack& pack_;
  Reach reach_;
  MatterType& type_;
  Words states_, moves_, roles_, unit_roles_, clocks_;
};

}  // namespace huilu::policy
