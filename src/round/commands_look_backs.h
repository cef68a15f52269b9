// The changes of rounds of look-backs: open, draw anew, lock. Used by the API through the road.
// What a draw is made from was read by the caller; the seed is made in the command, when nobody can
// still choose from what it draws.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "command/command.h"
#include "round/tables_look_backs.h"

namespace huilu::round {

// round_change at the unit. Replies 201 {"id", "version", "seed", "candidates", "drawn",
// "journal"}.
class OpenLookBackRound : public command::Command {
 public:
  OpenLookBackRound(NewLookBackRound asked, DrawGround ground);

  std::string_view name() const override { return "open_look_back_round"; }
  command::Need need() const override;
  std::string where_of(UnitId) const override { return "/unit"; }
  std::vector<std::string> keys() const override;
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  NewLookBackRound asked_;
  DrawGround ground_;
  store::Pending rounds_;
};

// What the commands of one round share: round_change at its unit.
class OfLookBackRound : public command::Command {
 public:
  OfLookBackRound(const LookBackRound& read, std::int64_t seen);

  command::Need need() const override;
  bool shows(UnitId) const override { return true; }  // who asks has read it
  std::vector<std::string> keys() const override { return {"look_back_round:" + id_.text()}; }
  void load(store::Connection& connection) override { reads_.queue(connection, id_); }
  Refusals decide(const command::Context& context) final;

 protected:
  virtual Refusals decide_about(const WholeLookBackRound& whole) = 0;

  RoundId id_;
  UnitId unit_;
  std::int64_t seen_;
  std::optional<WholeLookBackRound> whole_;

 private:
  LookBackRoundReads reads_;
};

// Replies what opening replies, with 200. The earlier draws stay.
class DrawAnew : public OfLookBackRound {
 public:
  DrawAnew(const LookBackRound& read, std::int64_t seen, const std::string& reason,
           DrawGround ground);

  std::string_view name() const override { return "draw_anew"; }
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 protected:
  Refusals decide_about(const WholeLookBackRound& whole) override;

 private:
  std::string reason_;
  DrawGround ground_;
};

// What was found is read in the batch. Replies {"id", "version", "journal"}.
class LockLookBackRound : public OfLookBackRound {
 public:
  LockLookBackRound(const LookBackRound& read, std::int64_t seen,
                    std::vector<MissingReason> missing);

  std::string_view name() const override { return "lock_look_back_round"; }
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 protected:
  Refusals decide_about(const WholeLookBackRound& whole) override;

 private:
  std::vector<MissingReason> missing_;
};

}  // namespace huilu::round
