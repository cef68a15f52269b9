#include <algorithm>
#include <fstream>

#include "base/fault.h"
#include "policy/pack.h"
#include "policy/pack_set.h"
#include "policy/yaml.h"

namespace huilu::policy {

namespace {

std::string read_file(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::string bytes(yaml_bytes_max + 1, '\0');  // one more than is accepted
  stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!stream && !stream.eof()) throw Fault(FaultKind::unavailable, "cannot read " + path.string());
  bytes.resize(static_cast<std::size_t>(stream.gcount()));
  return bytes;
}

// The *.yaml of one folder; `prefix` is its path within the pack.
void read_all(const std::filesystem::path& folder, const std::string& prefix,
              std::vector<PackFile>& files) {
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error))
    if (entry->path().extension() == ".yaml" && entry->is_regular_file())
      files.push_back({prefix + entry->path().filename().string(), read_file(entry->path())});
  if (error) throw Fault(FaultKind::unavailable, "cannot read " + folder.string());
}

}  // namespace

Node root_of(const std::vector<PackFile>& files, Refusals& findings) {
  Node root;
  root.kind = NodeKind::map;
  root.place.file = std::make_shared<const std::string>(main_file);
  bool has_main = false;
  for (const PackFile& file : files) {
    if (file.path.find('/') != std::string::npos) continue;
    has_main = has_main || file.path == main_file;
    YamlFile read = read_yaml(file.path, file.bytes);
    findings.insert(findings.end(), read.findings.begin(), read.findings.end());
    root.cut = root.cut || read.root.cut || read.root.kind == NodeKind::unreadable;
    if (read.root.kind != NodeKind::map && read.root.kind != NodeKind::unreadable)
      findings.push_back({RefusalCode::pack_type,
                          read.root.place.text(),
                          "map",
                          std::string(name_of(read.root.kind)),
                          {}});
    const std::size_t before = root.members.size();
    for (Member& member : read.root.members) {
      const auto end = root.members.begin() + static_cast<std::ptrdiff_t>(before);
      const auto first = std::find_if(root.members.begin(), end,
                                      [&](const Member& other) { return other.key == member.key; });
      if (first != end)
        findings.push_back({RefusalCode::pack_duplicate_key,
                            member.place.text(),
                            first->place.text(),
                            member.key,
                            {}});
      root.members.push_back(std::move(member));
    }
  }
  if (!has_main)
    findings.push_back(
        {RefusalCode::pack_missing_key, root.place.text(), std::string(main_file), "", {}});
  root.cut = root.cut || !has_main;
  return root;
}

Node root_of(const Pack& pack) {
  if (pack.unfolded.kind == NodeKind::map) return pack.unfolded;
  Refusals findings;  // it was loaded without any
  return root_of(pack.files, findings);
}

std::vector<PackFile> embedded_pack(const std::vector<EmbeddedFile>& files,
                                    std::string_view folder) {
  std::vector<PackFile> out;
  for (const EmbeddedFile& file : files)
    if (file.path.starts_with(folder))
      out.push_back({std::string(file.path.substr(folder.size())), std::string(file.bytes)});
  return out;
}

std::vector<PackFile> read_pack_folder(const std::filesystem::path& folder) {
  std::vector<PackFile> files;
  read_all(folder, "", files);
  for (const std::string below : {"i18n", "tests"})
    if (std::filesystem::is_directory(folder / below)) read_all(folder / below, below + "/", files);
  std::sort(files.begin(), files.end(),
            [](const PackFile& a, const PackFile& b) { return a.path < b.path; });
  return files;
}

std::vector<PackSource> find_packs(const std::filesystem::path& path) {
  std::error_code error;
  if (std::filesystem::is_regular_file(path, error))
    return {{path.string(), {{std::string(main_file), read_file(path)}}}};
  if (std::filesystem::exists(path / main_file, error))
    return {{path.string(), read_pack_folder(path)}};
  std::vector<std::filesystem::path> folders;
  for (std::filesystem::directory_iterator entry(path, error), end; !error && entry != end;
       entry.increment(error))
    if (std::filesystem::exists(entry->path() / main_file)) folders.push_back(entry->path());
  std::sort(folders.begin(), folders.end());
  std::vector<PackSource> sources;
  for (const auto& folder : folders) sources.push_back({folder.string(), read_pack_folder(folder)});
  return sources;
}

}  // namespace huilu::policy
