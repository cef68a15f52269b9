// Simulations: what a changed threshold, period or selector, a duty that is removed or new, or a
// value would do, and why; and that this is what putting the version in force does, on random
// worlds. HUILU_SEED replays one.
#include "compliance/simulation.h"

#include <cstdlib>
#include <random>

#include "compliance/index_testing.h"
#include "compliance/load_facts.h"
#include "journal/queries.h"

namespace huilu::compliance::testing {

namespace {

using obligation::Verdict;

constexpr std::string_view more_duties =
    "  talk_weekly_enough:\n"
    "    clause: S9-1\n    who: {unit: {type: branch}}\n    every: half\n"
    "    needs: {at_least: 3, of: {record: talk, where: {unit: $bearer}}}\n"
    "    missing: counts_as_zero\n    first_period: full\n";

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

std::string without(std::string text, std::string_view duty, std::string_view next) {
  const auto from = text.find("  " + std::string(duty) + ":\n");
  const auto until = text.find("  " + std::string(next) + ":\n");
  EXPECT_LT(from, until) << duty;
  return text.erase(from, until - from);
}

class SimulationTest : public IndexTest {
 protected:
  // Version 1.1.0 of the pack in force.
  policy::Pack version(const std::string& declarations) {
    auto files = policy::testing::trial(declarations, {policy::core_pack()});
    files.front().bytes = replaced(files.front().bytes, "version: \"1.0.0\"", "version: \"1.1.0\"");
    auto pack = policy::load_pack(files, {policy::core_pack()});
    for (const auto& finding : pack ? Refusals() : pack.refusals())
      ADD_FAILURE() << finding.where << " " << kind_of(finding.code).name << " " << finding.got;
    return pack ? std::move(*pack) : policy::Pack();
  }

  Simulation simulate(const Supposition& supposition, UnitId below = {}) {
    const Date today = clock_.today();
    const auto policy = load_policy(connection(), packs_);
    const Supposed supposed(policy, packs_, supposition, today);
    SimulationOptions options{today, today, below};
    options.language = words::Language::en;
    return compliance::simulate(connection(), policy, packs_, supposed, options);
  }
  Simulation simulate(const policy::Pack& pack, UnitId below = {}) {
    return simulate(Supposition{&pack, {}}, below);
  }

  // "open>met 2", one a line; what stays as it is too.
  static std::string told(const Simulation& simulation, const std::string& duty,
                          const std::string& period) {
    std::string out;
    for (const DutyChange& one : simulation.duties) {
      if (one.obligation != "trial/" + duty || one.period != period) continue;
      for (const TurnCount& turn : one.turns)
        out += std::string(word_of(turn.turn.today)) + ">" +
               std::string(word_of(turn.turn.supposed)) + " " + std::to_string(turn.bearers) + "\n";
    }
    return out;
  }
  static std::string kinds(const Simulation& simulation) {
    std::string out;
    for (const DutyChange& one : simulation.duties)
      for (const TurnCount& turn : one.turns)
        for (const Reason& reason : turn.because) out += reason.kind + " ";
    return out;
  }
  static std::set<std::string> duties_of(const Simulation& simulation) {
    std::set<std::string> out;
    for (const DutyChange& one : simulation.duties) out.insert(one.obligation);
    return out;
  }
};

INSTANTIATE_TEST_SUITE_P(On, SimulationTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

constexpr std::string_view one_talk = "values: [{from: 2019-01-01, value: 1, basis";
constexpr std::string_view two_talks = "values: [{from: 2019-01-01, value: 2, basis";

TEST_P(SimulationTest, a_higher_threshold_is_short_where_one_was_enough_and_says_so) {
  enter(talk({a_}, "2026-02-01"));
  const auto head = journal::read_head(connection()).size;
  const auto found = simulate(version(replaced(duties_here(), one_talk, two_talks)));
  EXPECT_EQ(duties_of(found), std::set<std::string>{"trial/talk_quarterly"});
  EXPECT_EQ(told(found, "talk_quarterly", "2026-Q1"), "met>open 1\nopen>open 2\n");
  ASSERT_EQ(found.duties.size(), 1U);
  const DutyChange& duty = found.duties.front();
  EXPECT_EQ(duty.differing, std::vector<std::string>{"params.talks"});
  ASSERT_EQ(duty.homes.size(), 1U);
  EXPECT_EQ(duty.homes.front().home, a_);
  EXPECT_EQ(duty.judged(), 3);
  EXPECT_EQ(duty.changed(), 1);
  ASSERT_EQ(duty.turns.front().because.size(), 1U);
  EXPECT_EQ(duty.turns.front().because.front().kind, "parameter");
  EXPECT_EQ(duty.turns.front().because.front().subject, "trial/talks");
  EXPECT_EQ(found.evaluated, 0) << "counted in memory";
  EXPECT_EQ(journal::read_head(connection()).size, head) << "nothing is written";
}

TEST_P(SimulationTest, a_value_may_be_supposed_instead_of_a_pack) {
  enter(talk({a_}, "2026-02-01"));
  policy::ParameterValue value;
  value.value = policy::Setting(std::int64_t{2});
  const auto found = simulate(Supposition{nullptr, SupposedValue{"trial/talks", value}});
  EXPECT_EQ(told(found, "talk_quarterly", "2026-Q1"), "met>open 1\nopen>open 2\n");
  EXPECT_EQ(kinds(found), "parameter ");
}

TEST_P(SimulationTest, a_number_in_the_duty_itself_decides_as_what_is_needed) {
  enter(talk({a_}, "2026-02-01", "open", 3));
  const auto found = simulate(version(replaced(duties_here(), "at_least: 2\n", "at_least: 1\n")));
  EXPECT_EQ(told(found, "open_talk_yearly", "2026"), "unknown>unknown 2\nopen>met 1\n");
  EXPECT_EQ(kinds(found), "need ");
}

TEST_P(SimulationTest, another_period_is_owed_in_the_place_of_the_old_one) {
  const auto found = simulate(
      version(replaced(duties_here(), "every: quarter\n    needs: {at_least: {param: talks}",
                       "every: half\n    needs: {at_least: {param: talks}")));
  EXPECT_EQ(told(found, "talk_quarterly", "2026-H1"), "not_applicable>open 3\n");
  EXPECT_EQ(told(found, "talk_quarterly", "2026-Q1"), "open>not_applicable 3\n");
  EXPECT_EQ(kinds(found), "declared declared ");
}

TEST_P(SimulationTest, a_narrower_selector_lets_go_those_outside) {
  const auto found = simulate(version(replaced(
      duties_here(), "who: {unit: {type: branch}}\n    every: half\n    needs: {at_most: 1",
      "who: {unit: {type: branch, tags: {has: busy}}}\n    every: half\n    needs: {at_most: 1")));
  EXPECT_EQ(told(found, "papers_quota", "2026-H1"), "open>not_applicable 3\n");
  EXPECT_EQ(kinds(found), "scope ");
  EXPECT_EQ(found.duties.front().no_longer_owing(), 3);
}

TEST_P(SimulationTest, a_removed_duty_is_owed_no_longer_and_a_new_one_newly) {
  const auto less = simulate(version(without(duties_here(), "visited", "box_visited")));
  EXPECT_EQ(told(less, "visited", "2026-H1"), "open>not_applicable 3\n");
  EXPECT_EQ(kinds(less), "removed ");
  std::string text = duties_here();
  text.insert(text.find("  campaign_talk:\n"), more_duties);
  enter(talk({b_}, "2026-02-01"));
  const auto more = simulate(version(text));
  EXPECT_EQ(told(more, "talk_weekly_enough", "2026-H1"), "not_applicable>open 3\n");
  EXPECT_EQ(kinds(more), "added ");
  EXPECT_EQ(more.duties.front().newly_owing(), 3);
}

TEST_P(SimulationTest, a_pack_that_is_nowhere_in_force_is_supposed_to_be) {
  auto files = policy::testing::trial(
      "documents: {S9: {name: 试}}\nclauses: [{id: S9-1, doc: S9}]\nobligations:\n"
      "  visits:\n    clause: S9-1\n    who: {unit: {type: branch}}\n    every: month\n"
      "    needs: {at_least: 1, of: {record: core/visit, where: {unit: $bearer}}}\n"
      "    missing: counts_as_zero\n    first_period: full\n",
      {policy::core_pack()});
  files.front().bytes = replaced(files.front().bytes, "pack: trial", "pack: other");
  const auto pack = policy::load_pack(files, {policy::core_pack()});
  ASSERT_TRUE(pack) << pack.refusals().front().where << " " << pack.refusals().front().got;
  const auto found = simulate(*pack);
  ASSERT_EQ(found.duties.size(), 1U);
  EXPECT_EQ(found.duties.front().obligation, "other/visits");
  EXPECT_EQ(found.duties.front().newly_owing(), 3);
}

TEST_P(SimulationTest, what_only_reads_otherwise_is_not_judged_again) {
  EXPECT_TRUE(simulate(version(duties_here())).duties.empty());
  const auto found = simulate(version(
      replaced(duties_here(), "talks: {type: int, title: t", "talks: {type: int, title: u")));
  EXPECT_TRUE(found.duties.empty());
}

TEST_P(SimulationTest, one_unit_and_what_lies_below_it_may_be_asked_about) {
  const auto pack = version(replaced(duties_here(), one_talk, two_talks));
  EXPECT_EQ(told(simulate(pack, east_), "talk_quarterly", "2026-Q1"), "open>open 2\n");
  EXPECT_EQ(told(simulate(pack, c_), "talk_quarterly", "2026-Q1"), "open>open 1\n");
}

TEST_P(SimulationTest, members_are_judged_one_by_one_and_shown_by_their_branch) {
  const PersonId one = person("林一"), two = person("林二");
  join(one, a_, "2021-01-01");
  join(two, a_, "2021-01-01");
  enter(talk({a_}, "2026-02-01", "open", 2, "", "\"" + one.text() + "\""));
  const auto found = simulate(
      version(replaced(duties_here(), "needs: {at_least: 1, of: {record: talk, where: {present",
                       "needs: {at_least: 2, of: {record: talk, where: {present")));
  EXPECT_EQ(told(found, "member_attends", "2026-H1"), "met>open 1\nopen>open 1\n");
  ASSERT_EQ(found.duties.front().homes.size(), 1U);
  const HomeChange& home = found.duties.front().homes.front();
  EXPECT_EQ(home.home, a_);
  EXPECT_EQ(home.changed, 1);
  EXPECT_EQ(home.judged, 2);
  EXPECT_EQ(home.bearer.person, one);
  EXPECT_EQ(found.evaluated, 2);
}

TEST_P(SimulationTest, another_day_is_the_evaluators) {
  enter(talk({a_}, "2026-02-01"));
  set_today(day("2026-03-20"));
  const auto pack = version(replaced(duties_here(), one_talk, two_talks));
  const auto policy = load_policy(connection(), packs_);
  const Supposed supposed(policy, packs_, {&pack, {}}, day("2026-03-05"));
  const auto found = compliance::simulate(connection(), policy, packs_, supposed,
                                          {day("2026-03-05"), day("2026-03-20"), {}});
  EXPECT_EQ(told(found, "talk_quarterly", "2026-Q1"), "met>open 1\nopen>open 2\n");
  EXPECT_EQ(found.evaluated, 3);
}

// Puts the version in force and holds every figure against what was simulated.
class ActivatedTest : public SimulationTest {
 protected:
  std::string duties_here() const override { return all_duties(); }

  void SetUp() override {
    SimulationTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    const char* given = std::getenv("HUILU_SEED");
    seed_ = given ? std::strtoull(given, nullptr, 10) : std::random_device{}();
    RecordProperty("seed", std::to_string(seed_));
    random_.seed(seed_);
  }

  std::size_t below(std::size_t count) { return random_() % count; }

  void live() {
    const std::vector<UnitId> branches = {a_, b_, c_};
    std::vector<PersonId> persons;
    for (int i = 0; i < 6; ++i) {
      persons.push_back(person("林" + std::to_string(i)));
      join(persons.back(), branches[below(3)], "2021-01-01");
    }
    appoint(persons.front(), a_, "2025-02-01");
    for (int i = 0; i < 25; ++i) {
      const Date date = clock_.today() + -static_cast<int>(below(150));
      const UnitId unit = branches[below(3)];
      if (below(3) == 0) {
        enter(R"({"types":["trial/paper"],"units":[")" + unit.text() + R"("],"date":")" +
              date.text() + R"(","present":[],"fields":{"trial/paper":{"signed":")" + date.text() +
              R"("}}})");
      } else {
        enter(talk({unit}, date.text(), below(3) == 0 ? "closed" : "open",
                   static_cast<int>(below(4)), persons[below(6)].text(),
                   "\"" + persons[below(6)].text() + "\""));
      }
    }
  }

  // One to four changes of the declarations.
  std::string changed() {
    std::string text = duties_here();
    const std::vector<std::pair<std::string_view, std::string_view>> edits = {
        {one_talk, two_talks},
        {"needs: {at_most: 1, of: {record: paper", "needs: {at_most: 0, of: {record: paper"},
        {"value: {workdays: 5}", "value: {workdays: 15}"},
        {"who: {post: {kind: secretary, unit.type: branch}}",
         "who: {post: {kind: deputy_secretary}}"},
        {"where: {unit: $bearer, kind: open}\n", "where: {unit: $bearer}\n"},
        {"counts_if: [{hours: {ge: 2}", "counts_if: [{hours: {ge: 3}"},
        {"{id: by_talk, at_least: 2", "{id: by_talk, at_least: 1"},
        {"where: {present: {has: $bearer}}", "where: {speaker: $bearer}"},
        {"during: {from: {before: today, by: {days: 60}}",
         "during: {from: {before: today, by: {days: 20}}"},
        {"every: {rolling: {months: 2}}", "every: {rolling: {months: 1}}"},
        {"missing: unknown\n", "missing: counts_as_zero\n"},
    };
    const std::size_t times = 1 + below(4);
    std::set<std::size_t> taken;
    while (taken.size() < times) taken.insert(below(edits.size()));
    for (const std::size_t i : taken) text = replaced(text, edits[i].first, edits[i].second);
    if (below(3) == 0) text = without(text, "visited", "box_visited");
    if (below(3) == 0) text.insert(text.find("  campaign_talk:\n"), more_duties);
    return text;
  }

  using Figures = std::map<std::pair<std::string, std::string>, std::map<Verdict, std::int64_t>>;

  Figures figures() {
    Index index(packs_, *catalog_, clock_);
    index.load(connection());
    Figures out;
    const Date today = clock_.today();
    for (const auto& column : index.columns(today, today + 1)) {
      const auto standing =
          index.standing(Tree::affiliation, {root_, {}}, column.obligation, column.period);
      for (int i = 0; i < static_cast<int>(Verdict::not_applicable); ++i) {
        const auto verdict = static_cast<Verdict>(i);
        if (const auto number = standing->of(verdict); number > 0)
          out[{column.obligation, column.period}][verdict] = number;
      }
    }
    return out;
  }

  // What was simulated in the place of what was found before.
  static Figures put(Figures figures, const Simulation& simulation, bool supposed) {
    for (const DutyChange& one : simulation.duties) {
      auto& its = figures[{one.obligation, one.period}];
      its.clear();
      for (const TurnCount& turn : one.turns) {
        const Verdict verdict = supposed ? turn.turn.supposed : turn.turn.today;
        if (verdict != Verdict::not_applicable) its[verdict] += turn.bearers;
      }
      if (its.empty()) figures.erase({one.obligation, one.period});
    }
    return figures;
  }

  static std::string text(const Figures& figures) {
    std::string out;
    for (const auto& [column, counts] : figures) {
      out += column.first + " " + column.second;
      for (const auto& [verdict, number] : counts)
        out += " " + std::string(word_of(verdict)) + " " + std::to_string(number);
      out += "\n";
    }
    return out;
  }

  std::uint64_t seed_ = 0;
  std::mt19937_64 random_;
};

INSTANTIATE_TEST_SUITE_P(On, ActivatedTest, store::testing::both_dialects(),
                         store::testing::name_of_dialect);

TEST_P(ActivatedTest, putting_it_in_force_does_what_was_simulated) {
  live();
  const Figures before = figures();
  packs_.reserve(packs_.size() + 1);
  policy::Pack pack = version(changed());
  ASSERT_FALSE(pack.id.empty()) << "seed " << seed_;
  const Simulation found = simulate(pack);
  EXPECT_EQ(text(put(before, found, false)), text(before)) << "seed " << seed_;
  packs_.push_back(std::move(pack));
  catalog_ = std::make_unique<record::Catalog>(packs_, connection());
  activate("1.1.0");
  EXPECT_EQ(text(put(before, found, true)), text(figures())) << "seed " << seed_;
}

}  // namespace

}  // namespace huilu::compliance::testing
