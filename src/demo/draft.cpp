#include "demo/draft.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace huilu::demo {

namespace {

// The oldest day a unit of the demo can have: the invented district was founded then.
const Date founding = Date::of(2003, 3, 18);

constexpr std::array<std::string_view, 11> digits = {"",   "一", "二", "三", "四", "五",
                                                     "六", "七", "八", "九", "十"};

// Codes as divisions have them: 2, 4, 6, 9 and 12 digits; 99 is no province's.
std::string code_below(const std::string& parent, std::int64_t number) {
  if (parent.empty()) return fmt::format("{}", 98 + number);
  return parent.size() < 6 ? fmt::format("{}{:02}", parent, number)
                           : fmt::format("{}{:03}", parent, number);
}

}  // namespace

std::string numeral(int number) {
  const auto digit = [](int value) { return std::string(digits[static_cast<std::size_t>(value)]); };
  if (number <= 10) return digit(number);
  return (number < 20 ? "" : digit(number / 10)) + "十" + digit(number % 10);
}

Draft::Draft(Plan& plan, std::uint64_t seed)
    : plan_(plan), dice_(seed, "units"), names_(dice_), go_live_(plan.go_live) {}

Index Draft::place(std::string name, int level, std::optional<Index> parent) {
  const std::int64_t number = parent ? ++children_places_[*parent] : 1;
  const std::string above = parent ? plan_.places[*parent].code : "";
  plan_.places.push_back({std::move(name), code_below(above, number), level, parent});
  children_places_.push_back(0);
  return plan_.places.size() - 1;
}

Date Draft::founded(const UnitSpec& spec) {
  if (!spec.parent) return founding;
  const Date earliest = at(*spec.parent).from;
  const bool young = spec.milieu == Milieu::private_firm || spec.type == "private_firm";
  const Date latest = std::max(earliest, young ? Date::of(2024, 6, 30) : Date::of(2016, 12, 31));
  // Committees and organs are as old as their place; branches came one by one.
  const bool old = spec.milieu == Milieu::none && !young && spec.type != "joint_branch";
  return old ? earliest : earliest + dice_.between(0, latest - earliest);
}

Index Draft::unit(const UnitSpec& spec) {
  const std::int64_t number = spec.parent ? ++children_[*spec.parent] : ++roots_;
  PlannedUnit unit;
  unit.name = spec.name;
  unit.kind.type = spec.type;
  unit.kind.level = spec.level;
  if (!spec.rank.empty()) unit.kind.rank = std::string(spec.rank);
  if (spec.leadership) unit.kind.tags = {std::string(leadership_tag)};
  unit.parent = spec.parent;
  unit.seat = spec.seat;
  if (!unit.seat && spec.parent) unit.seat = at(*spec.parent).seat;
  unit.official_order = number * 10;
  unit.from = founded(spec);
  unit.milieu = spec.milieu;
  unit.with_people = with_people_;
  unit.go_live = with_people_ ? go_live_ : plan_.next_wave;
  plan_.units.push_back(std::move(unit));
  children_.push_back(0);
  return plan_.units.size() - 1;
}

void Draft::tag(Index unit, std::string_view word) {
  plan_.units[unit].kind.tags.emplace_back(word);
}

void Draft::relate(Index unit, org::RelationKind kind, Index target) {
  plan_.units[unit].relations.push_back({kind, target});
}

std::vector<Index> Draft::branches(const std::string& stem, int count, Index parent,
                                   Milieu milieu) {
  std::vector<Index> made;
  const int level = at(parent).kind.level;
  for (int number = 1; number <= count; ++number) {
    const std::string which = count == 1 ? "" : "第" + numeral(number);
    made.push_back(unit({stem + which + "党支部", "branch", level, parent, milieu}));
  }
  return made;
}

Index Draft::organisation(const std::string& stem, int count, Index parent, Milieu milieu) {
  if (count == 1) return branches(stem, 1, parent, milieu).front();
  const int level = at(parent).kind.level;
  const Index top = count <= 3 ? unit({stem + "党总支", "general_branch", level, parent})
                               : unit({stem + "党委", "primary_committee", level, parent});
  branches(stem, count, top, milieu);
  return top;
}

}  // namespace huilu::demo
