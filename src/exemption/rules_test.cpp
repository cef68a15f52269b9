#include "exemption/rules.h"

#include <gtest/gtest.h>

#include "obligation/organisation.h"
#include "policy/testing.h"

namespace huilu::exemption {
namespace {

using obligation::Bearer;

const Date decided_on = Date::of(2026, 3, 5);
const Instant now = {1'772'700'000'000};

policy::Pack pack() {
  auto loaded = policy::testing::load_trial(R"(
documents: {S9: {name: 试}}
clauses: [{id: S9-1, doc: S9}]
obligations:
  meeting:
    clause: S9-1
    title: t
    who: {unit: {type: branch}}
    every: month
    needs: {at_least: 1, of: {record: core/theme_party_day, where: {unit: $bearer}}}
    due: {act: period_end, enter: {after: period_end, by: {days: 3}}}
    missing: counts_as_zero
    exempt: {reasons: [emergency, other], approver: unit.parent}
    defer: {reasons: [emergency], approver: unit.parent.parent, at_most: {days: 30}}
  visit:
    clause: S9-1
    title: t
    who: {unit: {type: branch}}
    every: year
    needs: {at_least: 1, of: {record: core/theme_party_day, where: {unit: $bearer}}}
    missing: counts_as_zero
)");
  if (!loaded) ADD_FAILURE() << policy::testing::lines(loaded.refusals());
  return std::move(loaded).value();
}

// u1 ← u2 ← u4, which is a branch.
obligation::Facts facts(const policy::Pack& of) {
  obligation::Facts facts;
  facts.activations = {{&of, {Date::of(2026, 1, 1), {}}, {}, {1}, {}}};
  for (const auto& [id, parent] : {std::pair(1, 0), {2, 1}, {4, 2}}) {
    obligation::Unit unit;
    unit.id = UnitId{id};
    unit.span = {Date::of(2020, 1, 1), {}};
    unit.kinds = {{{id == 4 ? "branch" : "local_committee", 5, "", {}}, unit.span}};
    std::optional<UnitId> above;
    if (parent != 0) above = UnitId{parent};
    unit.parents = {{above, unit.span}};
    facts.units.emplace(unit.id, unit);
  }
  return facts;
}

NewLeave asked(LeaveKind kind, std::string obligation = "trial/meeting", int unit = 4,
               std::string period = "2026-03") {
  return {
      kind, std::move(obligation), {UnitId{unit}, {}, {}}, std::move(period), {}, {}, "emergency",
      ""};
}

TEST(Rules, the_terms_are_what_the_duty_says_for_this_bearer_and_period) {
  const auto of = pack();
  const auto exempt = terms_of(facts(of), asked(LeaveKind::exempt), decided_on, now);
  ASSERT_TRUE(exempt.ok());
  EXPECT_EQ(exempt->home, UnitId{4});
  EXPECT_EQ(exempt->approver, UnitId{2});
  EXPECT_EQ(exempt->reasons, (std::vector<std::string>{"emergency", "other"}));
  EXPECT_EQ(exempt->act, Date::of(2026, 3, 31));
  EXPECT_EQ(exempt->enter, Date::of(2026, 4, 3));
  EXPECT_FALSE(exempt->latest_act);
  const auto defer = terms_of(facts(of), asked(LeaveKind::defer), decided_on, now);
  ASSERT_TRUE(defer.ok());
  EXPECT_EQ(defer->approver, UnitId{1});
  EXPECT_EQ(defer->latest_act, Date::of(2026, 4, 30));
}

TEST(Rules, a_leave_that_was_given_does_not_move_the_days_that_another_is_measured_by) {
  const auto of = pack();
  auto given = facts(of);
  given.leaves.push_back({1,
                          LeaveKind::defer,
                          "trial/meeting",
                          "u4",
                          "2026-03",
                          Date::of(2026, 4, 20),
                          {},
                          "emergency",
                          {2},
                          {}});
  EXPECT_EQ(terms_of(given, asked(LeaveKind::defer), decided_on, now)->act, Date::of(2026, 3, 31));
}

TEST(Rules, what_the_duty_does_not_allow_is_refused_with_the_reason) {
  const auto of = pack();
  const auto told = [&](const NewLeave& leave) {
    const auto terms = terms_of(facts(of), leave, decided_on, now);
    if (terms.ok()) return std::string("possible");
    const Refusal& refusal = terms.refusals().front();
    return std::string(kind_of(refusal.code).name) + " " + refusal.where + refusal.got;
  };
  EXPECT_EQ(told(asked(LeaveKind::exempt, "trial/nothing")),
            "unknown_obligation /obligationtrial/nothing");
  EXPECT_EQ(told(asked(LeaveKind::exempt, "trial/meeting", 5)), "unknown_bearer /beareru5");
  EXPECT_EQ(told(asked(LeaveKind::exempt, "trial/meeting", 4, "2026")),
            "unknown_period /period2026");
  EXPECT_EQ(told(asked(LeaveKind::exempt, "trial/meeting", 4, "soon")),
            "unknown_period /periodsoon");
  EXPECT_EQ(told(asked(LeaveKind::exempt, "trial/meeting", 2)), "leave_not_possible not_in_scope");
  EXPECT_EQ(told(asked(LeaveKind::exempt, "trial/visit", 4, "2026")),
            "leave_not_possible not_allowed");
  EXPECT_EQ(told(asked(LeaveKind::defer, "trial/visit", 4, "2026")),
            "leave_not_possible not_allowed");
  auto without = facts(of);
  without.units[UnitId{2}].parents[0].value.reset();
  EXPECT_EQ(terms_of(without, asked(LeaveKind::defer), decided_on, now).refusals().front().got,
            "no_approver");
}

Terms terms() {
  Terms terms;
  terms.reasons = {"emergency"};
  terms.act = Date::of(2026, 3, 31);
  terms.enter = Date::of(2026, 4, 3);
  terms.latest_act = Date::of(2026, 4, 30);
  terms.latest_enter = Date::of(2026, 5, 3);
  return terms;
}

struct Case {
  LeaveKind kind;
  const char* reason;
  const char* act;
  const char* enter;
  const char* told;
};

constexpr auto exempt = LeaveKind::exempt;
constexpr auto defer = LeaveKind::defer;
const Case cases[] = {
    {exempt, "emergency", nullptr, nullptr, ""},
    {exempt, "laziness", nullptr, nullptr, "unknown_word /reason"},
    {exempt, "emergency", "2026-04-10", "2026-04-11", "field_range /act, field_range /enter"},
    {defer, "emergency", nullptr, nullptr, "field_required /act"},
    {defer, "emergency", "2026-04-01", nullptr, ""},
    {defer, "emergency", "2026-04-30", "2026-05-03", ""},
    {defer, "emergency", nullptr, "2026-04-04", ""},
    {defer, "emergency", "2026-03-31", nullptr, "date_order /act"},
    {defer, "emergency", "2026-05-01", nullptr, "date_order /act"},
    {defer, "emergency", nullptr, "2026-04-03", "date_order /enter"},
    {defer, "emergency", nullptr, "2026-05-04", "date_order /enter"},
    {defer, "emergency", "2026-04-20", "2026-04-19", "date_order /enter"},
};

TEST(Rules, a_leave_keeps_to_the_terms) {
  for (const Case& one : cases) {
    NewLeave leave = asked(one.kind);
    leave.reason = one.reason;
    if (one.act != nullptr) leave.act = Date::parse(one.act);
    if (one.enter != nullptr) leave.enter = Date::parse(one.enter);
    std::string told;
    for (const Refusal& refusal : decide_asking(leave, terms(), {})) {
      told += (told.empty() ? "" : ", ") + std::string(kind_of(refusal.code).name) + " " +
              refusal.where;
    }
    EXPECT_EQ(told, one.told) << one.reason << " " << (one.act ? one.act : "-") << " "
                              << (one.enter ? one.enter : "-");
  }
}

}  // namespace
}  // namespace huilu::exemption
