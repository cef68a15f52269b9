#include "base/hash.h"

#include <openssl/evp.h>
#include <sodium.h>

#include <cstring>

#include "base/check.h"

namespace huilu {

namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using ContextPointer = std::unique_ptr<EVP_MD_CTX, FreeContext>;

// Fetched once: looking the algorithm up costs more than hashing a leaf.
const EVP_MD* algorithm() {
  static const EVP_MD* fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  CHECK(fetched != nullptr);
  return fetched;
}

// Random bytes are taken from the kernel a page at a time: a salt is 32 bytes, a call would be more
// expensive than the bytes.
struct RandomPage {
  std::array<unsigned char, 4096> bytes;
  std::size_t used = 4096;
};

}  // namespace

struct Sha256::State {
  ContextPointer context{EVP_MD_CTX_new()};
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  CHECK(EVP_DigestInit_ex(state_->context.get(), algorithm(), nullptr) == 1);
}

Sha256::~Sha256() = default;

Sha256& Sha256::add(std::string_view bytes) {
  CHECK(EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()) == 1);
  return *this;
}

Hash Sha256::finish() {
  Hash hash;
  CHECK(EVP_DigestFinal_ex(state_->context.get(), hash.data(), nullptr) == 1);
  CHECK(EVP_DigestInit_ex(state_->context.get(), algorithm(), nullptr) == 1);
  return hash;
}

Hash sha256(std::string_view bytes) {
  thread_local Sha256 hasher;
  return hasher.add(bytes).finish();
}

Hash hash_from(std::string_view bytes) {
  Hash hash;
  CHECK(bytes.size() == hash.size());
  std::memcpy(hash.data(), bytes.data(), hash.size());
  return hash;
}

std::string random_bytes(std::size_t size) {
  thread_local RandomPage page;
  std::string out(size, '\0');
  if (size > page.bytes.size() / 4) {
    randombytes_buf(out.data(), size);
    return out;
  }
  if (page.used + size > page.bytes.size()) {
    randombytes_buf(page.bytes.data(), page.bytes.size());
    page.used = 0;
  }
  std::memcpy(out.data(), page.bytes.data() + page.used, size);
  sodium_memzero(page.bytes.data() + page.used, size);
  page.used += size;
  return out;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace huilu
