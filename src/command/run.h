// The one way through: every change of the installation goes down this road, and auditors read it
// (run.cpp). A command waits in the queue; the writer takes what is waiting, at most 64, into one
// transaction: idempotency → gate → load → decide → write → journal → commit → followers → reply.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.h"
#include "base/time.h"
#include "command/command.h"
#include "command/delays.h"
#include "command/gate.h"

namespace huilu::command {

// Who asks, and under which key. Repeating a key with the same body returns the first reply.
struct Request {
  AccountId account;      // 0: the program itself; passes the gate
  std::string key;        // Idempotency-Key; empty: none (command line)
  std::string body_hash;  // SHA-256 of method, path and body
};

struct Outcome {
  Reply reply;        // of the write, or of the first one under the same key
  Refusals refusals;  // not empty: nothing was written
  std::string fault;  // not empty: the world failed; the answer is 503 or 507
  FaultKind fault_kind = FaultKind::internal;
  journal::Sequence journal = 0;  // the number from which the change is visible
  bool repeated = false;          // the key had been used with this body before
};

using Done = std::function<void(Outcome)>;

// A projection that lives in memory: it loads from the tables and then reads again what each later
// entry touched, also what other processes committed. Called by one thread at a time.
class Follower {
 public:
  virtual ~Follower() = default;
  virtual bool follows(std::string_view table) const = 0;
  // `touched` holds only rows of tables that it follows; a row may come again and may be newer in
  // the snapshot than the entry that touched it.
  virtual void follow(store::Connection& snapshot,
                      const std::vector<journal::Touched>& touched) = 0;
};

struct RoadOptions {
  std::size_t batch_max = 64;
  std::size_t queue_max = 4096;  // beyond it: busy
  std::chrono::milliseconds poll{500};
  // After a failed fsync nothing more may be acknowledged: the program has to end and start again.
  std::function<void(const std::string& why)> on_fatal;  // default: log and exit with 3
};

class Road {
 public:
  // The followers have loaded up to journal number `loaded` (0: they are empty).
  Road(store::Database& database, const Gate& gate, const Clock& clock,
       std::vector<Follower*> followers = {}, journal::Sequence loaded = 0,
       RoadOptions options = {});
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

  struct Counters {
    std::uint64_t commands = 0;
    std::uint64_t refused = 0;
    std::uint64_t faults = 0;
    std::uint64_t batches = 0;
    std::size_t waiting = 0;
    Delays::Counts visible;  // from a commit of this process until its followers have applied it
  };
  Counters counters() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace huilu::command
