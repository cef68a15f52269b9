// The changes of leaves: ask, decide, withdraw. Used by the API, the command line and the demo
// through the road. What the duty says (Terms) was read by the caller from the facts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "command/command.h"
#include "exemption/rules.h"
#include "exemption/types.h"

namespace huilu::exemption {

// exemption_ask at the bearer's unit. Replies 201 {"id", "version", "state", "approver":
// {"unit"}, "journal"}.
class AskLeave : public command::Command {
 public:
  AskLeave(NewLeave asked, Terms terms);

  std::string_view name() const override { return "ask_leave"; }
  command::Need need() const override;
  std::string where_of(UnitId) const override { return "/bearer"; }
  std::vector<std::string> keys() const override;
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  NewLeave asked_;
  Terms terms_;
  store::Pending same_;
};

// exemption_decide at the bearer's unit, by a grant at the approver or above it; never by the one
// who asked, by the bearer, or by anybody with a grant at the bearer's own unit. Replies {"id",
// "version", "state"}.
class DecideLeave : public command::Command {
 public:
  // `addressed` as it is now; `decider`: who asks, as in the request; 0 is the program.
  DecideLeave(Leave read, Addressed addressed, NewDecision asked, AccountId decider);

  std::string_view name() const override { return "decide_leave"; }
  command::Need need() const override;
  std::vector<std::string> keys() const override;
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  Leave read_;
  Addressed addressed_;
  NewDecision asked_;
  AccountId decider_;
  std::optional<Leave> leave_;
  store::Pending row_, standing_, accounts_of_asker_, bearer_;
};

// By who may ask at the bearer's unit, or by who may decide below his own. Replies {"id",
// "version", "state"}.
class WithdrawLeave : public command::Command {
 public:
  // `permission`: exemption_ask or exemption_decide, whichever the caller found to be held.
  WithdrawLeave(Leave read, std::int64_t version, std::string reason,
                command::Permission permission);

  std::string_view name() const override { return "withdraw_leave"; }
  command::Need need() const override;
  std::vector<std::string> keys() const override;
  void load(store::Connection& connection) override;
  Refusals decide(const command::Context& context) override;
  command::Reply write(const command::Context& context, command::Writing& writing) override;

 private:
  Leave read_;
  std::int64_t version_;
  std::string reason_;
  command::Permission permission_;
  std::optional<Leave> leave_;
  store::Pending row_;
};

}  // namespace huilu::exemption
