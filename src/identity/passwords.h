// Passwords: Argon2id on one thread of its own with a short queue, so that signing in cannot take
// the processors (or the memory) from everybody else. Used by Sessions, the API and the command
// line. A HashedPassword can only be made from a password that keeps the rules.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace huilu::identity {

// Argon2id with its parameters and salt, from a password that passed check_password.
class HashedPassword {
 public:
  const std::string& text() const { return text_; }

 private:
  friend Result<HashedPassword> hash_password(std::string_view, std::string_view);
  explicit HashedPassword(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

// On the calling thread, about 50 ms and 64 MiB: for the command line. password_weak at
// "/password"; busy when the memory is not to be had.
Result<HashedPassword> hash_password(std::string_view password, std::string_view account_name);

class Passwords {
 public:
  // `queue_max`: how many may wait; what comes beyond is answered too_many_requests at once.
  explicit Passwords(std::size_t queue_max = 8);
  ~Passwords();  // finishes what is queued

  // `done` is called exactly once, on this thread or the pool's, and must neither block nor throw.
  using Verified = std::function<void(Result<bool>)>;
  using Hashed = std::function<void(Result<HashedPassword>)>;

  // An empty hash (no such account, no password) costs the same work and is false.
  void verify(std::string password, std::string hash, Verified done);
  void hash(std::string password, std::string account_name, Hashed done);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace huilu::identity
