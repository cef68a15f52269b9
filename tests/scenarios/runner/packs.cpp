#include "tests/scenarios/runner/packs.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "policy/pack.h"
#include "policy/shipped.h"

namespace huilu::scenario {

namespace {

using Files = std::vector<policy::PackFile>;

const std::filesystem::path fixtures = HUILU_SOURCE_DIR "/tests/fixtures/packs";

Files files_of(const Pack& pack) {
  Files files;
  for (const auto& [path, text] : pack.files) files.push_back({path, text});
  return files;
}

policy::PackFile& file_at(Files& files, const std::string& path) {
  const auto found =
      std::find_if(files.begin(), files.end(), [&](const auto& file) { return file.path == path; });
  return found == files.end() ? files.emplace_back(policy::PackFile{path, ""}) : *found;
}

void add_labels(Files& files, const std::vector<policy::Pack>& known) {
  auto trial = files;
  for (const char* path : {"i18n/zh-TW.yaml", "i18n/en.yaml"}) {
    auto& bytes = file_at(trial, path).bytes;
    if (bytes.empty()) bytes = "{}\n";
  }
  const auto loaded = policy::load_pack(trial, known);
  for (const Refusal& finding : loaded.ok() ? Refusals{} : loaded.refusals()) {
    if (finding.code != RefusalCode::pack_no_label) continue;
    file_at(files, finding.expected).bytes += finding.got + ": " + finding.got + "\n";
  }
}

void write(const Files& files, const std::filesystem::path& folder) {
  for (const auto& file : files) {
    std::filesystem::create_directories((folder / file.path).parent_path());
    std::ofstream(folder / file.path, std::ios::binary) << file.bytes;
  }
}

}  // namespace

std::vector<std::string> findings_of(const Pack& pack) {
  std::vector<std::string> lines;
  const auto loaded = policy::load_pack(files_of(pack), {policy::core_pack()});
  for (const Refusal& finding : loaded.ok() ? Refusals{} : loaded.refusals()) {
    lines.push_back(std::string(kind_of(finding.code).name) + " " + finding.where);
  }
  return lines;
}

std::vector<std::string> pack_folders(const Scenario& scenario, const std::string& folder) {
  std::vector<std::string> folders;
  std::vector<policy::Pack> known = policy::shipped_packs();
  for (const Pack& pack : scenario.packs) {
    // Files that are written out may be another version of one that is there.
    const bool shipped =
        pack.files.empty() &&
        std::any_of(known.begin(), known.end(), [&](const auto& one) { return one.id == pack.id; });
    if (pack.findings_key || shipped) continue;
    auto files = pack.files.empty() ? policy::read_pack_folder(fixtures / pack.id) : files_of(pack);
    add_labels(files, known);
    const auto place =
        std::filesystem::path(folder) / (pack.id + "-" + std::to_string(folders.size()));
    write(files, place);
    auto loaded = policy::load_pack(policy::read_pack_folder(place), known);
    if (loaded.ok()) known.push_back(std::move(*loaded));  // else the installation says why not
    folders.push_back(place.string());
  }
  return folders;
}

}  // namespace huilu::scenario
