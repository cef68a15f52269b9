// Sealing: what is kept so that only a holder of the key reads it (XChaCha20-Poly1305), codes by
// which somebody shows that he has a key (HMAC), and the texts that carry bytes. Used for what
// leaves the house and for addresses of persons.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/hash.h"

namespace huilu {

inline constexpr std::size_t seal_key_bytes = 32;

// `key` has seal_key_bytes; `bound_to` says whose it is: sealed for one it does not open for
// another. Two seals of the same are different.
std::string sealed(std::string_view key, std::string_view bytes, std::string_view bound_to);
// Nothing where the key, the bytes or what they are bound to is another one.
std::optional<std::string> unsealed(std::string_view key, std::string_view bytes,
                                    std::string_view bound_to);

// HMAC-SHA256 (RFC 2104) with a key of any length.
Hash hmac_sha256(std::string_view key, std::string_view bytes);

std::optional<std::string> from_base64url(std::string_view text);  // nothing: it is none
std::string base64(std::string_view bytes);  // RFC 4648 with padding, one line

}  // namespace huilu
