// The SQL of rounds of look-backs: what their commands load and write, and what pages read.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "command/command.h"
#include "round/look_back_round.h"
#include "store/store.h"

namespace huilu::round {

// What look_back_round_from reads.
extern const std::string look_back_round_columns;
LookBackRound look_back_round_from(const store::Row& row);

// A round with its draws, the newest list and what was found so far, its reads queued together.
class LookBackRoundReads {
 public:
  void queue(store::Connection& connection, RoundId id);
  std::optional<WholeLookBackRound> whole() const;  // after a flush

 private:
  store::Pending round_, draws_, candidates_, lookers_, looked_;
};
std::optional<WholeLookBackRound> find_look_back_round(store::Connection& connection, RoundId id);
// The list of one draw, by matter.
std::vector<Candidate> candidates_of(store::Connection& connection, RoundId id, std::int64_t n);

// The newest rounds of the unit, and of these the open one about some of the types.
store::Pending queue_look_back_rounds_of(store::Connection& connection, UnitId unit);
std::optional<LookBackRound> open_about(const store::Rows& rows,
                                        const std::vector<std::string>& types);

void insert_look_back_round(command::Writing& writing, const LookBackRound& round);
void insert_draw(command::Writing& writing, RoundId round, const Draw& draw,
                 const std::vector<Candidate>& candidates);
// After a draw.
void write_drawn(command::Writing& writing, const LookBackRound& round);
void write_locked(command::Writing& writing, const WholeLookBackRound& whole);

}  // namespace huilu::round
