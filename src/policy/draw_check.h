// Checks draws and views and resolves the names in them. Used by policy/resolver.cpp only.
#pragma once

#include "policy/indicator_check.h"

namespace huilu::policy {

class DrawCheck {
 public:
  DrawCheck(Reading& reading, const PathTypes& types, Pack& pack, const std::vector<Pack>& known)
      : reading_(reading), pack_(pack), indicators_(reading, types, pack, known) {}

  // After the indicators were checked. `node` is the declaration, for places.
  void check(Draw& draw, const Node& node);

 private:
  void check_amount(const Draw& draw, const Node& node);
  void check_weight(Draw& draw, const Node& node);

  Reading& reading_;
  Pack& pack_;
  IndicatorCheck indicators_;
};

class ViewCheck {
 public:
  ViewCheck(Reading& reading, const PathTypes& types, Pack& pack, const std::vector<Pack>& known)
      : reading_(reading), pack_(pack), known_(known), indicators_(reading, types, pack, known) {}

  void check(View& view, const Node& node);

 private:
  const MatterType* type_of(const View& view) const;
  void check_parts(const View& view, const MatterType& type, const Node& node);
  void check_columns(const View& view, const MatterType& type, const Node& node);

  Reading& reading_;
  Pack& pack_;
  const std::vector<Pack>& known_;
  IndicatorCheck indicators_;
};

}  // namespace huilu::policy
