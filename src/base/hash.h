// SHA-256 and the random bytes that salts, tokens and passwords are made of.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

namespace huilu {

using Hash = std::array<unsigned char, 32>;

Hash sha256(std::string_view bytes);
inline std::string_view bytes_of(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}
Hash hash_from(std::string_view bytes);  // CHECKs 32 bytes

// For what does not fit in memory, and for hashing several pieces without joining them.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256& add(std::string_view bytes);
  Hash finish();  // and starts anew

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string random_bytes(std::size_t size);  // from the operating system's generator
bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace huilu
