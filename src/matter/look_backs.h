// Look-backs of many matters, kept beside them so that a subtree is counted and listed without
// reading histories: one row for each time that a matter was settled (obligation/look_back.h).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "command/command.h"
#include "matter/types.h"
#include "store/store.h"

namespace huilu::matter {

struct KeptLookBack {
  UnitId unit;       // the responsible one when it was settled
  std::string type;  // address
  Date since;
  std::optional<Date> due;
  bool is_open = false;  // settled so still, and not looked at yet
  std::string found;     // empty: nobody looked

  friend bool operator==(const KeptLookBack&, const KeptLookBack&) = default;
};

// Instead of what was kept: into the road's batch, or at once.
void write_look_backs(store::RowBuffer& rows, MatterId id, const std::vector<KeptLookBack>& kept);
void write_look_backs(store::Connection& connection, MatterId id,
                      const std::vector<KeptLookBack>& kept);

// Of one type in a subtree, by the unit that was responsible.
struct LookBackCount {
  std::int64_t settled = 0;  // times that a matter was settled so
  std::int64_t awaited = 0;  // its day is still to come
  std::int64_t due = 0;      // nobody has looked, today or earlier
  std::int64_t missed = 0;   // of these, since an earlier day
  std::map<std::string, std::int64_t> found;
};
LookBackCount look_back_count(store::Connection& connection, std::string_view path,
                              std::string_view type, Date today, int small_units = 256);

// What nobody has looked at yet, in the order of the days on which it is to be.
struct LookBackFilter {
  std::string path;  // of the subtree
  std::optional<std::string> type;
  std::optional<Date> due_before;
  int limit = 50;
  std::string cursor;     // empty, or a next_cursor
  int small_units = 256;  // subtrees of at most so many units are gathered, larger ones walked
};
struct LookBackPage {
  struct Item {
    MatterId matter;
    std::string due;  // ~ where its time has no value
  };
  std::vector<Item> items;
  std::string next_cursor;  // empty: the last page
};
// field_type at /cursor.
Result<LookBackPage> open_look_backs(store::Connection& connection, const LookBackFilter& filter);

}  // namespace huilu::matter
