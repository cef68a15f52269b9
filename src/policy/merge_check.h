// Checks of what a matter type says about merging: where a merged matter goes, that it comes back
// from there, and that only what can be put together is put together. Part of the check of a matter
// type.
#pragma once

#include <string>
#include <vector>

#include "policy/matter_type.h"
#include "policy/reader.h"

namespace huilu::policy {

class MergeCheck {
 public:
  MergeCheck(Reading& reading, const MatterType& type) : reading_(reading), type_(type) {}

  // `node`: of the matter type.
  void check(const Node& node);

 private:
  void check_merging(const Move& move, const Node& node);
  void check_target(const Move& move, const Node& node);
  void check_other_way_in(const Move& move, const Node& node);
  void check_combined(const Move& move, const Node& node);
  void check_cleared(const Move& move, const Node& node);
  // A field of the type; null pointer, and a finding, where it is none or stands there before.
  const Field* field_at(const std::vector<std::string>& names, std::size_t index, const Node& node);

  Reading& reading_;
  const MatterType& type_;
};

}  // namespace huilu::policy
