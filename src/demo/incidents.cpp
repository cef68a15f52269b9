#include <algorithm>

#include "demo/texts.h"
#include "demo/year.h"

namespace huilu::demo {

namespace {

using org::MembershipKind;

constexpr int merger_days[] = {190, 110};  // before the demo is made
constexpr int vacancy_days = 150;
constexpr int successions = 8;
constexpr int invented_days = 32;
constexpr int joint_records = 12;
constexpr int plans_ahead = 24;

}  // namespace

Branch* Year::branch_of(Index unit) {
  const auto found =
      std::lower_bound(branches_.begin(), branches_.end(), unit,
                       [](const Branch& branch, Index wanted) { return branch.unit < wanted; });
  return found != branches_.end() && found->unit == unit ? &*found : nullptr;
}

std::optional<Index> Year::secretary_post(Index unit) const {
  for (Index post = 0; post < plan_.posts.size(); ++post) {
    if (plan_.posts[post].unit == unit && plan_.posts[post].kind == "secretary") return post;
  }
  return {};
}

// Probationary members become full members after a year; others are admitted.
void Year::plan_enrolments() {
  for (Branch& branch : branches_) {
    for (const OnRoll& line : branch.roll) {
      const auto& membership = *plan_.persons[line.person].membership;
      if (membership.kind != MembershipKind::probationary_member) continue;
      const Date day = std::max(membership.since + 365, plan_.go_live + 3);
      if (at_time(day, 10 * 60) > plan_.made) continue;
      step(
          at_time(day, 10 * 60),
          Enrol{line.person, {branch.unit, MembershipKind::full_member, false, std::nullopt, day}});
    }
  }
  for (const auto& [person, unit] : plan_.candidates) {
    const Date day = plan_.go_live + dice_.between(20, std::max(21, today_ - plan_.go_live - 1));
    if (at_time(day, 15 * 60) > plan_.made) continue;
    step(at_time(day, 15 * 60),
         Enrol{person, {unit, MembershipKind::probationary_member, false, std::nullopt, day}});
    branch_of(unit)->roll.push_back({person, {day, {}}, false});
  }
}

void Year::merge(Branch& from, Branch& into, Date day) {
  from.closed = day;
  for (OnRoll& line : from.roll) {
    line.span.until = day;
    step(at_time(day, 9 * 60 + 5),
         Enrol{line.person,
               {into.unit, MembershipKind::full_member, line.floating, std::nullopt, day}});
    into.roll.push_back({line.person, {day, {}}, line.floating});
  }
  step(at_time(day, 9 * 60 + 40), CloseBranch{from.unit, day});
}

// Two small branches of one village each become one.
void Year::plan_mergers() {
  std::size_t merged = 0;
  for (std::size_t i = 1; i < branches_.size() && merged < std::size(merger_days); ++i) {
    Branch& into = branches_[i - 1];
    Branch& from = branches_[i];
    const bool siblings = at(into.unit).parent == at(from.unit).parent &&
                          at(*at(from.unit).parent).kind.type == "general_branch" &&
                          at(from.unit).milieu == Milieu::village;
    const bool simple = std::none_of(from.roll.begin(), from.roll.end(), [&](const OnRoll& line) {
      const auto& membership = plan_.persons[line.person].membership;
      return !membership || membership->kind != MembershipKind::full_member;
    });
    if (!siblings || !simple) continue;
    merge(from, into, today_ + -merger_days[merged++]);
    i += 40;  // not both in one place
  }
}

// The branch whose secretary left and that nobody followed: less and less is done.
void Year::plan_vacancy() {
  for (Branch& branch : branches_) {
    if (branch.closed || at(branch.unit).milieu != Milieu::village) continue;
    if (branch.unit == plan_.secretary_branch || branch.roll.size() < 24) continue;
    const Date day = today_ + -vacancy_days;
    const auto post = secretary_post(branch.unit);
    step(at_time(day, 16 * 60), LeavePost{*post, day});
    branch.slack_from = day;
    if (!branch.secretaries.empty()) branch.secretaries.back().span.until = day;
    return;
  }
}

void Year::plan_successions() {
  for (int i = 0; i < successions && branches_.size() > 100; ++i) {
    Branch& branch = branches_[static_cast<std::size_t>(
        dice_.between(60, static_cast<int>(branches_.size()) - 1))];
    const auto secretary = secretary_on(branch, today_);
    if (branch.closed || branch.slack_from || !secretary || branch.roll.size() < 8) continue;
    const Date day = plan_.go_live + dice_.between(60, 300);
    const Index successor = branch.roll[6].person;
    const auto& membership = plan_.persons[successor].membership;
    if (!membership || membership->floating || membership->kind != MembershipKind::full_member ||
        successor == *secretary || branch.secretaries.size() > 1) {
      continue;
    }
    const Index post = *secretary_post(branch.unit);
    step(at_time(day, 10 * 60 + 30), LeavePost{post, day});
    step(at_time(day, 10 * 60 + 40), TakePost{post, successor, day});
    branch.secretaries.back().span.until = day;
    branch.secretaries.push_back({successor, {day, {}}});
  }
}

// All of one branch's year, typed on one evening: what a sample check should find.
void Year::plan_invented_evening() {
  const auto chosen = std::find_if(branches_.rbegin(), branches_.rend(), [&](const Branch& b) {
    return b.has_committee && !b.closed && !b.slack_from && b.unit != plan_.secretary_branch;
  });
  if (chosen == branches_.rend()) return;
  Branch& branch = *chosen;
  branch.invented = true;
  const Date evening = today_ + -invented_days;
  int minute = 20 * 60 + 4;
  int month_number = 0;
  for (Date month = plan_.go_live; month_number < 12; month = month_after(month), ++month_number) {
    std::vector<std::string> types = {"theme_party_day", "branch_committee_meeting"};
    if (month_number % 3 == 1) types.push_back("members_meeting");
    if (month_number % 3 == 2) types.push_back("party_lecture");
    if (month_number % 2 == 0) types.push_back("volunteer_service");
    if (month_number % 2 == 1) types.push_back("good_deed");
    if (month_number % 3 == 0) types.push_back("visit");
    for (const auto& type : types) {
      const Date day = std::min(day_in(month, 15), evening);
      step(at_time(evening, minute, minute * 7 % 60),
           Enter{plan_.records++, branch.account, sitting(branch, day, {type})});
      minute += minute % 3 == 0 ? 4 : 2;
    }
  }
}

// Three branches of one desk held a theme day together.
void Year::plan_joint_records() {
  for (int i = 0; i < joint_records && branches_.size() > 12; ++i) {
    const auto first =
        static_cast<std::size_t>(dice_.between(0, static_cast<int>(branches_.size()) - 3));
    const Date start = first_of_month(plan_.go_live + 31 * dice_.between(1, 9));
    const Date day = day_in(start, 17);
    Branch& leading = branches_[first];
    bool fits = true;
    for (std::size_t k = first; k < first + 3; ++k) {
      const Branch& branch = branches_[k];
      fits = fits && branch.account == leading.account && !branch.closed && !branch.invented &&
             !branch.used.contains({"theme_party_day", start});
    }
    const Instant when = at_time(day + 1, 10 * 60 + 20, 13);
    if (!fits || when > plan_.made) continue;
    PlannedContent content = sitting(leading, day, {"theme_party_day"});
    for (std::size_t k = first; k < first + 3; ++k) {
      branches_[k].used.insert({"theme_party_day", start});
      branches_[k].used.insert({"theme_party_day", day});
      if (k == first) continue;
      content.units.push_back(branches_[k].unit);
      const auto there = present(branches_[k], day);
      content.present.insert(content.present.end(), there.begin(), there.end());
    }
    enter_at(when, leading.account, std::move(content));
  }
}

// What some already know of the coming weeks.
void Year::plan_ahead() {
  const std::size_t stride = std::max<std::size_t>(1, branches_.size() / plans_ahead);
  for (std::size_t i = 0; i < branches_.size(); i += stride) {
    Branch& branch = branches_[i];
    if (branch.closed || branch.invented || branch.slack_from) continue;
    PlannedContent content = sitting(branch, today_ + dice_.between(3, 26), {"theme_party_day"});
    content.present.clear();
    step({plan_.made.ms - dice_.between(1, 40) * 60'000},
         Enter{plan_.records++, branch.account, std::move(content)});
  }
}

}  // namespace huilu::demo
