// Draft: puts units into a plan, with the dates, tags and relations that follow from what they are.
// Used by the parts of plan_units.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "demo/dice.h"
#include "demo/names.h"
#include "demo/plan.h"

namespace huilu::demo {

struct UnitSpec {
  std::string name;
  std::string_view type;
  int level = 9;
  std::optional<Index> parent;
  Milieu milieu = Milieu::none;
  std::string_view rank = {};
  bool leadership = false;         // its group of leaders has duties of its own
  std::optional<Index> seat = {};  // otherwise its parent's
};

class Draft {
 public:
  Draft(Plan& plan, std::uint64_t seed);

  Plan& plan() { return plan_; }
  Dice& dice() { return dice_; }
  Names& names() { return names_; }
  void use_people(bool with_people) { with_people_ = with_people; }
  // Of the units that follow. Those without people go live after the demo in any case.
  void use_go_live(Date day) { go_live_ = day; }

  Index place(std::string name, int level, std::optional<Index> parent);
  Index unit(const UnitSpec& spec);
  void relate(Index unit, org::RelationKind kind, Index target);
  void tag(Index unit, std::string_view word);
  const PlannedUnit& at(Index unit) const { return plan_.units[unit]; }

  // "{stem}党支部", or "{stem}第一党支部" and so on below the parent.
  std::vector<Index> branches(const std::string& stem, int count, Index parent, Milieu milieu);
  // One branch; from two on a general branch, from four on a committee with its branches below.
  // The topmost unit.
  Index organisation(const std::string& stem, int count, Index parent, Milieu milieu);

 private:
  Date founded(const UnitSpec& spec);

  Plan& plan_;
  Dice dice_;
  Names names_;
  bool with_people_ = true;
  Date go_live_;
  std::vector<std::int64_t> children_;         // of each unit so far
  std::vector<std::int64_t> children_places_;  // of each place so far
  std::int64_t roots_ = 0;
};

std::string numeral(int number);  // 一, 十二

// The parts, each below what the part before made.
struct County {
  Index place = 0;
  std::string name;  // 栖湖区
  Index committee = 0;
  Index discipline = 0;
  Index government = 0;
  Index organs = 0;     // 区直属机关工委
  Index education = 0;  // the committees of the lines
  Index health = 0;
  Index state_assets = 0;
  Index police = 0;
  Index new_orgs = 0;
  Index education_bureau = 0;
  Index health_bureau = 0;
  Index state_assets_bureau = 0;
  Index police_bureau = 0;
  Index urban_bureau = 0;
};

struct Above {  // the same bodies one level up, where the plan has them
  std::optional<Index> committee;
  std::optional<Index> discipline;
  std::optional<Index> government;
  std::vector<Index> departments;
};

// The organs of a county, or of a city or province with other numbers. `Above` of its children.
struct Organs {
  County county;
  Above as_above;
};
Organs plan_organs(Draft& draft, const std::string& name, int level, Index place,
                   const Above& above, int departments);
// Education, health, state firms, police, new organisations, the development zone.
void plan_lines(Draft& draft, const County& county, const Shape& shape);
void plan_universities(Draft& draft, const County& province, int count);
void plan_town(Draft& draft, const County& county, int number, int villages);

}  // namespace huilu::demo
