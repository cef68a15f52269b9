#include "journal/merkle.h"

#include <bit>

#include "base/check.h"

namespace huilu::journal {

namespace {

constexpr char leaf_mark = '\0';
constexpr char node_mark = '\1';

std::uint64_t largest_power_below(std::uint64_t size) { return std::bit_floor(size - 1); }

void collect_inclusion(std::span<const Hash> leaves, std::uint64_t index, Proof& proof) {
  if (leaves.size() == 1) return;
  const std::uint64_t split = largest_power_below(leaves.size());
  const auto left = leaves.first(split);
  const auto right = leaves.subspan(split);
  if (index < split) {
    collect_inclusion(left, index, proof);
    proof.push_back(root_of(right));
  } else {
    collect_inclusion(right, index - split, proof);
    proof.push_back(root_of(left));
  }
}

// `whole`: the old tree is exactly this subtree, whose root the verifier already has.
void collect_consistency(std::span<const Hash> leaves, std::uint64_t old_size, bool whole,
                         Proof& proof) {
  if (old_size == leaves.size()) {
    if (!whole) proof.push_back(root_of(leaves));
    return;
  }
  const std::uint64_t split = largest_power_below(leaves.size());
  if (old_size <= split) {
    collect_consistency(leaves.first(split), old_size, whole, proof);
    proof.push_back(root_of(leaves.subspan(split)));
  } else {
    collect_consistency(leaves.subspan(split), old_size - split, false, proof);
    proof.push_back(root_of(leaves.first(split)));
  }
}

}  // namespace

Hash leaf_hash(std::string_view leaf) {
  thread_local Sha256 hasher;
  return hasher.add({&leaf_mark, 1}).add(leaf).finish();
}

Hash node_hash(const Hash& left, const Hash& right) {
  thread_local Sha256 hasher;
  return hasher.add({&node_mark, 1}).add(bytes_of(left)).add(bytes_of(right)).finish();
}

Hash root_of(std::span<const Hash> leaf_hashes) {
  if (leaf_hashes.empty()) return sha256("");
  if (leaf_hashes.size() == 1) return leaf_hashes[0];
  const std::uint64_t split = largest_power_below(leaf_hashes.size());
  return node_hash(root_of(leaf_hashes.first(split)), root_of(leaf_hashes.subspan(split)));
}

CompactTree::CompactTree(std::uint64_t size, std::string_view bytes) : size_(size) {
  CHECK(bytes.size() == static_cast<std::size_t>(std::popcount(size)) * sizeof(Hash));
  for (std::size_t at = 0; at < bytes.size(); at += sizeof(Hash)) {
    peaks_.push_back(hash_from(bytes.substr(at, sizeof(Hash))));
  }
}

void CompactTree::append(const Hash& leaf_hash) {
  Hash carried = leaf_hash;
  for (std::uint64_t rest = size_; rest & 1; rest >>= 1) {
    carried = node_hash(peaks_.back(), carried);
    peaks_.pop_back();
  }
  peaks_.push_back(carried);
  ++size_;
}

Hash CompactTree::root() const {
  if (peaks_.empty()) return sha256("");
  Hash root = peaks_.back();
  for (std::size_t i = peaks_.size() - 1; i-- > 0;) root = node_hash(peaks_[i], root);
  return root;
}

std::string CompactTree::bytes() const {
  std::string out;
  out.reserve(peaks_.size() * sizeof(Hash));
  for (const Hash& peak : peaks_) out.append(bytes_of(peak));
  return out;
}

Proof inclusion_proof(std::span<const Hash> leaf_hashes, std::uint64_t index) {
  CHECK(index < leaf_hashes.size());
  Proof proof;
  collect_inclusion(leaf_hashes, index, proof);
  return proof;
}

bool verify_inclusion(const Hash& leaf_hash, std::uint64_t index, std::uint64_t size,
                      const Proof& proof, const Hash& root) {
  if (index >= size) return false;
  std::uint64_t node = index;
  std::uint64_t last = size - 1;
  Hash hash = leaf_hash;
  for (const Hash& sibling : proof) {
    if (last == 0) return false;
    if ((node & 1) != 0 || node == last) {
      hash = node_hash(sibling, hash);
      while ((node & 1) == 0 && node != 0) node >>= 1, last >>= 1;
    } else {
      hash = node_hash(hash, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && hash == root;
}

Proof consistency_proof(std::span<const Hash> leaf_hashes, std::uint64_t old_size) {
  CHECK(old_size > 0 && old_size <= leaf_hashes.size());
  Proof proof;
  collect_consistency(leaf_hashes, old_size, true, proof);
  return proof;
}

bool verify_consistency(std::uint64_t old_size, const Hash& old_root, std::uint64_t new_size,
                        const Hash& new_root, const Proof& proof) {
  if (old_size == 0 || old_size > new_size) return false;
  if (old_size == new_size) return proof.empty() && old_root == new_root;
  Proof path = proof;
  if (std::has_single_bit(old_size)) path.insert(path.begin(), old_root);
  if (path.empty()) return false;
  std::uint64_t node = old_size - 1;
  std::uint64_t last = new_size - 1;
  while ((node & 1) != 0) node >>= 1, last >>= 1;
  Hash old_hash = path[0];
  Hash new_hash = path[0];
  for (std::size_t i = 1; i < path.size(); ++i) {
    if (last == 0) return false;
    if ((node & 1) != 0 || node == last) {
      old_hash = node_hash(path[i], old_hash);
      new_hash = node_hash(path[i], new_hash);
      while ((node & 1) == 0 && node != 0) node >>= 1, last >>= 1;
    } else {
      new_hash = node_hash(new_hash, path[i]);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && old_hash == old_root && new_hash == new_root;
}

}  // namespace huilu::journal
