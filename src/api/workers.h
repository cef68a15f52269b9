// Workers: a few threads with a bounded queue, for handlers that wait for the database.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace huilu::api {

class Workers {
 public:
  Workers(std::size_t threads, std::size_t queue_max);
  ~Workers();

  // Finishes what is queued and takes nothing more.
  void finish();

  // False when the queue is full or the end has come: the work was not taken.
  bool post(std::function<void()> work);
  std::size_t waiting() const;

 private:
  void run();

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> queue_;
  const std::size_t queue_max_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace huilu::api
