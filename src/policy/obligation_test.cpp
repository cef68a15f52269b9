#include "policy/obligation.h"

#include <gtest/gtest.h>

#include "policy/finding.h"
#include "policy/testing.h"

namespace huilu::policy {
namespace {

using testing::load_trial;

// The worked example of the language, without what later releases read.
constexpr std::string_view contact_points = R"(
documents:
  S0: {name: document-000}
clauses:
  - {id: S0-6.3, doc: S0, at: "6"}
  - {id: S0-6.5, doc: S0, at: "6"}
  - {id: S0-6.6, doc: S0, at: "6", hole: number}
params:
  visits_per_year:
    type: int
    title: 每年走访次数
    unit: 次
    clause: S0-6.6
    bind: period_start
    values:
      - {from: 2019-01-01, value: null, note: number missing in seed}
      - {from: 2024-01-01, value: 3, basis: decision, ref: invented for this example}
      - {from: 2021-01-01, value: 2, basis: assumed, note: number missing in seed}
    review_by: 2026-12-31
  entry_grace:
    title: 补录期限
    type: duration
    clause: S0-6.6
    bind: period_end
    values: [{from: 2019-01-01, value: {workdays: 5}, basis: assumed}]
  min_days_in_post:
    title: 最短任职时间
    type: duration
    clause: S0-6.3
    bind: period_start
    values: [{from: 2019-01-01, value: {days: 90}, basis: assumed}]
record_types:
  contact_point:
    clause: [S0-6.3, S0-6.5]
    title: 基层联系点
    lasts: true
    identity: [holder, host, from]
    fields:
      holder: {type: person, required: true, title: 联系领导}
      host: {type: unit, required: true, title: 联系单位}
      from: {type: date, required: true, title: 起}
      until: {type: date, title: 止}
  contact_visit:
    clause: S0-6.6
    title: 联系点走访
    plannable: true
    identity: [visitor, point, date, part_of_day]
    fields:
      part_of_day: {type: enum, of: [morning, afternoon], title: 时段}
      visitor: {type: person, required: true, title: 走访人}
      point: {type: ref, of: contact_point, required: true, title: 联系点}
      purpose: {type: set, of: [public_opinion, build_org, plan, solve], title: 目的}
      files: {type: list, of: file, title: 附件}
    correction: append_only
    visible: {names: line, counts: line}
obligations:
  contact_visits:
    clause: [S0-6.3, S0-6.6]
    title: 每年深入联系点
    who:
      post:
        kind: leadership_member
        unit.type: [local_committee, government]
        unit.rank: {ge: county}
      in_scope: {at_least: {param: min_days_in_post}}
    every: year
    needs:
      at_least: {param: visits_per_year}
      of:
        record: contact_visit
        where: {visitor: $bearer.holder}
        counts_if: [{point.holder: $bearer.holder, say: 不是本人的联系点}]
      distinct: date
    due: {act: period_end, enter: {after: period_end, by: {param: entry_grace}}, warn: {days: 60}}
    missing: counts_as_zero
    pro_rata: {of: membership_days, round: floor, min: 1}
    exempt: {reasons: [long_sick_leave, emergency_posting, other], approver: unit.parent, scope: period}
    message: 应 {need} 次,已 {have} 次
)";

TEST(Obligation, the_worked_example_is_read_whole) {
  const auto loaded = load_trial(contact_points);
  ASSERT_TRUE(loaded.ok()) << testing::lines(loaded.refusals());
  const Obligation& visits = loaded->obligations.at(0);
  EXPECT_EQ(visits.address, "trial/contact_visits");
  EXPECT_EQ(visits.title.in(Language::zh_cn), "每年深入联系点");
  EXPECT_EQ(visits.clauses, (std::vector<std::string>{"S0-6.3", "S0-6.6"}));
  EXPECT_EQ(visits.who.kind, BearerKind::post);
  const std::vector<Comparing>& lines = visits.who.condition.lines;
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[1].path.text(), "unit.type");
  EXPECT_EQ(lines[1].comparison, Comparison::equal);
  ASSERT_EQ(lines[1].operands.size(), 2U);
  EXPECT_EQ(*std::get<Value>(lines[1].operands[1].what).text(), "government");
  EXPECT_EQ(lines[2].comparison, Comparison::ge);
  EXPECT_EQ(std::get<ParameterUse>(*visits.who.in_scope->at_least).name, "min_days_in_post");
  EXPECT_EQ(visits.every.kind, EveryKind::year);
  EXPECT_EQ(visits.needs.kind, TestKind::at_least);
  EXPECT_EQ(std::get<ParameterUse>(visits.needs.threshold.what).name, "visits_per_year");
  EXPECT_EQ(visits.needs.of.names, std::vector<std::string>{"trial/contact_visit"});
  const Comparing& where = visits.needs.of.where.lines.at(0);
  EXPECT_EQ(where.path.text(), "visitor");
  EXPECT_EQ(std::get<Path>(where.operands.at(0).what).text(), "$bearer.holder");
  const Quality& quality = visits.needs.of.counts_if.at(0);
  EXPECT_EQ(quality.condition.lines.at(0).path.text(), "point.holder");
  EXPECT_EQ(quality.say.in(Language::zh_cn), "不是本人的联系点");
  EXPECT_EQ(visits.needs.distinct->text(), "date");
  EXPECT_EQ(std::get<Moment>(visits.due.act->what), Moment::period_end);
  const auto& enter = std::get<AfterAnchor>(visits.due.enter->what);
  EXPECT_EQ(std::get<Moment>(enter.anchor->what), Moment::period_end);
  EXPECT_EQ(std::get<ParameterUse>(enter.by).name, "entry_grace");
  EXPECT_EQ(std::get<Duration>(*visits.due.warn), (Duration{DurationUnit::days, 60}));
  EXPECT_EQ(visits.pro_rata->min, 1);
  EXPECT_EQ(visits.exempt->approver.text(), "unit.parent");
  EXPECT_EQ(visits.exempt->reasons.size(), 3U);
  EXPECT_EQ(visits.message->in(Language::zh_cn), "应 {need} 次,已 {have} 次");
}

TEST(Obligation, a_set_may_name_several_record_types) {
  const auto loaded = load_trial(R"(
documents: {S0: {name: document-000}}
clauses: [{id: S0-1.5, doc: S0, at: "1"}]
obligations:
  attend_sittings:
    clause: S0-1.5
    title: 参加组织生活
    who: {member: {}}
    every: quarter
    needs:
      at_least: 1
      of: {record: [members_meeting, core/party_lecture], where: {present: {has: $bearer}}}
    missing: counts_as_zero
)");
  ASSERT_TRUE(loaded.ok()) << testing::lines(loaded.refusals());
  EXPECT_EQ(loaded->obligations.at(0).needs.of.names,
            (std::vector<std::string>{"core/members_meeting", "core/party_lecture"}));
}

TEST(Parameter, the_value_of_a_day_is_the_latest_from_and_null_ends_it) {
  const auto loaded = load_trial(contact_points);
  ASSERT_TRUE(loaded.ok()) << testing::lines(loaded.refusals());
  const Parameter& visits = *loaded->find_parameter("visits_per_year");
  EXPECT_EQ(visits.unit->in(Language::zh_cn), "次");
  EXPECT_EQ(visits.review_by, Date::of(2026, 12, 31));
  EXPECT_EQ(visits.value_on(Date::of(2018, 12, 31)), nullptr);
  EXPECT_EQ(visits.value_on(Date::of(2020, 12, 31)), nullptr);
  EXPECT_EQ(std::get<std::int64_t>(*visits.value_on(Date::of(2021, 1, 1))->value), 2);
  EXPECT_EQ(std::get<std::int64_t>(*visits.value_on(Date::of(2023, 12, 31))->value), 2);
  const ParameterValue& today = *visits.value_on(Date::of(2024, 1, 1));
  EXPECT_EQ(std::get<std::int64_t>(*today.value), 3);
  EXPECT_EQ(today.basis, Basis::decision);
  EXPECT_EQ(today.ref, "invented for this example");
  const ParameterValue& grace =
      *loaded->find_parameter("entry_grace")->value_on(Date::of(2026, 1, 1));
  EXPECT_EQ(std::get<Duration>(*grace.value), (Duration{DurationUnit::workdays, 5}));
}

}  // namespace
}  // namespace huilu::policy
