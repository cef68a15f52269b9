#include "http/files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "base/fault.h"
#include "http/http.h"

namespace huilu::http {

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this == &other) return *this;
  close();
  value_ = std::exchange(other.value_, -1);
  return *this;
}

void Descriptor::close() {
  if (value_ >= 0) ::close(value_);
  value_ = -1;
}

namespace {

constexpr std::string_view name_of_bodies = "huilu-body-";

}  // namespace

bool TemporaryFile::create(const std::string& folder) {
  std::string path = folder + "/" + std::string(name_of_bodies) + "XXXXXX";
  descriptor_ = Descriptor(::mkostemp(path.data(), O_CLOEXEC));
  if (!descriptor_) return false;
  path_ = std::move(path);
  // A sweep that came before the lock leaves a file that nobody can open any more.
  return ::flock(descriptor_.value(), LOCK_EX | LOCK_NB) == 0 && ::access(path_.c_str(), F_OK) == 0;
}

bool TemporaryFile::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor_.value(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

void TemporaryFile::remove() {
  if (!path_.empty()) ::unlink(path_.c_str());
  path_.clear();
  descriptor_.close();
}

std::size_t sweep_bodies(const std::string& folder) {
  std::size_t swept = 0;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const std::string path = entry.path();
    if (!entry.path().filename().string().starts_with(name_of_bodies)) continue;
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!file || ::flock(file.value(), LOCK_EX | LOCK_NB) != 0) continue;
    if (::unlink(path.c_str()) == 0) ++swept;
  }
  if (error) throw Fault(FaultKind::unavailable, folder + ": " + error.message());
  return swept;
}

}  // namespace huilu::http
