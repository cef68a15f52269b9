// A batch: the commands that go down the road together, in one transaction. Pure but for what the
// connection does; the thread and the queue are in run.cpp.
#pragma once

#include <memory>
#include <vector>

#include "command/gate.h"
#include "command/run.h"

namespace huilu::command {

// One command on its way, with everything that its reply needs.
struct Passage {
  std::unique_ptr<Command> command;
  Request request;
  Done done;

  store::Pending earlier;  // the reply kept under the same key, if any
  std::unique_ptr<Gate::Question> question;
  Outcome outcome;
};

using Batch = std::vector<Passage>;

// What a batch wrote, to be found again when the answer to its commit was lost.
struct Written {
  journal::Sequence before = 0;
  journal::Sequence through = 0;
  Hash root{};  // of the tree at `through`
  std::vector<journal::Touched> touched;

  bool anything() const { return through > before; }
};

// The body of the road: idempotency → gate → load → decide → write → journal append. The caller
// holds the transaction and commits it. Outcomes stand in the passages.
Written pass(Batch& batch, store::Connection& connection, const Gate& gate, const Clock& clock);

// Was this batch committed? Waits for the head's lock, so that a commit under way has ended.
bool was_committed(const Written& written, store::Connection& connection);

}  // namespace huilu::command
