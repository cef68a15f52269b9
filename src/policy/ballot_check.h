// Checks what the ballot of a matter type says: that its roles, states and words are there, that
// what it does by itself can be done where it ends, and that too few votes leave a way on. Used by
// policy/matter_type_check.h.
#pragma once

#include "policy/condition_check.h"
#include "policy/name_check.h"

namespace huilu::policy {

class BallotCheck {
 public:
  // All outlive it; `reach` is that of the matter type.
  BallotCheck(Reading& reading, const PathTypes& types, const Pack& pack, Reach reach,
              const MatterType& type);

  void check(MatterBallot& ballot, const Node& node);
  // Moves that are made by themselves: by the ballot, and by nothing else.
  void check_automatic(const Node& node);

 private:
  void check_roles(const MatterBallot& ballot, const Node& node);
  void check_opens(const MatterBallot& ballot, const Node& node);
  void check_thresholds(MatterBallot& ballot, const Node& node);
  void check_follows(const MatterBallot& ballot, const std::string& move, const Node& node);
  void check_way_on(const MatterBallot& ballot, const Node& node);

  Reading& reading_;
  const PathTypes& types_;
  const Pack& pack_;
  Reach reach_;
  const MatterType& type_;
  Words states_, roles_, automatic_;
};

}  // namespace huilu::policy
