// The Merkle tree of RFC 6962: leaves H(0x00 ‖ leaf), nodes H(0x01 ‖ left ‖ right), split at the
// largest power of two below the size. Pure; hashes are SHA-256.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"

namespace huilu::journal {

Hash leaf_hash(std::string_view leaf);
Hash node_hash(const Hash& left, const Hash& right);
Hash root_of(std::span<const Hash> leaf_hashes);  // of no leaves: SHA-256 of nothing

// A tree that only grows, kept as its perfect subtrees from left to right (at most 63 hashes).
class CompactTree {
 public:
  CompactTree() = default;
  // `bytes` as written by bytes(); CHECKs that they fit the size.
  CompactTree(std::uint64_t size, std::string_view bytes);

  std::uint64_t size() const { return size_; }
  void append(const Hash& leaf_hash);
  Hash root() const;
  std::string bytes() const;

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> peaks_;
};

using Proof = std::vector<Hash>;
Proof inclusion_proof(std::span<const Hash> leaf_hashes, std::uint64_t index);
bool verify_inclusion(const Hash& leaf_hash, std::uint64_t index, std::uint64_t size,
                      const Proof& proof, const Hash& root);
Proof consistency_proof(std::span<const Hash> leaf_hashes, std::uint64_t old_size);
bool verify_consistency(std::uint64_t old_size, const Hash& old_root, std::uint64_t new_size,
                        const Hash& new_root, const Proof& proof);

}  // namespace huilu::journal
