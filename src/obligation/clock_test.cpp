// The deadline cases T7 to T14, Q27, Q30 and X12 of matters, on the holidays that were published.
#include "obligation/clock.h"

#include <gtest/gtest.h>

#include "base/check.h"
#include "obligation/deed.h"
#include "obligation/waiting.h"
#include "policy/testing.h"

namespace huilu::obligation {
namespace {

constexpr std::string_view clock_head = R"(
documents: {S0: {name: document}}
clauses: [{id: S0-1, doc: S0, at: "1"}]
params:
  grace: {type: duration, title: t, clause: S0-1, bind: clock_start,
    values: [{from: 2018-01-01, value: {workdays: 5}, basis: assumed}]}
matter_types:
  issue:
    title: t
    pin: version_at_open
    fields: {note: {type: text, title: t}}
    roles: {owner: {unit: $it.unit, title: t}, office: {unit: $it.unit, title: t}}
    initial: found
    states: {found: t, fixing: t, waiting: t, rework: t,
      done: {title: t, final: soft, outcome: solved}}
    moves:
      - {id: fix, title: t, from: [found, waiting, rework, done], to: fixing, by: [owner]}
      - {id: wait, title: t, from: [fixing], to: waiting, by: [owner]}
      - {id: again, title: t, from: [fixing, done], to: rework, by: [owner]}
      - {id: finish, title: t, from: [fixing], to: done, by: [owner]}
    clocks:
)";

// A matter of the type above, with clocks that a test writes; days are those on which something is
// done.
class Told {
 public:
  explicit Told(const std::string& clocks) : pack_(load(clocks)) {
    facts_.calendar = policy::core_pack().revisions;
    matter_.id = MatterId{1};
    matter_.type = type().address;
    matter_.unit = UnitId{1};
    matter_.state = "found";
    matter_.fields = Value(Value::Object{});
  }

  Told& on(std::string_view day, std::string_view state, std::optional<Deed> deed = {}) {
    const Date date = *Date::parse(day);
    if (steps_.empty()) matter_.opened = date;
    matter_.state = state;
    steps_.push_back(
        {matter_, steps_.empty() || deed ? "" : "move", std::move(deed), end_of_day(date)});
    return *this;
  }
  Told& due(std::string_view day) {
    matter_.due = Date::parse(day);
    return *this;
  }
  Told& note(std::string text) {
    matter_.fields.set("note", text.empty() ? Value() : Value(std::move(text)));
    return *this;
  }
  // Only these calendars are published, and those of `later` on a day.
  Told& calendars(std::initializer_list<std::string_view> ids) {
    std::erase_if(facts_.calendar, [&](const calendar::Revision& one) {
      return std::find(ids.begin(), ids.end(), one.id) == ids.end();
    });
    return *this;
  }
  Told& publish(std::string_view day, std::string id, std::string_view rest) {
    const Date date = *Date::parse(rest);
    facts_.calendar.push_back(
        {std::move(id), date.year(), *Date::parse(day), "", {{date, date + 1}}, {}});
    return *this;
  }

  Lifecycle life(std::string_view today, std::string_view known = {}) const {
    const Date date = *Date::parse(today);
    const Date by = known.empty() ? date : *Date::parse(known);
    return {facts_, pack_, type(), date, end_of_day(by), nullptr, &steps_};
  }
  std::vector<ClockNow> all(std::string_view today, std::string_view known = {}) const {
    return clocks_of(life(today, known), steps_);
  }
  ClockNow at(std::string_view today, std::string_view known = {}) const {
    return all(today, known).at(0);
  }
  // "running 2019-10-14 5"
  std::string says(std::string_view today, std::string_view known = {}) const {
    const ClockNow now = at(today, known);
    return std::string(clock_status_words[static_cast<std::size_t>(now.status)]) + ' ' +
           (now.due ? now.due->text() : "none") + ' ' + std::to_string(now.left);
  }
  // "near 2024-03-07, late 2024-03-11": those reached by a day.
  std::string reached(std::string_view today) const {
    std::string all;
    for (const RungNow& one : at(today).rungs)
      if (one.reached)
        all += (all.empty() ? "" : ", ") + one.rung->id + ' ' + one.reached->text() +
               (one.is_premature ? " premature" : "") + (one.is_open ? " proposed" : "");
    return all;
  }
  const Matter& matter() const { return matter_; }
  Facts& facts() { return facts_; }

 private:
  const policy::MatterType& type() const { return pack_.matter_types.at(0); }
  static policy::Pack load(const std::string& clocks) {
    auto loaded = policy::testing::load_trial(std::string(clock_head) + clocks);
    if (!loaded) ADD_FAILURE() << policy::testing::lines(loaded.refusals());
    CHECK(loaded.ok());
    return std::move(loaded).value();
  }

  policy::Pack pack_;
  Facts facts_;
  Matter matter_;
  std::vector<MatterStep> steps_;
};

std::string budget_of(const std::string& budget, const std::string& more = {}) {
  return "      a: {title: t, start: {enter: fixing}, stop: {enter: done}, budget: {" + budget +
         '}' + more + "}\n";
}

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

std::string laddered(const std::string& rungs, const std::string& budget = "workdays: 5",
                     const std::string& more = {}) {
  return budget_of(budget, more) + "    ladder: {a: [" + rungs + "]}\n";
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

Actor worker() {
  Actor actor;
  actor.units = {UnitId{1}};
  return actor;
}

std::string codes(const Refusals& refusals) {
  std::string all;
  for (const Refusal& one : refusals)
    all += (all.empty() ? "" : " ") + std::string(kind_of(one.code).name) + one.where;
  return all;
}

Told with_unit(const std::string& clocks) {
  Told told(clocks);
  Unit unit;
  unit.id = UnitId{1};
  unit.span = {*Date::parse("2000-01-01"), {}};
  told.facts().units[unit.id] = unit;
  return told;
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

constexpr std::string_view acknowledged =
    "{rung: high, title: t, at: {workdays: 3}, propose: supervise, signed_by: office, "
    "acknowledge: {by: [owner], within: {workdays: 2}}}, "
    "{rung: silent, title: t, at: {unacknowledged: high}, propose: interview, signed_by: office}";

Deed signed_to(std::vector<UnitId> units) {
  Deed deed{DeedKind::step_signed, "a", "high", 1};
  deed.units = std::move(units);
  return deed;
}

Deed acknowledged_by(UnitId unit) {
  Deed deed{DeedKind::step_acknowledged, "a", "high", 1};
  deed.units = {unit};
  return deed;
}

TEST(Step, is_acknowledged_once_by_each_unit_that_it_reached) {
  auto told = with_unit(laddered(std::string(acknowledged)));
  told.on("2024-03-01", "fixing");
  const auto says = [&](std::string_view today, std::string_view rung, std::optional<UnitId> unit,
                        const Actor& actor) {
    return codes(check_acknowledging(told.life(today), "a", rung, unit, actor).refusals);
  };
  EXPECT_EQ(says("2024-03-14", "high", {}, worker()), "wrong_state/rung");
  const auto* const high = told.life("2024-03-14").type.find_rung("a", "high");
  EXPECT_EQ(reached_by(told.life("2024-03-14"), told.matter(), *high), std::vector{UnitId{1}});
  told.on("2024-03-14", "fixing", signed_to({UnitId{1}, UnitId{2}}));
  EXPECT_EQ(reached_so_far(*told.life("2024-03-14").history), (std::vector{UnitId{1}, UnitId{2}}));
  EXPECT_EQ(told.at("2024-03-14").rungs.at(0).acknowledge_by->text(), "2024-03-18");
  Actor both = worker();
  both.units.push_back(UnitId{2});
  EXPECT_EQ(says("2024-03-14", "high", {}, worker()), "");
  EXPECT_EQ(says("2024-03-14", "high", {}, both), "field_required/unit");
  EXPECT_EQ(says("2024-03-14", "high", UnitId{2}, both), "");
  EXPECT_EQ(says("2024-03-14", "high", UnitId{2}, worker()), "role_required/rung");
  EXPECT_EQ(says("2024-03-14", "high", UnitId{3}, both), "unknown_unit/unit");
  EXPECT_EQ(says("2024-03-14", "high", {}, {}), "role_required/rung");
  EXPECT_EQ(says("2024-03-14", "silent", {}, worker()), "wrong_state/rung");
  EXPECT_EQ(says("2024-03-14", "hgih", {}, worker()), "unknown_word/rung");
  told.on("2024-03-15", "fixing", acknowledged_by(UnitId{1}));
  EXPECT_EQ(says("2024-03-15", "high", {}, worker()), "wrong_state/rung");
  EXPECT_EQ(says("2024-03-15", "high", {}, both), "");
  const auto receipts = told.at("2024-03-15").rungs.at(0).receipts;
  EXPECT_EQ(receipts.at(0).on->text(), "2024-03-15");
  EXPECT_FALSE(receipts.at(1).on);
}

TEST(Ladder, counts_the_silence_of_any_unit_and_once) {
  auto told = with_unit(laddered(std::string(acknowledged)));
  told.on("2024-03-01", "fixing").on("2024-03-14", "fixing", signed_to({UnitId{1}, UnitId{2}}));
  EXPECT_EQ(told.at("2024-03-14").rungs.at(1).day->text(), "2024-03-19");
  told.on("2024-03-18", "fixing", acknowledged_by(UnitId{1}));
  EXPECT_EQ(told.reached("2024-03-18"), "high 2024-03-14");
  EXPECT_EQ(told.reached("2024-03-19"), "high 2024-03-14, silent 2024-03-19 proposed");
  const auto waits = waits_of(told.life("2024-03-19"), told.matter(), told.all("2024-03-19"));
  const auto found = std::find_if(waits.begin(), waits.end(), [](const Wait& one) {
    return one.kind == WaitKind::acknowledge;
  });
  ASSERT_NE(found, waits.end());
  EXPECT_EQ(found->unit, UnitId{2});
  EXPECT_EQ(found->from.text(), "2024-03-14");
  EXPECT_EQ(found->due->text(), "2024-03-18");
  told.on("2024-03-20", "fixing", acknowledged_by(UnitId{2}));
  EXPECT_EQ(told.reached("2024-03-20"), "high 2024-03-14, silent 2024-03-19 proposed");
}

// Acknowledged in time nothing follows, and what has moved on is acknowledged all the same.
TEST(Ladder, does_not_climb_once_everybody_has_it) {
  auto told = with_unit(laddered(std::string(acknowledged)));
  told.on("2024-03-01", "fixing").on("2024-03-14", "fixing", signed_to({UnitId{1}}));
  told.on("2024-03-15", "done");
  const auto says = [&] {
    return codes(check_acknowledging(told.life("2024-03-18"), "a", "high", {}, worker()).refusals);
  };
  EXPECT_EQ(says(), "");
  told.on("2024-03-18", "done", acknowledged_by(UnitId{1}));
  EXPECT_EQ(says(), "wrong_state/rung");
  EXPECT_EQ(told.reached("2024-03-25"), "high 2024-03-14");
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
