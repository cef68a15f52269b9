// Sessions: who asks? Signing in with a name and a password, the opaque tokens that follow from it,
// and bearer tokens of programs. Used by the API for every request.
//
// Promises: a token is 256 random bits and stands in the database as its SHA-256 only; nothing is
// cached, so a session that ended has ended in every process; unknown names, wrong passwords and
// disabled accounts cost the same and are answered the same.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "base/result.h"
#include "base/time.h"
#include "identity/passwords.h"
#include "identity/throttle.h"
#include "store/store.h"

namespace huilu::identity {

inline constexpr std::size_t token_bytes = 32;

enum class How { session, token };

struct Identity {
  AccountId account;
  std::string name;
  How how;
  std::string session;  // names the session (or "k12", the token) without its secret
};

struct SignIn {
  std::string name;
  std::string password;
  std::string peer;       // the other side's address
  std::string old_token;  // the session that the browser still has; ends with the new one
  bool stay_signed_in = false;
};

// What `check` hands to `finish`.
struct Checked {
  enum class Outcome { fits, wrong, locked };
  Outcome outcome = Outcome::wrong;
  std::optional<AccountId> account;  // known, whatever the outcome
  std::string name;
  std::string password_hash;  // that the password was held against
  std::string peer;
  std::string old_token;
  bool stay_signed_in = false;
};

struct SignedIn {
  std::string token;
  Identity identity;
  Instant expires;
};

class Sessions {
 public:
  Sessions(const Clock& clock, Passwords& passwords);

  // Signing in has two halves, because passwords are verified on a thread of their own:
  // `check` reads, and calls `done` once, on this thread or the pool's; `done` hands `finish` to a
  // thread that may write. Refusals of `check`: too_many_requests (the peer's throttle, the queue).
  // Of `finish`: credentials_wrong, too_many_attempts (locked out).
  using CheckDone = std::function<void(Result<Checked>)>;
  void check(store::Connection& reads, SignIn sign_in, CheckDone done);
  Result<SignedIn> finish(store::Connection& writes, const Checked& checked);

  // From the cookie or after "Bearer ". One indexed statement. session_expired for all that is not
  // in force.
  Result<Identity> find(store::Connection& reads, std::string_view token);

  void sign_out(store::Connection& writes, std::string_view token, std::string_view peer);

  // A denial, for the security log. `detail`: the route and the permission, no personal data.
  void log_denied(store::Connection& writes, std::optional<AccountId> account, std::string detail,
                  std::string_view peer);

  // For the background round: when sessions were last seen (about once a minute), and the deletion
  // of what is over (about once an hour).
  void write_seen(store::Connection& writes);
  void purge(store::Connection& writes);

 private:
  void log(store::Connection& writes, std::optional<AccountId> account, std::string_view event,
           std::string detail, std::string_view peer);
  Result<SignedIn> start(store::Connection& writes, const Checked& checked, Instant now);

  const Clock& clock_;
  Passwords& passwords_;
  const std::string peer_key_;  // so that addresses cannot be worked out from the log
  Throttle throttle_;
  std::mutex mutex_;
  // By the hash of the token, in order: two processes that write the same rows must not do so in
  // different orders.
  std::map<std::string, Instant> seen_;
};

}  // namespace huilu::identity
