// What is done to a matter beside moving and editing it: more time is asked for and decided about,
// a step that a ladder proposes is signed or dismissed, a unit that it reached says that it has it,
// a settled matter is looked at again. Each
// is a version of the matter. Decided by obligation/deed.h and look_back.h; used by the API and the
// demo through the road.
#pragma once

#include "matter/commands.h"

namespace huilu::matter {

struct AskedDeed {
  obligation::DeedKind kind = obligation::DeedKind::extension_asked;
  std::string clock;
  std::string rung;                 // of a step
  std::optional<Date> until;        // of an extension that is asked for
  std::string found = {};           // of a look-back
  std::optional<UnitId> unit = {};  // that has a step; absent: the only one of the actor's
};

// matter_change anywhere, and then one of the roles that the clock, rung or look-back names, or a
// unit that the step reached.
// Replies as a move.
class DoDeed : public command::Command {
 public:
  // `seen`: the version that the one who asks has seen; `account`: who asks, as in the request.
  DoDeed(Read read, AskedDeed asked, obligation::Change change, std::int64_t seen,
         AccountId account, Date today, Instant now);

  std::string_view name() const override { return "do_deed"; }
  command::Need need() const override { return {command::Permission::matter_change, {}}; }
  std::vector<std::string> keys() const override;
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  Refusals check(const obligation::Lifecycle& life);

  Read read_;
  AskedDeed asked_;
  obligation::Change change_;
  std::int64_t seen_;
  AccountId account_;
  Date today_;
  std::vector<UnitId> role_units_;
  obligation::Deed deed_;  // as it will stand
  Mentioned mentioned_;
  KnownReads reads_;
  ActorReads actor_;
  store::Pending newest_;
};

// The account that asked for the extension that waits; nothing where none does.
std::optional<AccountId> asker_of(const Read& read, const obligation::ClockNow& clock);

}  // namespace huilu::matter
