// Rounds of look-backs (回头看轮次): an office looks at what was settled in its subtree, each of it
// once or a sample. A round records no outcome: what was found is the newest look-back of the
// matter since the round was opened. Nouns and decisions. Pure.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/refusal.h"
#include "base/time.h"
#include "base/value.h"
#include "journal/journal.h"
#include "obligation/draw.h"

namespace huilu::round {

using obligation::Sample;
using obligation::SampleKind;
using obligation::size_of;

inline constexpr std::size_t candidates_max = 10'000;
inline constexpr std::size_t drawn_max = 5'000;

inline constexpr std::array<std::string_view, 3> sample_words = {"all", "size", "percent"};

// Of what a sample takes its share from each: nothing, each type, each unit above the responsible.
enum class Strata { none, type, parent };
inline constexpr std::array<std::string_view, 3> strata_words = {"none", "type", "parent"};

// A look-back of a matter since the round was opened.
struct Looked {
  std::string found;
  std::int64_t version = 0;  // of the matter

  bool operator==(const Looked&) const = default;
};

struct Candidate {
  MatterId matter;
  UnitId unit;  // the responsible one
  std::string type;
  std::string stratum;
  std::vector<UnitId> lookers;  // of the roles that may look; kept of what was drawn
  bool drawn = false;
  std::optional<Looked> looked;  // so far, or when the round was locked
  std::string missing;           // why nobody has looked; when it was locked
};

// Of one type on the day of a draw.
struct TypeCount {
  std::string type;
  std::int64_t all = 0;
  std::int64_t closed = 0;     // settled by a state that begins a look-back, still
  std::int64_t too_early = 0;  // of these: its day comes after the round

  bool operator==(const TypeCount&) const = default;
};

struct Draw {
  std::int64_t n = 1;
  std::string seed;
  std::string reason;
  std::vector<TypeCount> counts;
  AccountId account;
  Instant at;
  journal::Sequence seq = 0;
};

struct LookBackRound {
  RoundId id;
  UnitId unit;
  std::string name;
  std::vector<std::string> types;  // addresses
  Date until;
  Sample sample;
  Strata strata = Strata::none;
  Date opened;
  AccountId opened_by;
  Instant opened_at;
  std::int64_t draws = 1;
  std::optional<Date> locked;
  std::optional<AccountId> locked_by;
  std::optional<Instant> locked_at;
  std::optional<Value> figures;
  std::int64_t version = 1;
  journal::Sequence seq = 0;
  std::optional<journal::Sequence> locked_seq;

  bool is_open() const { return !locked; }
};

// With what its newest draw took from what.
struct WholeLookBackRound {
  LookBackRound round;
  std::vector<Draw> draws;            // oldest first
  std::vector<Candidate> candidates;  // of the newest draw, by matter

  const Candidate* find_row(MatterId matter) const;
  std::vector<MatterId> missing() const;  // drawn, and nobody has looked
  journal::Sequence latest() const;
};

// What a draw is made from, as it was read.
struct DrawGround {
  std::vector<TypeCount> counts;
  std::vector<Candidate> candidates;  // by matter
};

struct NewLookBackRound {
  UnitId unit;
  std::string name;
  std::vector<std::string> types;
  Date until;
  Sample sample;
  Strata strata = Strata::none;
};
// `open`: of the unit, about some of the same types. Codes: field_required, field_range, not_utf8,
// date_order at /until, round_open, round_empty.
Refusals decide_opening(const NewLookBackRound& asked, std::size_t candidates,
                        const std::optional<LookBackRound>& open, Date today);
// Codes: wrong_state, version_conflict, round_empty, reason_required, field_range at /reason.
Refusals decide_drawing(const WholeLookBackRound& whole, std::int64_t seen, std::string_view reason,
                        std::size_t candidates);

struct MissingReason {
  MatterId matter;
  std::string reason;
};
// Each that nobody has looked at has a reason of its own. Codes: wrong_state, version_conflict,
// round_unanswered, unknown_matter, field_range.
Refusals decide_locking(const WholeLookBackRound& whole, std::int64_t seen,
                        const std::vector<MissingReason>& reasons);

// By type, with a line for all: what there was, what was drawn, looked at and found. A relapse, and
// what was never done, count against what is closed.
Value figures_of(const WholeLookBackRound& whole);

// The fields of the entries; rows say the same (verify_look_backs.cpp).
Value round_content(const LookBackRound& round);
Value draw_content(RoundId round, const Draw& draw);
Value candidates_content(const std::vector<Candidate>& candidates);
Value lock_content(const LookBackRound& round);
Value found_content(const std::vector<Candidate>& candidates);

Value counts_value(const std::vector<TypeCount>& counts);
std::vector<TypeCount> counts_from(std::string_view json);

// The seed draws them from the candidates.
void draw(std::vector<Candidate>& candidates, const Sample& sample, std::string_view seed);

}  // namespace huilu::round
