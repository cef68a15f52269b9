// Figures of a round: counted from the ledger as it stands, frozen when it is locked. What is
// unanswered or late is never left out, and without an earlier round nothing is said of "since".
// Pure.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "base/value.h"
#include "matter/queries.h"
#include "policy/matter_type.h"
#include "round/rules.h"

namespace huilu::round {

// A matter of the ledger as it stands, whether the round took it in or it came later.
struct Present {
  MatterId matter;
  Standing standing;
  bool is_waiting = false;  // done, and not struck off
};

struct Counted {
  const Whole& whole;
  const Whole* previous = nullptr;  // the round before it
  std::vector<Present> rows;        // those that were taken in, as they stand
  std::vector<Present> later;       // open ones of the ledger that were not
  // Rows of the round before that this one did not take in, and what came and went since.
  std::vector<Present> before;
  // By type, then by state, of the whole ledger; `types` are those in force.
  matter::TypeCounts counts;
  std::map<std::string, const policy::MatterType*> types;
  Date today;
};

Value figures_of(const Counted& counted);

// A matter of the ledger by its state alone.
struct InLedger {
  MatterId matter;
  std::string type;
  std::string state;
  bool is_late = false;
};

// What each figure counts that is not counted from the rows, by its name: `later`; what came and
// went since the round before; words of completion, and `behind`, of the whole ledger.
using CountedMatters = std::map<std::string, std::vector<MatterId>>;
CountedMatters matters_counted(const Counted& counted, const std::vector<InLedger>& ledger);
// Their names, in the order of the page.
inline constexpr std::array<std::string_view, 12> counted_words = {
    "later",     "added",       "reopened", "struck_off", "settled", "not_started",
    "under_way", "nearly_done", "done",     "long_term",  "dropped", "behind"};

// Why a row is worth raising in the meeting; empty: it is not.
enum class Worth { long_late, no_answer, no_progress, promise_broken, reopened };

inline constexpr std::array<std::string_view, 5> worth_words = {
    "long_late", "no_answer", "no_progress", "promise_broken", "reopened"};

// `previous`: the round before it, or a null pointer.
std::vector<Worth> worth_of(const Whole& whole, const Whole* previous, const Row& row,
                            const Standing& now, Date today);

}  // namespace huilu::round
