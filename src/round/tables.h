// The SQL of the commands of rounds: what they load, and what they write into the road's batch.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "command/command.h"
#include "round/figures.h"
#include "round/types.h"
#include "store/store.h"

namespace huilu::round {

extern const store::Table round_table;
extern const store::Table round_row_table;
extern const store::Table round_line_table;
extern const store::Table round_confirmation_table;
extern const store::Table round_task_table;
extern const store::Table round_report_table;
extern const store::Table round_counted_table;

// What round_from reads.
extern const std::string round_columns;
Round round_from(const store::Row& row);

// A round with all that belongs to it, its reads queued together.
class WholeReads {
 public:
  void queue(store::Connection& connection, RoundId id);
  std::optional<Whole> whole() const;  // after a flush

 private:
  store::Pending round_, rows_, lines_, confirmations_, tasks_, reports_;
};

// The newest round of the unit about some of the types.
store::Pending queue_rounds_of(store::Connection& connection, UnitId unit);
std::optional<Round> newest_about(const store::Rows& rows, const std::vector<std::string>& types);
// A row where a later round names it as the one before.
store::Pending queue_followers(store::Connection& connection, RoundId id);

// A row where there is such a unit that is not closed.
store::Pending queue_unit(store::Connection& connection, UnitId unit);

void insert_round(command::Writing& writing, const Whole& whole);
void insert_line(command::Writing& writing, RoundId round, const Line& line);
void insert_confirmation(command::Writing& writing, RoundId round, const Confirmation& one);
void insert_task(command::Writing& writing, RoundId round, const Task& task);
void insert_report(command::Writing& writing, RoundId round, std::int64_t n, const Report& report);
// Something happened to it.
void write_version(command::Writing& writing, const Round& round);
void write_locked(command::Writing& writing, const Whole& whole);
void insert_counted(command::Writing& writing, RoundId round, const CountedMatters& counted);

}  // namespace huilu::round
