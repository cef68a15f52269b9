// The changes of matters: open, move, edit. Used by the API, the demo and the bench through the
// road. The facts (policy in force, units of the matter with those above them) were read by the
// caller; who acts, and whether somebody was first, is read in the batch.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "command/command.h"
#include "identity/queries.h"
#include "matter/rules.h"
#include "matter/tables.h"
#include "obligation/relapse.h"

namespace huilu::matter {

// What a matter is decided by; shared by the commands that ask about it.
using FactsPointer = std::shared_ptr<const obligation::Facts>;

struct NewMatter {
  std::string type;  // address
  UnitId unit;
  std::optional<MatterId> parent;
  std::optional<CampaignId> campaign;
  obligation::Change change;  // fields, due, evidence
};

// matter_open at the unit. What it may be a relapse of is proposed with it (matter/relapses.h).
// Replies 201 {"id", "version", "state", "journal"}.
class OpenMatter : public command::Command {
 public:
  // `pack`: in force at the unit, declares the type, and outlives the command.
  OpenMatter(FactsPointer facts, const policy::Pack& pack, NewMatter asked);

  std::string_view name() const override { return "open_matter"; }
  command::Need need() const override;
  std::string where_of(UnitId unit) const override;
  std::vector<std::string> keys() const override;
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  FactsPointer facts_;
  const policy::Pack& pack_;
  const policy::MatterType& type_;
  NewMatter asked_;
  Matter matter_;
  Mentioned mentioned_;
  KnownReads reads_;
  store::Pending parent_;
  std::vector<obligation::Settled> settled_;  // that it is held against
};

// Who acts on a matter: his grants, posts and other accounts, read in the batch.
class ActorReads {
 public:
  // `units`: those that roles are at; `earlier`: accounts by the move that they made last.
  void queue(store::Connection& connection, AccountId account, Date day,
             const std::vector<UnitId>& units,
             const std::vector<std::pair<std::string, AccountId>>& earlier);
  obligation::Actor actor(Date today) const;
  std::vector<obligation::Made> made() const;

 private:
  AccountId account_;
  std::vector<UnitId> units_;
  std::vector<std::pair<std::string, AccountId>> earlier_;
  store::Pending standing_, posts_;
  std::vector<store::Pending> same_;  // of `earlier_`, in its order
};

// A matter that the caller has read, with the pack it was opened under.
struct Read {
  FactsPointer facts;
  const policy::Pack* pack = nullptr;
  Stored stored;
  std::vector<Version> history;                         // oldest first
  std::vector<obligation::MatterStep> steps;            // the same, for its clocks
  std::vector<std::pair<std::string, AccountId>> made;  // every move with who made it last
  std::vector<Matter> below;                            // the matters whose parent it is
  std::optional<obligation::BallotNow> ballot = {};     // ballot/queries.h sets it
  std::vector<Matter> merged = {};                      // the matters that were merged into it

  const policy::MatterType& type() const { return type_in(*pack, stored.now.matter.type); }
  obligation::Lifecycle life(Date today, Instant now) const {
    return {*facts, *pack, type(), today, now, &below, &steps, ballot ? &*ballot : nullptr,
            &merged};
  }
  // The units that its roles are at, and those that steps of its ladders reached.
  std::vector<UnitId> role_units(Date today, Instant now) const;
};

Read read_with_history(store::Connection& connection, FactsPointer facts, const policy::Pack& pack,
                       Stored stored);
// Many, in the order given; `facts` has the units of all. The same number of statements however
// many they are.
std::vector<Read> read_with_histories(store::Connection& connection, const FactsPointer& facts,
                                      const std::vector<policy::Pack>& packs,
                                      std::vector<Stored> stored);

// The matter that stays where one is merged into it, or taken out of it again. It is read in the
// batch, so that several are merged into one whoever is first.
struct Survivor {
  MatterId id;
  const std::vector<policy::Pack>* packs = nullptr;            // outlive the command
  std::function<void(store::Connection&, Read&)> attach = {};  // what is known of its ballot
};
// Of a move that merges, or leads out of where it was merged; otherwise nothing.
std::optional<Survivor> survivor_of(const Read& read, std::string_view move,
                                    const obligation::Change& change,
                                    const std::vector<policy::Pack>& packs);

// matter_change anywhere, and then one of the roles of the move. Replies {"id", "version", "state",
// "journal"}. Whoever comes second is told who was first (matter_moved).
class MoveMatter : public command::Command {
 public:
  // `seen`: the version that the one who asks has seen; `account`: who asks, as in the request.
  // `survivor`: as survivor_of says; the facts of `read` have its units too.
  MoveMatter(Read read, std::string move, obligation::Change change, std::int64_t seen,
             AccountId account, Date today, Instant now, std::optional<Survivor> survivor = {});

  std::string_view name() const override { return "move_matter"; }
  command::Need need() const override { return {command::Permission::matter_change, {}}; }
  std::vector<std::string> keys() const override;
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  bool merges() const;
  void load_survivor(store::Connection& connection);
  Refusals check_survivor(const command::Context& context) const;
  command::Reply write_with_survivor(Version version, const command::Context& context,
                                     command::Writing& writing);

  Read read_;
  std::string move_;
  obligation::Change change_;
  std::int64_t seen_;
  AccountId account_;
  Date today_;
  Instant now_;
  std::optional<Survivor> survivor_;
  std::optional<Read> stays_;  // the survivor, as it is in the batch
  std::vector<UnitId> role_units_;
  Mentioned mentioned_;
  KnownReads reads_;
  ActorReads actor_;
  store::Pending newest_;
};

// matter_open at the unit: fields and what has no deadline yet, without a move. Replies as a move.
class EditMatter : public command::Command {
 public:
  EditMatter(Read read, obligation::Change change, std::int64_t seen);

  std::string_view name() const override { return "edit_matter"; }
  command::Need need() const override;
  bool shows(UnitId) const override { return true; }  // who edits a matter has read it
  std::vector<std::string> keys() const override;
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  Read read_;
  obligation::Change change_;
  std::int64_t seen_;
  Mentioned mentioned_;
  KnownReads reads_;
  store::Pending newest_;
};

}  // namespace huilu::matter
