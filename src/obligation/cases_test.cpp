#include "obligation/cases.h"

#include "obligation/testing.h"

namespace huilu::obligation {
namespace {

using testing::a_branch;
using testing::counts;
using testing::day;
using testing::line;
using testing::noon;
using testing::tenure;
using testing::World;

constexpr std::string_view before = R"(
params:
  histories:
    type: list
    title: 四史
    clause: S0-1.1
    bind: period_start
    values:
      - from: 2019-01-01
        basis: seed
        value: [{id: party, title: 党史}, {id: reform, title: 改革史}]
      - {from: 2027-01-01, value: null}
  answer_time:
    type: duration
    title: 答复期限
    clause: S0-1.1
    bind: case
    values:
      - {from: 2019-01-01, value: {days: 30}, basis: seed}
      - {from: 2026-06-01, value: {days: 10}, basis: decision}
record_types:
  lesson:
    title: 学习
    fields: {topics: {type: set, of: [party, reform, other]}}
  point:
    title: 联系点
    lasts: true
    fields:
      holder: {type: person, required: true}
      host: {type: unit}
      from: {type: date, required: true}
      until: {type: date}
  visit:
    title: 走访
    fields: {point: {type: ref, of: point}}
  question:
    title: 提问
    plannable: true
    fields: {text: {type: text}, urgent: {type: bool}}
  answer:
    title: 答复
    fields: {question: {type: ref, of: question}}
obligations:
  duty:
    clause: S0-1.1
    title: 事
    missing: counts_as_zero
)";

std::string duty(std::string_view lines) { return std::string(before) + std::string(lines); }

constexpr std::string_view each_history = R"(
    who: {unit: {type: branch}}
    every: year
    for_each: {values: {param: histories}}
    needs: {at_least: 1, of: {record: lesson, where: {unit: $bearer, topics: {has: $it}}}}
    due: {warn: {days: 30}}
)";

constexpr std::string_view each_question = R"(
    who: {unit: {type: branch}}
    for_each: {record: question, where: {unit: $bearer}}
    needs: {at_least: 1, of: {record: answer, where: {unit: $bearer, question: $it}}}
    due: {act: {after: case, by: {param: answer_time}}, enter: {after: case, by: {days: 40}}}
)";

// "r3 failed, r5 met"
std::string verdicts(const Explanation& one) {
  std::string text;
  for (const CaseResult& each : one.cases)
    text += (text.empty() ? "" : ", ") + each.id + " " + std::string(word_of(each.verdict));
  return text;
}

RecordId lesson(World& world, std::string_view date, std::string_view topic,
                std::string_view entered = "") {
  return world
      .record("trial/lesson", {UnitId{1}}, date, entered,
              Value::object({{"topics", Value::List{topic}}}))
      .id;
}

RecordId question(World& world, std::string_view date, std::string_view entered = "") {
  return world.record("trial/question", {UnitId{1}}, date, entered).id;
}

void answer(World& world, std::string_view date, RecordId question) {
  world.record("trial/answer", {UnitId{1}}, date, "",
               Value::object({{"question", question.text()}}));
}

TEST(Cases, items_of_a_list_are_covered_one_by_one) {
  World world(duty(each_history));
  world.unit(1);
  lesson(world, "2025-03-01", "party");
  lesson(world, "2025-04-01", "party");
  lesson(world, "2025-05-01", "other");
  const Explanation open = world.ask(1, "2025", "2025-06-01");
  EXPECT_EQ(line(open), "open");
  EXPECT_EQ(counts(open), "1/2");
  EXPECT_EQ(verdicts(open), "party met, reform open");
  EXPECT_EQ(open.test.parts[1].title.in(policy::Language::zh_cn), "改革史");
  EXPECT_EQ(line(world.ask(1, "2025", "2025-12-15")), "at_risk");
  const Explanation failed = world.ask(1, "2025", "2026-02-01");
  EXPECT_EQ(line(failed), "failed");
  EXPECT_EQ(failed.cause, Cause::short_);
  ASSERT_TRUE(failed.fix);
  ASSERT_EQ(failed.fix->parts.size(), 1U);
  EXPECT_EQ(failed.fix->parts[0].id, "reform");
  EXPECT_EQ(failed.fix->parts[0].missing, 1);
  lesson(world, "2025-11-01", "reform", "2026-03-01");
  EXPECT_EQ(line(world.ask(1, "2025", "2026-03-02")), "met [entered_late]");
}

TEST(Cases, a_list_without_a_value_in_force_asks_nothing) {
  World world(duty(each_history));
  world.unit(1);
  EXPECT_EQ(line(world.ask(1, "2027", "2027-06-01")), "not_applicable: no_value");
}

TEST(Cases, without_any_there_is_nothing_to_judge) {
  World world(duty(each_question));
  world.unit(1);
  world.unit(2);
  world.record("trial/question", {UnitId{2}}, "2026-03-01");
  EXPECT_EQ(line(world.ask(1, "2026", "2026-06-01")), "not_applicable: no_case");
}

// Each is reckoned from its own day, and its limit is that of its own day.
TEST(Cases, what_happens_is_due_by_its_own_day) {
  World world(duty(each_question));
  world.unit(1);
  const RecordId first = question(world, "2026-03-01");
  const RecordId second = question(world, "2026-07-01");
  answer(world, "2026-03-20", first);
  EXPECT_EQ(verdicts(world.ask(1, "2026", "2026-04-01")), first.text() + " met");
  const Explanation open = world.ask(1, "2026", "2026-07-10");
  EXPECT_EQ(line(open), "open");
  EXPECT_EQ(open.schedule.act, day("2026-07-13"));
  EXPECT_EQ(line(world.ask(1, "2026", "2026-07-20")), "in_grace");
  const Explanation failed = world.ask(1, "2026", "2026-09-01");
  EXPECT_EQ(verdicts(failed), first.text() + " met, " + second.text() + " failed");
  EXPECT_EQ(line(failed), "failed");
  EXPECT_TRUE(failed.fix_late);
  answer(world, "2026-09-02", second);
  EXPECT_EQ(line(world.ask(1, "2026", "2026-09-02")), "met_late");
}

// An answer is about its question, whatever else is answered on the way.
TEST(Cases, a_record_for_one_case_does_not_serve_another) {
  World world(duty(each_question));
  world.unit(1);
  const RecordId first = question(world, "2026-03-01");
  question(world, "2026-03-02");
  answer(world, "2026-03-05", first);
  answer(world, "2026-03-06", first);
  EXPECT_EQ(counts(world.ask(1, "2026", "2026-03-10")), "1/2");
}

TEST(Cases, of_several_open_the_most_pressing_decides) {
  World world(duty(each_question));
  world.unit(1);
  question(world, "2026-03-20");
  question(world, "2026-03-01");
  const Explanation one = world.ask(1, "2026", "2026-04-05");
  EXPECT_EQ(line(one), "in_grace");
  EXPECT_EQ(one.schedule.act, day("2026-03-31"));
}

// Q5: the case goes with what it hangs on.
TEST(Cases, what_was_voided_or_only_planned_is_no_case) {
  World world(duty(each_question));
  world.unit(1);
  const RecordId voided = question(world, "2026-03-01");
  Record& planned = world.facts.records.at(question(world, "2026-03-02"));
  planned.versions[0].state = RecordState::planned;
  World::revise(world.facts.records.at(voided), "2026-05-01").state = RecordState::void_;
  EXPECT_EQ(line(world.ask(1, "2026", "2026-04-20")), "failed");
  EXPECT_EQ(line(world.ask(1, "2026", "2026-05-02")), "not_applicable: no_case");
}

TEST(Cases, what_happened_before_the_unit_was_asked_is_not_judged) {
  World world(duty(each_question));
  world.unit(1).go_live = day("2026-04-01");
  question(world, "2026-03-01");
  EXPECT_EQ(line(world.ask(1, "2026", "2026-06-01")), "not_applicable: no_case");
  question(world, "2026-04-02");
  EXPECT_EQ(counts(world.ask(1, "2026", "2026-04-20")), "0/1");
}

TEST(Cases, the_quality_of_each_is_judged_on_its_day) {
  World world(duty(R"(
    who: {unit: {type: branch}}
    for_each: {record: question, where: {unit: $bearer}}
    needs: {holds: {urgent: {present: true}}, say: 没有写明缓急}
)"));
  world.unit(1);
  world.record("trial/question", {UnitId{1}}, "2026-03-01", "", Value::object({{"urgent", false}}));
  EXPECT_EQ(line(world.ask(1, "2026", "2026-03-01")), "met");
  const RecordId poor = question(world, "2026-03-02");
  const Explanation failed = world.ask(1, "2026", "2026-03-03");
  EXPECT_EQ(line(failed), "failed");
  EXPECT_EQ(failed.cause, Cause::nonconforming);
  ASSERT_EQ(failed.test.parts[1].rejected.size(), 1U);
  EXPECT_EQ(failed.test.parts[1].rejected[0].record, poor);
  EXPECT_EQ(failed.test.parts[1].rejected[0].say.in(policy::Language::zh_cn), "没有写明缓急");
}

// An entry that ended is no longer asked for.
TEST(Cases, entries_of_a_register_are_those_in_force) {
  World world(duty(R"(
    who: {post: {kind: secretary}}
    every: year
    for_each: {record: point, where: {holder: $bearer.holder}}
    needs: {at_least: 1, of: {record: visit, where: {point: $it}}}
)"));
  world.unit(1);
  world.post(1, 7, 1, "secretary", "2020-01-01");
  const auto point = [&](std::string_view from, std::string_view until) {
    Value fields = Value::object({{"holder", "p7"}, {"from", from}});
    if (!until.empty()) fields.set("until", until);
    return world.record("trial/point", {UnitId{1}}, from, "", std::move(fields)).id;
  };
  const RecordId lasting = point("2025-01-01", "");
  const RecordId ended = point("2025-01-01", "2026-06-01");
  const Bearer bearer = tenure(1);
  EXPECT_EQ(verdicts(world.ask(bearer, "2026", "2026-05-31")),
            lasting.text() + " open, " + ended.text() + " open");
  EXPECT_EQ(verdicts(world.ask(bearer, "2026", "2026-06-01")), lasting.text() + " open");
  world.record("trial/visit", {UnitId{1}}, "2026-08-01", "",
               Value::object({{"point", lasting.text()}}));
  EXPECT_EQ(line(world.ask(bearer, "2026", "2027-01-10")), "met");
}

TEST(Cases, members_are_those_on_the_roll) {
  World world(duty(R"(
    who: {unit: {type: branch}}
    every: half
    for_each: {members: {home: $bearer, probationary: false}}
    needs: {at_least: 1, of: {record: lesson, where: {present: {has: $it}}}}
)"));
  world.unit(1);
  world.unit(2);
  world.member(5, 1, "2020-01-01");
  world.member(6, 1, "2020-01-01", "2026-03-01");
  world.member(7, 2, "2020-01-01");
  world.member(8, 1, "2020-01-01").probationary = true;
  Record& here = world.record("trial/lesson", {UnitId{2}}, "2026-02-01");
  here.versions[0].present = {PersonId{5}, PersonId{7}};
  EXPECT_EQ(verdicts(world.ask(1, "2026-H1", "2026-02-02")), "p5 met, p6 open");
  EXPECT_EQ(line(world.ask(1, "2026-H1", "2026-03-01")), "met");
  EXPECT_EQ(verdicts(world.ask(2, "2026-H1", "2026-02-02")), "p7 met");
}

// Q1: five members of the committee are ten pairs; nine talks are not enough.
TEST(Cases, every_two_who_hold_a_post_are_one_case) {
  World world(duty(R"(
    who: {unit: {type: branch}}
    every: year
    for_each: {pairs: {posts: {kind: committee_member, unit: $bearer}}}
    needs: {at_least: 1, of: {record: lesson, where: {present: {has_all: $it.both}}}}
)"));
  world.unit(1);
  for (std::int64_t id = 1; id <= 5; ++id) world.post(id, id, 1, "committee_member", "2020-01-01");
  world.post(6, 5, 1, "committee_member", "2021-01-01");  // who holds two is one
  world.post(7, 7, 1, "secretary", "2020-01-01");
  const auto talk = [&](std::int64_t first, std::int64_t second) {
    world.record("trial/lesson", {UnitId{1}}, "2025-03-01").versions[0].present = {
        PersonId{first}, PersonId{second}};
  };
  for (std::int64_t first = 1; first < 5; ++first)
    for (std::int64_t second = first + 1; second <= 5; ++second)
      if (second - first < 4) talk(first, second);
  const Explanation one = world.ask(1, "2025", "2026-02-01");
  EXPECT_EQ(line(one), "failed");
  EXPECT_EQ(counts(one), "9/10");
  ASSERT_TRUE(one.fix);
  ASSERT_EQ(one.fix->parts.size(), 1U);
  EXPECT_EQ(one.fix->parts[0].id, "p1+p5");
  talk(5, 1);
  EXPECT_EQ(line(world.ask(1, "2025", "2026-02-01")), "met");
}

TEST(Cases, pairs_of_very_many_are_refused) {
  World world(duty(R"(
    who: {unit: {type: branch}}
    every: year
    for_each: {pairs: {members: {home: $bearer}}}
    needs: {at_least: 1, of: {record: lesson, where: {present: {has_all: $it.both}}}}
)"));
  world.unit(1);
  for (std::int64_t id = 1; id <= 31; ++id) world.member(id, 1, "2020-01-01");
  EXPECT_EQ(line(world.ask(1, "2025", "2025-06-01")), "unknown: pairs of 31 people, at most 30");
}

TEST(Cases, posts_are_those_held_on_the_day) {
  World world(duty(R"(
    who: {unit: {type: branch}}
    every: year
    for_each: {posts: {unit: $bearer}}
    needs: {at_least: 1, of: {record: lesson, where: {present: {has: $it.holder}}}}
)"));
  world.unit(1);
  world.post(1, 7, 1, "secretary", "2020-01-01", "2025-06-01");
  world.post(2, 8, 1, "secretary", "2025-06-01");
  EXPECT_EQ(verdicts(world.ask(1, "2025", "2025-05-31")), "t1 open");
  EXPECT_EQ(verdicts(world.ask(1, "2025", "2025-06-01")), "t2 open");
}

TEST(Cases, an_exemption_is_of_the_bearer_with_all_of_them) {
  World world(duty(std::string(each_history) +
                   "    exempt: {reasons: [illness], approver: unit.parent}\n"));
  world.unit(1);
  world.leave(LeaveKind::exempt, testing::unit(1), "2025", "2025-02-01");
  EXPECT_EQ(line(world.ask(1, "2025", "2026-02-01")), "exempt");
}

}  // namespace
}  // namespace huilu::obligation
