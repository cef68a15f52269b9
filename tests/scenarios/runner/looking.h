// Looking: what a scenario's expectations ask about the state of things, beside the answers that
// came: what the journal took in, what verdicts single bearers have (from the evaluator), where
// units and places stand (from the index), and whether the two agree.
#pragma once

#include <string>
#include <vector>

#include "policy/yaml.h"
#include "tests/scenarios/runner/names.h"
#include "tests/scenarios/runner/world.h"

namespace huilu::scenario {

class Looking {
 public:
  Looking(World& world, const Names& names);

  // Kinds of the entries since somebody last asked.
  Value journal_kinds();

  // {"duties/theme_day 2026-03": {east_a: met}}: the same keys, with what is so. A key may go on
  // with `on DAY` and `known MOMENT`.
  Value verdicts(const policy::Node& asked);
  // {"duties/theme_day 2026-03": {county: 1 met 12 open}}.
  Value standing(const policy::Node& asked);

  // Where the index says something else than the evaluator, as sentences.
  std::vector<std::string> differences();

 private:
  std::int64_t journal_size();

  World& world_;
  const Names& names_;
  std::int64_t journal_seen_;
};

}  // namespace huilu::scenario
