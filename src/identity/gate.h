// IdentityGate: the answer to "may this account do this, here, today?" from the grants in the
// database, one statement a need, so that a changed grant works on the next request of every
// process. What an account may not see is not found; what it sees but may not do is not permitted.
#pragma once

#include "command/gate.h"

namespace huilu::identity {

class IdentityGate : public command::Gate {
 public:
  std::unique_ptr<Question> ask(store::Connection& connection, AccountId account,
                                const command::Need& need) const override;
};

}  // namespace huilu::identity
