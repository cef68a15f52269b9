#include <array>
#include <string_view>

#include "demo/draft.h"

namespace huilu::demo {

namespace {

using org::RelationKind;

constexpr std::array<std::string_view, 9> party_departments = {
    "委办公室",     "委组织部",         "委宣传部",         "委统一战线工作部", "委政法委员会",
    "委社会工作部", "委机构编制办公室", "委巡察工作办公室", "委政策研究室"};

// In the official order; the lines that have a committee of their own are named below.
constexpr std::array<std::string_view, 38> departments = {"发展和改革局",
                                                          "教育局",
                                                          "科学技术局",
                                                          "工业和信息化局",
                                                          "公安局",
                                                          "民政局",
                                                          "司法局",
                                                          "财政局",
                                                          "人力资源和社会保障局",
                                                          "自然资源和规划局",
                                                          "生态环境局",
                                                          "住房和城乡建设局",
                                                          "交通运输局",
                                                          "水务局",
                                                          "农业农村局",
                                                          "商务局",
                                                          "文化和旅游局",
                                                          "卫生健康局",
                                                          "退役军人事务局",
                                                          "应急管理局",
                                                          "审计局",
                                                          "市场监督管理局",
                                                          "统计局",
                                                          "医疗保障局",
                                                          "国有资产监督管理局",
                                                          "城市管理局",
                                                          "行政审批服务局",
                                                          "信访局",
                                                          "体育局",
                                                          "林业局",
                                                          "粮食和物资储备局",
                                                          "地方金融管理局",
                                                          "数据局",
                                                          "民族宗教事务局",
                                                          "外事办公室",
                                                          "国防动员办公室",
                                                          "疾病预防控制局",
                                                          "机关事务管理局"};

struct Other {
  std::string_view type;
  std::string_view name;
};
constexpr std::array<Other, 4> others = {{{"congress", "人大常委会"},
                                          {"cppcc", "政协"},
                                          {"court", "人民法院"},
                                          {"procuratorate", "人民检察院"}}};
constexpr std::array<std::string_view, 5> mass_orgs = {"总工会", "团委", "妇女联合会",
                                                       "科学技术协会", "工商业联合会"};

class OrgansDraft {
 public:
  OrgansDraft(Draft& draft, const std::string& name, int level, Index place, const Above& above)
      : draft_(draft), name_(name), level_(level), above_(above) {
    county().place = place;
    county().name = name;
  }

  Organs plan(int department_count) {
    plan_tops();
    plan_committees();
    for (int i = 0; i < department_count; ++i) plan_department(static_cast<std::size_t>(i));
    for (const auto& other : others) plan_other(other);
    for (const auto name : mass_orgs) {
      const Index org = add(name_ + std::string(name), "mass_org", county().committee);
      serve(draft_.branches(name_ + std::string(name), 1, county().organs, Milieu::organ), org);
    }
    plan_party_school();
    plan_temporary_bodies();
    return organs_;
  }

 private:
  County& county() { return organs_.county; }
  std::string_view rank() const {
    return level_ == 1 ? "bureau" : level_ == 2 ? "county" : "township";
  }
  std::string_view rank_above() const {
    return level_ == 1 ? "province" : level_ == 2 ? "bureau" : "county";
  }

  Index add(std::string name, std::string_view type, std::optional<Index> parent,
            bool leadership = false) {
    return draft_.unit(
        {std::move(name), type, level_, parent, Milieu::none, rank(), leadership, county().place});
  }
  void serve(const std::vector<Index>& branches, Index served) {
    for (const Index branch : branches) {
      draft_.relate(branch, RelationKind::party_org_of, served);
    }
  }
  void line(Index unit, std::optional<Index> above) {
    if (above) draft_.relate(unit, RelationKind::guided_by, *above);
  }

  void plan_tops() {
    county().committee =
        draft_.unit({"中共" + name_ + "委员会", "local_committee", level_, above_.committee,
                     Milieu::none, rank_above(), true, county().place});
    const Index committee = county().committee;
    county().discipline = add(name_ + "纪委监委", "discipline_commission", committee, true);
    line(county().discipline, above_.discipline);
    county().government = draft_.unit({name_ + "人民政府", "government", level_, committee,
                                       Milieu::none, rank_above(), false, county().place});
    if (above_.government) {
      draft_.relate(county().government, RelationKind::administered_by, *above_.government);
    }
    county().organs = dispatched(
        add("中共" + name_ + "直属机关工作委员会", "organs_working_committee", committee, true));
    organs_.as_above = {committee, county().discipline, county().government, {}};
    serve(draft_.branches(name_ + "纪委监委机关", 2, county().organs, Milieu::organ),
          county().discipline);
    serve(draft_.branches(name_ + "人民政府办公室", 2, county().organs, Milieu::organ),
          county().government);
    for (const auto name : party_departments) {
      const std::string full = name_ + std::string(name);
      const Index department = add(full, "party_department", committee);
      serve(draft_.branches(full, 1, county().organs, Milieu::organ), department);
    }
  }

  Index dispatched(Index unit) {
    draft_.relate(unit, RelationKind::dispatched_by, county().committee);
    return unit;
  }

  void plan_committees() {
    const auto working = [&](const char* what) {
      return dispatched(add("中共" + name_ + what, "working_committee", county().committee, true));
    };
    county().education = working("委教育工作委员会");
    county().health =
        add("中共" + name_ + "卫生健康系统委员会", "primary_committee", county().committee, true);
    county().state_assets =
        add("中共" + name_ + "国有企业委员会", "primary_committee", county().committee, true);
    county().police =
        add("中共" + name_ + "公安局委员会", "primary_committee", county().committee, true);
    county().new_orgs = working("委新经济组织和新社会组织工作委员会");
  }

  // The lines hold the branches of their own bureau too.
  Index party_home(std::string_view name) {
    if (name == "教育局") return county().education;
    if (name == "卫生健康局") return county().health;
    if (name == "国有资产监督管理局") return county().state_assets;
    if (name == "公安局") return county().police;
    return county().organs;
  }

  void plan_department(std::size_t number) {
    const std::string_view name = departments[number];
    const std::string full = name_ + std::string(name);
    // The group leads the bureau and stands beside the branches, which belong to the committee of
    // the organs.
    const Index group =
        add("中共" + full + "党组", "leading_party_group", county().committee, true);
    const Index bureau = add(full, "gov_department", group);
    draft_.relate(bureau, RelationKind::led_by_group, group);
    draft_.relate(bureau, RelationKind::administered_by, county().government);
    if (number < above_.departments.size()) line(bureau, above_.departments[number]);
    organs_.as_above.departments.push_back(bureau);
    remember(name, bureau);

    const int branches =
        level_ == 3 ? draft_.dice().between(1, 3) : draft_.dice().between(3, level_ == 1 ? 15 : 8);
    Index home = party_home(name);
    if (home == county().organs && branches > 1) {
      home = draft_.unit({"中共" + full + "机关委员会", "primary_committee", level_, home});
      draft_.relate(home, RelationKind::party_org_of, bureau);
    }
    serve(draft_.branches(full + "机关", branches, home, Milieu::organ), bureau);
    if (draft_.dice().percent(75)) {
      serve({draft_.unit({full + "离退休干部党支部", "branch", level_, home, Milieu::retired})},
            bureau);
    }
  }

  void remember(std::string_view name, Index bureau) {
    if (name == "教育局") county().education_bureau = bureau;
    if (name == "卫生健康局") county().health_bureau = bureau;
    if (name == "国有资产监督管理局") county().state_assets_bureau = bureau;
    if (name == "公安局") county().police_bureau = bureau;
    if (name == "城市管理局") county().urban_bureau = bureau;
    if (name == "农业农村局" && !draft_.plan().department) draft_.plan().department = bureau;
  }

  void plan_other(const Other& other) {
    const std::string full = name_ + std::string(other.name);
    const Index group =
        add("中共" + full + "党组", "leading_party_group", county().committee, true);
    const Index organ = add(full, other.type, group);
    draft_.relate(organ, RelationKind::led_by_group, group);
    serve(
        draft_.branches(full + "机关", draft_.dice().between(1, 3), county().organs, Milieu::organ),
        organ);
  }

  void plan_party_school() {
    const Index school = add("中共" + name_ + "委党校", "party_school", county().committee);
    serve(draft_.branches("中共" + name_ + "委党校", 1, county().organs, Milieu::organ), school);
    for (const char* what : {"融媒体中心", "档案馆", "政务服务中心"}) {
      const Index institution = add(name_ + what, "public_institution", county().committee);
      draft_.relate(institution, RelationKind::administered_by, county().government);
      serve(draft_.branches(name_ + what, 1, county().organs, Milieu::organ), institution);
    }
  }

  // Bodies for a task: the leading group, its office, the groups that are sent out, and a branch
  // that ends with its task.
  void plan_temporary_bodies() {
    const Index group = add(name_ + "党的建设工作领导小组", "leading_group", county().committee);
    add(name_ + "主题教育领导小组办公室", "campaign_office", group);
    for (int number = 1; number <= 2; ++number) {
      add(name_ + "主题教育第" + numeral(number) + "督导组", "guidance_group", group);
    }
    add(name_ + "重点项目推进工作专班", "task_force", county().government);
    add(name_ + "防汛抢险临时党支部", "temporary_branch", county().organs);
  }

  Draft& draft_;
  std::string name_;
  int level_;
  const Above& above_;
  Organs organs_;
};

}  // namespace

Organs plan_organs(Draft& draft, const std::string& name, int level, Index place,
                   const Above& above, int department_count) {
  return OrgansDraft(draft, name, level, place, above).plan(department_count);
}

}  // namespace huilu::demo
