// CHECK(condition): a bug, never reachable by input; on in every build. It ends the process,
// because going on with a broken invariant would write wrong facts under a valid proof.
#pragma once

namespace huilu {

[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace huilu

#define CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::huilu::check_failed(#condition, __FILE__, __LINE__))
