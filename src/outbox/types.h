// The nouns of the outbox: messages that leave the house. A message says how many things wait and
// when the nearest is due, and leads to the page; it never says what they are or names anybody.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/fault.h"
#include "base/ids.h"
#include "base/time.h"
#include "words/words.h"

namespace huilu::outbox {

using MessageId = Id<'l'>;  // a letter

// The enumerator of a word that a table has; another word there is damage.
template <class Enum, std::size_t size>
Enum enum_from(const std::array<std::string_view, size>& words, std::string_view word) {
  const auto found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) throw Fault(FaultKind::damaged, "a message says an unknown word");
  return static_cast<Enum>(found - words.begin());
}

// digest: once on a working day. notice: of what is told at once. code: shows that an address is
// its owner's. test: asked for by an administrator.
// urgent: a notice of what cannot wait.
enum class Kind { digest, notice, code, test, urgent };
inline constexpr std::array<std::string_view, 5> kind_words = {"digest", "notice", "code", "test",
                                                               "urgent"};
inline std::string_view word_of(Kind kind) { return kind_words[static_cast<std::size_t>(kind)]; }
// Neither in the evening nor on rest days; what somebody sits and waits for, and what cannot
// wait, goes at any time.
inline bool keeps_hours(Kind kind) { return kind == Kind::digest || kind == Kind::notice; }
// Only to whoever chose to be sent it.
inline bool is_chosen(Kind kind) { return keeps_hours(kind) || kind == Kind::urgent; }

enum class Channel { none, mail, webhook };
inline constexpr std::array<std::string_view, 3> channel_words = {"none", "mail", "webhook"};
inline std::string_view word_of(Channel channel) {
  return channel_words[static_cast<std::size_t>(channel)];
}

// dead: not delivered after the last try, or refused for good; an administrator looks at it.
enum class State { waiting, delivered, dead, dropped };
inline constexpr std::array<std::string_view, 4> state_words = {"waiting", "delivered", "dead",
                                                                "dropped"};
inline std::string_view word_of(State state) {
  return state_words[static_cast<std::size_t>(state)];
}

// What an account chose. Nobody who has not chosen gets anything.
struct Choice {
  AccountId account;
  Channel channel = Channel::none;
  bool digest = false;
  bool notices = false;
  words::Language language = words::Language::zh_cn;
  std::string address = {};  // sealed and in base64url; empty: none
  std::optional<Instant> confirmed_at = {};
  std::int64_t code_tries = 0;  // codes that were typed for this address
  std::optional<Instant> code_sent_at = {};
  std::int64_t version = 0;  // 0: nothing was ever chosen
  std::int64_t seq = 0;      // of the entry by which it was chosen

  bool reaches() const {
    return channel == Channel::webhook || (channel == Channel::mail && confirmed_at.has_value());
  }
};

// What is to be sent; once under its key to an account.
struct NewMessage {
  AccountId account;
  std::string key;  // "digest 2026-03-05", "notice 118", "code 1772420460000"
  Kind kind = Kind::digest;
  Channel channel = Channel::mail;
  std::int64_t things = 0;
  std::optional<Date> nearest = {};
  Instant due_at = {};  // not before
};

// As an administrator sees it.
struct Message {
  MessageId id;
  AccountId account;
  Kind kind = Kind::digest;
  Channel channel = Channel::mail;
  State state = State::waiting;
  std::int64_t tries = 0;
  std::string reason;  // of the last try or of whoever dropped it; empty: not tried
  Instant made_at;
  Instant due_at;
  std::optional<Instant> done_at;
};

// Taken by one process until `until`; whoever comes after that sends it again under the same key.
struct Claimed {
  MessageId id;
  AccountId account;
  Kind kind = Kind::digest;
  Channel channel = Channel::mail;
  std::int64_t things = 0;
  std::optional<Date> nearest;
  std::int64_t tries = 0;  // this one counted
};

}  // namespace huilu::outbox
