// Delivery: the workers of one process that carry what is due out of the house. A message is
// claimed, sent, and settled, each for itself; a process that dies in between leaves a claim that
// ends by itself, and the next one sends it again under the same key. Several processes on one
// database share the work.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "courier/courier.h"
#include "outbox/setup.h"
#include "outbox/tables.h"
#include "store/store.h"

namespace huilu::outbox {

// For /metrics, which must not wait for the database.
struct Gauges {
  std::atomic<std::int64_t> waiting{0};
  std::atomic<std::int64_t> dead{0};
  std::atomic<std::int64_t> oldest_ms{0};  // when the oldest that waits was due; 0: none
  std::atomic<std::uint64_t> delivered{0};
  std::atomic<std::uint64_t> failed{0};  // tries
};

class Delivery {
 public:
  // `is_open`: whether these are hours at which people are told things.
  Delivery(store::Database& database, const Setup& setup, courier::Courier& courier,
           const Clock& clock, std::function<bool(Instant)> is_open, Gauges& gauges);
  ~Delivery();  // what is being sent is finished

  void start();
  // Sends what has been due for longest; false: nothing is. What the threads do, for tests.
  bool deliver_one(store::Connection& connection);

 private:
  struct Sent {
    State state = State::waiting;  // waiting: to be tried again
    std::string reason;
  };
  Sent send(store::Connection& connection, const Claimed& message);
  Sent carry_mail(const Choice& choice, const Claimed& message);
  Sent judged(const courier::Receipt& receipt, const Claimed& message);
  void run();
  void measure(store::Connection& connection);

  store::Database& database_;
  const Setup& setup_;
  courier::Courier& courier_;
  const Clock& clock_;
  std::function<bool(Instant)> is_open_;
  Gauges& gauges_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace huilu::outbox
