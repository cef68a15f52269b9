#include <gtest/gtest.h>

#include <algorithm>

#include "policy/pack.h"

namespace huilu::policy {
namespace {

TEST(PackFiles, the_hash_covers_every_path_and_byte_and_not_their_order) {
  const std::vector<PackFile> files = {{"pack.yaml", "a"}, {"records.yaml", "b"}};
  std::vector<PackFile> turned(files.rbegin(), files.rend());
  EXPECT_EQ(hash_of(files), hash_of(turned));
  EXPECT_EQ(hash_of(files).size(), 32U);
  EXPECT_NE(hash_of(files), hash_of({{"pack.yaml", "a"}, {"records.yaml", "c"}}));
  EXPECT_NE(hash_of(files), hash_of({{"pack.yaml", "a"}, {"record.yaml", "b"}}));
  EXPECT_NE(hash_of(files), hash_of({{"pack.yaml", "a"}}));
  // A border between two files is part of it.
  EXPECT_NE(hash_of({{"a", "b"}, {"c", ""}}), hash_of({{"a", ""}, {"c", "b"}}));
}

TEST(PackFiles, a_loaded_pack_knows_what_it_was_loaded_from) {
  const Pack& core = core_pack();
  EXPECT_EQ(core.hash, hash_of(core.files));
  EXPECT_TRUE(std::ranges::is_sorted(core.files, {}, &PackFile::path));
  EXPECT_EQ(load_pack(core.files)->hash, core.hash);
}

}  // namespace
}  // namespace huilu::policy
