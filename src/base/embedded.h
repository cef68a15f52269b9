// Files that the build put inside the binary (schemas, words, packs), see cmake/embed.cmake.
#pragma once

#include <string_view>
#include <vector>

namespace huilu {

struct EmbeddedFile {
  std::string_view path;  // relative to the folder it was embedded from
  std::string_view bytes;
};

}  // namespace huilu
