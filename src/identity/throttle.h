// Throttle: how many sign-ins may fail from one address, in this process's memory; used by
// Sessions. A burst is free, then one more after each interval; a success gives its try back, so
// that a whole office behind one address is not stopped by its own people.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>

#include "base/time.h"

namespace huilu::identity {

class Throttle {
 public:
  Throttle(int burst, std::chrono::milliseconds interval, std::size_t peers_max);

  bool take(const std::string& peer, Instant now);  // false: not now
  void give_back(const std::string& peer);

 private:
  void make_room(Instant now);

  const std::int64_t interval_ms_;
  const std::int64_t burst_ms_;
  const std::size_t peers_max_;
  std::mutex mutex_;
  std::unordered_map<std::string, Instant> free_at_;  // when the peer's whole burst is free again
};

}  // namespace huilu::identity
