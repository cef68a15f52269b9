#include "identity/throttle.h"

#include <algorithm>

namespace huilu::identity {

Throttle::Throttle(int burst, std::chrono::milliseconds interval, std::size_t peers_max)
    : interval_ms_(interval.count()), burst_ms_(interval.count() * burst), peers_max_(peers_max) {}

bool Throttle::take(const std::string& peer, Instant now) {
  const std::lock_guard lock(mutex_);
  const auto found = free_at_.find(peer);
  const Instant from = found == free_at_.end() ? now : std::max(found->second, now);
  const Instant free_at{from.ms + interval_ms_};
  if (free_at.ms - now.ms > burst_ms_) return false;
  if (found != free_at_.end()) {
    found->second = free_at;
  } else {
    if (free_at_.size() >= peers_max_) make_room(now);
    free_at_.emplace(peer, free_at);
  }
  return true;
}

void Throttle::give_back(const std::string& peer) {
  const std::lock_guard lock(mutex_);
  const auto found = free_at_.find(peer);
  if (found != free_at_.end()) found->second.ms -= interval_ms_;
}

// Forgets who is free again; where nobody is, the one who would be first.
void Throttle::make_room(Instant now) {
  std::erase_if(free_at_, [now](const auto& entry) { return entry.second <= now; });
  if (free_at_.size() < peers_max_) return;
  free_at_.erase(
      std::ranges::min_element(free_at_, {}, [](const auto& entry) { return entry.second; }));
}

}  // namespace huilu::identity
