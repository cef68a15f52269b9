#include "round/rules.h"

#include <gtest/gtest.h>

#include "policy/testing.h"
#include "round/figures.h"

namespace huilu::round {
namespace {

const policy::Pack& trial_pack() {
  static const policy::Pack pack = [] {
    auto loaded = policy::testing::load_trial(R"(
matter_types:
  issue:
    title: t
    pin: version_at_open
    fields:
      what: {type: text, title: t}
      note: {type: text, title: t}
      lead: {type: unit, title: t}
    roles: {owner: {unit: $it.unit, title: t}, lead: {unit: $it.lead, title: t}}
    initial: open
    states:
      open: t
      claimed: {title: t, completion: done}
      closed: {title: t, final: soft, outcome: solved}
      kept: {title: t, final: soft, outcome: long_term}
    moves:
      - {id: claim, title: t, from: [open], to: claimed, by: [owner]}
      - {id: close, title: t, from: [claimed], to: closed, by: [lead]}
      - {id: keep, title: t, from: [claimed], to: kept, by: [lead]}
      - {id: back, title: t, from: [closed, kept], to: open, by: [lead], fields: [reason]}
      - {id: later, title: t, from: [open], to: open, by: [owner]}
    round: {line: owner, lead: lead, progress: [what]}
)");
    if (!loaded) ADD_FAILURE() << policy::testing::lines(loaded.refusals());
    return std::move(loaded).value();
  }();
  return pack;
}
const policy::MatterType& issue() { return trial_pack().matter_types.at(0); }

const Date first = Date::of(2026, 3, 2);

matter::Version step(Date day, std::string state, Value fields, int evidence = 0) {
  matter::Version out;
  out.at = {(day.days * 24LL + 4) * 3'600'000LL};
  out.matter.opened = first;
  out.matter.state = std::move(state);
  out.matter.fields = std::move(fields);
  for (int i = 0; i < evidence; ++i) out.matter.evidence.push_back(FileId{i + 1});
  return out;
}

Value what(const char* text) { return Value::object({{"what", text}}); }

Standing standing(std::optional<Date> due, Date last, std::string outcome = "") {
  Standing out;
  out.version = 1;
  out.state = "open";
  out.outcome = std::move(outcome);
  out.due = due;
  out.last_progress = last;
  return out;
}

Whole april() {
  Whole whole;
  whole.round.id = RoundId{9};
  whole.round.unit = UnitId{1};
  whole.round.opened = first;
  whole.round.cutoff = first + 5;
  whole.round.silent_days = 30;
  whole.round.version = 3;
  whole.rows = {{MatterId{1}, UnitId{4}, UnitId{2}, {Ask::late}, standing({}, first), {}},
                {MatterId{2}, UnitId{5}, UnitId{2}, {}, standing({}, first), {}},
                {MatterId{3}, UnitId{5}, UnitId{1}, {Ask::silent}, standing({}, first), {}}};
  return whole;
}

std::string told(const Refusals& refusals) {
  std::string out;
  for (const Refusal& one : refusals) {
    out += std::string(out.empty() ? "" : ", ") + std::string(kind_of(one.code).name) +
           (one.where.empty() ? "" : " " + one.where);
  }
  return out.empty() ? "done" : out;
}

TEST(RoundRules, progress_is_what_moves_a_matter_and_not_more_time_or_other_words) {
  const auto last = [](std::vector<matter::Version> history, std::optional<Date> said = {}) {
    return last_progress(issue(), history, said);
  };
  const auto opened = step(first, "open", what("a"));
  EXPECT_EQ(last({opened}), first);
  EXPECT_EQ(last({opened, step(first + 9, "open", what("a"))}), first);
  EXPECT_EQ(last({opened, step(first + 9, "open",
                               Value::object({{"what", "a"}, {"note", "typo mended"}}))}),
            first);
  EXPECT_EQ(last({opened, step(first + 9, "open", what("b"))}), first + 9);
  EXPECT_EQ(last({opened, step(first + 9, "claimed", what("a"))}), first + 9);
  EXPECT_EQ(last({opened, step(first + 9, "open", what("a"), 1)}), first + 9);
  EXPECT_EQ(last({opened}, first + 20), first + 20);
  EXPECT_EQ(last({opened, step(first + 9, "claimed", what("a"))}, first + 3), first + 9);
}

TEST(RoundRules, only_late_silent_and_near_rows_ask) {
  const Date opened = first + 40;
  const auto asks = [&](const Standing& one, std::optional<Date> since = {}) {
    return asks_text(asks_of(one, {opened, opened + 5, 10, 30, since}));
  };
  EXPECT_EQ(asks(standing(opened + -1, opened)), "late");
  EXPECT_EQ(asks(standing(opened, opened)), "due_soon");
  EXPECT_EQ(asks(standing(opened + 15, opened)), "due_soon");
  EXPECT_EQ(asks(standing(opened + 16, opened)), "");
  EXPECT_EQ(asks(standing({}, opened + -30)), "");
  EXPECT_EQ(asks(standing({}, opened + -31)), "silent");
  EXPECT_EQ(asks(standing({}, opened + -2), opened + -2), "silent");
  EXPECT_EQ(asks(standing({}, opened + -1), opened + -2), "");
  EXPECT_EQ(asks(standing(opened + -1, opened + -99, "solved")), "");
}

TEST(RoundRules, nobody_confirms_his_own_lines) {
  const auto part = [](std::optional<UnitId> lead) {
    const std::vector<obligation::RoleNow> roles = {{issue().find_role("owner"), UnitId{4}, {}},
                                                    {issue().find_role("lead"), lead, {}}};
    return part_of(issue(), roles, UnitId{4}, UnitId{1}).lead_unit;
  };
  EXPECT_EQ(part(UnitId{2}), UnitId{2});
  EXPECT_EQ(part(UnitId{4}), UnitId{1});
  EXPECT_EQ(part({}), UnitId{1});
}

TEST(RoundRules, a_set_is_confirmed_when_its_rows_are_answered_and_again_after_a_later_line) {
  Whole whole = april();
  EXPECT_EQ(told(decide_confirmation(whole, UnitId{2})), "round_unanswered /lead");
  EXPECT_EQ(told(decide_confirmation(whole, UnitId{7})), "unknown_unit /lead");
  EXPECT_EQ(told(decide_line(whole, {MatterId{1}, 1, LineKind::none, "rain"})),
            "version_conflict /version");
  EXPECT_EQ(told(decide_line(whole, {MatterId{1}, 0, LineKind::none, ""})), "field_required /said");
  EXPECT_EQ(told(decide_line(whole, {MatterId{8}, 0, LineKind::none, "x"})),
            "unknown_matter /matter");
  whole.lines = {{MatterId{1}, 1, LineKind::none, "rain", {}, {}, 10}};
  EXPECT_EQ(told(decide_confirmation(whole, UnitId{2})), "done");
  whole.confirmations = {{UnitId{2}, {}, {}, 11}};
  EXPECT_EQ(told(decide_confirmation(whole, UnitId{2})), "wrong_state /lead");
  whole.lines = {{MatterId{1}, 2, LineKind::progress, "sun", {}, {}, 12}};
  EXPECT_EQ(whole.standing_confirmation(UnitId{2}), nullptr);
  EXPECT_EQ(told(decide_confirmation(whole, UnitId{2})), "done");
}

TEST(RoundRules, what_is_open_takes_a_reason_to_lock) {
  Whole whole = april();
  EXPECT_EQ(told(decide_locking(whole, 3, "")), "round_unanswered /reason");
  EXPECT_EQ(told(decide_locking(whole, 3, "the meeting is now")), "done");
  EXPECT_EQ(told(decide_locking(whole, 2, "the meeting is now")), "version_conflict /version");
  whole.lines = {{MatterId{1}, 1, LineKind::none, "rain", {}, {}, 10},
                 {MatterId{3}, 1, LineKind::progress, "sun", {}, {}, 11}};
  EXPECT_EQ(told(decide_locking(whole, 3, "")), "round_unanswered /reason");
  whole.confirmations = {{UnitId{2}, {}, {}, 12}};
  EXPECT_EQ(told(decide_locking(whole, 3, "")), "done");
  whole.round.locked = first;
  EXPECT_EQ(told(decide_locking(whole, 3, "")), "wrong_state");
  EXPECT_EQ(told(decide_line(whole, {MatterId{1}, 1, LineKind::none, "late"})), "wrong_state");
}

TEST(RoundRules, a_promise_is_kept_when_it_is_reported_and_the_office_may_say_otherwise) {
  Whole whole = april();
  EXPECT_EQ(told(decide_task(whole, {MatterId{8}, UnitId{4}, first + -1, ""}, true, first)),
            "wrong_state, unknown_matter /matter, date_order /due, field_required /said");
  whole.tasks = {{1, MatterId{1}, UnitId{4}, first + 9, "pave it", {}, {}, 20, {}}};
  EXPECT_EQ(told(decide_report(whole, {2, true, "paved"})), "not_found");
  EXPECT_EQ(told(decide_report(whole, {1, false, "not paved"})), "wrong_state /done");
  EXPECT_EQ(told(decide_report(whole, {1, true, "paved"})), "done");
  whole.tasks[0].reports = {{1, true, "paved", {}, {}, 21}};
  EXPECT_TRUE(whole.tasks[0].is_done());
  EXPECT_EQ(told(decide_report(whole, {1, false, "half of it"})), "done");
}

TEST(RoundFigures, each_matter_is_new_once_and_what_came_back_is_told_apart) {
  Whole before = april();
  before.round.locked = first + 6;
  before.rows[1].locked = standing({}, first, "solved");
  Whole whole = april();
  whole.round.id = RoundId{10};
  Counted counted{whole, &before, {}, {}, {}, {}, {}, first + 40};
  counted.rows = {{MatterId{1}, standing({}, first), true},        // was open and is, and is done
                  {MatterId{2}, standing({}, first)},              // was solved, and came back
                  {MatterId{4}, standing(first, first)}};          // new
  counted.before = {{MatterId{3}, standing({}, first, "solved")},  // struck off
                    {MatterId{5}, standing({}, first, "solved")},  // came and went
                    {MatterId{6}, standing({}, first, "unfounded")}};
  const Value figures = figures_of(counted);
  const Value& since = *figures.find("since");
  EXPECT_EQ(*since.find("added"), Value(3));
  EXPECT_EQ(*since.find("reopened"), Value(1));
  EXPECT_EQ(*since.find("struck_off"), Value(2));
  EXPECT_EQ(*since.find("settled"), Value(1));
  EXPECT_EQ(*figures.find("rows")->find("silent"), Value(3));
  EXPECT_EQ(*figures.find("rows")->find("waiting"), Value(1));
  counted.previous = nullptr;
  EXPECT_TRUE(figures_of(counted).find("since")->is_null());
}

TEST(RoundFigures, completion_is_apart_from_the_state_and_long_term_is_not_done) {
  const Whole whole = april();
  Counted counted{whole, nullptr, {}, {}, {}, {}, {}, first};
  counted.types = {{"trial/issue", &issue()}};
  counted.counts = {
      {"trial/issue",
       {{"open", {5, 2}}, {"claimed", {3, 1}}, {"closed", {7, 0}}, {"kept", {4, 0}}}}};
  const Value figures = figures_of(counted);
  const Value& completion = *figures.find("completion");
  EXPECT_EQ(*completion.find("not_started"), Value(5));
  EXPECT_EQ(*completion.find("done"), Value(10));
  EXPECT_EQ(*completion.find("waiting"), Value(3));
  EXPECT_EQ(*completion.find("long_term"), Value(4));
}

}  // namespace
}  // namespace huilu::round
