#include "record/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "base/fault.h"
#include "base/hash.h"
#include "base/text.h"

namespace huilu::record {

namespace {

[[noreturn]] void fail(const std::string& what) {
  const int error = errno;
  const FaultKind kind =
      error == ENOSPC || error == EDQUOT ? FaultKind::storage_full : FaultKind::internal;
  throw Fault(kind, what + ": " + std::strerror(error));
}

void sync(const std::string& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0) fail("open " + path);
  const int result = ::fsync(descriptor);
  ::close(descriptor);
  if (result != 0) fail("fsync " + path);
}

}  // namespace

std::string file_hash(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Fault(FaultKind::damaged, "cannot read " + path);
  Sha256 hasher;
  std::array<char, 1 << 16> buffer;
  while (in.read(buffer.data(), buffer.size()) || in.gcount() > 0) {
    hasher.add({buffer.data(), static_cast<std::size_t>(in.gcount())});
  }
  return std::string(bytes_of(hasher.finish()));
}

FileFolder::FileFolder(std::string folder) : folder_(std::move(folder)) {
  std::filesystem::create_directories(folder_);
}

std::string FileFolder::path_of(const std::string& sha256) const {
  const std::string name = hex(sha256);
  return folder_ + "/" + name.substr(0, 2) + "/" + name.substr(2);
}

StoredFile FileFolder::take(const std::string& temporary, std::string media_type,
                            std::string name) const {
  StoredFile file{file_hash(temporary), 0, std::move(media_type), std::move(name)};
  file.size = static_cast<std::int64_t>(std::filesystem::file_size(temporary));
  const std::string path = path_of(file.sha256);
  const std::string parent = std::filesystem::path(path).parent_path();
  std::error_code error;
  std::filesystem::create_directories(parent, error);
  if (error) throw Fault(FaultKind::storage_full, "create " + parent + ": " + error.message());
  sync(temporary, O_RDONLY);
  std::filesystem::rename(temporary, path, error);
  if (error == std::errc::cross_device_link) {
    std::filesystem::copy_file(temporary, path, std::filesystem::copy_options::overwrite_existing,
                               error);
    if (!error) sync(path, O_RDONLY);
  }
  if (error) throw Fault(FaultKind::storage_full, "keep " + path + ": " + error.message());
  sync(parent, O_RDONLY | O_DIRECTORY);
  sync(folder_, O_RDONLY | O_DIRECTORY);
  return file;
}

Value file_content(const StoredFile& file) {
  return Value::object({{"media_type", file.media_type},
                        {"name", Value()},
                        {"sha256", hex(file.sha256)},
                        {"size", file.size}});
}

}  // namespace huilu::record
