#include "compliance/snapshot_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "base/fault.h"

namespace huilu::compliance {

namespace {

constexpr std::size_t at_once = 1 << 20;

[[noreturn]] void not_taken(const std::string& path) {
  throw Fault(FaultKind::unavailable, "cannot write " + path + ": " + std::strerror(errno));
}

}  // namespace

SnapshotWriter::SnapshotWriter(std::string path) : path_(std::move(path)) {
  // Of several processes with one folder one writes.
  const int file = open(draft().c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (file >= 0) file_.reset(fdopen(file, "wb"));
  if (!file_ || flock(file, LOCK_EX | LOCK_NB) != 0 || ftruncate(file, 0) != 0) {
    file_.reset();
    not_taken(draft());
  }
  buffer_.reserve(at_once);
}

SnapshotWriter::~SnapshotWriter() {
  if (!file_) return;
  std::error_code ignored;
  std::filesystem::remove(draft(), ignored);
}

void SnapshotWriter::put_bytes(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t part = std::min(bytes.size(), at_once - buffer_.size());
    buffer_.append(bytes.substr(0, part));
    bytes.remove_prefix(part);
    if (buffer_.size() == at_once) flush();
  }
}

void SnapshotWriter::flush() {
  sum_.add(buffer_);
  if (std::fwrite(buffer_.data(), 1, buffer_.size(), file_.get()) != buffer_.size()) {
    not_taken(draft());
  }
  buffer_.clear();
}

void SnapshotWriter::finish() {
  flush();
  const Hash sum = sum_.finish();
  if (std::fwrite(sum.data(), 1, sum.size(), file_.get()) != sum.size() ||
      std::fflush(file_.get()) != 0 || fsync(fileno(file_.get())) != 0) {
    not_taken(draft());
  }
  std::filesystem::rename(draft(), path_);
  file_.reset();
}

SnapshotReader::SnapshotReader(const std::string& path) : file_(std::fopen(path.c_str(), "rbe")) {
  if (!file_) throw Unusable("there is none");
  const std::uint64_t size = std::filesystem::file_size(path);
  if (size < sizeof(Hash)) throw Unusable("it is cut");
  left_ = size - sizeof(Hash);
  compare_sum();
  std::rewind(file_.get());
  left_ = size - sizeof(Hash);
}

void SnapshotReader::compare_sum() {
  Sha256 sum;
  while (left_ > 0) {
    fill_buffer();
    sum.add(buffer_);
  }
  buffer_.clear();
  Hash kept;
  const bool whole = std::fread(kept.data(), 1, kept.size(), file_.get()) == kept.size();
  if (!whole || kept != sum.finish()) throw Unusable("its sum is another one");
}

void SnapshotReader::fill_buffer() {
  buffer_.resize(std::min<std::uint64_t>(left_, at_once));
  if (buffer_.empty() ||
      std::fread(buffer_.data(), 1, buffer_.size(), file_.get()) != buffer_.size()) {
    throw Unusable("it is cut");
  }
  left_ -= buffer_.size();
  at_ = 0;
}

void SnapshotReader::take_bytes(char* out, std::size_t size) {
  while (size > 0) {
    if (at_ == buffer_.size()) fill_buffer();
    const std::size_t part = std::min(size, buffer_.size() - at_);
    std::memcpy(out, buffer_.data() + at_, part);
    out += part;
    at_ += part;
    size -= part;
  }
}

std::size_t SnapshotReader::counted(std::size_t size) {
  const auto count = take<std::uint64_t>();
  if (count > (left_ + buffer_.size() - at_) / size) throw Unusable("it is cut");
  return count;
}

std::string SnapshotReader::take_text() {
  std::string text(counted(1), '\0');
  take_bytes(text.data(), text.size());
  return text;
}

void SnapshotReader::finish() {
  if (left_ > 0 || at_ != buffer_.size()) throw Unusable("it says more");
}

}  // namespace huilu::compliance
