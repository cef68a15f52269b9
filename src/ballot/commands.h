// The changes of ballots: opened and stopped by moves of their matters, votes that are cast or
// entered from paper, the end with what follows from it, the written evidence. Used by the API, the
// program's round and the demo through the road.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ballot/tables.h"
#include "matter/commands.h"

namespace huilu::ballot {

// matter::MoveMatter, which also opens a ballot where the matter comes into a state that opens one
// and somebody may vote, and stops the open one where it leaves. Every move of a type that has a
// ballot, or that merges, is made with this. Replies as a move. `packs` outlive it.
std::unique_ptr<command::Command> moving(matter::Read read, std::string move,
                                         obligation::Change change, std::int64_t seen,
                                         AccountId account, Date today, Instant now,
                                         const std::vector<policy::Pack>& packs);

// For everybody on the list of voters. The last vote of each counts. Replies {"id", "voted_on",
// "journal"}: never what was voted.
class Vote : public command::Command {
 public:
  // `person`: behind the account, as it was read; none where it has none.
  Vote(Ballot ballot, const policy::MatterType& type, std::optional<PersonId> person,
       AccountId account, std::string grade);

  std::string_view name() const override { return "vote"; }
  command::Need need() const override { return {command::Permission::signed_in, {}}; }
  std::vector<std::string> keys() const override;
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  Ballot ballot_;
  const policy::MatterType& type_;
  PersonId person_;
  AccountId account_;
  std::string grade_;
  store::Pending row_, voter_, last_;
};

struct NewPaper {
  Votes votes;
  std::vector<PersonId> persons;
  std::vector<FileId> files;
};

// matter_change anywhere, and one of the roles that hold the ballot. Replies 201 {"id", "journal"}.
class EnterPaper : public command::Command {
 public:
  EnterPaper(matter::Read read, Ballot ballot, NewPaper asked, AccountId account, Date today,
             Instant now);

  std::string_view name() const override { return "enter_paper"; }
  command::Need need() const override { return {command::Permission::matter_change, {}}; }
  std::vector<std::string> keys() const override;
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  matter::Read read_;
  Ballot ballot_;
  NewPaper asked_;
  AccountId account_;
  Date today_;
  std::vector<UnitId> role_units_;
  matter::ActorReads actor_;
  store::Pending row_, voters_, files_;
};

// Likewise, and another person than the one who entered it; a refusal has a reason. Replies {"id",
// "journal"}.
class DecidePaper : public command::Command {
 public:
  DecidePaper(matter::Read read, Ballot ballot, Paper paper, bool confirms, std::string reason,
              AccountId account, Date today, Instant now);

  std::string_view name() const override { return "decide_paper"; }
  command::Need need() const override { return {command::Permission::matter_change, {}}; }
  std::vector<std::string> keys() const override;
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  matter::Read read_;
  Ballot ballot_;
  Paper paper_;
  bool confirms_;
  std::string reason_;
  AccountId account_;
  Date today_;
  std::vector<UnitId> role_units_;
  matter::ActorReads actor_;
  store::Pending row_, papers_;
};

// Likewise: of a ballot that has ended. `evidence` is what is filed. Replies {"id", "sha256",
// "journal"}.
class FileEvidence : public command::Command {
 public:
  FileEvidence(matter::Read read, Ballot ballot, std::string evidence, AccountId account,
               Date today, Instant now);

  std::string_view name() const override { return "file_evidence"; }
  command::Need need() const override { return {command::Permission::matter_change, {}}; }
  std::vector<std::string> keys() const override;
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  matter::Read read_;
  Ballot ballot_;
  std::string evidence_;
  AccountId account_;
  Date today_;
  std::vector<UnitId> role_units_;
  matter::ActorReads actor_;
  store::Pending row_;
};

// By the program, after the last day: judges what was voted, and makes the move that follows, each
// with an entry of its own. Of several servers one does it; the others are refused (wrong_state).
class EndBallot : public command::Command {
 public:
  EndBallot(matter::Read read, Ballot ballot, Date today, Instant now);

  std::string_view name() const override { return "end_ballot"; }
  command::Need need() const override { return {command::Permission::matter_change, {}}; }
  std::vector<std::string> keys() const override;
  bool alone() const override { return true; }  // no vote is cast meanwhile
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  matter::Read read_;
  Ballot ballot_;
  Date today_;
  Instant now_;
  store::Pending row_, votes_, papers_, newest_;
};

}  // namespace huilu::ballot
