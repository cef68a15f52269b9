// The nouns of rounds (调度): which matters of a ledger were asked about, what was said of each,
// who confirmed it, what was decided and what became of it. Used by the room's commands and
// queries, the API and the demo.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "base/value.h"
#include "journal/journal.h"

namespace huilu::round {

// Why a matter asks for a line.
enum class Ask { late, silent, due_soon };

inline constexpr std::array<std::string_view, 3> ask_words = {"late", "silent", "due_soon"};

// Progress, or none with the reason.
enum class LineKind { progress, none };

inline constexpr std::array<std::string_view, 2> line_words = {"progress", "none"};

// A matter as it stood on a day.
struct Standing {
  std::int64_t version = 0;
  std::string state;
  std::string outcome;      // empty: open
  std::optional<Date> due;  // what comes next, while it is open and something does
  bool is_late = false;
  Date last_progress;  // when something last happened that is more than a word
  std::int64_t evidence = 0;

  bool is_open() const { return outcome.empty(); }
  bool operator==(const Standing&) const = default;
};
Value standing_value(const Standing& standing);
Standing standing_from(std::string_view json);

struct Row {
  MatterId matter;
  UnitId line_unit;  // says how far it is
  UnitId lead_unit;  // confirms
  std::vector<Ask> asks;
  Standing taken;
  std::optional<Standing> locked;
  // Done when it was taken in, and not struck off: others have it in hand. Not stored.
  bool is_waiting = false;
};
std::string asks_text(const std::vector<Ask>& asks);
std::vector<Ask> asks_from(std::string_view text);

struct Line {
  MatterId matter;
  std::int64_t version = 1;
  LineKind kind = LineKind::progress;
  std::string said;
  AccountId account;
  Instant at;
  journal::Sequence seq = 0;
};

struct Confirmation {
  UnitId lead_unit;
  AccountId account;
  Instant at;
  journal::Sequence seq = 0;
};

struct Report {
  std::int64_t version = 1;
  bool done = false;
  std::string said;
  AccountId account;
  Instant at;
  journal::Sequence seq = 0;
};

struct Task {
  std::int64_t n = 1;
  std::optional<MatterId> matter;
  UnitId unit;
  Date due;
  std::string said;
  AccountId account;
  Instant at;
  journal::Sequence seq = 0;
  std::vector<Report> reports;  // oldest first

  bool is_done() const { return !reports.empty() && reports.back().done; }
};

struct Round {
  RoundId id;
  UnitId unit;
  std::string name;
  std::vector<std::string> types;  // addresses
  Date cutoff;
  std::int64_t near_days = 0;
  std::int64_t silent_days = 0;
  std::optional<RoundId> previous;
  Date opened;
  AccountId opened_by;
  Instant opened_at;
  std::optional<Date> locked;
  std::optional<AccountId> locked_by;
  std::optional<Instant> locked_at;
  std::string lock_reason;
  std::optional<Value> figures;
  std::int64_t version = 1;
  journal::Sequence seq = 0;
  std::optional<journal::Sequence> locked_seq;

  bool is_open() const { return !locked; }
};

// A round with all that belongs to it.
struct Whole {
  Round round;
  std::vector<Row> rows;    // by matter
  std::vector<Line> lines;  // the newest of each matter, by matter
  std::vector<Confirmation> confirmations;
  std::vector<Task> tasks;

  const Row* find_row(MatterId matter) const;
  const Line* find_line(MatterId matter) const;
  const Task* find_task(std::int64_t n) const;
  // The lead units, each once.
  std::vector<UnitId> leads() const;
  // Rows of the set that ask and have no line.
  std::vector<MatterId> unanswered(std::optional<UnitId> lead = {}) const;
  // The newest confirmation, unless a line of the set was written after it.
  const Confirmation* standing_confirmation(UnitId lead) const;
  journal::Sequence latest() const;  // of its entries
};

}  // namespace huilu::round
