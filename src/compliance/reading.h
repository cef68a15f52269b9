// What readers ask a world, under its lock and as of one day.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compliance/index.h"
#include "compliance/world.h"

namespace huilu::compliance {

class Reading {
 public:
  Reading(const World& world, Date today) : world_(world), today_(today) {}

  std::vector<ColumnView> columns(Date from, Date until) const;
  std::optional<Standing> standing(Tree tree, Node node, const std::string& obligation,
                                   const std::string& period) const;
  std::vector<Standing> standings(Tree tree, const std::vector<Node>& nodes,
                                  const std::vector<ColumnView>& columns) const;
  std::vector<Node> children(Tree tree, Node node) const;
  std::vector<BehindLine> behind(Tree tree, Node node, const std::string& obligation,
                                 const std::string& period,
                                 const std::vector<obligation::Verdict>& verdicts, std::size_t skip,
                                 std::size_t limit) const;

 private:
  // Where a node is in a tree: a holder with all below it, or a unit alone (in the tree of seats).
  struct Place {
    Slot holder = no_slot;
    Slot unit = no_slot;
  };

  std::optional<Place> place_of(Tree tree, Node node) const;
  Standing standing_at(const Sheet& sheet, Tree tree, Place place) const;
  Standing standing_of_home(const Sheet& sheet, Slot home) const;

  const World& world_;
  Date today_;
};

}  // namespace huilu::compliance
