#include "journal/merkle.h"

#include <gtest/gtest.h>

#include <random>

#include "base/text.h"

namespace huilu::journal {
namespace {

std::vector<Hash> leaves(std::size_t count) {
  std::vector<Hash> hashes;
  for (std::size_t i = 0; i < count; ++i) hashes.push_back(leaf_hash("leaf " + std::to_string(i)));
  return hashes;
}

// The eight inputs and roots that implementations of RFC 6962 share as their test vector.
TEST(Merkle, agrees_with_the_published_roots) {
  const std::vector<std::string> inputs = {"",
                                           std::string("\x00", 1),
                                           "\x10",
                                           "\x20\x21",
                                           "\x30\x31",
                                           "\x40\x41\x42\x43",
                                           "\x50\x51\x52\x53\x54\x55\x56\x57",
                                           "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c"
                                           "\x6d\x6e\x6f"};
  const std::vector<std::string> roots = {
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  std::vector<Hash> hashes;
  CompactTree tree;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    hashes.push_back(leaf_hash(inputs[i]));
    tree.append(hashes.back());
    EXPECT_EQ(hex(bytes_of(root_of(hashes))), roots[i]);
    EXPECT_EQ(hex(bytes_of(tree.root())), roots[i]);
  }
}

TEST(Merkle, the_compact_tree_equals_the_whole_one_and_survives_being_stored) {
  const auto hashes = leaves(300);
  CompactTree tree;
  EXPECT_EQ(tree.root(), root_of({}));
  for (std::size_t n = 1; n <= hashes.size(); ++n) {
    tree = CompactTree(tree.size(), tree.bytes());
    tree.append(hashes[n - 1]);
    ASSERT_EQ(tree.root(), root_of(std::span(hashes).first(n))) << n;
  }
}

TEST(Merkle, every_inclusion_and_consistency_proof_up_to_128_verifies) {
  const auto hashes = leaves(128);
  for (std::size_t n = 1; n <= hashes.size(); ++n) {
    const auto all = std::span(hashes).first(n);
    const Hash root = root_of(all);
    for (std::size_t i = 0; i < n; ++i) {
      ASSERT_TRUE(verify_inclusion(hashes[i], i, n, inclusion_proof(all, i), root));
      ASSERT_FALSE(verify_inclusion(hashes[(i + 1) % n], i, n, inclusion_proof(all, i), root) &&
                   n > 1);
    }
    for (std::size_t old = 1; old <= n; ++old) {
      const Hash old_root = root_of(all.first(old));
      ASSERT_TRUE(verify_consistency(old, old_root, n, root, consistency_proof(all, old)));
    }
  }
}

TEST(Merkle, a_proof_with_one_flipped_bit_is_refused) {
  const auto hashes = leaves(100);
  const Hash root = root_of(hashes);
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    const std::uint64_t index = random() % 100;
    Proof proof = inclusion_proof(hashes, index);
    Hash& hash = proof[random() % proof.size()];
    hash[random() % 32] ^= static_cast<unsigned char>(1u << random() % 8);
    ASSERT_FALSE(verify_inclusion(hashes[index], index, 100, proof, root));

    const std::uint64_t old = 1 + random() % 99;
    Proof steps = consistency_proof(hashes, old);
    Hash& step = steps[random() % steps.size()];
    step[random() % 32] ^= static_cast<unsigned char>(1u << random() % 8);
    const Hash old_root = root_of(std::span(hashes).first(old));
    ASSERT_FALSE(verify_consistency(old, old_root, 100, root, steps));
  }
}

TEST(Merkle, proofs_of_another_length_or_place_are_refused) {
  const auto hashes = leaves(13);
  const Hash root = root_of(hashes);
  Proof proof = inclusion_proof(hashes, 5);
  EXPECT_FALSE(verify_inclusion(hashes[5], 6, 13, proof, root));
  EXPECT_FALSE(verify_inclusion(hashes[5], 13, 13, proof, root));
  proof.push_back(root);
  EXPECT_FALSE(verify_inclusion(hashes[5], 5, 13, proof, root));
  EXPECT_FALSE(verify_consistency(0, root, 13, root, {}));
  EXPECT_FALSE(verify_consistency(13, root, 13, root, {root}));
}

}  // namespace
}  // namespace huilu::journal
