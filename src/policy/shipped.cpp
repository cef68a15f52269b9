#include "policy/shipped.h"

#include "base/check.h"

namespace huilu {

extern const std::vector<EmbeddedFile> shipped_pack_files;

namespace policy {

const Pack& core_pack() {
  static const Pack core = [] {
    Result<Pack> loaded = load_pack(embedded_pack(shipped_pack_files, "core/"));
    CHECK(loaded.ok());
    return std::move(loaded).value();
  }();
  return core;
}

const std::vector<PackSource>& shipped_sources() {
  static const std::vector<PackSource> shipped = [] {
    std::vector<PackSource> sources;
    for (const EmbeddedFile& file : shipped_pack_files) {
      const std::string folder(file.path.substr(0, file.path.find('/') + 1));
      if (sources.empty() || sources.back().path != folder)
        sources.push_back({folder, embedded_pack(shipped_pack_files, folder)});
    }
    return sources;
  }();
  return shipped;
}

const std::vector<Pack>& shipped_packs() {
  static const std::vector<Pack> shipped = [] {
    PackSet loaded = load_together(shipped_sources());
    CHECK(loaded.findings.empty());
    return std::move(loaded.packs);
  }();
  return shipped;
}

}  // namespace policy

}  // namespace huilu
