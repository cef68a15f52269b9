#include <algorithm>

#include <fmt/format.h>

#include "base/hash.h"
#include "policy/pack.h"

namespace huilu::policy {

namespace {

std::vector<PackFile> by_path(std::vector<PackFile> files) {
  std::ranges::sort(files, {}, &PackFile::path);
  return files;
}

}  // namespace

std::string hash_of(const std::vector<PackFile>& files) {
  Sha256 hasher;
  for (const PackFile& file : by_path(files)) {
    hasher.add(fmt::format("{}:{}{}:", file.path.size(), file.path, file.bytes.size()));
    hasher.add(file.bytes);
  }
  return std::string(bytes_of(hasher.finish()));
}

Pack with_files(Pack pack, std::vector<PackFile> files) {
  pack.files = by_path(std::move(files));
  pack.hash = hash_of(pack.files);
  return pack;
}

}  // namespace huilu::policy
