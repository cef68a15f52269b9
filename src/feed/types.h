// The nouns of calendar feeds: what an account has to have done by which day, as its own calendar
// program shows it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/ids.h"
#include "base/time.h"
#include "words/words.h"

namespace huilu::feed {

// One day by which something is due. `key` is the same as long as it is the same thing.
struct Deadline {
  std::string key;    // "i12", "u3 standing-duties/theme_day 2026-03 u3"
  std::string title;  // labels of a pack, and the number of a matter
  std::string path;   // of its page, below the installation's address
  Date due;
};

// The same as the feed tells it, also when it is gone.
struct Event {
  std::string key;
  std::string uid;
  std::string title;
  std::string path;
  Date due;
  std::int64_t sequence = 0;  // grows with every change that a calendar has to notice
  Instant changed_at;
  std::optional<Instant> gone_at;
};

// An account's feed, without its token.
struct Feed {
  AccountId account;
  std::string hash;  // of the token; empty: revoked
  words::Language language = words::Language::zh_cn;
  Instant made_at;
  std::int64_t version = 0;
  std::int64_t seq = 0;

  bool is_open() const { return !hash.empty(); }
};

}  // namespace huilu::feed
