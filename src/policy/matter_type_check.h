// Checks what a matter type says: that every state can be reached and left, that roles, fields and
// moves are there, that what roles, settings and tests speak of exists. Used by policy/resolver.h.
#pragma once

#include "policy/obligation_check.h"

namespace huilu::policy {

class MatterTypeCheck {
 public:
  // All outlive it; names of record types in fields are resolved.
  MatterTypeCheck(Reading& reading, const PathTypes& types, const Pack& pack,
                  const Vocabulary& words, MatterType& type);

  void check(const Node& node);  // the declaration, for places

 private:
  ConditionCheck paths() const;
  void check_fields(const Node& node);
  void check_roles(const Node& node);
  void check_move(Move& move, const Node& node);
  void check_needs(Test& test);
  // Nobody of the responsible unit reviews what it has handed in.
  void check_reviews(const Move& move, const Node& node);
  // Matters below this one, by what they say.
  void check_below(Test& test);
  void check_set(Assignment& one, const Node& node);
  void check_states(const Node& node);
  void check_paths_through(const Node& node);

  Reading& reading_;
  const PathTypes& types_;
  const Pack& pack_;
  const Vocabulary& words_;
  MatterType& type_;
  std::vector<std::string_view> states_, roles_, moves_, fields_;
  Reach reach_;
};

}  // namespace huilu::policy
