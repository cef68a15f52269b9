// Plays a scenario in a world of its own and says what is not as it is written. Every answer is
// also held against what is true of all of them, and in the end the journal against the tables.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "store/store.h"
#include "tests/scenarios/runner/match.h"
#include "tests/scenarios/runner/render.h"
#include "tests/scenarios/runner/scenario.h"

namespace huilu::scenario {

enum class Course {
  straight,
  restarted,  // the program ends and starts again before each step, on PostgreSQL each fourth
};

struct Played {
  std::vector<Mismatch> mismatches;  // in the order of the story; what is broken off has one more
  std::vector<Replacement> replacements;  // that would make the expectations hold
};

// Statements by their text, each with parameters of one time.
using Statements = std::map<std::string, store::Params>;

struct Noted {
  Statements asked;    // by the steps
  Statements started;  // by the program when it starts again after them
};

// `noted`: where what the database was asked is noted.
Played play(const Scenario& scenario, store::Dialect dialect, Course course,
            Noted* noted = nullptr);

}  // namespace huilu::scenario
