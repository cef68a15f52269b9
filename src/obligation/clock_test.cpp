// The deadline cases T7 to T14, Q27, Q30 and X12 of matters, on the holidays that were published.
#include "obligation/clock.h"

#include <gtest/gtest.h>

#include "obligation/clock_testing.h"
#include "obligation/deed.h"
#include "obligation/waiting.h"

namespace huilu::obligation {
namespace {

using testing::budget_of;
using testing::codes;
using testing::laddered;
using testing::Told;
using testing::with_unit;
using testing::worker;

// T7: the day on which it starts is not counted; a term of days moves on to a working day.
TEST(Clock, counts_from_the_day_after_and_ends_on_a_working_day) {
  const auto told = [](const std::string& budget) {
    return Told(budget_of(budget)).on("2024-03-01", "fixing");  // a Friday
  };
  EXPECT_EQ(told("workdays: 5").says("2024-03-01"), "running 2024-03-08 5");
  EXPECT_EQ(told("days: 1").says("2024-03-01"), "running 2024-03-04 3");
  EXPECT_EQ(told("days: 0").says("2024-03-01"), "running 2024-03-01 0");
  EXPECT_EQ(told("months: 1").says("2024-03-01"), "running 2024-04-01 31");
  EXPECT_EQ(told("workdays: 5").says("2024-03-08"), "running 2024-03-08 0");
  EXPECT_EQ(told("workdays: 5").says("2024-03-12"), "expired 2024-03-08 -2");
}

// T8: holidays rest, make-up days are worked, on a Sunday too.
TEST(Clock, knows_holidays_and_make_up_days) {
  const auto told = Told(budget_of("workdays: 5")).on("2019-09-27", "fixing");
  EXPECT_EQ(told.at("2019-09-27").due->text(), "2019-10-10");
  EXPECT_EQ(Told(budget_of("days: 3")).on("2019-09-28", "fixing").at("2019-09-28").due->text(),
            "2019-10-08");
  EXPECT_EQ(Told(budget_of("days: 1")).on("2019-09-28", "fixing").at("2019-09-28").due->text(),
            "2019-09-29");
}

// T9: a deadline that runs follows a calendar that is published; never earlier, never once passed.
TEST(Clock, follows_a_calendar_that_is_published_while_it_runs) {
  auto told = Told(budget_of("workdays: 5"));
  told.on("2020-01-22", "fixing");
  EXPECT_EQ(told.at("2020-01-26").due->text(), "2020-02-04");
  const ClockNow now = told.at("2020-01-28");
  EXPECT_EQ(now.due->text(), "2020-02-06");
  EXPECT_EQ(now.first_due->text(), "2020-02-04");
  ASSERT_EQ(now.changes.size(), 2U);
  EXPECT_EQ(now.changes[1].cause, DueCause::calendar);
  EXPECT_EQ(now.changes[1].on.text(), "2020-01-27");
  // What was known before stays what was known.
  EXPECT_EQ(told.at("2020-01-28", "2020-01-26").due->text(), "2020-02-04");
  // What had passed is not touched, nor is what had stopped.
  auto passed = Told(budget_of("workdays: 1"));
  passed.on("2020-01-22", "fixing").publish("2020-01-24", "x", "2020-01-23");
  EXPECT_EQ(passed.says("2020-01-25"), "expired 2020-01-23 0");
  auto stopped = Told(budget_of("workdays: 5"));
  stopped.on("2020-01-22", "fixing").on("2020-01-23", "done");
  EXPECT_EQ(stopped.says("2020-01-28"), "in_time 2020-02-04 0");
}

// T10: without a calendar the deadline is provisional, and settles where it belongs.
TEST(Clock, is_provisional_until_the_year_is_published) {
  auto told = Told(budget_of("workdays: 8"));
  told.on("2019-12-27", "fixing");
  told.calendars({"2019-1", "2019-2"});
  EXPECT_TRUE(told.at("2019-12-27").is_provisional);
  EXPECT_EQ(told.at("2019-12-27").due->text(), "2020-01-08");
  told.publish("2019-12-28", "2020-x", "2020-01-01");
  EXPECT_EQ(told.at("2019-12-28").due->text(), "2020-01-09");
}

constexpr std::string_view pausing =
    ", pause_while: {any_of: [{state: waiting}, {note: {present: true}}]}";

// T12: days of a pause are not counted, those of two at once only once.
TEST(Clock, does_not_count_the_days_of_a_pause) {
  auto told = Told(budget_of("workdays: 5", std::string(pausing)));
  told.on("2024-03-01", "fixing").on("2024-03-05", "waiting");
  EXPECT_EQ(told.says("2024-03-05"), "paused none 3");
  EXPECT_EQ(told.says("2024-04-30"), "paused none 3");
  told.note("x").on("2024-03-06", "waiting").on("2024-03-07", "fixing");
  EXPECT_EQ(told.says("2024-03-07"), "paused none 3");
  told.note("").on("2024-03-12", "fixing");
  EXPECT_EQ(told.says("2024-03-12"), "running 2024-03-15 3");
  const ClockNow now = told.at("2024-03-12");
  ASSERT_EQ(now.pauses.size(), 1U);
  EXPECT_EQ(now.pauses[0].from.text(), "2024-03-05");
  EXPECT_EQ(now.pauses[0].until->text(), "2024-03-12");
  EXPECT_EQ(now.first_due->text(), "2024-03-08");
}

TEST(Clock, adds_a_pause_to_a_term_of_days_and_to_a_day_that_was_set) {
  auto days = Told(budget_of("days: 10", std::string(pausing)));
  days.on("2024-03-01", "fixing").on("2024-03-05", "waiting").on("2024-03-09", "fixing");
  EXPECT_EQ(days.says("2024-03-09"), "running 2024-03-15 6");
  auto field =
      Told("      a: {title: t, start: {enter: fixing}, stop: {enter: done}, until_field: due" +
           std::string(pausing) + "}\n");
  field.due("2024-03-08").on("2024-03-01", "fixing").on("2024-03-05", "waiting");
  field.on("2024-03-07", "fixing");
  EXPECT_EQ(field.says("2024-03-07"), "running 2024-03-11 4");  // 10 March is a Sunday
  // A day that is set anew has the pause in it.
  field.due("2024-03-20").on("2024-03-08", "fixing");
  EXPECT_EQ(field.says("2024-03-08"), "running 2024-03-20 12");
  EXPECT_EQ(field.at("2024-03-08").first_due->text(), "2024-03-08");
  EXPECT_EQ(field.at("2024-03-08").generation, 2);
}

TEST(Clock, that_has_expired_is_not_saved_by_a_pause) {
  auto late = Told(budget_of("workdays: 1", std::string(pausing)));
  late.on("2024-03-04", "fixing").on("2024-03-06", "waiting");
  EXPECT_EQ(late.says("2024-03-08"), "expired 2024-03-05 -3");
  // Paused on the last day: it has the day on which it goes on.
  auto last = Told(budget_of("workdays: 1", std::string(pausing)));
  last.on("2024-03-04", "fixing").on("2024-03-05", "waiting").on("2024-03-13", "fixing");
  EXPECT_EQ(last.says("2024-03-13"), "running 2024-03-13 0");
}

// T13: rework has time of its own; what came before is kept.
TEST(Clock, begins_anew_with_the_time_of_a_state) {
  auto told = Told(budget_of("workdays: 5", ", on_enter: {rework: {workdays: 2}}"));
  told.on("2024-03-01", "fixing").on("2024-03-06", "done").on("2024-03-20", "rework");
  EXPECT_EQ(told.says("2024-03-20"), "running 2024-03-22 2");
  told.on("2024-03-21", "fixing").on("2024-03-22", "rework");
  const ClockNow now = told.at("2024-03-22");
  EXPECT_EQ(now.due->text(), "2024-03-26");
  EXPECT_EQ(now.generation, 3);
  EXPECT_EQ(now.first_due->text(), "2024-03-08");
  EXPECT_EQ(now.changes.size(), 3U);
}

// X13: deadlines belong to the matter; sent back or given on, it has the one that it had.
TEST(Clock, goes_on_with_its_deadline_when_it_is_sent_back) {
  auto told = Told(budget_of("workdays: 5"));
  told.on("2024-03-01", "fixing").on("2024-03-06", "done");
  EXPECT_EQ(told.says("2024-03-20"), "in_time 2024-03-08 0");
  told.on("2024-03-07", "fixing");
  EXPECT_EQ(told.says("2024-03-07"), "running 2024-03-08 1");
  EXPECT_EQ(told.at("2024-03-07").generation, 1);
  told.on("2024-03-11", "done");
  EXPECT_EQ(told.says("2024-03-11"), "late 2024-03-08 0");
}

TEST(Clock, begins_anew_where_it_is_restarted) {
  auto told = Told(budget_of("workdays: 5", ", restart: {enter: fixing}"));
  told.on("2024-03-01", "fixing").on("2024-03-06", "done").on("2024-03-07", "fixing");
  EXPECT_EQ(told.says("2024-03-07"), "running 2024-03-14 5");
}

TEST(Clock, has_not_started_before_its_turn_and_waits_for_the_day_that_it_follows) {
  auto told =
      Told("      a: {title: t, start: {enter: found}, stop: {enter: done}, until_field: due}\n");
  EXPECT_EQ(Told(budget_of("days: 1")).on("2024-03-01", "found").says("2024-03-01"),
            "not_started none 0");
  told.on("2024-03-01", "found");
  EXPECT_EQ(told.says("2024-03-01"), "running none 0");
  told.due("2024-03-09").on("2024-03-04", "fixing");
  EXPECT_EQ(told.says("2024-03-04"),
            "running 2024-03-09 5");  // a day that is written does not roll
  EXPECT_EQ(told.at("2024-03-04").generation, 1);
}

// T14: two axes.
TEST(Clock, tells_what_was_known_earlier) {
  auto told = Told(budget_of("workdays: 5"));
  told.on("2024-03-01", "fixing").on("2024-03-06", "done");
  EXPECT_EQ(told.says("2024-03-05"), "running 2024-03-08 3");
  EXPECT_EQ(told.says("2024-03-12", "2024-03-05"), "expired 2024-03-08 -2");
}

constexpr std::string_view three =
    "{rung: near, title: t, at: {before: {workdays: 1}}, tell: [owner]}, "
    "{rung: late, title: t, at: {workdays: 0}, tell: [owner]}, "
    "{rung: high, title: t, at: {workdays: 3}, propose: supervise, signed_by: office}";

TEST(Ladder, reaches_each_rung_once_on_a_working_day) {
  auto told = Told(laddered(std::string(three)));
  told.on("2024-03-01", "fixing");
  EXPECT_EQ(told.reached("2024-03-06"), "");
  EXPECT_EQ(told.reached("2024-03-07"), "near 2024-03-07");
  EXPECT_EQ(told.reached("2024-03-10"), "near 2024-03-07");  // a Sunday: nobody is told
  EXPECT_EQ(told.reached("2024-03-11"), "near 2024-03-07, late 2024-03-11");
  EXPECT_EQ(told.reached("2024-03-13"), "near 2024-03-07, late 2024-03-11");
  EXPECT_EQ(told.reached("2024-03-14"),
            "near 2024-03-07, late 2024-03-11, high 2024-03-14 proposed");
  EXPECT_EQ(told.at("2024-03-06").rungs.at(1).day->text(), "2024-03-11");
  told.on("2024-03-12", "done");
  EXPECT_EQ(told.reached("2024-03-20"), "near 2024-03-07, late 2024-03-11");
}

// X12: what was reached is not taken back when the calendar moves the deadline.
TEST(Ladder, marks_a_rung_as_premature_and_does_not_reach_it_again) {
  auto told = Told(laddered("{rung: near, title: t, at: {before: {days: 3}}, tell: [owner]}"));
  told.on("2024-03-01", "fixing").publish("2024-03-06", "x", "2024-03-08");
  EXPECT_EQ(told.reached("2024-03-05"), "near 2024-03-05");
  EXPECT_EQ(told.at("2024-03-06").due->text(), "2024-03-11");
  EXPECT_EQ(told.reached("2024-03-06"), "near 2024-03-05 premature");
  EXPECT_EQ(told.reached("2024-03-07"), "near 2024-03-05");
}

// Q30: what nobody has decided drives nothing above a reminder.
TEST(Ladder, proposes_nothing_on_a_time_that_is_assumed) {
  const std::string rungs =
      "{rung: late, title: t, at: {workdays: 0}, tell: [owner], propose: remind, signed_by: "
      "office}";
  auto told = Told(laddered(rungs, "param: grace"));
  told.on("2024-03-01", "fixing");
  EXPECT_TRUE(told.at("2024-03-11").is_assumed);
  EXPECT_EQ(told.reached("2024-03-11"), "late 2024-03-11");
  EXPECT_TRUE(told.at("2024-03-11").rungs.at(0).is_held);
  Decided decided{"trial/grace", {}, false, end_of_day(*Date::parse("2024-02-01"))};
  decided.value.from = *Date::parse("2024-01-01");
  decided.value.basis = policy::Basis::decision;
  decided.value.value = policy::Setting(policy::Duration{policy::DurationUnit::workdays, 5});
  told.facts().decided.push_back(decided);
  EXPECT_FALSE(told.at("2024-03-11").is_assumed);
  EXPECT_EQ(told.reached("2024-03-11"), "late 2024-03-11 proposed");
}

TEST(Extension, is_asked_for_in_time_and_granted_by_another) {
  auto told = with_unit(laddered(std::string(three), "workdays: 5",
                                 ", extend: {by: [owner], approve: [office], fields: [reason], "
                                 "at_most: {days: 30}, times: 1}"));
  told.on("2024-03-01", "fixing");
  const Date until = *Date::parse("2024-03-29");
  Change change;
  change.reason = "r";
  const auto asks = [&](std::string_view today, Date day, const Change& with) {
    return codes(check_asking(told.life(today), told.matter(), "a", day, with, worker()));
  };
  EXPECT_EQ(asks("2024-03-08", until, change), "");
  EXPECT_EQ(asks("2024-03-08", until, {}), "field_required/reason");
  EXPECT_EQ(asks("2024-03-08", *Date::parse("2024-03-08"), change), "field_range/until");
  EXPECT_EQ(asks("2024-03-08", *Date::parse("2024-04-09"), change), "field_range/until");
  EXPECT_EQ(asks("2024-03-09", until, change), "wrong_state/clock");
  EXPECT_EQ(codes(check_asking(told.life("2024-03-08"), told.matter(), "b", until, change, {})),
            "unknown_word/clock");
  EXPECT_EQ(codes(check_asking(told.life("2024-03-08"), told.matter(), "a", until, change, {})),
            "role_required/clock");
  const auto decides = [&](bool grants, bool by_asker) {
    return codes(check_deciding(told.life("2024-03-08"), told.matter(), "a", grants, {}, worker(),
                                by_asker));
  };
  EXPECT_EQ(decides(true, false), "wrong_state/clock");
  told.on("2024-03-08", "fixing", Deed{DeedKind::extension_asked, "a", "", 0, until});
  EXPECT_EQ(asks("2024-03-08", until, change), "wrong_state/clock");
  EXPECT_EQ(decides(true, true), "move_same_person/clock");
  EXPECT_EQ(decides(false, false), "field_required/reason");
  EXPECT_EQ(decides(true, false), "");
  told.on("2024-03-08", "fixing", Deed{DeedKind::extension_granted, "a", "", 0, until});
  const ClockNow now = told.at("2024-03-08");
  EXPECT_EQ(now.due, until);
  EXPECT_EQ(now.first_due->text(), "2024-03-08");
  EXPECT_EQ(now.generation, 2);
  EXPECT_EQ(now.asked.at(0).due->text(), "2024-03-08");
  EXPECT_EQ(asks("2024-03-20", *Date::parse("2024-04-10"), change), "wrong_state/clock");
  // The ladder begins again: what was reached before the extension stays told.
  EXPECT_EQ(told.reached("2024-03-29"), "near 2024-03-07, near 2024-03-28");
}

TEST(Step, is_signed_or_dismissed_once_by_the_role) {
  auto told = with_unit(laddered(std::string(three)));
  told.on("2024-03-01", "fixing");
  Change reason;
  reason.reason = "r";
  const auto decided = [&](std::string_view today, bool signs, const Change& change,
                           const Actor& actor) {
    return codes(check_step(told.life(today), told.matter(), "a", "high", signs, change, actor));
  };
  EXPECT_EQ(decided("2024-03-13", true, {}, worker()), "wrong_state/rung");
  EXPECT_EQ(decided("2024-03-14", true, {}, {}), "role_required/rung");
  EXPECT_EQ(decided("2024-03-14", false, {}, worker()), "field_required/reason");
  EXPECT_EQ(decided("2024-03-14", false, reason, worker()), "");
  EXPECT_EQ(decided("2024-03-14", true, {}, worker()), "");
  EXPECT_EQ(codes(check_step(told.life("2024-03-14"), told.matter(), "a", "hgih", true, {}, {})),
            "unknown_word/rung");
  told.on("2024-03-14", "fixing", Deed{DeedKind::step_signed, "a", "high", 1, {}});
  EXPECT_EQ(decided("2024-03-15", true, {}, worker()), "wrong_state/rung");
  const ClockNow now = told.at("2024-03-15");
  EXPECT_TRUE(now.rungs.at(2).is_signed);
  EXPECT_FALSE(now.rungs.at(2).is_open);
}

TEST(Urgency, shortens_a_clock_that_begins_and_none_that_runs) {
  const std::string clocks =
      budget_of("workdays: 5") + "    urgent: {when: {note: hurry}, budgets: {a: {workdays: 1}}}\n";
  auto slow = Told(clocks);
  slow.on("2024-03-01", "fixing").note("hurry").on("2024-03-04", "fixing", Deed{});
  EXPECT_EQ(slow.at("2024-03-04").due->text(), "2024-03-08");
  auto urgent = Told(clocks);
  urgent.note("hurry").on("2024-03-01", "fixing");
  EXPECT_EQ(urgent.at("2024-03-01").due->text(), "2024-03-04");
}

TEST(NextDue, is_that_of_the_clocks_that_run_and_of_the_matter_while_none_follows_it) {
  auto told =
      Told(budget_of("workdays: 5") +
           "      b: {title: t, start: {enter: rework}, stop: {enter: done}, until_field: due}\n");
  told.due("2024-06-30").on("2024-03-01", "found");
  const auto next = [&](std::string_view today) {
    const auto day = next_due(told.life(today), told.matter(), told.all(today));
    return day ? day->text() : std::string("none");
  };
  EXPECT_EQ(next("2024-03-01"), "2024-06-30");
  told.on("2024-03-02", "fixing");
  EXPECT_EQ(next("2024-03-02"), "2024-03-08");
  told.due("2024-03-05").on("2024-03-03", "rework");
  EXPECT_EQ(next("2024-03-03"), "2024-03-05");
  told.on("2024-03-04", "done");
  EXPECT_EQ(next("2024-03-04"), "none");
}

}  // namespace
}  // namespace huilu::obligation
