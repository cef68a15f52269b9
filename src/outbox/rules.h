// What is decided of a message: when it is tried again, what it says, how it is signed. Pure.
#pragma once

#include <string>
#include <string_view>

#include "courier/courier.h"
#include "outbox/setup.h"
#include "outbox/types.h"

namespace huilu::outbox {

// One address as mail servers know it: ASCII, one @, nothing that a header could be broken with.
bool is_mail_address(std::string_view text);

// After try number `tries` failed: twice as long each time, at most four hours, a quarter more or
// less by `chance` (0 to 999), so that what failed together does not come back together.
Instant next_try(const Setup& setup, Instant now, std::int64_t tries, int chance);
// How long a process has a message to itself: longer than a try can take.
std::chrono::milliseconds claim_time(const Setup& setup);

// The eight digits that show that somebody reads the mail of this address, as of when they were
// sent. They follow from the key, so that they are kept nowhere.
std::string code_of(const Setup& setup, AccountId account, std::string_view address, Instant sent);
inline constexpr std::int64_t code_tries_max = 5;
inline constexpr std::int64_t code_valid_ms = 24 * 60 * 60 * 1000;
inline constexpr std::int64_t code_apart_ms = 2 * 60 * 1000;  // from one code to the next

// "huilu-l118": the same for every try of a message.
std::string idempotency_key_of(MessageId id);
// t=SECONDS,v1=HEX: HMAC-SHA256 over "SECONDS.BODY".
std::string signature_of(std::string_view secret, Instant now, std::string_view body);

// `code` is of messages of this kind alone.
courier::Post post_of(const Setup& setup, const Claimed& message, Instant now);
courier::Mail mail_of(const Setup& setup, const Claimed& message, words::Language language,
                      std::string to, std::string_view code, Instant now);

}  // namespace huilu::outbox
