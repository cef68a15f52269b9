// Views of matters: how a matter type, a matter, its history and what one may do with it look in
// JSON. Names of units are null where they are not open; persons where the table of roles hides
// them.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "api/call.h"
#include "api/names.h"
#include "matter/commands.h"
#include "matter/deeds.h"
#include "matter/queries.h"
#include "matter/waits.h"
#include "notice/queries.h"
#include "obligation/look_back.h"

namespace huilu::api {

Value matter_type_view(const policy::MatterType& type, words::Language language);

class MatterViews {
 public:
  explicit MatterViews(Call& call) : call_(call), units_(call) {}

  // The names of all that they speak of in one read.
  void load(const std::vector<matter::Stored>& stored);
  Value matter(const matter::Stored& stored);
  // The id, and the matter itself where it is among those that the caller may see.
  Value related_view(MatterId id, const std::map<MatterId, matter::Stored>& seen);
  // Why a move is refused, in the words of its pack: {"code", "say"} each. `change`: what
  // was given with it.
  Value::List why_not(const matter::Read& read, const policy::Move& move, Refusals refusals,
                      const obligation::Change& change = {}) const;
  // The same of more time that is asked for, or decided about. In clock_views.cpp.
  Value::List why_no_time(const policy::MatterType& type, const matter::AskedDeed& asked,
                          Refusals refusals) const;
  // Who looks at what. `by_asker`: the clocks for which the caller, under whatever name, asked for
  // more time.
  struct Acting {
    const matter::Read& read;
    const obligation::Lifecycle& life;
    const obligation::Actor& actor;
    const std::set<std::string>& by_asker;
  };
  // One thing that waits for the caller, with what he may do about it. In waiting_routes.cpp.
  Value waiting(const Acting& acting, const std::vector<obligation::Made>& made,
                const matter::Waiting& waiting);
  // With roles, clocks, the timeline, and the moves that lead on from here. `by_asker`: the clocks
  // for which the caller, under whatever name, asked for more time.
  Value whole(const matter::Read& read, const obligation::Actor& actor,
              const std::vector<obligation::Made>& made, const std::set<std::string>& by_asker);

 private:
  Value decision_view(const Acting& acting, const obligation::ClockNow& clock,
                      const matter::Waiting& waiting);
  // In clock_views.cpp.
  Value may_view(const policy::MatterType& type, const std::vector<std::string>& roles,
                 Refusals refusals) const;
  std::string role_titles(const policy::MatterType& type,
                          const std::vector<std::string>& roles) const;
  Value rung_view(const Acting& acting, const obligation::ClockNow& clock,
                  const obligation::RungNow& now);
  Value receipts_view(const Acting& acting, const obligation::RungNow& now);
  // Of a step that a pack shows to some only: whether the caller reads the matters of a unit that
  // has a part in it, or has a role in it himself.
  bool sees_step(const Acting& acting, std::string_view clock, std::string_view rung) const;
  Value extension_view(const matter::Read& read, const obligation::Asked& asked);
  Value clock_view(const Acting& acting, const obligation::ClockNow& now);
  // In look_back_routes.cpp: null where the matter was never settled so.
  Value look_back_view(const matter::Read& read, const obligation::Lifecycle& life,
                       const obligation::Actor& actor, const std::vector<obligation::Made>& made);
  // In relapse_routes.cpp: null where it was like none and did not come back.
  Value relapse_view(const matter::Read& read, const obligation::Lifecycle& life,
                     const obligation::Actor& actor);
  Value look_back_times(const matter::Read& read, const std::vector<obligation::LookBackNow>& all);
  // What the newest review that stands looked through, and what of it changed; null without one.
  Value review_view(const matter::Read& read, const obligation::Lifecycle& life);
  Value deed_view(const policy::MatterType& type, const obligation::Deed& deed);
  // In merge_views.cpp: what it was merged into, what was merged into it, what it is below; of each
  // the id, and the matter where the caller may see it.
  void add_related(const matter::Stored& stored, Value& view);

  // What is read of all matters of a page at once: reminders, and how many hang on each.
  void load_around(const std::vector<MatterId>& ids);
  const policy::MatterType& type_of(const matter::Version& version) const;
  std::vector<UnitId> units_of(const matter::Stored& stored) const;
  // What the account may read of persons at a unit; asked once a unit.
  struct Sight {
    bool members = false;
    bool posts = false;
  };
  const Sight& sight_at(UnitId unit);
  bool shows_persons(const policy::MatterType& type, UnitId unit);
  Value fields_view(const policy::MatterType& type, const Value& fields, UnitId unit);
  Value account_name(const policy::MatterType& type, UnitId unit, AccountId account);
  Value role_view(const obligation::RoleNow& role, bool shows);
  Value step_view(const policy::MatterType& type, const matter::Version& version,
                  const matter::Version* before);
  Value move_view(const matter::Read& read, const policy::Move& move,
                  const obligation::Actor& actor, const std::vector<obligation::Made>& made) const;

  Call& call_;
  UnitNames units_;
  std::map<UnitId, Sight> sights_;
  std::map<AccountId, Value> accounts_;
  std::map<MatterId, notice::Reminded> reminded_;
  std::map<MatterId, matter::HangingOn> hanging_;
};

}  // namespace huilu::api
