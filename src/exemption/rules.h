// What the room decides: what a duty says about leave for one bearer in one period (read from the
// facts with the evaluator's own parts), whether it may be asked for, who may decide it. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/value.h"
#include "command/command.h"
#include "exemption/types.h"
#include "identity/queries.h"
#include "obligation/facts.h"

namespace huilu::exemption {

struct NewLeave {
  LeaveKind kind = LeaveKind::exempt;
  std::string obligation;
  obligation::Bearer bearer;
  std::string period;
  std::optional<Date> act;
  std::optional<Date> enter;
  std::string reason;
  std::string note;
};

// What the duty says, and the days by which it is owed without leave.
struct Terms {
  UnitId home;      // in whose row the bearer is counted
  UnitId approver;  // at which, or above which, it is decided
  std::vector<std::string> reasons;
  Date act;
  Date enter;
  std::optional<Date> latest_act;  // of a deferral that may not go further
  std::optional<Date> latest_enter;
};

// `facts`: of the policy, and of the bearer's unit with those above it. Codes: unknown_obligation,
// unknown_bearer, unknown_period, leave_not_possible (`got`: why).
Result<Terms> terms_of(obligation::Facts facts, const NewLeave& asked, Date today, Instant now);

// `same`: ids of leaves of the same kind for the same bearer, duty and period that are asked for or
// approved.
Refusals decide_asking(const NewLeave& asked, const Terms& terms, const std::vector<LeaveId>& same);

// The home unit and the approver, as they are on the day of the decision.
struct Addressed {
  UnitId home;
  UnitId approver;
};

struct NewDecision {
  std::int64_t seen = 0;
  Decision decision = Decision::approve;
  std::string note;
};

// Who decides, as a command loads it.
struct Decider {
  AccountId account;  // 0: the program
  identity::Standing standing;
  std::string home_path;
  std::string approver_path;
  bool is_asker = false;   // the one who asked, under whatever name
  bool is_bearer = false;  // the person whose duty it is
};

Refusals decide_decision(const Leave& leave, const NewDecision& asked, const Decider& decider,
                         Date today);

Refusals decide_withdrawal(const Leave& leave, std::int64_t seen, std::string_view reason);

// The fields "content", "addressed" and "decision" of the entries; rows say the same (verify.cpp).
Value leave_content(LeaveId id, const NewLeave& asked);
Value addressed_content(const Addressed& addressed);
Value decision_content(LeaveId id, Decision decision);
Value withdrawal_content(LeaveId id);

}  // namespace huilu::exemption
