// Command: one change that somebody asks for. A room supplies, per command, what it needs, a pure
// decision and a write; command/run.cpp takes it down the road, alone or in a batch with others.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/refusal.h"
#include "base/time.h"
#include "base/value.h"
#include "command/permission.h"
#include "journal/journal.h"
#include "store/store.h"

namespace huilu::command {

// What a decision may know besides its state.
struct Context {
  Instant now;
  Date today;
  AccountId account;      // 0: the program itself, from the command line
  std::string_view role;  // the role whose grant opened the gate; empty for the program
};

// Collects one command's writes within the batch.
class Writing {
 public:
  Writing(journal::Appender& journal, store::RowBuffer& row_buffer)
      : rows(row_buffer), journal_(journal) {}

  store::RowBuffer& rows;

  std::int64_t issue_id() { return journal_.issue_id(); }
  std::int64_t issue_ids(std::int64_t count) { return journal_.issue_ids(count); }
  Instant at() const { return journal_.at(); }
  // The number that the next append gets, for rows that name their entry.
  journal::Sequence next_sequence() const { return journal_.next_sequence(); }
  journal::Sequence append(journal::Entry entry) { return journal_.append(std::move(entry)); }

 private:
  journal::Appender& journal_;
};

// What the one who asked gets: an HTTP status and a body. Kept with the idempotency key.
struct Reply {
  int status = 200;
  Value body;
};

class Command {
 public:
  virtual ~Command() = default;

  virtual std::string_view name() const = 0;  // verb_noun: "enter_record"
  virtual Need need() const = 0;

  // Where the request names this unit, for the refusal "unknown_unit" in place of a plain 404.
  virtual std::string where_of(UnitId) const { return {}; }
  // True for a unit that the one who asks may not see, but whose part in this he sees: it is then
  // not_permitted, and not hidden.
  virtual bool shows(UnitId) const { return false; }

  // What else in the same batch it must not meet: two commands that share a key run in different
  // batches, so that what `load` read is still true when `write` runs. Example "record:118".
  virtual std::vector<std::string> keys() const { return {}; }
  // True: the command runs in a batch of its own (changes of the tree, of grants, jobs' chunks).
  virtual bool alone() const { return false; }

  // Queues its reads (store::Connection::queue_query) and keeps the Pendings. Nothing waits here
  // but what a check of a pack looks at, which few records have, and the matter that stays where
  // one is merged.
  virtual void load(store::Connection& connection) = 0;
  // Pure: from the command and what was loaded. No refusals: the write will happen.
  virtual Refusals decide(const Context& context) = 0;
  // Rows and journal entries; must not read. Not called after a refusal.
  virtual Reply write(const Context& context, Writing& writing) = 0;
};

}  // namespace huilu::command
