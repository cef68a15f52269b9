#include "http/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <utility>

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

bool TemporaryFile::create(const std::string& folder) {
  std::string path = folder + "/huilu-body-XXXXXX";
  descriptor_ = Descriptor(::mkostemp(path.data(), O_CLOEXEC));
  if (!descriptor_) return false;
  path_ = std::move(path);
  return true;
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
  close();
  if (!path_.empty()) ::unlink(path_.c_str());
  path_.clear();
}

}  // namespace huilu::http
