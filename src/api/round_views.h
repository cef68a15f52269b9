// Views of rounds: how a round, its figures, its rows and what was decided look in JSON to whoever
// asks. Who may see the whole ledger sees the whole round; a unit that has a part in it sees its
// own rows and tasks, and no figures of others.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "api/call.h"
#include "api/matter_views.h"
#include "api/names.h"
#include "round/ledger.h"

namespace huilu::api {

// Of the unit today; "~", where nothing is, for a unit that is closed.
std::string round_path(const Call& call, UnitId unit);
// Types that rounds ask about, in force today, by address.
std::vector<std::string> round_types(const Call& call);
round::Ground round_ground(const Call& call);
round::Ledger round_now(const Call& call, round::Whole whole);

// What the caller sees of a round.
class RoundSight {
 public:
  RoundSight(const Call& call, const round::Round& round);

  bool whole() const { return whole_; }
  bool sees(UnitId unit);  // a unit that has a part in it
  bool sees(const round::Row& row) { return whole_ || sees(row.line_unit) || sees(row.lead_unit); }
  bool sees_any(const round::Whole& whole);

 private:
  const Call& call_;
  bool whole_;
  std::map<UnitId, bool> seen_;
};

class RoundViews {
 public:
  RoundViews(Call& call, const round::Round& round)
      : call_(call), sight_(call, round), matters_(call), units_(call) {}

  // For a list; `party`: of whose rows it counts.
  Value head(const round::Round& round, std::optional<UnitId> party = {});
  Value whole(const round::Ledger& now);

  struct Page {
    std::optional<UnitId> unit;  // whose lines
    std::optional<UnitId> lead;
    std::string only;  // all, asks, unanswered, late, silent, worth, changed
    std::size_t from = 0;
    std::size_t limit = 50;
  };
  struct Rows {
    Value::List items;
    std::size_t next = 0;  // 0: the last page
  };
  Rows rows(const round::Ledger& now, const Page& page);

 private:
  Value lead_view(const round::Ledger& now, UnitId lead);
  Value task_view(const round::Round& round, const round::Task& task);
  Value::List tasks_view(const round::Whole& whole);
  Value row_view(const round::Ledger& now, std::size_t index);
  Value line_view(const round::Line* line, UnitId unit);
  Value standing_view(const policy::MatterType& type, const round::Standing& standing);
  bool shows(const round::Ledger& now, std::size_t index, const Page& page);
  const round::Standing& shown(const round::Ledger& now, std::size_t index) const;
  bool may(command::Permission permission, UnitId unit);
  void load_names(const round::Ledger& now);
  Value account_name(AccountId account, UnitId unit);

  Call& call_;
  RoundSight sight_;
  MatterViews matters_;
  UnitNames units_;
  std::map<std::pair<command::Permission, UnitId>, bool> allowed_;
  std::map<AccountId, Value> accounts_;
};

}  // namespace huilu::api
