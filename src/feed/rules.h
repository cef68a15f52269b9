// What a feed has to tell anew. Pure.
#pragma once

#include <vector>

#include "feed/types.h"

namespace huilu::feed {

// A thing that is gone is told as cancelled for so long, then forgotten.
inline constexpr std::int64_t gone_kept_ms = std::int64_t{30} * 24 * 60 * 60 * 1000;

struct Changes {
  std::vector<Event> events;           // what the feed says now, by day and key
  std::vector<Event> written;          // those of them that are new or otherwise
  std::vector<std::string> forgotten;  // keys
};
Changes changes_of(const std::vector<Event>& told, const std::vector<Deadline>& deadlines,
                   Instant now);

}  // namespace huilu::feed
