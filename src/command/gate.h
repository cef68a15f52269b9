// Gate: may this account do this, here, today? Implemented by identity; asked by the road before the
// queue and once more inside the batch, and by every read.
#pragma once

#include <memory>

#include "command/command.h"

namespace huilu::command {

class Gate {
 public:
  // An answer whose reads are queued; ask after the next flush.
  class Question {
   public:
    virtual ~Question() = default;
    // Empty: yes. not_permitted, or not_found for what the account may not even see.
    virtual Refusals answer(Date today) const = 0;
  };

  virtual ~Gate() = default;
  virtual std::unique_ptr<Question> ask(store::Connection& connection, AccountId account,
                                        const Need& need) const = 0;
};

}  // namespace huilu::command
