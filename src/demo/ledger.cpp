// The rectification ledger of the county: problems of branches, from the day they are opened by the
// county's office to the day they are struck off, in the states that a running ledger has.
#include <algorithm>

#include "demo/year.h"

namespace huilu::demo {

namespace {

constexpr std::string_view matter_type = "rectification/rectification";
constexpr int planned_within = 6;  // days after it was opened
constexpr int started_after = 3;
constexpr int checked_after = 4;
constexpr int look_back_within = 104;  // three months, and a holiday on which they may end

struct Problem {
  std::string_view problem, standard, measure, result;
};

constexpr Problem problems[] = {
    {"村级公示栏内容半年未更新", "每月五日前更新并留影像", "明确专人，列出公示清单",
     "已按清单更新"},
    {"办事大厅午间无人值班", "工作日午间有人受理", "排出轮值表并上墙", "轮值两个月未脱岗"},
    {"重复要求基层报送同一张报表", "同一数据只报一次", "核减报表，由系统汇总", "核减报表三张"},
    {"老旧小区楼道照明损坏", "夜间照明完好", "更换灯具，约定报修电话", "灯具全部更换"},
    {"党费收缴登记不规范", "逐月登记，签字齐全", "补齐登记，支部书记复核", "登记已补齐"},
    {"农村饮水管网冬季冻裂", "冬季不断水", "更换管材，加保温层", "管线更换完成"},
    {"困难党员走访未覆盖", "每户每半年走访一次", "列出名单，分片包干", "名单内全部走访"},
    {"群众反映的问题答复不及时", "五个工作日内答复", "建立登记簿，到期提醒", "登记簿已使用"},
    {"会议多，一周内重复召集村干部", "同类会议每月合并一次", "合并会议，改为视频", "会议次数减半"},
    {"活动场所被挪作他用", "场所专用，标识清楚", "清理腾退，恢复标识", "已腾退"},
};
constexpr std::string_view origins[] = {"self", "superior", "public"};
constexpr std::string_view horizons[] = {"near", "middle", "far"};

// How far a matter has come, and of fifty how many are there.
enum class Reached {
  registered,
  returned,
  planned,
  fixing,
  extended,
  cannot_yet,
  claimed,
  sent_back,
  verified,
  closed,
  kept_on,
  rework
};
constexpr std::pair<Reached, int> stages[] = {
    {Reached::registered, 4}, {Reached::returned, 1},  {Reached::planned, 5},
    {Reached::fixing, 11},    {Reached::extended, 3},  {Reached::cannot_yet, 2},
    {Reached::claimed, 5},    {Reached::sent_back, 2}, {Reached::verified, 3},
    {Reached::closed, 11},    {Reached::kept_on, 2},   {Reached::rework, 1}};

Value unit_text(Index unit) { return "@u" + std::to_string(unit); }

}  // namespace

// One matter: its days one after another, each a working day or two apart.
class Year::Ledger {
 public:
  Ledger(Year& year, const Branch& branch, Index checker, Dice& dice)
      : year_(year), plan_(year.plan_), branch_(branch), checker_(checker), dice_(dice) {}

  void plan(int stage, const Problem& problem, int number) {
    const auto reached = static_cast<Reached>(stage);
    const bool is_old = reached >= Reached::closed;
    day_ = year_.today_ + -(is_old ? dice_.between(110, 160) : dice_.between(30, 75));
    if (reached <= Reached::returned) day_ = year_.today_ + -dice_.between(2, 8);
    open(problem, number);
    if (reached == Reached::registered) return;
    if (reached == Reached::returned) return act(branch_.account, 1, "return_it", "不属本支部职责");
    make_plan(problem, reached == Reached::kept_on, number);
    if (reached == Reached::planned) return;
    act(branch_.account, started_after, "start");
    if (reached == Reached::extended) return extend();
    if (reached == Reached::cannot_yet) return park();
    if (reached == Reached::fixing) return;
    claim(problem);
    if (reached == Reached::claimed) return;
    if (reached == Reached::sent_back)
      return act(checker_, checked_after, "send_back", "现场与申请不符，请补充");
    act(checker_, checked_after, "verify", "现场查看，与标准相符");
    if (reached == Reached::verified) return;
    finish(reached);
  }

 private:
  void open(const Problem& problem, int number) {
    Value fields = Value::object({{"problem", problem.problem},
                                  {"origin", origins[number % 3]},
                                  {"kind", number % 4 == 0 ? "common" : "specific"},
                                  {"office", unit_text(*plan_.committee)}});
    matter_ = plan_.matters++;
    plan_.matter_accounts.push_back(branch_.account);
    year_.step(at(10 * 60), OpenMatter{matter_, plan_.office, std::string(matter_type),
                                       branch_.unit, std::move(fields)});
  }

  void make_plan(const Problem& problem, bool is_long, int number) {
    pass(dice_.between(1, planned_within));
    MoveMatter move{matter_, branch_.account, "plan", Value(Value::Object{}), {}, ""};
    move.fields.set("measures", Value::List{problem.measure});
    move.fields.set("standard", problem.standard);
    move.fields.set("fix_type", is_long           ? "long_term"
                                : number % 3 == 0 ? "at_once"
                                                  : "time_limited");
    move.fields.set("horizon", horizons[number % 3]);
    move.fields.set("lead", unit_text(*plan_.department));
    move.due = day_ + dice_.between(20, 60);
    year_.step(at(15 * 60), std::move(move));
  }

  void extend() {
    pass(10);
    MoveMatter move{matter_, plan_.office, "extend", Value(Value::Object{}), {}, "汛期停工，顺延"};
    move.due = year_.today_ + dice_.between(10, 40);
    year_.step(at(16 * 60), std::move(move));
  }

  void park() {
    pass(8);
    MoveMatter move{matter_, branch_.account, "park", Value(Value::Object{}), {}, ""};
    move.fields = Value::object({{"explanation", "资金已申报，尚未下达"},
                                 {"next_step", "先做临时处置，到位后施工"},
                                 {"next_date", (year_.today_ + 30).text()}});
    year_.step(at(16 * 60), std::move(move));
  }

  void claim(const Problem& problem) {
    pass(dice_.between(5, 12));
    MoveMatter move{matter_, branch_.account, "claim_done", Value(Value::Object{}), {}, ""};
    move.fields.set("result", problem.result);
    move.fields.set("answered", day_.text());
    year_.step(at(11 * 60), std::move(move));
  }

  void finish(Reached reached) {
    pass(3);
    if (reached == Reached::kept_on) {
      MoveMatter move{matter_, plan_.office, "keep_on", Value(Value::Object{}), {}, ""};
      move.fields =
          Value::object({{"stage_goal", "全年不反弹"}, {"next_date", (year_.today_ + 60).text()}});
      return year_.step(at(17 * 60), std::move(move));
    }
    act(plan_.office, 0, "strike");
    if (reached == Reached::rework) {
      look_back(40, "relapsed", "回访发现又出现");
      return act(checker_, 1, "relapse", "回访发现又出现");
    }
    // Of what its day has come for, two of three were looked at; the others wait.
    if (day_ + look_back_within < year_.today_ && dice_.between(0, 2) > 0)
      look_back(look_back_within, "holds", "现场查看，没有反弹");
  }

  void look_back(int days, std::string_view found, std::string reason) {
    pass(days);
    MoveMatter step{matter_, checker_, "", Value(Value::Object{}), {}, std::move(reason)};
    step.found = found;
    year_.step(at(15 * 60), std::move(step));
  }

  void act(Index account, int days, std::string_view move, std::string reason = {}) {
    pass(days);
    year_.step(
        at(14 * 60),
        MoveMatter{
            matter_, account, std::string(move), Value(Value::Object{}), {}, std::move(reason)});
  }

  // Further on, to a working day, but not beyond yesterday.
  void pass(int days) {
    day_ = std::min(day_ + days, year_.today_ + -1);
    minute_ += 9;
  }

  // One after another, also on one day.
  Instant at(int minute) {
    const Instant wanted = at_time(day_, minute + minute_ % 50);
    last_ = std::max(wanted, Instant{last_.ms + 60'000});
    return last_;
  }

  Year& year_;
  Plan& plan_;
  const Branch& branch_;
  Index checker_;
  Dice& dice_;
  Index matter_ = 0;
  Date day_;
  int minute_ = 0;
  Instant last_;
};

// Of branches whose desk is not the department's own: nobody checks what he did himself.
void Year::plan_ledger(std::uint64_t seed) {
  if (!plan_.department || !plan_.committee) return;
  Dice dice(seed, "ledger");
  const auto checker = std::ranges::find_if(
      plan_.accounts, [&](const PlannedAccount& account) { return account.name == "department"; });
  if (checker == plan_.accounts.end()) return;
  const auto checking = static_cast<Index>(checker - plan_.accounts.begin());
  std::vector<Branch*> branches;
  for (Branch* const branch : ordinary_branches(dice))
    if (branch->account != checking) branches.push_back(branch);
  if (branches.empty()) return;
  int number = 0;
  for (const auto& [stage, count] : stages)
    for (int i = 0; i < count; ++i, ++number) {
      const auto place = static_cast<std::size_t>(number);
      Ledger(*this, *branches[place % branches.size()], checking, dice)
          .plan(static_cast<int>(stage), problems[place % std::size(problems)], number);
    }
  plan_rounds(checking);
}

}  // namespace huilu::demo
