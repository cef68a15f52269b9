#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "demo/draft.h"
#include "demo/year.h"

namespace huilu::demo {

namespace {

constexpr std::array<std::string_view, 2> services = {"volunteer_service", "good_deed"};
constexpr std::size_t made_up_for_max = 15;  // more than these do not come to one more event
constexpr int planned_course_within = 40;    // days

bool serves(const PlannedContent& content, std::string_view type) {
  return std::find(content.types.begin(), content.types.end(), "core/" + std::string(type)) !=
         content.types.end();
}

Date last_before(const Interval& window, Date today) { return std::min(*window.until + -1, today); }

}  // namespace

// The batch of each branch, and two of its theme days on which everybody serves.
void Year::meet_campaign() {
  const auto& campaign = plan_.campaign;
  for (Branch& branch : branches_) {
    bool early = false;
    for (auto above = at(branch.unit).parent; above; above = at(*above).parent) {
      early = early || above == campaign.early;
    }
    branch.window = early ? campaign.first : campaign.second;
    std::vector<Date> months;
    for (Date month = branch.window.from; month < *branch.window.until;
         month = month_after(month)) {
      if (month <= today_ && month_of(month) != 8) months.push_back(month);
    }
    dice_.shuffle(months);
    months.resize(std::min<std::size_t>(months.size(), 2));
    branch.campaign_months = {months.begin(), months.end()};
  }
  for (Index person = 0; person < plan_.persons.size(); ++person) {
    const auto& membership = plan_.persons[person].membership;
    if (!membership || !membership->host) continue;
    if (Branch* const host = branch_of(*membership->host)) host->guests.push_back(person);
  }
}

void Year::remember_service(Branch& branch, const PlannedContent& content) {
  if (!branch.window.contains(content.date)) return;
  if (serves(content, services[0])) {
    branch.volunteers.insert(content.present.begin(), content.present.end());
  }
  if (serves(content, services[1])) {
    branch.helpers.insert(content.present.begin(), content.present.end());
  }
}

// In the second half of the window; some leave it for the last weeks, which may lie ahead.
void Year::plan_special_meeting(Branch& branch) {
  const int length = *branch.window.until - branch.window.from;
  Date day = branch.window.from + length * dice_.between(45, 97) / 100;
  if (branch.deferred) day = *branch.deferred + -dice_.between(2, 12);
  while (is_weekend(day)) day = day + -1;
  if (!done(branch, day, 96)) return;
  PlannedContent content = sitting(branch, day, {"organisational_life_meeting"});
  content.fields.object()->members.front().second.set("special", true);
  enter(branch, std::move(content));
}

// Who has not served yet comes together once more, most of them.
void Year::plan_making_up(Branch& branch) {
  for (const auto service : services) {
    const auto& served = service == services[0] ? branch.volunteers : branch.helpers;
    const Date day = last_before(branch.window, today_) + -dice_.between(3, 40);
    auto missing = roll_on(branch, day);
    std::erase_if(missing, [&](Index person) { return served.contains(person); });
    if (missing.empty() || missing.size() > made_up_for_max || !done(branch, day, 62)) continue;
    if (missing.size() > 2 && dice_.percent(30)) missing.pop_back();
    PlannedContent content = sitting(branch, day, {std::string(service)});
    content.present = std::move(missing);
    enter(branch, std::move(content));
  }
}

// One course of the first batch and six of the second, with one for those who missed theirs; the
// last is still ahead.
void Year::plan_trainings() {
  plan_courses(plan_.campaign.first, {45, 100});
  plan_courses(plan_.campaign.second, {32, 55, 76, 101, 130, 150, 196});
}

// Entered by the county's office: who took part are the people present.
void Year::plan_courses(const Interval& window, const std::vector<int>& days) {
  std::vector<const Branch*> trained;
  for (const Branch& branch : branches_) {
    if (branch.window.from == window.from && !branch.closed) trained.push_back(&branch);
  }
  std::vector<std::vector<Index>> present(days.size());
  for (std::size_t i = 0; i < trained.size(); ++i) {
    const std::size_t course = i * (days.size() - 1) / trained.size();
    const std::size_t attended = dice_.percent(94) ? course : days.size() - 1;
    const auto secretary = secretary_on(*trained[i], window.from + days[attended]);
    if (secretary && (attended == course || dice_.percent(60))) {
      present[attended].push_back(*secretary);
    }
  }
  for (std::size_t course = 0; course < days.size(); ++course) {
    const Date day = window.from + days[course];
    const bool ahead = day > today_;
    if (day > today_ + planned_course_within || (present[course].empty() && !ahead)) continue;
    PlannedContent content;
    content.types = {"standing-duties/training_programme"};
    content.units = {*plan_.committee};
    content.date = day;
    content.place = "区委党校";
    if (!ahead) content.present = std::move(present[course]);
    content.fields.set(
        content.types.front(),
        Value::object({{"course", fmt::format("全区党支部书记轮训班（第{}期）",
                                              numeral(static_cast<int>(course) + 1))},
                       {"kind", "secretary_rotation"}}));
    const Instant when = ahead ? Instant{plan_.made.ms - 3'600'000} : at_time(day, 17 * 60 + 20);
    if (when <= plan_.made) enter_at(when, plan_.office, std::move(content));
  }
}

}  // namespace huilu::demo
