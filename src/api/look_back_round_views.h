// Views of rounds of look-backs. The office, and who may read all below it, see the whole round;
// who looks sees what he looks at; the responsible unit sees its rows when something was found.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/call.h"
#include "api/matter_views.h"
#include "api/names.h"
#include "round/queries_look_backs.h"

namespace huilu::api {

// Types that have look-backs, in force today, by address.
std::vector<std::string> look_back_types(const Call& call);

// What the caller sees of a round.
class LookBackSight {
 public:
  LookBackSight(const Call& call, const round::LookBackRound& round);

  bool whole() const { return whole_; }
  bool is_office() const { return office_; }
  // Seeds and lists say what was drawn.
  bool sees_draws() const { return whole_ && (office_ || !round_.is_open()); }
  bool sees(const round::Candidate& row);
  bool sees_any(const round::WholeLookBackRound& whole);
  bool sees(UnitId unit) { return may(command::Permission::matter_read, unit); }
  bool may(command::Permission permission, UnitId unit);

 private:
  const Call& call_;
  round::LookBackRound round_;
  bool whole_, office_;
  std::map<std::pair<command::Permission, UnitId>, bool> allowed_;
};

class LookBackRoundViews {
 public:
  LookBackRoundViews(Call& call, const round::LookBackRound& round)
      : call_(call), sight_(call, round), matters_(call), units_(call) {}

  // For a list; `looker`: of whose rows it counts.
  Value head(const round::LookBackRound& round, std::optional<UnitId> looker = {});
  Value whole(const round::WholeLookBackRound& whole);
  Value draw(const round::WholeLookBackRound& whole, const round::Draw& draw,
             const std::vector<round::Candidate>& candidates);

  struct Page {
    std::string only;  // all, missing, looked, fallen_short
    std::size_t from = 0;
    std::size_t limit = 50;
  };
  struct Rows {
    Value::List items;
    std::size_t next = 0;  // 0: the last page
  };
  Rows rows(const round::WholeLookBackRound& whole, const Page& page);

 private:
  Value head_of(const round::LookBackRound& round, round::LookBackNumbers counted);
  Value row_view(const round::LookBackRound& round, const round::Candidate& row,
                 const matter::Stored& stored, const std::vector<matter::Version>& history);
  Value found_view(const round::Candidate& row, const std::vector<matter::Version>& history);
  Value type_title(const std::string& address) const;
  Value stratum_title(round::Strata strata, const std::string& stratum);
  Value account_name(AccountId account, UnitId unit);

  Call& call_;
  LookBackSight sight_;
  MatterViews matters_;
  UnitNames units_;
  std::map<AccountId, Value> accounts_;
};

}  // namespace huilu::api
