#include "base/seal.h"

#include <sodium.h>

#include "base/check.h"

namespace huilu {

namespace {

constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* data_of(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

std::string sealed(std::string_view key, std::string_view bytes, std::string_view bound_to) {
  CHECK(key.size() == seal_key_bytes);
  std::string out = random_bytes(nonce_bytes);
  const std::string nonce = out;
  out.resize(nonce_bytes + bytes.size() + tag_bytes);
  unsigned long long size = 0;
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      reinterpret_cast<unsigned char*>(out.data()) + nonce_bytes, &size, data_of(bytes),
      bytes.size(), data_of(bound_to), bound_to.size(), nullptr, data_of(nonce), data_of(key));
  return out;
}

std::optional<std::string> unsealed(std::string_view key, std::string_view bytes,
                                    std::string_view bound_to) {
  CHECK(key.size() == seal_key_bytes);
  if (bytes.size() < nonce_bytes + tag_bytes) return {};
  std::string out(bytes.size() - nonce_bytes - tag_bytes, '\0');
  unsigned long long size = 0;
  const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
      reinterpret_cast<unsigned char*>(out.data()), &size, nullptr,
      data_of(bytes.substr(nonce_bytes)), bytes.size() - nonce_bytes, data_of(bound_to),
      bound_to.size(), data_of(bytes), data_of(key));
  if (failed != 0) return {};
  return out;
}

Hash hmac_sha256(std::string_view key, std::string_view bytes) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, data_of(key), key.size());
  crypto_auth_hmacsha256_update(&state, data_of(bytes), bytes.size());
  Hash hash;
  crypto_auth_hmacsha256_final(&state, hash.data());
  return hash;
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::string out(text.size(), '\0');
  std::size_t size = 0;
  const char* end = nullptr;
  const int failed = sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(),
                                       text.data(), text.size(), nullptr, &size, &end,
                                       sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  if (failed != 0 || end != text.data() + text.size()) return {};
  out.resize(size);
  return out;
}

std::string base64(std::string_view bytes) {
  constexpr int variant = sodium_base64_VARIANT_ORIGINAL;
  std::string out(sodium_base64_ENCODED_LEN(bytes.size(), variant), '\0');
  sodium_bin2base64(out.data(), out.size(), data_of(bytes), bytes.size(), variant);
  out.pop_back();  // the terminating zero
  return out;
}

}  // namespace huilu
