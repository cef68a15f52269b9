#include "policy/shipped.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/check.h"
#include "policy/yaml.h"

namespace huilu {

extern const std::vector<EmbeddedFile> shipped_pack_files;

namespace policy {

namespace {

constexpr std::string_view core_folder = "core/";

Pack loaded(const std::vector<PackFile>& files, const std::vector<Pack>& known) {
  Result<Pack> pack = load_pack(files, known);
  CHECK(pack.ok());
  return std::move(pack).value();
}

std::string id_of(const std::vector<PackFile>& files) {
  for (const PackFile& file : files) {
    if (file.path != "pack.yaml") continue;
    const YamlFile read = read_yaml(file.path, file.bytes);
    const Node* const id = read.root.find("pack");
    return id ? id->text : std::string();
  }
  return {};
}

// Core's record types have short names everywhere.
bool uses(const std::vector<PackFile>& files, const std::string& id) {
  if (id == "core") return true;
  return !id.empty() && std::any_of(files.begin(), files.end(), [&](const PackFile& file) {
    return file.bytes.find(id + "/") != std::string::npos;
  });
}

std::vector<std::vector<PackFile>> shipped_beside_core() {
  std::map<std::string_view, std::vector<PackFile>> folders;
  for (const EmbeddedFile& file : shipped_pack_files) {
    const std::string_view folder = file.path.substr(0, file.path.find('/') + 1);
    if (folder != core_folder && !folders.contains(folder))
      folders.emplace(folder, embedded_pack(shipped_pack_files, folder));
  }
  std::vector<std::vector<PackFile>> packs;
  for (auto& [folder, files] : folders) packs.push_back(std::move(files));
  return in_order(std::move(packs));
}

}  // namespace

const Pack& core_pack() {
  static const Pack core = loaded(embedded_pack(shipped_pack_files, core_folder), {});
  return core;
}

const std::vector<Pack>& shipped_packs() {
  static const std::vector<Pack> shipped = [] {
    std::vector<Pack> packs = {core_pack()};
    for (const auto& files : shipped_beside_core()) packs.push_back(loaded(files, packs));
    return packs;
  }();
  return shipped;
}

std::vector<std::vector<PackFile>> in_order(std::vector<std::vector<PackFile>> packs) {
  struct Waiting {
    std::string id;
    std::vector<PackFile> files;
  };
  std::vector<Waiting> waiting;
  for (auto& files : packs) {
    std::string id = id_of(files);
    waiting.push_back({std::move(id), std::move(files)});
  }
  std::vector<std::vector<PackFile>> ordered;
  while (!waiting.empty()) {
    auto next = std::find_if(waiting.begin(), waiting.end(), [&](const Waiting& one) {
      return std::none_of(waiting.begin(), waiting.end(), [&](const Waiting& other) {
        return &other != &one && other.id != one.id && uses(one.files, other.id);
      });
    });
    if (next == waiting.end()) next = waiting.begin();
    ordered.push_back(std::move(next->files));
    waiting.erase(next);
  }
  return ordered;
}

}  // namespace policy

}  // namespace huilu
