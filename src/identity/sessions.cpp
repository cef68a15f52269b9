#include "identity/sessions.h"

#include <cstring>
#include <utility>

#include "base/text.h"
#include "identity/rules.h"
#include "identity/tables_session.h"

namespace huilu::identity {

namespace {

constexpr std::size_t label_bytes = 9;
constexpr std::string_view bearer_prefix = "huilu_";
constexpr std::chrono::minutes seen_every{1};

// About thirty failures at once and then one in ten seconds from one address.
constexpr int peer_burst = 30;
constexpr std::chrono::seconds peer_interval{10};
constexpr std::size_t peers_max = 10'000;

Refusal refusal(RefusalCode code) { return {code, "", "", "", ""}; }

// The log has no place in the order of the road, so its ids are random instead of issued.
std::int64_t random_id() {
  std::uint64_t id = 0;
  const std::string bytes = random_bytes(sizeof id);
  std::memcpy(&id, bytes.data(), sizeof id);
  return static_cast<std::int64_t>(id >> 1);
}

}  // namespace

Sessions::Sessions(const Clock& clock, Passwords& passwords)
    : clock_(clock),
      passwords_(passwords),
      peer_key_(random_bytes(token_bytes)),
      throttle_(peer_burst, peer_interval, peers_max) {}

void Sessions::check(store::Connection& reads, SignIn sign_in, CheckDone done) {
  const Instant now = clock_.now();
  if (!throttle_.take(sign_in.peer, now)) {
    return done(refusal(RefusalCode::too_many_requests));
  }
  const std::string name = login_name(sign_in.name);
  const auto candidate = find_candidate(reads, name);
  Checked checked;
  checked.name = name;
  checked.peer = std::move(sign_in.peer);
  checked.old_token = std::move(sign_in.old_token);
  checked.stay_signed_in = sign_in.stay_signed_in;
  if (candidate) {
    checked.account = candidate->account;
    checked.password_hash = candidate->password_hash;
  }
  if (is_locked(load_failures(reads, sha256(name)), now)) {
    checked.outcome = Checked::Outcome::locked;
    return done(std::move(checked));
  }
  std::string hash = checked.password_hash;
  passwords_.verify(std::move(sign_in.password), std::move(hash),
                    [checked = std::move(checked), done](Result<bool> fits) mutable {
                      if (!fits.ok()) return done(fits.take_refusals());
                      checked.outcome = *fits ? Checked::Outcome::fits : Checked::Outcome::wrong;
                      done(std::move(checked));
                    });
}

Result<SignedIn> Sessions::finish(store::Connection& writes, const Checked& checked) {
  const Instant now = clock_.now();
  const Hash name_hash = sha256(checked.name);
  store::Transaction transaction(writes, store::Access::write);
  // Once more: others may have failed while this password was verified.
  const bool locked = checked.outcome == Checked::Outcome::locked ||
                      is_locked(load_failures(writes, name_hash), now);
  if (!locked && checked.outcome == Checked::Outcome::fits &&
      hold_account(writes, *checked.account, checked.password_hash)) {
    forget_failures(writes, name_hash);
    auto signed_in = start(writes, checked, now);
    transaction.commit();
    throttle_.give_back(checked.peer);
    return signed_in;
  }
  if (!locked) count_failure(writes, name_hash, now);
  log(writes, checked.account, locked ? "sign_in_locked" : "sign_in_failed", "", checked.peer);
  transaction.commit();
  return refusal(locked ? RefusalCode::too_many_attempts : RefusalCode::credentials_wrong);
}

Result<SignedIn> Sessions::start(store::Connection& writes, const Checked& checked, Instant now) {
  if (!checked.old_token.empty()) delete_session(writes, sha256(checked.old_token));
  const auto lasts = checked.stay_signed_in ? session_lasts_long : session_lasts;
  SignedIn signed_in{
      base64url(random_bytes(token_bytes)),
      {*checked.account, checked.name, How::session, "s" + base64url(random_bytes(label_bytes))},
      later(now, lasts)};
  insert_session(writes, {sha256(signed_in.token), signed_in.identity.session, *checked.account,
                          now, signed_in.expires, checked.stay_signed_in});
  log(writes, checked.account, "signed_in", "", checked.peer);
  return signed_in;
}

Result<Identity> Sessions::find(store::Connection& reads, std::string_view token) {
  const Hash hash = sha256(token);
  const Instant now = clock_.now();
  if (token.starts_with(bearer_prefix)) {
    const auto found = find_token(reads, hash);
    if (!found || !found->days.contains(clock_.today())) {
      return refusal(RefusalCode::session_expired);
    }
    return Identity{found->account, found->name, How::token, found->id.text()};
  }
  const auto found = find_session(reads, hash);
  if (!found || is_over(found->last_seen, found->expires_at,
                        found->long_lived ? Kept::long_lived : Kept::while_used, now)) {
    return refusal(RefusalCode::session_expired);
  }
  if (now >= later(found->last_seen, seen_every)) {
    const std::lock_guard lock(mutex_);
    seen_.insert_or_assign(std::string(bytes_of(hash)), now);
  }
  return Identity{found->account, found->name, How::session, found->label};
}

void Sessions::sign_out(store::Connection& writes, std::string_view token, std::string_view peer) {
  store::Transaction transaction(writes, store::Access::write);
  if (const auto account = delete_session(writes, sha256(token))) {
    log(writes, *account, "signed_out", "", peer);
  }
  transaction.commit();
}

void Sessions::log_denied(store::Connection& writes, std::optional<AccountId> account,
                          std::string detail, std::string_view peer) {
  store::Transaction transaction(writes, store::Access::write);
  log(writes, account, "denied", std::move(detail), peer);
  transaction.commit();
}

void Sessions::log(store::Connection& writes, std::optional<AccountId> account,
                   std::string_view event, std::string detail, std::string_view peer) {
  std::string peer_mark;
  if (!peer.empty()) {
    const Hash hash = Sha256().add(peer_key_).add(peer).finish();
    peer_mark = hex(bytes_of(hash).substr(0, 8));
  }
  insert_security_entry(
      writes, {random_id(), clock_.now(), account, event, std::move(detail), std::move(peer_mark)});
}

void Sessions::write_seen(store::Connection& writes) {
  std::map<std::string, Instant> seen;
  {
    const std::lock_guard lock(mutex_);
    seen.swap(seen_);
  }
  if (seen.empty()) return;
  store::Transaction transaction(writes, store::Access::write);
  for (const auto& [hash, at] : seen) queue_seen(writes, hash_from(hash), at);
  writes.flush();
  transaction.commit();
}

void Sessions::purge(store::Connection& writes) {
  store::Transaction transaction(writes, store::Access::write);
  purge_sessions(writes, clock_.now());
  transaction.commit();
}

}  // namespace huilu::identity
