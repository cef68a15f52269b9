#include <algorithm>

#include <fmt/format.h>

#include "demo/texts.h"
#include "demo/year.h"

namespace huilu::demo {

namespace {

constexpr int guest_absent_percent = 30;
constexpr int histories_month = 4;

std::string person_mark(Index person) { return "@p" + std::to_string(person); }

std::string address_of(const std::string& type) { return "core/" + type; }

Value list_of(std::string_view a, std::string_view b) {
  if (a == b) return Value::List{Value(a)};
  return Value::List{Value(a), Value(b)};
}

// Who is away: a floating member nearly always, the others by where they are.
int absent_percent(Milieu milieu) {
  switch (milieu) {
    case Milieu::village:
      return 18;
    case Milieu::private_firm:
      return 14;
    case Milieu::retired:
      return 22;
    default:
      return 8;
  }
}

}  // namespace

std::vector<Index> Year::roll_on(const Branch& branch, Date day) const {
  std::vector<Index> roll;
  for (const OnRoll& line : branch.roll) {
    if (line.span.contains(day) && !line.floating) roll.push_back(line.person);
  }
  return roll;
}

std::vector<Index> Year::present(const Branch& branch, Date day) {
  const int absent = absent_percent(at(branch.unit).milieu);
  std::vector<Index> there;
  for (const OnRoll& line : branch.roll) {
    if (line.span.contains(day) && !dice_.percent(line.floating ? 92 : absent)) {
      there.push_back(line.person);
    }
  }
  for (const Index guest : branch.guests) {
    if (!dice_.percent(guest_absent_percent)) there.push_back(guest);
  }
  return there;
}

std::optional<Index> Year::secretary_on(const Branch& branch, Date day) const {
  for (const Secretary& secretary : branch.secretaries) {
    if (secretary.span.contains(day)) return secretary.person;
  }
  return {};
}

// Twice a year on what is asked for by name; a few forget to talk about it. Once on the histories.
Value Year::theme(const Branch& branch, Date day) {
  const int month = month_of(day);
  if (month == branch.constitution_month || month == branch.discipline_month) {
    const bool constitution = month == branch.constitution_month;
    Value::List activities = {Value("study")};
    if (dice_.percent(constitution ? 94 : 40)) activities.emplace_back("discussion");
    return Value::object(
        {{"summary", constitution ? constitution_theme(dice_) : discipline_theme(dice_)},
         {"activities", std::move(activities)},
         {"topics", Value::List{Value(constitution ? "party_constitution" : "discipline")}}});
  }
  const auto& text = theme_text(dice_, month);
  Value fields =
      Value::object({{"summary", text.summary}, {"activities", Value::List{Value(text.activity)}}});
  if (!text.topic.empty()) fields.set("topics", Value::List{Value(text.topic)});
  if (month == histories_month) {
    fields.set("summary", "讲四史，谈体会");
    fields.set("topics", Value::List{Value("party_history"), Value("new_china_history"),
                                     Value("reform_history"), Value("socialism_history")});
  }
  return fields;
}

std::string Year::place_of(const Branch& branch) const {
  switch (at(branch.unit).milieu) {
    case Milieu::village:
      return "村党群服务中心";
    case Milieu::community:
      return "社区党群服务中心";
    case Milieu::school:
      return "学校会议室";
    case Milieu::hospital:
      return "医院会议室";
    case Milieu::private_firm:
      return "企业党员活动室";
    case Milieu::retired:
      return "老干部活动室";
    default:
      return "机关会议室";
  }
}

PlannedContent Year::sitting(const Branch& branch, Date day, std::vector<std::string> types) {
  PlannedContent content;
  content.types = std::move(types);
  content.units = {branch.unit};
  content.date = day;
  content.place = place_of(branch);
  const std::string& first = content.types.front();
  const bool few = first == "branch_committee_meeting" || first == "good_deed" ||
                   first == "visit" || first == "volunteer_service";
  if (first != "heart_to_heart_talk") content.present = present(branch, day);
  if (few && content.present.size() > 5) content.present.resize(first == "visit" ? 2 : 5);
  for (const auto& type : content.types) {
    content.fields.set(address_of(type), fields_of(branch, type, content));
  }
  for (auto& type : content.types) type = address_of(type);
  return content;
}

Value Year::talk(const Branch& branch, Date day) {
  auto roll = roll_on(branch, day);
  dice_.shuffle(roll);
  remember_talk(roll[0], roll[1], day);
  return Value::List{Value(person_mark(roll[0])), Value(person_mark(roll[1]))};
}

Value Year::fields_of(const Branch& branch, const std::string& type,
                      const PlannedContent& content) {
  const Date day = content.date;
  const auto there = static_cast<std::int64_t>(content.present.size());
  if (type == "theme_party_day") return theme(branch, day);
  if (type == "members_meeting") {
    return Value::object({{"items", list_of(meeting_item(dice_), meeting_item(dice_))}});
  }
  if (type == "branch_committee_meeting") {
    return Value::object({{"items", list_of(committee_item(dice_), committee_item(dice_))}});
  }
  if (type == "group_meeting") return Value::object({{"topic", group_topic(dice_)}});
  if (type == "party_lecture") {
    Value fields = Value::object({{"topic", lecture_topic(dice_)}, {"listeners", there}});
    if (const auto secretary = secretary_on(branch, day)) {
      fields.set("lecturer", person_mark(*secretary));
    }
    return fields;
  }
  if (type == "volunteer_service" || type == "good_deed") {
    const bool deed = type == "good_deed";
    const auto& text = deed ? deed_text(dice_) : volunteer_text(dice_);
    return Value::object(
        {{deed ? "deed" : "activity", text.what}, {"served", Value::List{Value(text.served)}}});
  }
  if (type == "heart_to_heart_talk") return Value::object({{"persons", talk(branch, day)}});
  if (type == "visit") {
    const bool firm = at(branch.unit).milieu == Milieu::private_firm;
    return Value::object({{"visited", firm ? "firm" : "household"},
                          {"code", fmt::format("{:03}", dice_.between(1, 320))},
                          {"problem_heard", dice_.percent(22)}});
  }
  if (type == "organisational_life_meeting") {
    return Value::object({{"opinions_collected", dice_.between(3, 24)},
                          {"problems", list_of(life_problem(dice_), life_problem(dice_))},
                          {"measures", list_of(life_measure(dice_), life_measure(dice_))}});
  }
  CHECK(type == "member_review");
  const auto eligible = static_cast<std::int64_t>(roll_on(branch, day).size());
  const std::int64_t rated = std::min(there, eligible);
  const std::int64_t excellent = rated * dice_.between(15, 33) / 100;
  return Value::object({{"eligible", eligible},
                        {"attended", rated},
                        {"ballots_out", rated},
                        {"ballots_valid", rated},
                        {"excellent", excellent},
                        {"qualified", rated - excellent}});
}

}  // namespace huilu::demo
