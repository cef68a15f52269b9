// The one way through: every change of the installation goes down this road, and auditors read it
// (run.cpp). A command waits in the queue; the writer takes what is waiting, at most 64, into one
// transaction: idempotency → gate → load → decide → write → journal → commit → followers → reply.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/time.h"
#include "command/command.h"
#include "command/gate.h"

namespace huilu::command {

// Who asks, and under which key. Repeating a key with the same body returns the first reply.
struct Request {
  AccountId account;       // 0: the program itself; passes the gate
  std::string key;         // Idempotency-Key; empty: none (command line)
  std::string body_hash;   // SHA-256 of method, path and body
};

struct Outcome {
  Reply reply;                   // of the write, or of the first one under the same key
  Refusals refusals;             // not empty: nothing was written
  std::string fault;             // not empty: the world failed; the answer is 503 or 507
  FaultKind fault_kind = FaultKind::internal;
  journal::Sequence journal = 0; // the number from which the change is visible
  bool repeated = false;         // the key had been used with this body before
};

using Done = std::function<void(Outcome)>;

// Called after each commit, in the order of the journal, on one thread; also with what other
// processes committed. `through` is the last number that is applied.
class Follower {
 public:
  virtual ~Follower() = default;
  virtual void follow(store::Connection& snapshot, const std::vector<journal::Touched>& touched,
                      journal::Sequence through) = 0;
};

struct RoadOptions {
  std::size_t batch_max = 64;
  std::size_t queue_max = 4096;  // beyond it: busy
};

class Road {
 public:
  Road(store::Database& database, const Gate& gate, const Clock& clock,
       std::vector<Follower*> followers, RoadOptions options = {});
  ~Road();  // finishes what is queued

  // Returns at once; `done` is called exactly once, on the writer's thread, and must not block.
  void submit(std::unique_ptr<Command> command, Request request, Done done);
  // Waits for the outcome.
  Outcome run(std::unique_ptr<Command> command, Request request);

  // The number up to which this process has applied the journal.
  journal::Sequence published() const;
  // False when the number is not reached in time.
  bool wait_for(journal::Sequence number, std::chrono::milliseconds at_most);
  // False while the database does not answer.
  bool healthy() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace huilu::command
