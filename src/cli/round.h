// Round: what a server does beside its requests, on one thread: the tree's changes that fall due at
// midnight, when sessions were last seen, the deletion of what is over, the last days of matters
// when calendars or values have changed, ballots whose last day is over; and for the compliance
// index the periods that begin, a comparison with the evaluator, and the history of figures. A
// fault is logged and the next turn tries again. One turn alone is Turn, for whoever has a clock of
// his own.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "api/call.h"
#include "cli/outbox.h"

namespace huilu::cli {

class Turn {
 public:
  explicit Turn(const api::Services& services) : services_(services), hours_(services) {}

  void take();    // everything that is due now
  void finish();  // what must not be lost when the server ends

 private:
  void settle_tree();
  void write_sessions();
  void watch_index();
  void reckon_matters();
  void end_ballots();
  void tell_notices();
  void send_digests();

  const api::Services& services_;
  Instant history_written_{};
  std::optional<Date> settled_;
  Instant purged_{};
  // What last days of matters, and for whom they wait, were reckoned with: the newest value that
  // was decided or calendar that was published, and how the tree stood on which day; and where to
  // go on among the matters, nothing: all are.
  std::optional<std::pair<std::int64_t, Date>> reckoned_with_;
  std::optional<std::string> reckoned_to_;
  std::optional<Date> rungs_told_;  // the day whose rungs were told
  std::optional<Date> digests_made_;
  Hours hours_;
};

class Round {
 public:
  explicit Round(const api::Services& services);
  ~Round();

 private:
  void run();

  const Clock& clock_;
  Turn turn_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace huilu::cli
