// Relapses: what a new matter is held against, and what somebody says of one that was proposed.
// What is said is a version of the matter and, where it is a relapse or no longer one, of the
// earlier one too, in one entry. Decided by obligation/relapse.h; used by the API through the road.
#pragma once

#include <vector>

#include "matter/commands.h"
#include "obligation/relapse.h"

namespace huilu::matter {

constexpr std::size_t proposed_most = 5;

// The settled ones of the matter's unit that are most like it, of the newest few hundred; nothing
// for a type without relapses.
std::vector<obligation::Settled> settled_like(store::Connection& connection,
                                              const policy::MatterType& type, const Matter& matter);
// Of these, those that are proposed: at most proposed_most, the most alike first.
std::vector<MatterId> proposed_relapses(const obligation::Lifecycle& life, const Matter& matter,
                                        const std::vector<obligation::Settled>& settled);

// matter_change anywhere, and then one of the roles that the type names. Replies as a move.
class SayRelapse : public command::Command {
 public:
  struct Asked {
    MatterId other;
    bool confirms = false;
    std::string reason;
  };
  // `seen`: the version that the one who asks has seen; `account`: who asks, as in the request. The
  // facts of `read` have the units of the other; `packs` outlive the command.
  SayRelapse(Read read, Asked asked, std::int64_t seen, AccountId account, Date today, Instant now,
             const std::vector<policy::Pack>& packs);

  std::string_view name() const override { return "say_relapse"; }
  command::Need need() const override { return {command::Permission::matter_change, {}}; }
  std::vector<std::string> keys() const override;
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  Read read_;
  Asked asked_;
  obligation::Change change_;
  std::int64_t seen_;
  AccountId account_;
  Date today_;
  const std::vector<policy::Pack>& packs_;
  std::vector<UnitId> role_units_;
  std::optional<Read> earlier_;  // as it is in the batch
  ActorReads actor_;
  store::Pending newest_;
};

}  // namespace huilu::matter
