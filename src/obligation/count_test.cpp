#include "obligation/count.h"

#include "obligation/testing.h"

namespace huilu::obligation {
namespace {

using testing::counts;
using testing::day;
using testing::line;
using testing::monthly;
using testing::noon;
using testing::unit;
using testing::World;

constexpr std::string_view types = R"(
record_types:
  point:
    title: 联系点
    lasts: true
    fields:
      host: {type: unit, required: true}
      from: {type: date, required: true}
      until: {type: date}
  contact:
    title: 走访
    when: visited
    plannable: true
    fields:
      visited: {type: date, required: true}
      visitor: {type: person}
      point: {type: ref, of: point}
      hours: {type: decimal}
      number: {type: int}
      topics: {type: set, of: [study, work, life]}
    counts_if:
      - {topics: {size: {ge: 1}}, say: 没有题目}
  report:
    title: 报告
    when: for_year
    fields: {for_year: {type: period, of: year, required: true}}
)";

std::string counted_duty(std::string_view needs,
                         std::string_view keys = "    missing: counts_as_zero\n",
                         std::string_view every = "year") {
  return std::string(types) + "obligations:\n  duty:\n    clause: S0-1.1\n    title: 走访\n" +
         "    who: {unit: {type: branch}}\n    every: " + std::string(every) +
         "\n    needs: " + std::string(needs) + "\n" + std::string(keys);
}

// A visit that counts for every test here.
Record& contact(World& world, std::string_view visited, std::string_view entered = "",
                std::vector<std::pair<std::string, Value>> more = {}) {
  Value fields = Value::object({{"visited", visited}, {"topics", Value::List{"work"}}});
  for (auto& [name, value] : more) fields.set(name, std::move(value));
  return world.record("trial/contact", {UnitId{1}}, visited, entered, std::move(fields));
}

std::string rejected(const TestResult& result) {
  std::string text;
  for (const RejectedRecord& one : result.rejected)
    text += one.record.text() + " " + one.why + one.say.in(policy::Language::zh_cn) + " ";
  return text;
}

std::string counted(const TestResult& result) {
  std::string text;
  for (const CountedRecord& one : result.counted)
    text += one.record.text() + (one.late ? " late" : "") +
            (one.entered_late ? " entered_late" : "") + " ";
  return text;
}

constexpr std::string_view plain = "{at_least: 2, of: {record: contact, where: {unit: $bearer}}}";

// Q3: what `where` does not find is silent, what fails a quality is listed with its words.
TEST(Count, says_what_counts_and_what_does_not_and_why) {
  World world(counted_duty(
      "{at_least: 2, of: {record: contact, where: {unit: $bearer}, counts_if: [{hours: {ge: 2}, "
      "say: 太短}]}}"));
  world.unit(1);
  world.unit(2);
  contact(world, "2026-03-01", "", {{"hours", "2"}});
  contact(world, "2026-03-02", "", {{"hours", "1.999999"}});
  contact(world, "2026-03-03", "", {{"hours", "3"}, {"topics", Value::List{}}});
  contact(world, "2026-03-04", "", {{"hours", "3"}}).versions[0].units = {UnitId{2}};
  contact(world, "2026-03-05", "", {{"hours", "3"}}).versions[0].state = RecordState::planned;
  contact(world, "2026-03-06", "", {{"hours", "3"}}).versions[0].state = RecordState::void_;
  contact(world, "2025-12-31", "", {{"hours", "3"}});
  world.theme_day(1, "2026-03-07");
  const Explanation one = world.ask(1, "2026", "2026-06-01");
  EXPECT_EQ(counted(one.test), "r1 ");
  EXPECT_EQ(rejected(one.test), "r2 quality太短 r3 quality没有题目 r5 planned r6 void ");
  EXPECT_EQ(counts(one), "1/2");
}

// R3: one record, several units; once for each.
TEST(Count, a_joint_record_counts_once_for_each_unit) {
  World world(counted_duty(plain));
  for (const int id : {1, 2, 3}) world.unit(id);
  contact(world, "2026-03-01").versions[0].units = {UnitId{1}, UnitId{2}, UnitId{2}};
  EXPECT_EQ(counts(world.ask(1, "2026", "2026-06-01")), "1/2");
  EXPECT_EQ(counts(world.ask(2, "2026", "2026-06-01")), "1/2");
  EXPECT_EQ(counts(world.ask(3, "2026", "2026-06-01")), "0/2");
}

// T2: the day of `when`, not the header's, and never the day of entry.
TEST(Count, the_day_that_counts_is_the_types_own) {
  World world(counted_duty(plain));
  world.unit(1);
  contact(world, "2026-01-01", "2026-02-01").versions[0].date = day("2025-12-31");
  contact(world, "2025-12-31", "2026-02-01").versions[0].date = day("2026-01-01");
  EXPECT_EQ(counted(world.ask(1, "2026", "2026-06-01").test), "r1 ");
  EXPECT_EQ(counted(world.ask(1, "2025", "2026-06-01").test), "r2 entered_late ");
}

// R8: a void turns it back; a correction is the record from then on.
TEST(Count, corrections_and_voids_are_followed_as_they_were_known) {
  World world(counted_duty("{at_least: 1, of: {record: contact, where: {unit: $bearer}}}"));
  world.unit(1);
  Record& record = contact(world, "2026-03-01");
  World::revise(record, "2026-04-01").state = RecordState::void_;
  World::revise(record, "2026-05-01").state = RecordState::entered;
  EXPECT_EQ(line(world.ask(1, "2026", "2026-03-31")), "met");
  EXPECT_EQ(line(world.ask(1, "2026", "2026-04-01")), "open");
  EXPECT_EQ(line(world.ask(1, "2026", "2026-04-01", "2026-03-31")), "met");
  const Explanation now = world.ask(1, "2026", "2026-06-01");
  EXPECT_EQ(line(now), "met");
  EXPECT_EQ(now.test.counted[0].version, 3);
  EXPECT_EQ(now.test.counted[0].entered, noon("2026-05-01")) << "since the break";
}

// Architecture: by the earliest version since which it has counted without a break.
TEST(Count, a_correction_that_changes_nothing_that_counts_is_not_entered_late) {
  World world(counted_duty("{at_least: 1, of: {record: contact, where: {unit: $bearer}}}"));
  world.unit(1);
  Record& record = contact(world, "2026-12-30", "2026-12-31");
  RecordVersion& second = World::revise(record, "2027-03-01");
  second.place = "hall";
  World::revise(record, "2027-03-02")
      .fields.object()
      ->members[0]
      .second.set("visited", "2026-12-29");
  const Explanation same = world.ask(1, "2026", "2027-06-01");
  EXPECT_EQ(line(same), "met");
  EXPECT_EQ(same.test.counted[0].entered, noon("2026-12-31"));
  // It became a visit of this unit only later.
  record.versions[0].units = {UnitId{2}};
  EXPECT_EQ(line(world.ask(1, "2026", "2027-06-01")), "met [entered_late]");
  EXPECT_EQ(world.ask(1, "2026", "2027-06-01").test.counted[0].entered, noon("2027-03-01"));
}

TEST(Count, what_was_corrected_from_late_to_in_time_is_in_time_since_then) {
  World world(
      counted_duty("{at_least: 1, of: {record: contact, where: {unit: $bearer}}}",
                   "    due: {act: {month_day: \"03-31\"}}\n    missing: counts_as_zero\n"));
  world.unit(1);
  Record& record = contact(world, "2026-04-02");
  EXPECT_EQ(line(world.ask(1, "2026", "2026-05-01")), "met_late");
  World::revise(record, "2026-05-01")
      .fields.object()
      ->members[0]
      .second.set("visited", "2026-03-30");
  EXPECT_EQ(line(world.ask(1, "2026", "2026-05-01")), "met [entered_late]");
}

// A reference is followed, also through time.
TEST(Count, a_reference_leads_to_the_record_that_lasts) {
  World world(
      counted_duty("{at_least: 1, of: {record: contact, where: {unit: $bearer}, counts_if: "
                   "[{point.host: $bearer.parent, say: 不是}, {point.from: {le: 2026-02-01}, "
                   "say: 太晚}]}}"));
  world.unit(9);
  world.unit(1, testing::a_branch, "2000-01-01", 9);
  Record& point = world.record("trial/point", {UnitId{1}}, "2026-01-10", "",
                               Value::object({{"host", "u9"}, {"from", "2026-01-10"}}));
  const RecordId id = point.id;
  contact(world, "2026-03-01", "2026-03-05", {{"point", id.text()}});
  EXPECT_EQ(line(world.ask(1, "2026", "2026-06-01")), "met");
  // The register was corrected: the visit counts since then.
  Record& same = world.facts.records[id];
  same.versions[0].fields =
      Value::object({{"trial/point", Value::object({{"host", "u8"}, {"from", "2026-01-10"}})}});
  EXPECT_EQ(rejected(world.ask(1, "2026", "2026-06-01").test), "r2 quality不是 ");
  World::revise(same, "2026-04-01").fields =
      Value::object({{"trial/point", Value::object({{"host", "u9"}, {"from", "2026-01-10"}})}});
  const Explanation now = world.ask(1, "2026", "2026-06-01");
  EXPECT_EQ(line(now), "met");
  EXPECT_EQ(now.test.counted[0].entered, noon("2026-04-01"));
  World::revise(same, "2026-05-01").state = RecordState::void_;
  EXPECT_EQ(line(world.ask(1, "2026", "2026-06-01")), "open") << "it leads nowhere any more";
  world.facts.records.erase(id);
  EXPECT_EQ(line(world.ask(1, "2026", "2026-06-01")), "unknown: r1 is not among the facts");
}

TEST(Count, distinct_counts_each_value_once) {
  const auto by = [](std::string_view path) {
    return counted_duty("{at_least: 3, of: {record: contact, where: {unit: $bearer}}, distinct: " +
                        std::string(path) + "}");
  };
  World days(by("visited"));
  days.unit(1);
  contact(days, "2026-03-01", "2026-03-09");
  contact(days, "2026-03-01", "2026-03-08");
  contact(days, "2026-03-02");
  const Explanation twice = days.ask(1, "2026", "2026-06-01");
  EXPECT_EQ(counts(twice), "2/3");
  EXPECT_EQ(counted(twice.test), "r1 r3 ");
  EXPECT_EQ(rejected(twice.test), "r2 not_distinct ");
  // The checker asks for one value; what has several counts each of them.
  World topics(by("unit"));
  topics.packs.front().obligations[0].needs.distinct->steps = {"topics"};
  topics.unit(1);
  contact(topics, "2026-03-01", "", {{"topics", Value::List{"work", "life"}}});
  contact(topics, "2026-03-02", "", {{"topics", Value::List{"life"}}});
  contact(topics, "2026-03-03", "", {{"topics", Value::List{"life", "study"}}});
  const Explanation lists = topics.ask(1, "2026", "2026-06-01");
  EXPECT_EQ(counts(lists), "3/3");
  EXPECT_EQ(rejected(lists.test), "r2 not_distinct ");
}

TEST(Count, distinct_prefers_what_was_done_and_entered_in_time) {
  World world(
      counted_duty("{at_least: 1, of: {record: contact, where: {unit: $bearer}}, distinct: unit}",
                   "    due: {act: {month_day: \"03-31\"}}\n    missing: counts_as_zero\n"));
  world.unit(1);
  contact(world, "2026-04-05");                // late
  contact(world, "2026-03-05", "2026-04-09");  // entered late
  EXPECT_EQ(counted(world.ask(1, "2026", "2026-06-01").test), "r2 entered_late ");
  contact(world, "2026-03-06", "2026-03-07");
  EXPECT_EQ(counted(world.ask(1, "2026", "2026-06-01").test), "r3 ");
}

TEST(Count, sums_are_exact) {
  World hours(
      counted_duty("{at_least: 0.3, of: {record: contact, where: {unit: $bearer}}, sum: hours}"));
  hours.unit(1);
  contact(hours, "2026-03-01", "", {{"hours", "0.1"}});
  EXPECT_EQ(counts(hours.ask(1, "2026", "2026-06-01")), "100000/300000");
  contact(hours, "2026-03-02", "", {{"hours", "0.2"}});
  EXPECT_EQ(line(hours.ask(1, "2026", "2026-06-01")), "met");
  World numbers(
      counted_duty("{at_least: 10, of: {record: contact, where: {unit: $bearer}}, sum: number}"));
  numbers.unit(1);
  contact(numbers, "2026-03-01", "", {{"number", 4}});
  contact(numbers, "2026-03-02");  // says none
  const Explanation sum = numbers.ask(1, "2026", "2026-06-01");
  EXPECT_EQ(counts(sum), "4/10");
  EXPECT_EQ(counted(sum.test), "r1 r2 ");
  EXPECT_EQ(sum.test.counted[0].amount, 4);
  EXPECT_EQ(sum.test.counted[1].amount, 0);
}

// X3: 4/5 passes 0.80. Q11: of nothing there is no share.
TEST(Count, a_share_is_exact) {
  World world(
      counted_duty("{at_least: 0.80, of: {record: contact, where: {unit: $bearer}}, share: "
                   "{hours: {ge: 2}}}"));
  world.unit(1);
  EXPECT_EQ(line(world.ask(1, "2026", "2026-06-01")), "unknown");
  contact(world, "2026-03-01", "", {{"hours", "1"}});
  for (const auto* date : {"2026-03-02", "2026-03-03", "2026-03-04"})
    contact(world, date, "", {{"hours", "2"}});
  EXPECT_EQ(line(world.ask(1, "2026", "2026-06-01")), "open");
  contact(world, "2026-03-05", "", {{"hours", "2"}});
  EXPECT_EQ(line(world.ask(1, "2026", "2026-06-01")), "met");
  World most(
      counted_duty("{at_most: 0.666666, of: {record: contact, where: {unit: $bearer}}, share: "
                   "{hours: {ge: 2}}}"));
  most.unit(1);
  contact(most, "2026-03-01", "", {{"hours", "1"}});
  contact(most, "2026-03-02", "", {{"hours", "2"}});
  EXPECT_EQ(line(most.ask(1, "2026", "2026-06-01")), "open");
  contact(most, "2026-03-03", "", {{"hours", "2"}});
  EXPECT_EQ(line(most.ask(1, "2026", "2026-06-01")), "failed") << "two thirds are more";
}

// Q10.
TEST(Count, at_most_fails_when_it_is_exceeded_and_is_met_only_at_the_end) {
  World world(counted_duty("{at_most: 1, of: {record: contact, where: {unit: $bearer}}}"));
  world.unit(1);
  contact(world, "2026-03-01");
  EXPECT_EQ(line(world.ask(1, "2026", "2026-06-01")), "open");
  EXPECT_EQ(line(world.ask(1, "2026", "2026-12-31")), "open");
  EXPECT_EQ(line(world.ask(1, "2026", "2027-01-01")), "met");
  contact(world, "2026-04-01");
  const Explanation over = world.ask(1, "2026", "2026-04-01");
  EXPECT_EQ(line(over), "failed");
  EXPECT_EQ(over.cause, Cause::over);
  EXPECT_FALSE(over.fix);
}

TEST(Count, exactly_is_met_while_it_is_neither_less_nor_more) {
  World world(counted_duty("{exactly: 1, of: {record: contact, where: {unit: $bearer}}}"));
  world.unit(1);
  EXPECT_EQ(line(world.ask(1, "2026", "2026-06-01")), "open");
  contact(world, "2026-03-01");
  EXPECT_EQ(line(world.ask(1, "2026", "2026-06-01")), "met");
  contact(world, "2026-04-01");
  EXPECT_EQ(line(world.ask(1, "2026", "2026-06-01")), "failed");
}

// Q6, and `after_act` of 1.6.
TEST(Count, what_is_done_late_counts_where_the_duty_says_so) {
  struct Row {
    const char* due;
    const char* done;
    const char* expected;  // as of the following March
    const char* why;
  };
  const Row rows[] = {
      {"", "2026-12-31", "met", ""},
      {"", "2027-01-01", "failed", ""},  // it belongs to the next year
      {"    due: {act: {month_day: \"03-31\"}}\n", "2026-03-31", "met", ""},
      {"    due: {act: {month_day: \"03-31\"}}\n", "2026-04-01", "met_late", ""},
      {"    due: {act: {month_day: \"03-31\"}}\n", "2026-12-31", "met_late", ""},
      {"    due: {act: {month_day: \"03-31\"}}\n", "2027-01-01", "failed", ""},
      {"    due: {act: {month_day: \"03-31\"}, after_act: too_late}\n", "2026-04-01", "failed",
       "too_late"},
      {"    due: {from: {month_day: \"02-01\"}}\n", "2026-01-31", "failed", "outside_period"},
      {"    due: {act: {month_day: \"01-31\", of: next}, from: {after: period_end, by: {days: "
       "1}}}\n",
       "2027-01-01", "met", ""},
      {"    due: {act: {month_day: \"01-31\", of: next}, from: {after: period_end, by: {days: "
       "1}}}\n",
       "2027-02-01", "met_late", ""},
      {"    due: {act: {month_day: \"01-31\", of: next}, from: {after: period_end, by: {days: "
       "1}}}\n",
       "2026-12-31", "failed", "outside_period"},
      {"    due: {enter: {after: period_end, by: {days: 20}}}\n", "2027-01-05", "failed",
       "too_late"},
  };
  for (const Row& row : rows) {
    World world(counted_duty("{at_least: 1, of: {record: contact, where: {unit: $bearer}}}",
                             std::string(row.due) + "    missing: counts_as_zero\n"));
    world.unit(1);
    contact(world, row.done);
    const Explanation one = world.ask(1, "2026", "2027-03-01");
    EXPECT_EQ(one.verdict, verdict_from(row.expected)) << row.due << row.done;
    const std::string why = one.test.rejected.empty() ? "" : one.test.rejected[0].why;
    EXPECT_EQ(why, row.why) << row.due << row.done;
  }
}

// Q28: a report says of which year it is; it is done when it is sent.
TEST(Count, a_record_may_say_of_which_period_it_is) {
  World world(counted_duty("{at_least: 1, of: {record: report, where: {unit: $bearer}}}",
                           "    due: {from: {after: period_end, by: {days: 1}}, act: {month_day: "
                           "\"01-31\", of: next}}\n    missing: counts_as_zero\n"));
  world.unit(1);
  const auto file = [&](const char* year, const char* date) -> Record& {
    return world.record("trial/report", {UnitId{1}}, date, "", Value::object({{"for_year", year}}));
  };
  file("2026", "2027-01-20");
  EXPECT_EQ(line(world.ask(1, "2026", "2027-01-19")), "open");
  EXPECT_EQ(line(world.ask(1, "2026", "2027-01-20")), "met");
  EXPECT_EQ(line(world.ask(1, "2027", "2028-03-01")), "failed");
  file("2027", "2029-05-01");
  EXPECT_EQ(line(world.ask(1, "2027", "2029-06-01")), "met_late") << "it names its year";
  file("2028", "2028-12-30");
  EXPECT_EQ(rejected(world.ask(1, "2028", "2029-06-01").test), "r3 outside_period ");
}

TEST(Count, a_register_counts_what_lasts_on_the_day) {
  const auto counting = [](std::string_view active) {
    return counted_duty("{at_least: 1, of: {record: point, where: {unit: $bearer}" +
                        std::string(active) + "}}");
  };
  const auto fill = [](World& world) {
    world.unit(1);
    world.record("trial/point", {UnitId{1}}, "2020-01-10", "",
                 Value::object({{"host", "u1"}, {"from", "2020-01-10"}, {"until", "2026-05-01"}}));
  };
  World today(counting(""));
  fill(today);
  EXPECT_EQ(line(today.ask(1, "2026", "2026-04-30")), "met");
  EXPECT_EQ(line(today.ask(1, "2026", "2026-05-01")), "open");
  EXPECT_EQ(line(today.ask(1, "2025", "2026-05-01")), "met") << "on the last day of 2025";
  World end(counting(", active: period_end"));
  fill(end);
  EXPECT_EQ(line(end.ask(1, "2026", "2026-04-30")), "open");
  World start(counting(", active: period_start"));
  fill(start);
  EXPECT_EQ(line(start.ask(1, "2026", "2026-12-30")), "met");
}

TEST(Count, during_narrows_or_widens_the_days) {
  World world(
      counted_duty("{at_least: 1, of: {record: contact, where: {unit: $bearer}, during: {from: "
                   "{before: period_start, by: {months: 1}}, until: {month_day: \"06-30\"}}}}"));
  world.unit(1);
  Record& record = contact(world, "2025-12-01");
  const auto on = [&](const char* date) {
    record.versions[0].fields.object()->members[0].second.set("visited", date);
    record.versions[0].date = day(date);
    record.versions[0].at = noon(date);
    return world.ask(1, "2026", "2027-01-20");
  };
  EXPECT_EQ(line(on("2025-11-30")), "failed");
  EXPECT_EQ(line(on("2025-12-01")), "met");
  EXPECT_EQ(line(on("2026-06-30")), "met");
  EXPECT_EQ(rejected(on("2026-07-01").test), "r1 outside_period ");
}

// R9: three answers to a missing record, never an implicit one.
TEST(Missing, is_what_the_duty_says) {
  for (const auto& [word, nothing, poor] :
       {std::tuple("counts_as_zero", "failed", "failed"),
        std::tuple("unknown", "unknown", "failed"),
        std::tuple("not_applicable", "not_applicable: no_record", "failed")}) {
    World world(counted_duty(plain, "    missing: " + std::string(word) + "\n"));
    world.unit(1);
    world.unit(2);
    contact(world, "2025-03-01");
    contact(world, "2026-03-01").versions[0].units = {UnitId{2}};
    EXPECT_EQ(line(world.ask(1, "2026", "2027-06-01")), nothing) << word;
    Record& only = contact(world, "2026-02-01");
    for (const auto state : {RecordState::planned, RecordState::void_}) {
      only.versions[0].state = state;
      EXPECT_EQ(line(world.ask(1, "2026", "2027-06-01")), nothing) << word << ": nothing stands";
    }
    contact(world, "2026-03-01", "", {{"topics", Value::List{}}});
    EXPECT_EQ(line(world.ask(1, "2026", "2027-06-01")), poor) << word << ": something was recorded";
  }
}

TEST(Missing, of_a_limit_without_any_record_is_unknown) {
  World world(
      counted_duty("{at_most: 3, of: {record: contact, where: {unit: $bearer}}, sum: number}",
                   "    missing: unknown\n"));
  world.unit(1);
  EXPECT_EQ(line(world.ask(1, "2026", "2027-06-01")), "unknown");
  contact(world, "2026-03-01", "", {{"number", 3}});
  EXPECT_EQ(line(world.ask(1, "2026", "2027-06-01")), "met");
  contact(world, "2026-03-02");
  EXPECT_EQ(line(world.ask(1, "2026", "2027-06-01")), "unknown") << "a number is missing";
  contact(world, "2026-03-02", "", {{"number", 1}});
  EXPECT_EQ(line(world.ask(1, "2026", "2027-06-01")), "failed") << "exceeded, whatever it was";
}

TEST(Together, any_of_says_by_what_it_is_met) {
  World world(
      counted_duty("{any_of: [{id: visited, at_least: 1, of: {record: contact, where: {unit: "
                   "$bearer}}}, {id: met, at_least: 1, of: {record: theme_party_day, where: "
                   "{unit: $bearer}}}]}"));
  world.unit(1);
  EXPECT_EQ(line(world.ask(1, "2026", "2026-12-01")), "open");
  world.theme_day(1, "2026-03-03");
  const Explanation one = world.ask(1, "2026", "2026-12-01");
  EXPECT_EQ(line(one), "met");
  EXPECT_EQ(one.test.met_by, std::vector<std::string>{"met"});
  contact(world, "2026-12-01");
  EXPECT_EQ(world.ask(1, "2026", "2026-12-01").test.met_by,
            (std::vector<std::string>{"met", "visited"}));
}

TEST(Together, entered_late_is_what_it_takes_to_be_met) {
  const auto both = [](std::string_view kind) {
    return counted_duty(
        "{" + std::string(kind) +
        ": [{id: visited, at_least: 1, of: {record: contact, where: {unit: $bearer}}}, "
        "{id: met, at_least: 1, of: {record: theme_party_day, where: {unit: $bearer}}}]}");
  };
  for (const auto* kind : {"all_of", "any_of"}) {
    World world(both(kind));
    world.unit(1);
    world.theme_day(1, "2026-03-03");
    contact(world, "2026-12-01", "2027-02-01");
    EXPECT_EQ(line(world.ask(1, "2026", "2027-02-01")),
              std::string_view(kind) == "all_of" ? "met [entered_late]" : "met");
  }
  World more(counted_duty(plain));
  more.unit(1);
  contact(more, "2026-12-01");
  contact(more, "2026-12-02");
  contact(more, "2026-12-03", "2027-02-01");
  EXPECT_EQ(line(more.ask(1, "2026", "2027-02-01")), "met") << "two were entered in time";
}

TEST(Together, holds_asks_the_bearer) {
  World world(counted_duty("{holds: {tags: {has: sound}}}"));
  world.unit(1);
  const Explanation no = world.ask(1, "2026", "2027-02-01");
  EXPECT_EQ(line(no), "failed");
  EXPECT_EQ(no.cause, Cause::nonconforming);
  world.facts.units[UnitId{1}].kinds[0].value.tags = {"sound"};
  EXPECT_EQ(line(world.ask(1, "2026", "2027-02-01")), "met");
}

}  // namespace
}  // namespace huilu::obligation
