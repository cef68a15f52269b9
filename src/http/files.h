// Descriptors that close themselves and the temporary file that a streamed body goes to. For the
// server only; the file is gone with its object unless the handler has renamed it by then. While
// the object lives the file is locked, so that what a killed server left can be told apart.
#pragma once

#include <string>
#include <string_view>

namespace huilu::http {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(Descriptor&& other) noexcept : value_(other.value_) { other.value_ = -1; }
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor() { close(); }

  explicit operator bool() const { return value_ >= 0; }
  int value() const { return value_; }
  void close();

 private:
  int value_ = -1;
};

class TemporaryFile {
 public:
  TemporaryFile() = default;
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() { remove(); }

  // False: the folder or the disk says no.
  bool create(const std::string& folder);
  bool append(std::string_view bytes);
  void remove();
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  Descriptor descriptor_;
};

}  // namespace huilu::http
