// JSON pointers (RFC 6901), grown by one member or index.
#pragma once

#include <string>
#include <string_view>

namespace huilu::policy {

inline std::string pointer_to(const std::string& base, std::string_view key) {
  std::string pointer = base + '/';
  for (const char c : key) {
    if (c == '~')
      pointer += "~0";
    else if (c == '/')
      pointer += "~1";
    else
      pointer += c;
  }
  return pointer;
}

inline std::string pointer_to(const std::string& base, std::size_t index) {
  return base + '/' + std::to_string(index);
}

}  // namespace huilu::policy
