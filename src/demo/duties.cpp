#include <algorithm>
#include <array>

#include "demo/year.h"

namespace huilu::demo {

namespace {

constexpr Index in_service_stride = 9;  // of the branches of organs
constexpr Index pledge_stride = 3;
constexpr std::array<std::string_view, 5> pledges = {
    "联系两户困难家庭", "每月清理一次楼道", "带教一名新同事", "调解邻里纠纷", "管护村口绿化"};
constexpr std::array<std::string_view, 3> researched = {"接诉即办机制", "小微企业用工",
                                                        "农村养老服务"};
constexpr std::array<std::string_view, 4> books = {"党史专题读本", "基层治理读本", "调查研究读本",
                                                   "廉洁自律读本"};

std::string of_pack(std::string_view type) { return "standing-duties/" + std::string(type); }

bool talks(const PlannedPost& post) {
  return post.holder && post.kind != "group_head" && post.kind != "liaison" &&
         post.kind != "handler";
}

}  // namespace

// With dice of its own: what the others throw stays what it was.
void Year::plan_duties() {
  Dice dice(seed_, "duties");
  for (Branch& branch : branches_) {
    if (!branch.closed && !branch.slack_from && !branch.invented) plan_branch_duties(branch, dice);
  }
  for (Index unit = 0; unit < plan_.units.size(); ++unit) {
    if (keeps_leaders_records(plan_, unit) && has_tag(at(unit), leadership_tag)) {
      plan_group_duties(unit, dice);
    }
  }
  plan_research(dice);
  for (Index post = 0; post < plan_.posts.size(); ++post) {
    const PlannedPost& held = plan_.posts[post];
    if (held.unit == plan_.committee && held.holder) plan_books(post, dice);
  }
  plan_notices(dice);
  plan_courses_and_checks();
}

// Typed on the next working morning, and never taken back: others refer to it.
std::optional<Index> Year::keep(Index account, Date day, PlannedContent content) {
  Date morning = day + 1;
  while (is_weekend(morning)) morning = morning + 1;
  const Instant when = in_slot(morning, 10 * 60 + 40);
  if (when > plan_.made) return {};
  step(when, Enter{plan_.records, account, std::move(content)});
  return plan_.records++;
}

std::vector<Index> Year::holders_of(Index unit) const {
  std::vector<Index> holders;
  for (const PlannedPost& post : plan_.posts) {
    if (post.unit == unit && talks(post)) holders.push_back(*post.holder);
  }
  return holders;
}

// The members' own checks, the talks of the committee, a pledge here and there.
void Year::plan_branch_duties(Branch& branch, Dice& dice) {
  const Date day = std::min(branch.window.from + dice.between(60, 110), *branch.window.until + -1);
  auto present = roll_on(branch, day);
  if (present.size() > 3 && dice.percent(25)) present.pop_back();
  if (day <= today_ && day >= *at(branch.unit).go_live && dice.percent(94)) {
    PlannedContent check = record_of(branch.unit, day, "five-ones/member_self_check",
                                     Value::object({{"put_right", dice.percent(97)}}));
    check.present = std::move(present);
    keep(branch.account, day, std::move(check));
  }
  if (branch.has_committee) plan_talks(branch.unit, branch.account, dice);
  if (branch.unit % pledge_stride == 0) plan_pledge(branch, dice);
  if (at(branch.unit).milieu == Milieu::organ && branch.unit % in_service_stride == 0) {
    auto& tags = plan_.units[branch.unit].kind.tags;
    tags.emplace_back(in_service_tag);
    std::sort(tags.begin(), tags.end());
    plan_registrations(branch, dice);
  }
}

// False where it is remembered already: the same two may sit together in several units.
bool Year::remember_talk(Index one, Index other, Date day) {
  return talked_.insert({std::min(one, other), std::max(one, other), day}).second;
}

// Every two of them, most of them; that they talked, and nothing else.
void Year::plan_talks(Index unit, Index account, Dice& dice) {
  const auto holders = holders_of(unit);
  const bool all = dice.percent(88);
  for (std::size_t i = 0; i < holders.size(); ++i) {
    for (std::size_t j = i + 1; j < holders.size(); ++j) {
      const auto day = this_year(dice.between(2, 10), dice.between(1, 28));
      if (!day || (!all && dice.percent(15)) || *day < at(unit).go_live) continue;
      if (!remember_talk(holders[i], holders[j], *day)) continue;
      Value fields = Value::object(
          {{"persons", Value::List{Value(mark('p', holders[i])), Value(mark('p', holders[j]))}}});
      keep(account, *day, record_of(unit, *day, "core/heart_to_heart_talk", std::move(fields)));
    }
  }
}

void Year::plan_pledge(const Branch& branch, Dice& dice) {
  const auto day = this_year(3, dice.between(1, 20));
  if (!day || *day < at(branch.unit).go_live) return;
  const auto roll = roll_on(branch, *day);
  if (roll.empty()) return;
  const Date do_by = *day + dice.between(60, 200);
  Value fields = Value::object({{"person", mark('p', roll[roll.size() / 2])},
                                {"pledged", dice.pick(pledges)},
                                {"do_by", do_by.text()}});
  const auto pledge = keep(branch.account, *day,
                           record_of(branch.unit, *day, of_pack("pledge"), std::move(fields)));
  const Date kept = do_by + -dice.between(1, 40);
  if (!pledge || kept > today_ || !dice.percent(88)) return;
  keep(branch.account, kept,
       record_of(branch.unit, kept, of_pack("pledge_kept"),
                 Value::object({{"pledge", mark('r', *pledge)}, {"confirmed", true}})));
}

// Entered by the branch of the village or community where they live.
void Year::plan_registrations(const Branch& branch, Dice& dice) {
  for (const Branch& host : branches_) {
    const Milieu milieu = at(host.unit).milieu;
    if ((milieu != Milieu::community && milieu != Milieu::village) || host.closed) continue;
    const Date day = plan_.go_live + dice.between(20, 120);
    if (day > today_ || day < *at(host.unit).go_live) return;
    for (const Index person : roll_on(branch, day)) {
      if (!dice.percent(85)) continue;
      Value fields = Value::object(
          {{"person", mark('p', person)}, {"host", mark('u', host.unit)}, {"from", day.text()}});
      keep(host.account, day,
           record_of(host.unit, day, of_pack("double_registration"), std::move(fields)));
    }
    return;
  }
}

void Year::plan_group_duties(Index unit, Dice& dice) {
  plan_talks(unit, plan_.leaders_desk, dice);
  plan_meetings(unit, dice);
  plan_feedback(unit, dice);
  if (const auto day = this_year(dice.between(5, 10), dice.between(3, 27));
      day && dice.percent(92)) {
    Value fields =
        Value::object({{"frames", Value::List{Value("theory_and_decisions"), Value("party_rules"),
                                              Value("public_expectations"), Value("role_models")}},
                       {"problems", dice.between(2, 12)}});
    keep(plan_.leaders_desk, *day,
         record_of(unit, *day, of_pack("political_check_up"), std::move(fields)));
  }
  if (const auto day = this_year(dice.between(8, 11), dice.between(3, 27));
      day && dice.percent(90)) {
    Value::List subjects = {Value("formalism")};
    if (dice.percent(92)) subjects.emplace_back("frugality");
    Value fields = Value::object({{"subjects", std::move(subjects)},
                                  {"kinds", Value::List{Value("repeated_forms")}},
                                  {"problems", dice.between(1, 6)},
                                  {"corrected", 1}});
    keep(plan_.leaders_desk, *day, record_of(unit, *day, of_pack("self_check"), std::move(fields)));
  }
  const auto post = secretary_post(unit);
  const Date day = plan_.campaign.second.from + dice.between(3, 25);
  if (!post || !plan_.posts[*post].holder || day > today_ || !dice.percent(95)) return;
  keep(plan_.leaders_desk, day,
       record_of(unit, day, "five-ones/head_acceptance",
                 Value::object({{"person", mark('p', *plan_.posts[*post].holder)}})));
}

void Year::plan_meetings(Index unit, Dice& dice) {
  for (const int month : {2, 5, 8, 11}) {
    const auto day = this_year(month, dice.between(2, 20));
    if (!day) continue;
    Value fields =
        Value::object({{"agenda", Value::List{Value("theory_study"), Value("party_building")}},
                       {"quorate", dice.percent(99)}});
    keep(plan_.leaders_desk, *day,
         record_of(unit, *day, of_pack("committee_meeting"), std::move(fields)));
  }
}

// Of some groups; a few have not discussed it.
void Year::plan_feedback(Index unit, Dice& dice) {
  const auto day = this_year(dice.between(3, 9), dice.between(1, 25));
  if (!day || (unit != plan_.committee && !dice.percent(30))) return;
  Value fields = Value::object({{"source", "special_supervision"},
                                {"subject", "专项督查反馈"},
                                {"points", dice.between(2, 9)}});
  const auto feedback =
      keep(plan_.leaders_desk, *day, record_of(unit, *day, of_pack("feedback"), std::move(fields)));
  const Date discussed = *day + dice.between(4, 26);
  if (!feedback || discussed > today_ || (unit != plan_.committee && dice.percent(8))) return;
  keep(plan_.leaders_desk, discussed,
       record_of(unit, discussed, of_pack("feedback_discussion"),
                 Value::object({{"feedback", mark('r', *feedback)}, {"problems", 3}})));
}

// Topics in spring, reports in summer, what came of them, and an exchange of findings in autumn.
void Year::plan_research(Dice& dice) {
  const Index unit = *plan_.committee;
  const auto decided = this_year(3, 5);
  if (!decided) return;
  std::vector<Index> topics;
  for (const auto topic : researched) {
    Value fields = Value::object({{"topic", topic}, {"approved", true}});
    const auto kept = keep(plan_.leaders_desk, *decided,
                           record_of(unit, *decided, of_pack("research_topic"), std::move(fields)));
    if (kept) topics.push_back(*kept);
  }
  if (topics.empty()) return;
  Value::List reports;
  const auto leaders = holders_of(unit);
  for (std::size_t i = 0; i < leaders.size(); ++i) {
    const auto day = this_year(6 + static_cast<int>(i % 3), 4 + static_cast<int>(i));
    if (!day || dice.percent(12)) continue;
    Value fields = Value::object({{"author", mark('p', leaders[i])},
                                  {"topic", mark('r', topics[i % topics.size()])},
                                  {"authorship", i == 3 ? "staff" : "led_drafting"}});
    const auto report = keep(plan_.leaders_desk, *day,
                             record_of(unit, *day, of_pack("research_report"), std::move(fields)));
    if (!report) continue;
    reports.emplace_back(mark('r', *report));
    const Date outcome = *day + dice.between(20, 70);
    if (outcome > today_) continue;
    keep(plan_.leaders_desk, outcome,
         record_of(unit, outcome, of_pack("research_outcome"),
                   Value::object({{"report", mark('r', *report)},
                                  {"measures", Value::List{Value("列入下半年工作安排")}}})));
  }
  if (const auto day = this_year(9, 24); day && !reports.empty()) {
    keep(plan_.leaders_desk, *day,
         record_of(unit, *day, "five-ones/findings_exchange",
                   Value::object({{"reports", std::move(reports)}})));
  }
  if (const auto day = this_year(10, 28)) {
    Value fields = Value::object(
        {{"special", true}, {"opinions_collected", 46}, {"problems", 18}, {"measures", 24}});
    keep(plan_.leaders_desk, *day,
         record_of(unit, *day, of_pack("democratic_life_meeting"), std::move(fields)));
  }
}

// Two books in spring; the day on which one was finished is added later.
void Year::plan_books(Index post, Dice& dice) {
  const Index unit = plan_.posts[post].unit;
  const std::string reader = mark('p', *plan_.posts[post].holder);
  const auto first = static_cast<std::size_t>(dice.between(0, 2));
  for (const std::size_t book : {first, first + 1}) {
    const auto day = this_year(2, 24);
    if (!day) return;
    PlannedContent listed =
        record_of(unit, *day, of_pack("key_book"),
                  Value::object({{"reader", reader}, {"book", books.at(book)}}));
    const auto record = keep(plan_.leaders_desk, *day, listed);
    const Date finished = *day + dice.between(40, 230);
    const Instant noted = in_slot(finished + 1, 11 * 60);
    if (!record || noted > plan_.made || dice.percent(20)) continue;
    listed.fields.object()->members.front().second.set("finished", finished.text());
    step(noted, Correct{*record, plan_.leaders_desk, std::move(listed), "补上读完日期"});
  }
}

// The committee writes to some towns, and most of them answer in time.
void Year::plan_notices(Dice& dice) {
  int number = 0;
  for (Index unit = 0; unit < plan_.units.size(); ++unit) {
    const bool town = at(unit).kind.type == "primary_committee" && at(unit).kind.level == 4 &&
                      keeps_leaders_records(plan_, unit) && has_tag(at(unit), leadership_tag);
    const auto day = this_year(4 + number % 6, 9);
    if (!town || number == 6 || !day) continue;
    Value fields = Value::object(
        {{"to", mark('u', unit)}, {"kind", "correction"}, {"subject", "专项整治进展偏慢"}});
    const auto notice =
        keep(plan_.leaders_desk, *day,
             record_of(*plan_.committee, *day, of_pack("supervision_notice"), std::move(fields)));
    const Date replied = *day + dice.between(3, 11);
    if (!notice || replied > today_ || number++ == 2) continue;
    keep(plan_.leaders_desk, replied,
         record_of(unit, replied, of_pack("notice_reply"),
                   Value::object({{"notice", mark('r', *notice)}})));
  }
}

// The school's courses and the inspections of personnel work.
void Year::plan_courses_and_checks() {
  for (Index unit = 0; unit < plan_.units.size(); ++unit) {
    if (!keeps_leaders_records(plan_, unit)) continue;
    for (const int month : {4, 6, 9}) {
      const auto day = this_year(month, 13);
      if (!day) continue;
      if (has_tag(at(unit), training_tag)) {
        Value::List lessons = {Value("theory"), Value("governance")};
        if (month != 9) lessons.emplace_back("party_constitution");
        Value fields = Value::object({{"course", "新任职干部培训班"},
                                      {"kind", month == 6 ? "party_spirit" : "appointment"},
                                      {"lessons", std::move(lessons)},
                                      {"hours", "32"}});
        keep(plan_.leaders_desk, *day,
             record_of(unit, *day, of_pack("training_programme"), std::move(fields)));
      }
      if (has_tag(at(unit), inspects_tag)) {
        Value fields = Value::object(
            {{"inspected", mark('u', *plan_.department)},
             {"kind", "personnel_inspection"},
             {"contents", Value::List{Value("taking_responsibility"), Value("conduct")}}});
        keep(plan_.leaders_desk, *day,
             record_of(unit, *day, of_pack("inspection"), std::move(fields)));
      }
    }
  }
}

}  // namespace huilu::demo
