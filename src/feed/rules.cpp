#include "feed/rules.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/hash.h"
#include "base/text.h"

namespace huilu::feed {

namespace {

Event new_event(const Deadline& deadline, Instant now) {
  return {deadline.key,
          hex(random_bytes(16)) + "@huilu",
          deadline.title,
          deadline.path,
          deadline.due,
          0,
          now,
          {}};
}

bool says_otherwise(const Event& event, const Deadline& deadline) {
  return event.gone_at || event.due != deadline.due || event.title != deadline.title ||
         event.path != deadline.path;
}

}  // namespace

Changes changes_of(const std::vector<Event>& told, const std::vector<Deadline>& deadlines,
                   Instant now) {
  std::map<std::string, const Deadline*> due;
  for (const auto& one : deadlines) due.emplace(one.key, &one);
  Changes out;
  for (Event event : told) {
    const auto found = due.find(event.key);
    if (found == due.end() && event.gone_at && now.ms - event.gone_at->ms > gone_kept_ms) {
      out.forgotten.push_back(event.key);
      continue;
    }
    const bool is_changed =
        found == due.end() ? !event.gone_at : says_otherwise(event, *found->second);
    if (is_changed) {
      ++event.sequence;
      event.changed_at = now;
      event.gone_at = found == due.end() ? std::optional(now) : std::nullopt;
      if (found != due.end()) {
        event.due = found->second->due;
        event.title = found->second->title;
        event.path = found->second->path;
      }
      out.written.push_back(event);
    }
    if (found != due.end()) due.erase(found);
    out.events.push_back(std::move(event));
  }
  for (const auto& [key, deadline] : due) {
    out.events.push_back(new_event(*deadline, now));
    out.written.push_back(out.events.back());
  }
  std::ranges::sort(out.events, {},
                    [](const Event& event) { return std::tie(event.due, event.key); });
  return out;
}

}  // namespace huilu::feed
