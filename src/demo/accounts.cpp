#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/check.h"
#include "demo/dice.h"
#include "demo/plan.h"

namespace huilu::demo {

namespace {

using identity::Role;
using identity::Scope;
using org::RelationKind;

constexpr std::size_t inspected_towns = 3;

class AccountsDraft {
 public:
  explicit AccountsDraft(Plan& plan) : plan_(plan) {}

  void plan() {
    plan_secretary();
    plan_department();
    plan_desks();
    plan_leaders_desk();
    plan_office();
    plan_.author = add("author", "演示·政策包编写人", {{Role::policy_author, {}, Scope::subtree}});
    add("tree", "演示·组织架构管理员", {{Role::tree_keeper, committee(), Scope::subtree}});
    add("auditor", "演示·审计管理员", {{Role::auditor, {}, Scope::subtree}});
    add("admin", "演示·系统管理员", {{Role::system_admin, {}, Scope::subtree}});
    add("security", "演示·安全管理员", {{Role::security_admin, {}, Scope::subtree}});
  }

 private:
  const PlannedUnit& at(Index unit) const { return plan_.units[unit]; }

  Index add(std::string name, std::string display_name, std::vector<PlannedGrant> grants,
            std::optional<Index> person = {}) {
    plan_.accounts.push_back(
        {std::move(name), std::move(display_name), person, true, std::move(grants)});
    return plan_.accounts.size() - 1;
  }

  // The committee of the first county.
  Index committee() const {
    CHECK(plan_.committee);
    return *plan_.committee;
  }

  std::optional<Index> holder_of(Index unit) const {
    for (const auto& post : plan_.posts) {
      if (post.unit == unit && post.kind == "secretary") return post.holder;
    }
    return {};
  }

  void plan_secretary() {
    const Index branch = *plan_.secretary_branch;
    const auto secretary = holder_of(branch);
    plan_.units[branch].desk = add("secretary", "演示·支部书记",
                                   {{Role::branch_secretary, branch, Scope::subtree}}, secretary);
    const auto& roll = plan_.rolls[branch];
    const auto member =
        std::find_if(roll.rbegin(), roll.rend(), [&](Index person) { return person != secretary; });
    CHECK(member != roll.rend());
    add("member", "演示·党员", {{Role::member, branch, Scope::self}}, *member);
  }

  void plan_department() {
    const Index bureau = *plan_.department;
    std::vector<PlannedGrant> grants = {{Role::unit_editor, bureau, Scope::self}};
    for (Index unit = 0; unit < plan_.units.size(); ++unit) {
      if (!is_branch(at(unit)) || plan_.rolls[unit].empty()) continue;
      for (const auto& relation : at(unit).relations) {
        if (relation.kind != RelationKind::party_org_of || relation.unit != bureau) continue;
        grants.push_back({Role::unit_editor, unit, Scope::self});
        plan_.units[unit].desk = plan_.accounts.size();
      }
    }
    add("department", "演示·部门经办人", std::move(grants));
  }

  // Who types: the body below the committee, or the one for new organisations within a town.
  Index desk_unit(Index branch) const {
    Index unit = branch;
    while (at(unit).parent) {
      const PlannedUnit& parent = at(*at(unit).parent);
      if (parent.kind.type == "local_committee") return unit;
      const bool within_town = parent.parent && parent.kind.level == 4 &&
                               at(*parent.parent).kind.type == "local_committee";
      if (within_town && at(unit).kind.type == "primary_committee" && at(unit).kind.level == 4) {
        return unit;
      }
      unit = *at(unit).parent;
    }
    return unit;
  }

  void plan_desks() {
    std::map<Index, std::vector<Index>> branches;  // of each desk's unit
    for (Index unit = 0; unit < plan_.units.size(); ++unit) {
      if (is_branch(at(unit)) && !plan_.rolls[unit].empty() && !at(unit).desk) {
        branches[desk_unit(unit)].push_back(unit);
      }
    }
    const Index shown = desk_unit(*plan_.secretary_branch);
    int number = 0;
    for (const auto& [unit, below] : branches) {
      const std::size_t desks = at(unit).kind.level == 3 ? 2 : 1;
      for (std::size_t desk = 0; desk < desks; ++desk) {
        const bool is_shown = unit == shown && desk == 0;
        const Index account = add(
            is_shown ? "delegate" : fmt::format("desk{:03}", ++number),
            is_shown ? "演示·代录人" : at(unit).name + "代录人" + (desk == 0 ? "" : "（二）"), {});
        plan_.accounts[account].has_password = is_shown;
        for (std::size_t i = desk; i < below.size(); i += desks) {
          plan_.units[below[i]].desk = account;
          plan_.accounts[account].grants.push_back({Role::delegate, below[i], Scope::subtree});
        }
      }
    }
  }

  // Who types for the committees and the groups of leaders.
  void plan_leaders_desk() {
    std::vector<PlannedGrant> grants;
    for (Index unit = 0; unit < plan_.units.size(); ++unit) {
      if (!keeps_leaders_records(plan_, unit)) continue;
      plan_.units[unit].desk = plan_.accounts.size();
      grants.push_back({Role::unit_editor, unit, Scope::self});
    }
    plan_.leaders_desk = add("leaders_desk", "演示·党委办公室", std::move(grants));
    plan_.accounts.back().has_password = false;
  }

  // For every tree there is.
  Index add_province_office() {
    std::vector<PlannedGrant> grants;
    for (Index unit = 0; unit < plan_.units.size(); ++unit) {
      if (!at(unit).parent) grants.push_back({Role::campaign_office, unit, Scope::subtree});
    }
    return add("province_office", "演示·省委主题教育办", std::move(grants));
  }

  void plan_office() {
    const Index top = committee();
    plan_.office = add("office", "演示·主题教育办", {{Role::campaign_office, top, Scope::subtree}});
    plan_.confirmer = plan_.shape.above_county ? add_province_office() : plan_.office;
    add("leader", "演示·领导", {{Role::leader, top, Scope::subtree}}, holder_of(top));
    std::vector<PlannedGrant> inspected;
    for (Index unit = 0; unit < plan_.units.size() && inspected.size() < inspected_towns; ++unit) {
      if (at(unit).kind.level == 4 && at(unit).parent == top) {
        inspected.push_back({Role::inspector, unit, Scope::subtree});
      }
    }
    add("inspector", "演示·督导组成员", std::move(inspected));
  }

  Plan& plan_;
};

}  // namespace

void plan_accounts(Plan& plan) { AccountsDraft(plan).plan(); }

}  // namespace huilu::demo
