// What the scenarios have to tell among them: every code of refusal, every route, every verdict and
// every way from one verdict to another.
#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <regex>
#include <set>

#include "api/routes.h"
#include "obligation/verdict.h"
#include "tests/scenarios/runner/scenario.h"

namespace huilu::scenario {
namespace {

const std::filesystem::path fixtures = HUILU_SOURCE_DIR "/tests/fixtures";

// Every scenario; read once.
const std::vector<Scenario>& all_scenarios() {
  static const auto scenarios = [] {
    std::vector<Scenario> all;
    for (const auto& entry :
         std::filesystem::directory_iterator(HUILU_SOURCE_DIR "/tests/scenarios")) {
      if (entry.path().extension() != ".yaml") continue;
      auto read = read_scenario(entry.path(), text_of_file(entry.path()), fixtures);
      EXPECT_TRUE(read.faults.empty()) << entry.path();
      all.push_back(std::move(read.scenario));
    }
    return all;
  }();
  return scenarios;
}

// What no request of a story is answered with: `huilu pack test` says so of stories, a body that is
// no text cannot be written in one (src/document/encoding_test.cpp), and none has thousands of
// units (tests/system/standing.test.mjs).
constexpr std::array<std::string_view, 4> given_elsewhere = {"pack_test", "pack_no_test",
                                                             "document_encoding", "too_many_units"};

// One of the three that a code needs; the words and the reference are compared in src/words.
TEST(Scenarios, every_code_of_refusal_has_one_that_produces_it) {
  std::set<std::string, std::less<>> produced;
  for (const Scenario& scenario : all_scenarios()) {
    for (const auto& code : codes_expected(scenario)) produced.insert(code);
  }
  for (const auto code : given_elsewhere) produced.insert(std::string(code));
  for (const RefusalKind& kind : all_refusals()) {
    EXPECT_TRUE(produced.contains(kind.name)) << kind.name << " has no scenario";
    produced.erase(std::string(kind.name));
  }
  for (const auto& code : produced) ADD_FAILURE() << code << " is no code of refusal";
}

TEST(Scenarios, every_route_is_asked_by_one) {
  const std::regex braced(R"(\{\w+\})");
  for (const auto& route : api::all_routes()) {
    const std::regex pattern(std::regex_replace(std::string(route.path), braced, "[^/]+"));
    bool asked = false;
    for (const Scenario& scenario : all_scenarios()) {
      for (const Step& step : scenario.steps) {
        const auto line = std::regex_replace(step.request, braced, "1");
        const auto blank = line.find(' ');
        const auto path = line.substr(blank + 1, line.find('?') - blank - 1);
        asked = asked || (line.substr(0, blank) == http::word_of(route.method) &&
                          std::regex_match(path, pattern));
      }
    }
    EXPECT_TRUE(asked) << http::word_of(route.method) << " " << route.path << " has no scenario";
  }
}

using obligation::Class;
using obligation::Phase;
using obligation::Verdict;
using Arrow = std::pair<Verdict, Verdict>;

// Verdicts as the scenarios expect them of one bearer for one duty in one period, in order; what is
// asked about another day is another story.
class Seen {
 public:
  void read(const Scenario& scenario) {
    std::map<std::string, Verdict> last;
    for (const Step& step : scenario.steps) {
      const Node* lines = step.expect.find("verdicts");
      if (lines == nullptr) continue;
      for (const auto& line : lines->members) {
        if (line.key.find(" on ") != std::string::npos) continue;
        for (const auto& cell : line.value.members) take(line.key + " " + cell.key, cell, last);
      }
    }
  }

  std::set<Verdict> verdicts;
  std::set<Arrow> arrows;

 private:
  void take(const std::string& key, const policy::Member& cell,
            std::map<std::string, Verdict>& last) {
    const std::string word = cell.value.text.substr(0, cell.value.text.find(' '));
    const auto verdict = obligation::verdict_from(word);
    ASSERT_TRUE(verdict) << cell.value.place.text();
    verdicts.insert(*verdict);
    const auto [before, first] = last.emplace(key, *verdict);
    if (!first && before->second != *verdict) arrows.emplace(before->second, *verdict);
    before->second = *verdict;
  }
};

// The table class × phase (docs/architecture.md), walked along its rows by the clock, and within a
// phase from class to class by records and decisions. Late is only what was done after its day.
std::set<Arrow> arrows_of_the_table() {
  constexpr std::array phases = {Phase::running, Phase::warning, Phase::grace, Phase::ended};
  const std::vector<std::vector<Class>> families = {
      {Class::short_, Class::met, Class::met_late, Class::unknown, Class::exempt},
      {Class::within, Class::over, Class::exempt}};
  std::set<Arrow> arrows;
  const auto add = [&](Class from, Phase before, Class to, Phase after) {
    const Arrow arrow(obligation::verdict_of(from, before), obligation::verdict_of(to, after));
    if (arrow.first != arrow.second) arrows.insert(arrow);
  };
  const auto possible = [](Class one, Phase phase) {
    return one != Class::met_late || phase >= Phase::grace;
  };
  for (const auto& family : families) {
    for (std::size_t i = 0; i < phases.size(); ++i) {
      for (const Class from : family) {
        if (!possible(from, phases[i])) continue;
        if (i + 1 < phases.size()) add(from, phases[i], from, phases[i + 1]);
        for (const Class to : family) {
          if (possible(to, phases[i])) add(from, phases[i], to, phases[i]);
        }
      }
    }
  }
  return arrows;
}

TEST(Scenarios, every_verdict_and_every_arrow_between_two_has_one) {
  Seen seen;
  for (const Scenario& scenario : all_scenarios()) seen.read(scenario);
  for (const auto word : obligation::verdict_words) {
    EXPECT_TRUE(seen.verdicts.contains(*obligation::verdict_from(word))) << word;
  }
  const auto arrows = arrows_of_the_table();
  EXPECT_GT(arrows.size(), 40u);
  for (const auto& [from, to] : arrows) {
    EXPECT_TRUE(seen.arrows.contains({from, to}))
        << obligation::word_of(from) << " → " << obligation::word_of(to) << " has no scenario";
  }
}

}  // namespace
}  // namespace huilu::scenario
