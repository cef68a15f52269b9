// Gate: may this account do this, here, today? Implemented by identity; asked by the road before
// the queue and once more inside the batch, and by every read.
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
    // Empty: yes. not_permitted, or not_found for what the account may not even see; `where` is
    // the unit's id ("u12").
    virtual Refusals answer(Date today) const = 0;
    // The role whose grant opened the gate, after a yes.
    virtual std::string_view role() const { return {}; }
  };

  virtual ~Gate() = default;
  virtual std::unique_ptr<Question> ask(store::Connection& connection, AccountId account,
                                        const Need& need) const = 0;
};

// The refusals in the words of the command: a unit that its request names is unknown_unit there,
// the unit of the path is nowhere.
Refusals in_words_of(const Command& command, Refusals refusals);

}  // namespace huilu::command
