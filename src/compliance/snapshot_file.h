// The file of a snapshot of the index: numbers, texts and rows in the machine's own form. It is
// written beside the old one and takes its place when it is whole; its last 32 bytes are the
// SHA-256 of all before, compared before anything in it is taken for true. Only the program that
// wrote it reads it again: what does not match is Unusable, and the index loads from the tables.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/hash.h"

namespace huilu::compliance {

class Unusable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

// A Fault where the disk does not take it.
class SnapshotWriter {
 public:
  explicit SnapshotWriter(std::string path);
  ~SnapshotWriter();  // takes away what was not finished
  SnapshotWriter(const SnapshotWriter&) = delete;
  SnapshotWriter& operator=(const SnapshotWriter&) = delete;

  template <class T>
  void put(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    put_bytes({reinterpret_cast<const char*>(&value), sizeof value});
  }
  template <class T>
  void put_all(std::span<const T> values) {
    static_assert(std::is_trivially_copyable_v<T>);
    put<std::uint64_t>(values.size());
    put_bytes({reinterpret_cast<const char*>(values.data()), values.size_bytes()});
  }
  void put_text(std::string_view text) { put_all(std::span<const char>(text)); }
  void finish();

 private:
  std::string draft() const { return path_ + ".new"; }
  void put_bytes(std::string_view bytes);
  void flush();

  std::string path_;
  File file_;
  std::string buffer_;
  Sha256 sum_;
};

class SnapshotReader {
 public:
  // Unusable where there is none, or its sum is another one.
  explicit SnapshotReader(const std::string& path);

  template <class T>
  T take() {
    static_assert(std::is_trivially_copyable_v<T>);
    T value;
    take_bytes(reinterpret_cast<char*>(&value), sizeof value);
    return value;
  }
  template <class T>
  std::vector<T> take_all() {
    static_assert(std::is_trivially_copyable_v<T>);
    std::vector<T> values(counted(sizeof(T)));
    take_bytes(reinterpret_cast<char*>(values.data()), values.size() * sizeof(T));
    return values;
  }
  std::string take_text();
  void finish();  // Unusable where something is left

 private:
  // A number of things that the rest of the file has room for.
  std::size_t counted(std::size_t size);
  void take_bytes(char* out, std::size_t size);
  void fill_buffer();
  void compare_sum();

  File file_;
  std::uint64_t left_ = 0;  // without the sum
  std::string buffer_;
  std::size_t at_ = 0;
};

}  // namespace huilu::compliance
