#include "demo/numbered.h"

#include <string_view>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "base/check.h"
#include "base/text.h"
#include "org/sheet.h"

namespace huilu::demo {

namespace {

using identity::Role;
using identity::Scope;

constexpr int village_level = 5;
constexpr int code_column = 0;
constexpr int parent_column = 2;
constexpr std::size_t places_max = 2'000'000;

std::string_view code_of(std::string_view line) {
  std::string_view code = line.substr(0, line.find(','));
  return code.size() > 2 && code.front() == '"' ? code.substr(1, code.size() - 2) : code;
}

class NumberedDraft {
 public:
  explicit NumberedDraft(Instant made) {
    plan_.made = made;
    plan_.go_live = go_live_of(made);
  }

  Plan plan(const std::vector<org::PlaceFile>& files) {
    org::SheetLimits limits;
    limits.rows_max = places_max;
    for (const auto& file : files) {
      const auto refusals =
          org::for_each_csv_row(file.bytes, file.name, limits, [&](const org::SheetRow& row) {
            if (row.number > 1) add(row, file.level);
          });
      CHECK(refusals.empty());
    }
    plan_accounts();
    return std::move(plan_);
  }

 private:
  void add(const org::SheetRow& row, int level) {
    const Index number = plan_.units.size();
    const std::string& code = row.find(code_column)->text;
    PlannedUnit unit;
    unit.kind.level = level;
    unit.kind.type = level == village_level ? "branch"
                     : level == 4           ? "primary_committee"
                                            : "local_committee";
    unit.name = fmt::format("第{:06}号{}", number + 1, level == village_level ? "党支部" : "党委");
    if (level > 1) unit.parent = by_place_.at(row.find(parent_column)->text);
    unit.seat = number;  // a unit for each place
    unit.official_order = static_cast<std::int64_t>(number) + 1;
    unit.from = Date::of(2021, 1, 1);
    unit.go_live = plan_.go_live;
    if (level < village_level) by_place_.emplace(code, number);
    plan_.places.push_back({"", code, level, unit.parent});
    plan_.units.push_back(std::move(unit));
  }

  void add_account(const char* name, const char* display_name, std::vector<PlannedGrant> grants) {
    plan_.accounts.push_back({name, display_name, std::nullopt, true, std::move(grants)});
  }

  void plan_accounts() {
    const auto everywhere = [&](Role role) {
      std::vector<PlannedGrant> grants;
      for (Index unit = 0; unit < plan_.units.size() && !plan_.units[unit].parent; ++unit) {
        grants.push_back({role, unit, Scope::subtree});
      }
      return grants;
    };
    std::vector<PlannedGrant> first_branch;
    for (Index unit = 0; unit < plan_.units.size() && first_branch.empty(); ++unit) {
      if (is_branch(plan_.units[unit])) {
        first_branch.push_back({Role::branch_secretary, unit, Scope::subtree});
      }
    }
    add_account("secretary", "演示·支部书记", std::move(first_branch));
    add_account("office", "演示·主题教育办", everywhere(Role::campaign_office));
    add_account("leader", "演示·领导", everywhere(Role::leader));
    add_account("tree", "演示·组织架构维护", everywhere(Role::tree_keeper));
    add_account("author", "演示·政策编写", {{Role::policy_author, {}, Scope::subtree}});
    add_account("auditor", "演示·审计员", {{Role::auditor, {}, Scope::subtree}});
    add_account("admin", "演示·系统管理员", {{Role::system_admin, {}, Scope::subtree}});
    add_account("security", "演示·安全管理员", {{Role::security_admin, {}, Scope::subtree}});
  }

  Plan plan_;
  std::unordered_map<std::string, Index> by_place_;
};

}  // namespace

Result<std::vector<org::PlaceFile>> places_at(std::vector<org::PlaceFile> files,
                                              const std::string& code) {
  if (code == "all") return files;
  bool found = false;
  for (auto& file : files) {
    std::string kept;
    bool head = true;
    for (const auto line : split(file.bytes, '\n')) {
      const auto row = code_of(line);
      const bool on_the_way = std::string_view(code).starts_with(row) || row.starts_with(code);
      if (!row.empty() && (head || on_the_way)) kept += std::string(line) + "\n";
      found = found || (!head && row == code);
      head = false;
    }
    file.bytes = std::move(kept);
  }
  if (!found) return Refusal{RefusalCode::unknown_place, "--real-places", "", code, ""};
  // A place without anything below it leaves tables that hold their heading only.
  std::erase_if(files,
                [](const auto& file) { return file.bytes.find('\n') + 1 == file.bytes.size(); });
  return files;
}

Plan plan_numbered(const std::vector<org::PlaceFile>& files, Instant made) {
  return NumberedDraft(made).plan(files);
}

}  // namespace huilu::demo
