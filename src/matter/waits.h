// What waits for whom, kept beside the matters so that a person's list costs what it shows: the
// rows of obligation/waiting.h, and the pages that are read from them. A page costs the same
// number of statements however long the ledger is.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "command/command.h"
#include "matter/look_backs.h"
#include "matter/types.h"
#include "obligation/lifecycle.h"
#include "obligation/waiting.h"
#include "store/store.h"

namespace huilu::matter {

// Behind every date: of what is settled, and of what has no deadline.
inline constexpr std::string_view no_due = "~";
std::string due_key_of(std::optional<Date> next_due);

// What is kept of a matter beside what its version says.
struct Kept {
  std::optional<Date> next_due;
  std::vector<obligation::Wait> waits;
  std::vector<KeptLookBack> look_backs = {};
  bool is_stale = false;
};

// Instead of what was kept: into the road's batch, or at once.
void write_waits(store::RowBuffer& rows, MatterId id, const Kept& kept);
void write_waits(store::Connection& connection, MatterId id, const Kept& kept);
// As they are kept, of these matters, those without left out.
std::vector<std::pair<MatterId, std::vector<obligation::Wait>>> kept_waits(
    store::Connection& connection, const std::vector<MatterId>& ids);

// Who looks: where he works, what he holds, who he is.
struct Desk {
  std::vector<UnitId> units;
  std::vector<obligation::Actor::Post> posts;
  PersonId person;  // 0: nobody that the roll knows

  bool is_empty() const { return units.empty() && posts.empty() && !person; }
  obligation::Actor actor() const { return {false, units, posts, person}; }
};

// One thing that somebody at the desk has to do. One matter may be several.
struct Waiting {
  MatterId matter;
  obligation::WaitKind kind = obligation::WaitKind::move;
  std::string clock;
  std::string rung;
  std::int64_t generation = 0;
};
struct WaitingPage {
  std::vector<Waiting> items;
  std::string next_cursor;  // empty: the last page
};

// By kind, then what is due first. One statement. field_type at /cursor.
Result<WaitingPage> waiting_at(store::Connection& connection, const Desk& desk, Date today,
                               std::optional<obligation::WaitKind> kind, int limit,
                               const std::string& cursor);

// How many wait, by kind, and how many of them are late. One statement.
struct WaitingCount {
  obligation::WaitKind kind = obligation::WaitKind::move;
  std::int64_t all = 0;
  std::int64_t overdue = 0;
};
std::vector<WaitingCount> waiting_counts(store::Connection& connection, const Desk& desk,
                                         Date today);

}  // namespace huilu::matter
