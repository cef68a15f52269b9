// Stories: the tests that stand beside a pack's declarations. A story is read from top to bottom;
// the day of a line is when it was known. `expect` lines are held against the evaluator's answer,
// and every fault, of the story or of the pack, is a finding with its place.
//
//   fixtures:
//     units: [{id: branch_a, type: branch}]
//   tests:
//     - name: 当月有一次即完成
//       obligation: theme_day
//       bearer: branch_a
//       period: 2026-11
//       story:
//         - {day: 2026-11-25, expect: {verdict: at_risk}}
//         - {day: 2026-11-26, record: theme_party_day}
//         - {day: 2026-11-26, expect: {verdict: met}}
//     - name: 本人申请的不能由本人核验
//       matter: rectification
//       story:
//         - {day: 2026-11-02, open: rectification, unit: branch_a, problem: …}
//         - {day: 2026-11-03, move: claim_done, actor: li, evidence: [photo]}
//         - {day: 2026-11-03, move: verify, actor: li, expect: {allowed: false}}
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "base/refusal.h"
#include "policy/pack.h"

namespace huilu::obligation {

struct StoryReport {
  std::size_t stories = 0;
  std::size_t assertions = 0;
  std::size_t failed = 0;  // assertions that did not hold, and stories that could not be told
  Refusals findings;       // in the order of their places
};

// `pack` is loaded; `known` are the packs that it refers to. An obligation without a story that
// expects it to be met, or without one that expects it not to be, is a finding; a check likewise.
StoryReport run_stories(const policy::Pack& pack, const std::vector<policy::Pack>& known);

// Whether the stories that are chosen hold. The first that does not is the last one that is told.
bool stories_hold(const policy::Pack& pack, const std::vector<policy::Pack>& known,
                  const std::function<bool(const policy::Node& story)>& told);

}  // namespace huilu::obligation
