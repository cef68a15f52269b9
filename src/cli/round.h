// Round: what a server does beside its requests, on one thread: the tree's changes that fall due at
// midnight, when sessions were last seen, the deletion of what is over; and for the compliance
// index the periods that begin, a comparison with the evaluator, the history of figures and the
// snapshot file. A fault is logged and the next round tries again.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "api/call.h"

namespace huilu::cli {

class Round {
 public:
  Round(const api::Services& services, compliance::Watch& watch);
  ~Round();

 private:
  void run();
  void settle_tree();
  void write_sessions();
  void watch_index();

  const api::Services& services_;
  compliance::Watch& watch_;
  Instant history_written_{};
  Instant snapshot_saved_{};
  std::optional<Date> settled_;
  Instant purged_{};
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace huilu::cli
