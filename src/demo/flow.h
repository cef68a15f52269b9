// Flow: sends the demo's commands down the road, many in flight at once so that the road makes full
// batches of them. Used by one thread. A refusal or a fault of one is thrown as a Fault by the next
// send or drain: nothing of what the demo asks for may be refused.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/fault.h"
#include "command/run.h"

namespace huilu::demo {

class Flow {
 public:
  explicit Flow(command::Road& road) : road_(road) {}
  ~Flow();  // waits for what is under way
  Flow(const Flow&) = delete;
  Flow& operator=(const Flow&) = delete;

  // `done` gets the reply's body on the writer's thread.
  using Done = std::function<void(const Value& reply)>;
  void send(std::unique_ptr<command::Command> command, AccountId account = {}, Done done = {});
  void drain();

 private:
  void arrived(const std::string& name, const command::Outcome& outcome, const Done& done);
  void throw_failure();

  command::Road& road_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t under_way_ = 0;
  std::optional<Fault> failure_;
};

}  // namespace huilu::demo
