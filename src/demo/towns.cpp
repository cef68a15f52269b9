#include <string_view>

#include "demo/draft.h"

namespace huilu::demo {

namespace {

using org::RelationKind;

// A town, or one of every four a street, with its villages or communities.
class TownDraft {
 public:
  TownDraft(Draft& draft, const County& county, int number)
      : draft_(draft), county_(county), number_(number), street_(number % 4 == 3) {}

  void plan(int villages) {
    plan_organs();
    for (int i = 0; i < villages; ++i) plan_village(i);
    plan_new_orgs();
    plan_bodies();
  }

 private:
  void plan_organs() {
    stem_ = draft_.names().town() + (street_ ? "街道" : number_ % 5 == 4 ? "乡" : "镇");
    place_ = draft_.place(stem_, 4, county_.place);
    committee_ = draft_.unit({street_ ? "中共" + stem_ + "工作委员会" : "中共" + stem_ + "委员会",
                              street_ ? "working_committee" : "primary_committee", 4,
                              county_.committee, Milieu::none, "township", true, place_});
    if (street_) draft_.relate(committee_, RelationKind::dispatched_by, county_.committee);
    government_ = draft_.unit({stem_ + (street_ ? "办事处" : "人民政府"),
                               street_ ? "subdistrict_office" : "government", 4, committee_,
                               Milieu::none, "township"});
    draft_.relate(government_,
                  street_ ? RelationKind::dispatched_by : RelationKind::administered_by,
                  county_.government);
    const Index discipline = draft_.unit(
        {stem_ + (street_ ? "纪工委" : "纪委"), "discipline_commission", 4, committee_});
    draft_.relate(discipline, RelationKind::guided_by, county_.discipline);
    for (const Index branch :
         draft_.branches(stem_ + "机关", draft_.dice().between(1, 3), committee_, Milieu::organ)) {
      draft_.relate(branch, RelationKind::party_org_of, government_);
    }
    draft_.branches(stem_ + "离退休干部", 1, committee_, Milieu::retired);
  }

  void plan_bodies() {
    guided(stem_ + "派出所", Milieu::police, county_.police_bureau);
    guided(stem_ + "中心学校", Milieu::school, county_.education_bureau);
    guided(stem_ + "卫生院", Milieu::hospital, county_.health_bureau);
  }
  void guided(const std::string& stem, Milieu milieu, Index bureau) {
    const Index branch = draft_.branches(stem, 1, committee_, milieu).front();
    draft_.relate(branch, RelationKind::guided_by, bureau);
  }

  void plan_village(int number) {
    const std::string name =
        street_ ? draft_.names().community() + "社区" : draft_.names().village() + "村";
    const Milieu milieu = street_ ? Milieu::community : Milieu::village;
    const Index place = draft_.place(name, 5, place_);
    // 55 of a hundred have one branch, 35 a general branch, 10 a committee; the first is the one
    // that the account "secretary" looks after.
    const bool first = number == 0 && number_ == 0;
    const int kind = first ? 1 : draft_.dice().between(1, 100);
    const std::string stem = stem_ + name;
    Index top;
    if (kind <= 55) {
      top = seated(stem + "党支部", "branch", milieu, place);
    } else if (kind <= 90) {
      top = seated(stem + "党总支", "general_branch", Milieu::none, place);
      draft_.branches(stem, draft_.dice().between(2, 3), top, milieu);
    } else {
      top = seated("中共" + stem + "委员会", "primary_committee", Milieu::none, place);
      draft_.branches(stem, draft_.dice().between(3, 6), top, milieu);
    }
    if (first && !draft_.plan().secretary_branch) draft_.plan().secretary_branch = top;
    if (number_ == 0) {  // one town shows how the self-governing bodies stand
      const Index body = draft_.unit({stem_ + name + (street_ ? "居民委员会" : "村民委员会"),
                                      "self_governing_committee", 5, top});
      draft_.relate(body, RelationKind::guided_by, government_);
    }
    if (number == 0 && kind <= 55) {
      draft_.tag(top, groups_tag);
      for (int group = 1; group <= 2; ++group) {
        draft_.unit({stem + "第" + numeral(group) + "党小组", "party_group", 5, top});
      }
    }
  }
  Index seated(std::string name, std::string_view type, Milieu milieu, Index place) {
    return draft_.unit({std::move(name), type, 5, committee_, milieu, {}, false, place});
  }

  // Private firms and social organisations; every third branch is joint.
  void plan_new_orgs() {
    const Index committee =
        draft_.unit({"中共" + stem_ + "两新组织综合委员会", "primary_committee", 4, committee_});
    draft_.relate(committee, RelationKind::guided_by, county_.new_orgs);
    const int count = draft_.dice().between(12, 25);
    for (int i = 0; i < count; ++i) {
      if (i % 3 == 2) {
        plan_joint_branch(committee, i / 3 + 1);
      } else {
        draft_.branches(draft_.names().firm(), 1, committee, Milieu::private_firm);
      }
    }
  }
  void plan_joint_branch(Index committee, int number) {
    const int count = draft_.dice().percent(70) ? 2 : 3;
    std::vector<Index> served;
    for (int i = 0; i < count; ++i) {
      const bool social = draft_.dice().percent(15);
      served.push_back(
          draft_.unit({social ? draft_.names().firm("合作社联合会") : draft_.names().firm(),
                       social ? "social_org" : "private_firm", 9, committee}));
    }
    const Index joint = draft_.unit({stem_ + "第" + numeral(number) + "片区联合党支部",
                                     "joint_branch", 4, committee, Milieu::private_firm});
    for (const Index unit : served) draft_.relate(joint, RelationKind::party_org_of, unit);
  }

  Draft& draft_;
  const County& county_;
  int number_;
  bool street_;
  std::string stem_;
  Index place_ = 0;
  Index committee_ = 0;
  Index government_ = 0;
};

}  // namespace

void plan_town(Draft& draft, const County& county, int number, int villages) {
  TownDraft(draft, county, number).plan(villages);
}

}  // namespace huilu::demo
