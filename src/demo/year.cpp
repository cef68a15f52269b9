#include "demo/year.h"

#include <algorithm>
#include <array>

namespace huilu::demo {

namespace {

constexpr std::array<int, 7> fixed_days = {5, 8, 10, 15, 18, 20, 25};
constexpr std::array<int, 8> constitution_months = {3, 5, 6, 7, 7, 9, 10, 12};
constexpr std::array<int, 8> discipline_months = {2, 4, 5, 8, 8, 9, 11, 12};
// First days of the lunar year; beyond the list there is no rush before it.
constexpr std::array<std::array<unsigned, 3>, 12> spring_festivals = {{{2023, 1, 22},
                                                                       {2024, 2, 10},
                                                                       {2025, 1, 29},
                                                                       {2026, 2, 17},
                                                                       {2027, 2, 6},
                                                                       {2028, 1, 26},
                                                                       {2029, 2, 13},
                                                                       {2030, 2, 3},
                                                                       {2031, 1, 23},
                                                                       {2032, 2, 11},
                                                                       {2033, 1, 31},
                                                                       {2034, 2, 19}}};

// The holiday that a day of this month prepares for.
std::optional<Date> holiday_after(Date month) {
  const int year = month.year();
  switch (month_of(month)) {
    case 4:
      return Date::of(year, 5, 1);
    case 6:
      return Date::of(year, 7, 1);
    case 9:
      return Date::of(year, 10, 1);
    default:
      break;
  }
  for (const auto& [y, m, d] : spring_festivals) {
    const Date festival = Date::of(static_cast<int>(y), m, d);
    if (festival > month + 7 && festival <= month + 38) return festival;
  }
  return {};
}

int works_of_a_month(Milieu milieu) {
  switch (milieu) {
    case Milieu::village:
    case Milieu::community:
      return 34;
    case Milieu::private_firm:
      return 12;
    case Milieu::retired:
      return 8;
    default:
      return 20;
  }
}

}  // namespace

int month_of(Date day) { return static_cast<int>(static_cast<unsigned>(day.ymd().month())); }

Date month_after(Date month) { return first_of_month(first_of_month(month) + 31); }

Date day_in(Date month, int day) { return std::min(month + (day - 1), month_after(month) + -1); }

bool is_weekend(Date day) { return (day.days + 3) % 7 >= 5; }

Year::Year(Plan& plan, std::uint64_t seed)
    : plan_(plan), seed_(seed), dice_(seed, "year"), today_(Zone{}.date_of(plan.made)) {}

void Year::plan() {
  meet_branches();
  meet_campaign();
  plan_enrolments();
  plan_mergers();
  plan_vacancy();
  plan_successions();
  plan_invented_evening();
  plan_decisions(seed_);
  plan_joint_records();
  for (Branch& branch : branches_) {
    if (branch.invented) continue;
    for (Date month = plan_.go_live; month <= today_; month = month_after(month)) {
      plan_month(branch, month);
    }
    plan_special_meeting(branch);
    plan_making_up(branch);
  }
  plan_trainings();
  plan_leaders();
  plan_duties();
  plan_ahead();
}

void Year::meet_branches() {
  std::vector<int> day_of_account(plan_.accounts.size());
  for (auto& day : day_of_account) day = dice_.pick(fixed_days);
  for (Index unit = 0; unit < plan_.units.size(); ++unit) {
    if (!is_branch(at(unit)) || plan_.rolls[unit].empty()) continue;
    Branch branch;
    branch.unit = unit;
    branch.account = *at(unit).desk;
    for (const Index person : plan_.rolls[unit]) {
      const auto& membership = *plan_.persons[person].membership;
      branch.roll.push_back({person, {membership.since, {}}, membership.floating});
    }
    // A town's branches mostly meet on its day, the others on days of their own.
    branch.fixed_day = dice_.percent(70) ? day_of_account[branch.account] : dice_.pick(fixed_days);
    branch.diligence = dice_.percent(82) ? dice_.between(93, 100) : dice_.between(55, 85);
    branch.at_once = dice_.percent(at(unit).kind.level == 5 ? 40 : 70);
    branch.constitution_month = dice_.pick(constitution_months);
    branch.discipline_month = dice_.pick(discipline_months);
    branches_.push_back(std::move(branch));
  }
  for (const auto& post : plan_.posts) {
    if (Branch* branch = branch_of(post.unit)) {
      if (post.kind == "secretary" && post.holder)
        branch->secretaries.push_back({*post.holder, {post.held_since, {}}});
      if (post.kind == "organisation_committee_member") branch->has_committee = true;
    }
  }
  for (Index unit = 0; unit < plan_.units.size(); ++unit) {
    if (at(unit).kind.type != "party_group") continue;
    if (Branch* branch = branch_of(*at(unit).parent)) branch->groups.push_back(unit);
  }
}

bool Year::done(const Branch& branch, Date day, int percent) {
  if (day < *at(branch.unit).go_live || day > today_ || (branch.closed && day >= *branch.closed))
    return false;
  const bool slack = branch.slack_from && day >= *branch.slack_from;
  return dice_.percent(percent) && dice_.percent(slack ? 35 : branch.diligence);
}

int Year::of_august(Date month, int percent, int august) const {
  return month_of(month) == 8 ? august : percent;
}

void Year::plan_month(Branch& branch, Date month) {
  plan_theme_day(branch, month);
  plan_groups(branch, month);
  plan_works(branch, month);
  plan_life_meeting(branch, month);
}

// On the fixed day, before a holiday in its last week; offices do not meet at the weekend.
Date Year::theme_day_of(const Branch& branch, Date month) {
  Date day = day_in(month, branch.fixed_day);
  const auto holiday = holiday_after(month);
  if (holiday && dice_.percent(55)) {
    day = *holiday + -dice_.between(1, 6);
    if (day < month || day >= month_after(month)) day = day_in(month, branch.fixed_day);
  } else if (dice_.percent(15)) {
    day = day_in(month, dice_.between(2, 28));
  }
  const Milieu milieu = at(branch.unit).milieu;
  const bool works_weekends = milieu == Milieu::village || milieu == Milieu::community;
  const int away = day > month + 2 ? -1 : 1;
  while (!works_weekends && is_weekend(day)) day = day + away;
  return day;
}

void Year::plan_theme_day(Branch& branch, Date month) {
  const Date day = theme_day_of(branch, month);
  // The committee meets on a day of its own, or right before the others come.
  const bool together = branch.has_committee && dice_.percent(of_august(month, 40, 0));
  if (!together) plan_committee(branch, month, day);
  if (branch.used.contains({"theme_party_day", month})) return;  // had a joint one
  if (branch.excused_months.contains(month)) return;
  if (!done(branch, day, of_august(month, 97, 78))) return;
  std::vector<std::string> types = types_of(branch, month);
  if (together) types.push_back("branch_committee_meeting");
  PlannedContent content = sitting(branch, day, std::move(types));
  // The secretary whom the demo shows finds this month's still to be entered.
  if (branch.unit == plan_.secretary_branch && month == first_of_month(today_)) return;
  remember_service(branch, content);
  enter(branch, std::move(content));
}

// One sitting may be of several kinds; in the campaign of nearly all.
std::vector<std::string> Year::types_of(const Branch& branch, Date month) {
  std::vector<std::string> types = {"theme_party_day"};
  const int number = month_of(month);
  const bool in_campaign = branch.window.contains(month);
  if (dice_.percent(number % 3 == 0 ? 94 : 22)) types.push_back("members_meeting");
  if (number % 3 == 1 && dice_.percent(in_campaign ? 92 : 70)) types.push_back("party_lecture");
  const bool serves = branch.campaign_months.contains(month);
  if (serves || dice_.percent(works_of_a_month(at(branch.unit).milieu) / 2)) {
    types.push_back("volunteer_service");
  }
  if (serves) types.push_back("good_deed");
  return types;
}

void Year::plan_committee(Branch& branch, Date month, Date theme_day) {
  if (!branch.has_committee) return;
  Date day = std::max(month, theme_day + -dice_.between(1, 6));
  while (is_weekend(day)) day = day + 1;
  if (done(branch, day, of_august(month, 95, 30))) {
    enter(branch, sitting(branch, day, {"branch_committee_meeting"}));
  }
}

void Year::plan_groups(Branch& branch, Date month) {
  for (const Index group : branch.groups) {
    const Date day = day_in(month, dice_.between(12, 26));
    if (!done(branch, day, of_august(month, 85, 40))) continue;
    PlannedContent content = sitting(branch, day, {"group_meeting"});
    content.fields.object()->members.front().second.set("group", "@u" + std::to_string(group));
    enter(branch, std::move(content));
  }
}

// Deeds, visits, talks, volunteers on other days; more of them before the holidays.
void Year::plan_works(Branch& branch, Date month) {
  const int usual = works_of_a_month(at(branch.unit).milieu);
  const auto holiday = holiday_after(month);
  constexpr std::array<std::string_view, 4> works = {"volunteer_service", "good_deed", "visit",
                                                     "heart_to_heart_talk"};
  for (const auto work : works) {
    if (!dice_.percent(holiday ? usual : usual / 2)) continue;
    const Date day =
        holiday ? *holiday + -dice_.between(1, 10) : day_in(month, dice_.between(1, 28));
    const bool already = branch.used.contains({std::string(work), day});
    if (already || !done(branch, day, 100)) continue;
    if (work == "heart_to_heart_talk" && roll_on(branch, day).size() < 2) continue;
    PlannedContent content = sitting(branch, day, {std::string(work)});
    remember_service(branch, content);
    enter(branch, std::move(content));
  }
}

// Once a year, in December or January, with the review of the members in the same sitting.
void Year::plan_life_meeting(Branch& branch, Date month) {
  const bool in_january = branch.unit % 3 == 0;
  if (month_of(month) != (in_january ? 1 : 12)) return;
  Date day = day_in(month, in_january ? dice_.between(4, 20) : dice_.between(10, 30));
  while (is_weekend(day)) day = day + -1;
  if (done(branch, day, 98)) {
    enter(branch, sitting(branch, day, {"organisational_life_meeting", "member_review"}));
  }
}

void plan_year(Plan& plan, std::uint64_t seed) { Year(plan, seed).plan(); }

}  // namespace huilu::demo
