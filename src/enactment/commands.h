// The changes of enactment: a version of a pack put in force, a value decided for a parameter (each
// proposed by one and confirmed by another), a calendar's revision imported. Used by the API, the
// command line and the demo through the road.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "command/command.h"
#include "enactment/rules.h"
#include "enactment/types.h"
#include "policy/pack.h"

namespace huilu::enactment {

// Where something is asked for: at its unit, or at every root unit where it concerns the whole
// installation. `roots` are as the caller has read them; if there are others by then, the answer is
// not_permitted.
struct Reach {
  std::optional<UnitId> unit;
  std::vector<UnitId> roots;

  std::vector<UnitId> asked_at() const { return unit ? std::vector<UnitId>{*unit} : roots; }
};

// pack_propose. Keeps the pack's files where they are not kept yet. Replies 201 {"id", "version",
// "state"}.
class ProposeActivation : public command::Command {
 public:
  // The packs must outlive it.
  ProposeActivation(const std::vector<policy::Pack>& packs, NewActivation activation,
                    std::vector<UnitId> roots);

  std::string_view name() const override { return "propose_activation"; }
  command::Need need() const override;
  std::string where_of(UnitId) const override { return reach_.unit ? "/unit" : ""; }
  bool alone() const override { return true; }
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  void keep_pack(command::Writing& writing) const;

  const std::vector<policy::Pack>& packs_;
  NewActivation activation_;
  Reach reach_;
  store::Pending roots_, unit_, hash_, same_, in_force_;
};

// pack_propose, for the whole installation. Replies 201 {"id", "version",
// "state"}.
class ProposeValue : public command::Command {
 public:
  ProposeValue(const std::vector<policy::Pack>& packs, NewDecided asked, std::vector<UnitId> roots);

  std::string_view name() const override { return "propose_value"; }
  command::Need need() const override;
  bool alone() const override { return true; }
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  const std::vector<policy::Pack>& packs_;
  NewDecided asked_;
  Reach reach_;
  std::optional<policy::ParameterValue> value_;
  store::Pending roots_, proposed_;
};

// pack_activate, by another person than the one who proposed. Replies {"id", "version", "state"}.
class ConfirmProposal : public command::Command {
 public:
  // `read` is what the caller has read, `version` what the one who confirms has seen.
  ConfirmProposal(Proposed read, std::int64_t version, std::vector<UnitId> roots);

  std::string_view name() const override { return "confirm_proposal"; }
  command::Need need() const override;
  bool alone() const override { return true; }
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  Proposed read_;
  std::int64_t version_;
  Reach reach_;
  std::optional<Proposed> now_;
  store::Pending row_, roots_, same_person_;
};

// A proposal: pack_propose. An activation in force: pack_activate, from a day on or as if it had
// never been; a value in force is overridden by another one instead. Replies {"id", "version",
// "state"}.
class WithdrawProposal : public command::Command {
 public:
  WithdrawProposal(Proposed read, Withdrawal withdrawal, std::vector<UnitId> roots);

  std::string_view name() const override { return "withdraw_proposal"; }
  command::Need need() const override;
  bool alone() const override { return true; }
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  Proposed read_;
  Withdrawal withdrawal_;
  Reach reach_;
  std::optional<Proposed> now_;
  store::Pending row_, roots_;
};

// pack_activate, for the whole installation. All of them or none. Replies 201 {"imported"}.
class ImportRevisions : public command::Command {
 public:
  // The revisions of the packs are taken too.
  ImportRevisions(const std::vector<policy::Pack>& packs, std::vector<calendar::Revision> revisions,
                  std::vector<UnitId> roots);

  std::string_view name() const override { return "import_revisions"; }
  command::Need need() const override;
  bool alone() const override { return true; }
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  const std::vector<policy::Pack>& packs_;
  std::vector<calendar::Revision> revisions_;
  Reach reach_;
  store::Pending roots_, present_;
};

}  // namespace huilu::enactment
