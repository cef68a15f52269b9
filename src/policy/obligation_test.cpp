#include "policy/obligation.h"

#include <gtest/gtest.h>

#include "policy/finding.h"
#include "policy/testing.h"

namespace huilu::policy {
namespace {

using testing::load_trial;

TEST(Obligation, the_worked_example_is_read_whole) {
  const auto loaded = load_trial(testing::contact_points);
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
  const auto loaded = load_trial(testing::contact_points);
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
