#include <algorithm>

#include <fmt/format.h>

#include "demo/texts.h"
#include "demo/year.h"

namespace huilu::demo {

namespace {

constexpr int group_habits = 6;  // the leaders take turns with them

std::string address(std::string_view type) { return "standing-duties/" + std::string(type); }

}  // namespace

std::string mark(char kind, Index index) { return fmt::format("@{}{}", kind, index); }

PlannedContent record_of(Index unit, Date day, const std::string& type, Value fields) {
  PlannedContent content;
  content.types = {type};
  content.units = {unit};
  content.date = day;
  content.fields.set(type, std::move(fields));
  return content;
}

// A day of the year in which the demo is made, where the demo has seen it.
std::optional<Date> Year::this_year(int month, int day) const {
  const Date first = Date::of(today_.year(), static_cast<unsigned>(month), 1);
  Date found = day_in(first, day);
  while (is_weekend(found)) found = found + 1;
  if (found < plan_.go_live || found > today_) return {};
  return found;
}

// The desk types on the next working morning.
std::optional<Index> Year::enter_for_leaders(Date day, PlannedContent content) {
  Date morning = day + 1;
  while (is_weekend(morning)) morning = morning + 1;
  const Instant when = in_slot(morning, 9 * 60 + 20);
  if (when > plan_.made) return {};
  return enter_at(when, plan_.leaders_desk, std::move(content));
}

void Year::plan_leaders() {
  for (Index unit = 0; unit < plan_.units.size(); ++unit) {
    if (keeps_leaders_records(plan_, unit)) plan_group(unit);
  }
  plan_committee_year();
  plan_government_year();
  int number = 0;
  for (Index post = 0; post < plan_.posts.size(); ++post) {
    if (is_leader(plan_, plan_.posts[post]) && plan_.posts[post].holder) {
      plan_leader(post, number++);
    }
  }
}

// The meeting at the turn of the year, and the secretary's lecture.
void Year::plan_group(Index unit) {
  if (has_tag(at(unit), leadership_tag)) {
    const bool in_january = dice_.percent(70);
    auto day = this_year(in_january ? 1 : 12, dice_.between(8, 28));
    if (!in_january && !day) day = plan_.go_live + dice_.between(40, 58);
    if (day && *day <= today_ && dice_.percent(97)) {
      Value fields = Value::object({{"opinions_collected", dice_.between(12, 60)},
                                    {"problems", dice_.between(8, 30)},
                                    {"measures", dice_.between(8, 40)}});
      enter_for_leaders(
          *day, record_of(unit, *day, address("democratic_life_meeting"), std::move(fields)));
    }
  }
  const auto post = secretary_post(unit);
  if (!post || !plan_.posts[*post].holder || unit == plan_.committee || post == excused_post_) {
    return;
  }
  const auto day = this_year(dice_.between(3, 11), dice_.between(3, 27));
  if (!day || !dice_.percent(86)) return;
  Value fields = Value::object({{"topic", leader_lecture(dice_)},
                                {"lecturer", mark('p', *plan_.posts[*post].holder)},
                                {"listeners", dice_.between(18, 90)}});
  enter_for_leaders(*day, record_of(unit, *day, "core/party_lecture", std::move(fields)));
}

// Sessions month by month, once a year on the constitution; a class in June; topics in February.
void Year::plan_committee_year() {
  const Index unit = *plan_.committee;
  for (Date month = plan_.go_live; month <= today_; month = month_after(month)) {
    const Date day = day_in(month, 12);
    if (month_of(month) == 8 || day > today_) continue;
    const bool constitution = month_of(month) == 7;
    Value fields = Value::object(
        {{"subject", constitution ? "专题学习党章" : study_subject(dice_)},
         {"topics", Value::List{Value(constitution ? "party_constitution" : "policy")}},
         {"discussion", true}});
    enter_for_leaders(day, record_of(unit, day, address("study_group_session"), std::move(fields)));
  }
  if (const auto day = this_year(6, 9)) {
    Value fields = Value::object({{"held_from", day->text()},
                                  {"held_until", (*day + 4).text()},
                                  {"topics", Value::List{Value("基层治理"), Value("作风建设")}},
                                  {"discussion", true}});
    enter_for_leaders(*day + 4,
                      record_of(unit, *day + 4, address("reading_class"), std::move(fields)));
  }
  if (const auto day = this_year(2, 24)) {
    for (const char* topic : {"村级集体经济", "老旧小区改造", "青年人才引进"}) {
      Value fields = Value::object({{"topic", topic}, {"approved", dice_.percent(70)}});
      enter_for_leaders(*day, record_of(unit, *day, address("research_topic"), std::move(fields)));
    }
  }
}

void Year::plan_government_year() {
  const auto day = this_year(1, 16);
  if (!day) return;
  const std::string year = std::to_string(today_.year());
  Value fields = Value::object({{"for_year", year}, {"items", 10}, {"published", true}});
  enter_for_leaders(
      *day, record_of(*plan_.government, *day, address("livelihood_plan"), std::move(fields)));
}

// A lecture, contact points and visits to them, each leader in a way of his own.
void Year::plan_leader(Index post, int number) {
  const Index leader = *plan_.posts[post].holder;
  const Index unit = plan_.posts[post].unit;
  const int habit = number % group_habits;
  const auto day = this_year(4 + number % 7, 6 + number);
  if (unit == plan_.committee && day && habit != 2) {
    const bool elsewhere = habit == 4;
    Value fields = Value::object({{"lecturer", mark('p', leader)},
                                  {"topic", leader_lecture(dice_)},
                                  {"held_at", elsewhere ? "other" : "grassroots_unit"},
                                  {"listeners", dice_.between(30, 160)}});
    enter_for_leaders(*day, record_of(unit, *day, address("themed_lecture"), std::move(fields)));
  }
  const auto points = plan_contact_points(post);
  if (points.empty()) return;
  plan_visits(post, points, number);
  points_of_last_ = points;
}

std::vector<Index> Year::plan_contact_points(Index post) {
  const Date day = plan_.go_live + 2;
  std::vector<Index> points;
  for (const PlannedContact& contact : plan_.contacts) {
    if (contact.post != post) continue;
    Value fields = Value::object({{"holder", mark('p', *plan_.posts[post].holder)},
                                  {"host", mark('u', contact.unit)},
                                  {"from", day.text()}});
    PlannedContent content =
        record_of(plan_.posts[post].unit, day, address("contact_point"), std::move(fields));
    content.check_reasons[address("contact_point_once")] = "两位领导分别联系产业和民生，工作不重复";
    const auto point = enter_for_leaders(day, std::move(content));
    if (point) points.push_back(*point);
  }
  return points;
}

// Most go often; some once, some to both points on one day, some to the point of another.
void Year::plan_visits(Index post, const std::vector<Index>& points, int number) {
  const int habit = number % group_habits;
  const bool on_one_day = habit == 1;
  const int visits = habit == 5 ? 1 : habit == 3 || on_one_day ? 2 : 3;
  for (int visit = 0; visit < visits; ++visit) {
    const auto day = this_year(on_one_day ? 6 : 2 + visit * 3, 5 + number);
    if (!day) continue;
    const bool elsewhere = habit == 3 && visit == 1 && !points_of_last_.empty();
    const auto& chosen = elsewhere ? points_of_last_ : points;
    const Index point = chosen[static_cast<std::size_t>(visit) % chosen.size()];
    Value fields = Value::object({{"visitor", mark('p', *plan_.posts[post].holder)},
                                  {"point", mark('r', point)},
                                  {"purposes", Value::List{Value("public_opinion")}}});
    enter_for_leaders(
        *day, record_of(plan_.posts[post].unit, *day, address("contact_visit"), std::move(fields)));
  }
}

}  // namespace huilu::demo
