#include "identity/passwords.h"

#include <cerrno>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include <sodium.h>

#include "base/check.h"
#include "base/fault.h"
#include "base/hash.h"
#include "base/text.h"
#include "identity/rules.h"

namespace huilu::identity {

namespace {

// The same characters typed on two keyboards may be different code points.
std::string bytes_to_hash(std::string_view password) {
  return is_utf8(password) ? to_nfc(password) : std::string(password);
}

std::optional<std::string> argon2id(std::string_view password) {
  CHECK(sodium_init() >= 0);
  const std::string bytes = bytes_to_hash(password);
  char out[crypto_pwhash_STRBYTES];
  if (crypto_pwhash_str(out, bytes.data(), bytes.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
    return {};
  }
  return std::string(out);
}

Refusal no_memory() { return {RefusalCode::busy, "", "", "", ""}; }

Result<bool> fits(std::string_view password, const std::string& hash) {
  const std::string bytes = bytes_to_hash(password);
  errno = 0;
  if (crypto_pwhash_str_verify(hash.c_str(), bytes.data(), bytes.size()) == 0) return true;
  if (errno == ENOMEM) return no_memory();
  return false;
}

// What passwords of unknown names are held against. One a process: making it takes as long as
// verifying, and a server may start often within one process (tests).
const std::string& hash_of_nobody() {
  static const std::string hash = [] {
    auto made = argon2id(random_bytes(16));
    if (!made) throw Fault(FaultKind::unavailable, "no memory to check passwords");
    return std::move(*made);
  }();
  return hash;
}

}  // namespace

Result<HashedPassword> hash_password(std::string_view password, std::string_view account_name) {
  Refusals weak = check_password(password, account_name);
  if (!weak.empty()) return weak;
  auto hash = argon2id(password);
  if (!hash) return no_memory();
  return HashedPassword(std::move(*hash));
}

struct Passwords::State {
  explicit State(std::size_t most) : queue_max(most) {
    hash_of_nobody();  // now, so that the first unknown name takes no longer than the second
    thread = std::thread([this] { work(); });
  }

  ~State() {
    {
      const std::lock_guard lock(mutex);
      stopping = true;
    }
    wake.notify_one();
    thread.join();
  }

  bool add(std::function<void()> job) {
    {
      const std::lock_guard lock(mutex);
      if (jobs.size() >= queue_max) return false;
      jobs.push_back(std::move(job));
    }
    wake.notify_one();
    return true;
  }

  void work() {
    std::unique_lock lock(mutex);
    while (true) {
      wake.wait(lock, [this] { return stopping || !jobs.empty(); });
      if (jobs.empty()) return;
      const auto job = std::move(jobs.front());
      jobs.pop_front();
      lock.unlock();
      job();
      lock.lock();
    }
  }

  const std::size_t queue_max;
  std::mutex mutex;
  std::condition_variable wake;
  std::deque<std::function<void()>> jobs;
  bool stopping = false;
  std::thread thread;
};

Passwords::Passwords(std::size_t queue_max) : state_(std::make_unique<State>(queue_max)) {}
Passwords::~Passwords() = default;

void Passwords::verify(std::string password, std::string hash, Verified done) {
  const bool nobody = hash.empty();
  if (nobody) hash = hash_of_nobody();
  auto job = [password = std::move(password), hash = std::move(hash), nobody, done] {
    auto result = fits(password, hash);
    if (nobody && result.ok()) result = false;
    done(std::move(result));
  };
  if (!state_->add(std::move(job))) {
    done(Refusal{RefusalCode::too_many_requests, "", "", "", ""});
  }
}

void Passwords::hash(std::string password, std::string account_name, Hashed done) {
  Refusals weak = check_password(password, account_name);
  if (!weak.empty()) return done(std::move(weak));
  auto job = [password = std::move(password), account_name = std::move(account_name), done] {
    done(hash_password(password, account_name));
  };
  if (!state_->add(std::move(job))) {
    done(Refusal{RefusalCode::too_many_requests, "", "", "", ""});
  }
}

}  // namespace huilu::identity
