#include <algorithm>

#include "calendar/period.h"
#include "demo/year.h"

namespace huilu::demo {

namespace {

constexpr int decided_before = -5;    // of the go-live day: when the packs are put in force
constexpr int launched_before = -10;  // of the first batch
constexpr std::size_t moved_branches = 3;
constexpr std::size_t refused_branches = 3;
constexpr std::size_t deferred_branches = 4;
constexpr std::size_t excused_members = 24;
constexpr std::size_t undecided_branches = 4;
constexpr std::size_t old_enough_for_leave = 10;  // members on a roll that some are excused from

std::string month_name(Date month) {
  return calendar::period_of(calendar::PeriodKind::month, month).name;
}

}  // namespace

void Year::plan_decisions(std::uint64_t seed) {
  Dice dice(seed, "decisions");
  plan_in_force();
  plan_launch();
  plan_excused_theme_days(dice);
  plan_deferred_meetings(dice);
  plan_excused_members(dice);
  plan_undecided(dice);
  plan_excused_secretary();
  plan_ledger(seed);
}

// The text that duties come from is imported first. Policy is written by one and confirmed by
// another; so are the numbers that the documents leave open, but for a few, which stay assumed.
void Year::plan_in_force() {
  const TwoPersons by = {plan_.author, plan_.confirmer};
  const Date day = plan_.go_live + decided_before;
  int minute = 9 * 60;
  step(at_time(day, minute++), ImportText{plan_.author, "document-000"});
  for (const char* pack : {"standing-duties", "five-ones", "rectification"}) {
    step(at_time(day, minute++), PutInForce{by, pack, plan_.go_live, "随系统启用一并施行"});
  }
  const auto decide = [&](const char* parameter, Value value) {
    step(at_time(day, minute++),
         DecideValue{by, parameter, std::move(value), plan_.go_live, "区委主题教育办核定"});
  };
  decide("standing-duties/entry_grace", Value::object({{"workdays", 5}}));
  decide("standing-duties/days_in_post", Value::object({{"days", 90}}));
  decide("standing-duties/contact_visits", 2);
  decide("standing-duties/sittings_attended", 1);
  decide("standing-duties/discipline_sessions", 1);
  decide("five-ones/entry_grace", Value::object({{"workdays", 5}}));
  decide("five-ones/days_to_do_it", Value::object({{"days", 30}}));
}

// The branches of the county's organs go ahead with the first batch.
void Year::plan_launch() {
  const auto& campaign = plan_.campaign;
  const Date day = campaign.first.from + launched_before;
  step(at_time(day, 10 * 60), Launch{plan_.office,
                                     "five-ones",
                                     *plan_.committee,
                                     {{"first", campaign.first}, {"second", campaign.second}}});
  step(at_time(day, 10 * 60 + 12),
       PlaceInBatch{plan_.office, *campaign.early, "first", day, "区直机关先行一步"});
}

// `approve` absent: nobody has decided yet.
void Year::ask(Date day, AskLeave leave, std::optional<bool> approve, std::string note) {
  const Instant asked = in_slot(day, 11 * 60);
  const Instant decided = at_time(day + 2, 16 * 60 + 40);
  if (asked > plan_.made) return;
  leave.leave = plan_.leaves++;
  const Index number = leave.leave;
  step(asked, std::move(leave));
  if (approve && decided <= plan_.made) {
    step(decided, DecideLeave{number, plan_.office, *approve, std::move(note)});
  }
}

// Those that nothing else happens to, in an order of chance.
std::vector<Branch*> Year::ordinary_branches(Dice& dice) {
  std::vector<Branch*> found;
  for (Branch& branch : branches_) {
    const bool is_ordinary =
        !branch.closed && !branch.slack_from && !branch.invented && !branch.deferred &&
        branch.excused_months.empty() && branch.secretaries.size() == 1 &&
        branch.unit != plan_.secretary_branch && at(branch.unit).go_live == plan_.go_live;
    if (is_ordinary) found.push_back(&branch);
  }
  dice.shuffle(found);
  return found;
}

// Villages that were moved for two months; and some to whom August is too hot.
void Year::plan_excused_theme_days(Dice& dice) {
  const Date this_month = first_of_month(today_);
  std::size_t moved = 0, refused = 0;
  for (Branch* const branch : ordinary_branches(dice)) {
    const bool is_village = at(branch->unit).milieu == Milieu::village;
    if (is_village && moved < moved_branches) {
      ++moved;
      for (const Date month :
           {calendar::add_months(this_month, -5), calendar::add_months(this_month, -4)}) {
        branch->excused_months.insert(month);
        ask(month + 8,
            {0,
             branch->account,
             "standing-duties/theme_day",
             {branch->unit, {}, {}},
             month_name(month),
             {},
             "relocation",
             "整村搬迁，党员分散安置"},
            true, "情况属实，同意");
      }
    } else if (!is_village && refused < refused_branches) {
      ++refused;
      const Date month = calendar::add_months(this_month, -3);
      branch->excused_months.insert(month);
      ask(month + 20,
          {0,
           branch->account,
           "standing-duties/theme_day",
           {branch->unit, {}, {}},
           month_name(month),
           {},
           "other",
           "天气炎热，人员休假较多"},
          false, "可调整时间和形式，不能不开展");
    }
  }
}

// Branches of the first batch that elect in these weeks hold their special meeting later.
void Year::plan_deferred_meetings(Dice& dice) {
  const Date last = *plan_.campaign.first.until + -1;
  std::size_t deferred = 0;
  for (Branch* const branch : ordinary_branches(dice)) {
    if (branch->window.from != plan_.campaign.first.from || deferred == deferred_branches) continue;
    ++deferred;
    branch->deferred = last + 25;
    ask(last + -12,
        {0,
         branch->account,
         "five-ones/special_life_meeting",
         {branch->unit, {}, {}},
         "campaign",
         branch->deferred,
         "election",
         "支部换届选举，班子配齐后召开"},
        true, "同意，换届后及时召开");
  }
}

// The old and the ill; for a few it is not seen why.
void Year::plan_excused_members(Dice& dice) {
  std::size_t excused = 0;
  for (Branch* const branch : ordinary_branches(dice)) {
    const Milieu milieu = at(branch->unit).milieu;
    const bool fits = milieu == Milieu::retired || milieu == Milieu::village;
    if (!fits || branch->roll.size() < old_enough_for_leave || excused >= excused_members) continue;
    const Date day = branch->window.from + 21;
    const auto roll = roll_on(*branch, day);
    if (roll.size() < old_enough_for_leave) continue;
    for (std::size_t i = 1; i <= 2; ++i) {
      const Index person = roll[roll.size() - i];
      const bool approve = ++excused % 8 != 0;
      for (const char* duty : {"five-ones/volunteering", "five-ones/good_deeds"}) {
        ask(day,
            {0,
             branch->account,
             duty,
             {{}, {}, person},
             "campaign",
             {},
             i == 1 ? "age" : "illness",
             i == 1 ? "年过八旬，行动不便" : "长期卧床"},
            approve, approve ? "同意" : "请支部核实后再报");
      }
      if (approve) {
        branch->volunteers.insert(person);
        branch->helpers.insert(person);
      }
    }
  }
}

void Year::plan_undecided(Dice& dice) {
  const Date month = first_of_month(today_);
  std::size_t asked = 0;
  for (Branch* const branch : ordinary_branches(dice)) {
    if (asked == undecided_branches) return;
    const Date day = today_ + -static_cast<int>(++asked);
    branch->excused_months.insert(month);
    ask(day,
        {0,
         branch->account,
         "standing-duties/theme_day",
         {branch->unit, {}, {}},
         month_name(month),
         {},
         "emergency",
         "参加防汛抗旱应急值守"},
        {}, "");
  }
}

// A town's secretary who was ill for half of the year.
void Year::plan_excused_secretary() {
  for (Index post = plan_.posts.size(); post-- > 0;) {
    const PlannedPost& planned = plan_.posts[post];
    const PlannedUnit& unit = at(planned.unit);
    if (planned.kind != "secretary" || !planned.holder || unit.kind.level != 4 ||
        unit.kind.type != "primary_committee" || !has_tag(unit, leadership_tag)) {
      continue;
    }
    excused_post_ = post;
    const int year = today_.year();
    ask(std::max(plan_.go_live + 90, today_ + -20),
        {0,
         plan_.leaders_desk,
         "standing-duties/secretary_lecture",
         {{}, post, {}},
         std::to_string(year),
         {},
         "long_sick_leave",
         "手术后休养"},
        true, "同意");
    return;
  }
}

}  // namespace huilu::demo
