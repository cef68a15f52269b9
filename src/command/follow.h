// Following the journal: keeps the projections of one process in step with the tables, whoever
// committed. Used by the road after each of its batches and by a thread that polls for others'.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <vector>

#include "command/run.h"

namespace huilu::command {

class Following {
 public:
  Following(store::Database& database, std::vector<Follower*> followers, journal::Sequence loaded);

  // After a commit of this process: entries (before, through], which touched these rows.
  void own_commit(journal::Sequence before, journal::Sequence through,
                  const std::vector<journal::Touched>& touched);
  // Reads on to the present head.
  void catch_up();

  journal::Sequence published() const { return published_.load(std::memory_order_acquire); }
  bool wait_for(journal::Sequence number, std::chrono::milliseconds at_most);

 private:
  bool anyone_follows(const std::vector<journal::Touched>& touched) const;
  void read_on(store::Connection& snapshot);
  void apply(store::Connection& snapshot, const std::vector<journal::Touched>& touched);
  void publish(journal::Sequence number);

  store::Database& database_;
  std::vector<Follower*> followers_;
  std::unique_ptr<store::Connection> connection_;
  std::mutex applying_;  // one thread applies at a time
  std::atomic<journal::Sequence> published_;
  std::mutex waiting_mutex_;
  std::condition_variable waiting_;
};

}  // namespace huilu::command
