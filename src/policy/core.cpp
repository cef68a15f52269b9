#include "policy/pack.h"

#include "base/check.h"

namespace huilu {

extern const std::vector<EmbeddedFile> core_pack_files;

namespace policy {

const Pack& core_pack() {
  static const Pack core = [] {
    Result<Pack> loaded = load_pack(embedded_pack(core_pack_files, "core/"));
    CHECK(loaded.ok());
    return std::move(loaded).value();
  }();
  return core;
}

}  // namespace policy

}  // namespace huilu
