// The nouns of notices: what is told to whom about a matter, and when it is shown. A notice says
// that something happened and never what: the reader sees the matter where the gate lets him.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "base/time.h"
#include "obligation/waiting.h"

namespace huilu::notice {

// The first five are told at once, on working days between the opening and the closing hour; the
// others in the digest of the next working day.
enum class Kind {
  assigned,
  returned,
  struck_off,
  extension_decided,
  merged,
  reminded,
  waiting,
  told,
  stale,  // what he reviewed says something else now
};

inline constexpr std::array<std::string_view, 9> kind_words = {
    "assigned", "returned", "struck_off", "extension_decided", "merged", "reminded",
    "waiting",  "told",     "stale"};

inline std::string_view word_of(Kind kind) { return kind_words[static_cast<std::size_t>(kind)]; }
inline bool is_immediate(Kind kind) { return kind <= Kind::merged; }

// For whom it is: who works at a unit, holds a post there, or a person.
struct Recipient {
  UnitId unit = {};
  std::string post = {};
  PersonId person = {};

  friend auto operator<=>(const Recipient&, const Recipient&) = default;
};

// What is to be told, before it is known who that is.
struct Telling {
  Kind kind = Kind::told;
  MatterId matter;
  std::string key;
  Recipient to;
  AccountId by;  // who did it, and is not told; 0: nobody
  Instant at;
  bool is_urgent = false;  // told at once, at any hour
};

struct Notice {
  std::int64_t id = 0;
  Kind kind = Kind::told;
  MatterId matter;
  std::string type;  // address of the matter's type
  Instant at;
  Instant release_at;
};

// How often somebody was reminded of a matter, and when last.
struct Reminded {
  std::int64_t times = 0;
  std::optional<Date> last;
};

}  // namespace huilu::notice
