#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "demo/draft.h"

namespace huilu::demo {

namespace {

using org::RelationKind;

struct Industry {
  std::string_view name;
  std::string_view firm;  // how its firms' names end
};
constexpr std::array<Industry, 8> industries = {{{"律师行业", "律师事务所"},
                                                 {"注册会计师行业", "会计师事务所"},
                                                 {"物业服务行业", "物业公司"},
                                                 {"快递物流行业", "物流公司"},
                                                 {"互联网行业", "网络科技公司"},
                                                 {"民办教育行业", "培训学校"},
                                                 {"社会组织", "志愿服务协会"},
                                                 {"商圈市场", "商贸公司"}}};
constexpr std::array<std::string_view, 5> state_firms = {
    "城市建设投资集团", "水务集团", "公共交通集团", "文化旅游集团", "粮食储备集团"};
constexpr std::array<std::string_view, 4> hospitals = {"人民医院", "中医医院", "妇幼保健院",
                                                       "精神卫生中心"};
constexpr std::array<std::string_view, 6> police_units = {
    "刑事侦查大队", "交通警察大队", "治安管理大队", "经济犯罪侦查大队", "看守所", "机关后勤"};

std::string nth(std::span<const std::string_view> names, int number) {
  const auto at = static_cast<std::size_t>(number);
  return std::string(names[at % names.size()]) +
         (at < names.size() ? "" : "分部" + numeral(number + 1));
}

class LinesDraft {
 public:
  LinesDraft(Draft& draft, const County& county) : draft_(draft), county_(county) {}

  // Of eight: a secondary school, a lower one, a kindergarten, and five primary schools.
  std::string school_name(int number) {
    const int kind = number % 8;
    const int which = kind == 7 ? 0 : kind == 5 ? 1 : kind == 3 ? 2 : 3;
    constexpr std::array<std::string_view, 4> names = {"高级中学", "初级中学", "幼儿园", "小学"};
    return "第" + numeral(++schools_[static_cast<std::size_t>(which)]) +
           std::string(names[static_cast<std::size_t>(which)]);
  }

  void institution(const std::string& name, std::string_view type, Index home, Index bureau,
                   int branches, Milieu milieu) {
    const Index unit = draft_.unit({name, type, 9, home});
    draft_.relate(unit, RelationKind::administered_by, bureau);
    const Index top = draft_.organisation(name, branches, home, milieu);
    draft_.relate(top, RelationKind::party_org_of, unit);
  }

  void police() {
    for (const auto name : police_units) {
      const std::string stem = county_.name + "公安局" + std::string(name);
      draft_.organisation(stem, draft_.dice().between(1, 3), county_.police, Milieu::police);
    }
    draft_.branches(county_.name + "公安局离退休民警", 1, county_.police, Milieu::retired);
  }

  void industry(const Industry& industry) {
    const std::string stem = county_.name + std::string(industry.name);
    const Index committee =
        draft_.unit({"中共" + stem + "委员会", "primary_committee", 3, county_.new_orgs});
    const int count = draft_.dice().between(8, 12);
    for (int i = 0; i < count; ++i) {
      draft_.branches(draft_.names().firm(industry.firm), 1, committee, Milieu::private_firm);
    }
  }

  // Came to the system half a year after the others.
  void zone() {
    draft_.use_go_live(draft_.plan().later_go_live);
    const std::string stem = county_.name + "经济开发区";
    const Index committee = draft_.unit({"中共" + stem + "工作委员会", "working_committee", 3,
                                         county_.committee, Milieu::none, "township", true});
    draft_.relate(committee, RelationKind::dispatched_by, county_.committee);
    draft_.branches(stem + "管委会机关", 2, committee, Milieu::organ);
    const int count = draft_.dice().between(34, 42);
    for (int i = 0; i < count; ++i) {
      draft_.branches(draft_.names().firm(), 1, committee, Milieu::private_firm);
    }
    draft_.use_go_live(draft_.plan().go_live);
  }

 private:
  Draft& draft_;
  const County& county_;
  std::array<int, 4> schools_{};
};

}  // namespace

void plan_lines(Draft& draft, const County& county, const Shape& shape) {
  LinesDraft lines(draft, county);
  for (int i = 0; i < shape.schools; ++i) {
    lines.institution(county.name + lines.school_name(i), "school", county.education,
                      county.education_bureau, draft.dice().percent(60) ? 2 : 1, Milieu::school);
  }
  for (int i = 0; i < shape.hospitals; ++i) {
    lines.institution(county.name + nth(hospitals, i), "hospital", county.health,
                      county.health_bureau, draft.dice().between(3, 8), Milieu::hospital);
  }
  for (int i = 0; i < shape.firms; ++i) {
    lines.institution(county.name + nth(state_firms, i), "state_firm", county.state_assets,
                      county.state_assets_bureau, draft.dice().between(6, 12), Milieu::state_firm);
  }
  lines.police();
  for (int i = 0; i < std::min(shape.towns, 8); ++i) {
    lines.industry(industries[static_cast<std::size_t>(i)]);
  }
  if (shape.towns >= 6) lines.zone();
}

void plan_universities(Draft& draft, const County& province, int count) {
  for (int i = 0; i < count; ++i) {
    const std::string name = draft.names().county() + "大学";
    const Index university = draft.unit(
        {name, "university", 9, province.education, Milieu::none, "bureau", false, province.place});
    const Index committee = draft.unit({"中共" + name + "委员会", "primary_committee", 9,
                                        province.education, Milieu::none, "bureau", true});
    draft.relate(committee, RelationKind::party_org_of, university);
    const int faculties = draft.dice().between(15, 25);
    for (int faculty = 1; faculty <= faculties; ++faculty) {
      draft.organisation(name + "第" + numeral(faculty) + "学院", draft.dice().between(4, 8),
                         committee, Milieu::school);
    }
  }
}

}  // namespace huilu::demo
