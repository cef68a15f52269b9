#include <algorithm>
#include <array>
#include <string_view>

#include "demo/dice.h"
#include "demo/names.h"
#include "demo/plan.h"

namespace huilu::demo {

namespace {

using org::MembershipKind;
using org::RelationKind;

struct RollSize {
  Milieu milieu;
  int low;
  int high;
  int floating_percent;
};
constexpr std::array<RollSize, 9> roll_sizes = {{{Milieu::village, 15, 45, 10},
                                                 {Milieu::community, 15, 45, 6},
                                                 {Milieu::organ, 9, 24, 0},
                                                 {Milieu::police, 12, 28, 0},
                                                 {Milieu::school, 10, 35, 0},
                                                 {Milieu::hospital, 14, 36, 0},
                                                 {Milieu::state_firm, 10, 34, 2},
                                                 {Milieu::private_firm, 3, 12, 8},
                                                 {Milieu::retired, 8, 24, 0}}};

struct Seat {
  std::string_view kind;
  std::string_view title;
};

constexpr std::size_t full_committee_from = 7;  // full members, for a branch committee
constexpr std::size_t pool_max = 40;
constexpr int seats_of_members[] = {5, 7};
constexpr std::size_t second_to_come = 5;  // the leader whose village has a leader already

class PeopleDraft {
 public:
  PeopleDraft(Plan& plan, std::uint64_t seed) : plan_(plan), dice_(seed, "people"), names_(dice_) {}

  void plan() {
    plan_.rolls.resize(plan_.units.size());
    pools_.resize(plan_.units.size());
    for (Index unit = 0; unit < plan_.units.size(); ++unit) {
      if (plan_.units[unit].with_people) fill_roll(unit);
    }
    for (Index unit = 0; unit < plan_.units.size(); ++unit) {
      if (plan_.units[unit].with_people) plan_posts(unit);
    }
    plan_staff();
    plan_contacts();
  }

 private:
  const PlannedUnit& at(Index unit) const { return plan_.units[unit]; }
  Date some_day(Date first, Date last) {
    return first < last ? first + dice_.between(0, last - first) : first;
  }

  void fill_roll(Index unit) {
    const auto size = std::find_if(
        roll_sizes.begin(), roll_sizes.end(),
        [&](const RollSize& candidate) { return candidate.milieu == at(unit).milieu; });
    if (size == roll_sizes.end()) return;
    // Of two throws the larger: full rolls are commoner than thin ones, but for firms.
    int members = dice_.between(size->low, size->high);
    if (size->milieu != Milieu::private_firm) {
      members = std::max(members, dice_.between(size->low, size->high));
    }
    for (int i = 0; i < members; ++i) plan_member(unit, dice_.percent(size->floating_percent));
    if (dice_.percent(30)) {
      plan_.persons.push_back({names_.person(), std::nullopt, std::nullopt, {}});
      plan_.candidates.emplace_back(plan_.persons.size() - 1, unit);
    }
    for (std::optional<Index> above = unit; above; above = at(*above).parent) {
      auto& pool = pools_[*above];
      for (const Index person : plan_.rolls[unit]) {
        if (pool.size() < pool_max) pool.push_back(person);
      }
    }
    for (const auto& relation : at(unit).relations) serve(unit, relation);
    if (at(unit).parent) {
      for (const auto& relation : at(*at(unit).parent).relations) serve(unit, relation);
    }
  }

  // Who serves an organ fills its posts; the group that leads it is filled like it.
  void serve(Index branch, const PlannedRelation& relation) {
    if (relation.kind != RelationKind::party_org_of) return;
    std::vector<Index> fed = {relation.unit};
    for (const auto& other : at(relation.unit).relations) {
      if (other.kind == RelationKind::led_by_group) fed.push_back(other.unit);
    }
    for (const Index unit : fed) {
      for (const Index person : plan_.rolls[branch]) {
        if (pools_[unit].size() < pool_max) pools_[unit].push_back(person);
      }
    }
  }

  void plan_member(Index unit, bool floating) {
    PlannedMembership membership;
    membership.unit = unit;
    membership.floating = floating;
    const bool probationary = !floating && dice_.percent(2);
    if (probationary) membership.kind = MembershipKind::probationary_member;
    const Date latest = plan_.go_live + -20;
    membership.since = probationary ? std::max(at(unit).from, latest + -dice_.between(0, 320))
                                    : some_day(at(unit).from, latest);
    if (floating && dice_.percent(20)) membership.host = host_of(unit);
    plan_.persons.push_back({names_.person(), membership, std::nullopt, {}});
    plan_.rolls[unit].push_back(plan_.persons.size() - 1);
  }

  // A floating member may go to the meetings of another branch, one that was there before.
  std::optional<Index> host_of(Index unit) {
    const Index other = static_cast<Index>(dice_.between(0, static_cast<int>(unit)));
    const bool fits = other != unit && is_branch(at(other)) && at(other).milieu != Milieu::none &&
                      at(other).with_people;
    return fits && at(other).from <= at(unit).from ? std::optional(other) : std::nullopt;
  }

  std::vector<Seat> seats_of(Index unit) {
    const std::string& type = at(unit).kind.type;
    if (type == "branch" || type == "joint_branch") return seats_of_branch(unit);
    if (type == "general_branch") return committee("党总支书记", dice_.pick(seats_of_members));
    if (type == "primary_committee") {
      return committee("党委书记", at(unit).kind.level == 4 ? dice_.between(7, 9)
                                                            : dice_.pick(seats_of_members));
    }
    if (type == "local_committee") return committee("区委书记", 11);
    if (type == "working_committee" || type == "organs_working_committee") {
      return committee("党工委书记", 7);
    }
    if (type == "leading_party_group") return committee("党组书记", dice_.between(5, 9));
    if (type == "discipline_commission") {
      if (at(unit).kind.level == 3) plan_.units[unit].kind.tags = {std::string(inspects_tag)};
      return committee("纪委书记", 5);
    }
    if (type == "party_school") plan_.units[unit].kind.tags = {std::string(training_tag)};
    if (type == "gov_department") {
      return {{"principal", "局长"}, {"liaison", "联络员"}, {"handler", "经办人"}};
    }
    if (type == "party_group") return {{"group_head", "党小组组长"}};
    if (type == "private_firm" || type == "social_org") return {};
    return {{"principal", "主要负责人"}, {"liaison", "联络员"}};
  }

  std::vector<Seat> seats_of_branch(Index unit) {
    const auto& roll = plan_.rolls[unit];
    const auto full =
        static_cast<std::size_t>(std::count_if(roll.begin(), roll.end(), [&](Index person) {
          return plan_.persons[person].membership->kind == MembershipKind::full_member;
        }));
    std::vector<Seat> seats = {{"secretary", "党支部书记"}};
    if (full < full_committee_from) return seats;
    if (dice_.percent(40)) seats.push_back({"deputy_secretary", "党支部副书记"});
    plan_.units[unit].kind.tags.emplace_back(committee_tag);
    seats.push_back({"organisation_committee_member", "组织委员"});
    seats.push_back({"publicity_committee_member", "宣传委员"});
    seats.push_back({"discipline_committee_member", "纪检委员"});
    return seats;
  }

  static std::vector<Seat> committee(std::string_view secretary, int count) {
    std::vector<Seat> seats = {{"secretary", secretary}};
    for (int i = 1; i < count; ++i) {
      seats.push_back(i <= 2 ? Seat{"deputy_secretary", "副书记"}
                             : Seat{"committee_member", "委员"});
    }
    return seats;
  }

  std::vector<Index> pool_of(Index unit) {
    std::vector<Index> pool = plan_.rolls[unit].empty() ? pools_[unit] : plan_.rolls[unit];
    std::optional<Index> above = at(unit).parent;
    for (; pool.empty() && above; above = at(*above).parent) pool = pools_[*above];
    std::erase_if(pool, [&](Index person) {
      const auto& membership = *plan_.persons[person].membership;
      return membership.floating || membership.kind != MembershipKind::full_member;
    });
    return pool;
  }

  void plan_posts(Index unit) {
    if (is_branch(at(unit)) && plan_.rolls[unit].empty()) return;
    const std::vector<Index> pool = pool_of(unit);
    std::int64_t order = 0;
    for (const Seat& seat : seats_of(unit)) {
      PlannedPost post;
      post.unit = unit;
      post.kind = seat.kind;
      post.title = seat.title;
      post.from = at(unit).from;
      const auto number = static_cast<std::size_t>(order++);
      post.official_order = order;
      if (number < pool.size()) post.holder = pool[number];
      post.held_since = some_day(std::max(post.from, Date::of(2022, 1, 1)), plan_.go_live + -30);
      plan_.posts.push_back(std::move(post));
    }
  }

  void employ(Index person, Index employer) {
    plan_.persons[person].employer = employer;
    plan_.persons[person].employed_since = some_day(at(employer).from, plan_.go_live + -30);
  }

  // Staff of the organs: members of their branches, and others who are no members.
  void plan_staff() {
    for (Index unit = 0; unit < plan_.units.size(); ++unit) {
      const PlannedUnit& branch = at(unit);
      if (!branch.with_people) continue;
      if (branch.milieu == Milieu::organ) {
        for (const auto& relation : branch.relations) {
          if (relation.kind != RelationKind::party_org_of) continue;
          for (const Index person : plan_.rolls[unit]) employ(person, relation.unit);
        }
      }
      const std::string& type = branch.kind.type;
      if (type != "gov_department" && type != "party_department" && type != "government") continue;
      const int others = dice_.between(3, 12);
      for (int i = 0; i < others; ++i) {
        plan_.persons.push_back({names_.person(), std::nullopt, std::nullopt, {}});
        employ(plan_.persons.size() - 1, unit);
      }
    }
  }

  // Each leader of the county keeps contact with a town and a village; one took a village that
  // another had already, which the register shows.
  void plan_contacts() {
    std::vector<Index> leaders, towns, villages;
    for (Index post = 0; post < plan_.posts.size(); ++post) {
      if (is_leader(plan_, plan_.posts[post])) leaders.push_back(post);
    }
    for (Index unit = 0; unit < plan_.units.size(); ++unit) {
      const PlannedUnit& candidate = at(unit);
      if (!candidate.with_people) continue;
      const bool below_town = candidate.parent && at(*candidate.parent).kind.level == 4;
      if (candidate.kind.level == 5 && below_town) villages.push_back(unit);
      if (candidate.kind.level == 4 && has_tag(candidate, leadership_tag)) {
        towns.push_back(unit);
      }
    }
    for (std::size_t i = 0; i < leaders.size(); ++i) {
      if (i < towns.size()) plan_.contacts.push_back({towns[i], leaders[i]});
      const std::size_t village = i == second_to_come ? 0 : i * 13;
      if (village < villages.size()) plan_.contacts.push_back({villages[village], leaders[i]});
    }
  }

  Plan& plan_;
  Dice dice_;
  Names names_;
  std::vector<std::vector<Index>> pools_;  // of each unit, members from below it or who serve it
};

}  // namespace

void plan_people(Plan& plan, std::uint64_t seed) { PeopleDraft(plan, seed).plan(); }

}  // namespace huilu::demo
