// What an `expect` line of a story says, held against the evaluator's answer.
#pragma once

#include "obligation/evaluate.h"
#include "obligation/stage.h"

namespace huilu::obligation {

struct Expected {
  std::size_t assertions = 0;
  std::size_t failed = 0;
  std::optional<Verdict> verdict;  // that the line expects
};

// One finding for each assertion that does not hold.
Expected expect(Stage& stage, const policy::Node& expected, const Explanation& found);

}  // namespace huilu::obligation
