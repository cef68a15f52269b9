#include "policy/pack_set.h"

#include <algorithm>
#include <set>

#include "policy/finding.h"

namespace huilu::policy {

namespace {

// What the pack calls itself; empty where that cannot be read.
std::string id_of(const PackSource& source) {
  for (const PackFile& file : source.files) {
    if (file.path != main_file) continue;
    const YamlFile read = read_yaml(file.path, file.bytes);
    const Node* const id = read.root.find("pack");
    if (id && id->kind == NodeKind::scalar) return id->text;
  }
  return {};
}

struct Candidate {
  const PackSource* source = nullptr;
  std::string id;
  Refusals findings;  // of the last attempt
  bool loaded = false;
  bool given = true;
};

// Whether it says an address within the pack of that id, or extends it.
bool mentions(const PackSource& source, const std::string& id) {
  Refusals ignored;
  const Node root = root_of(source.files, ignored);
  const Node& extensions = root.below("extends");
  return std::any_of(extensions.items.begin(), extensions.items.end(),
                     [&](const Node& one) { return one.below("pack").text == id; }) ||
         std::any_of(source.files.begin(), source.files.end(), [&](const PackFile& file) {
           return file.bytes.find(id + '/') != std::string::npos;
         });
}

// Those of the others that a candidate names and that are not there yet, and what they name.
void add_named(const std::vector<PackSource>& others, std::vector<Candidate>& candidates) {
  for (std::size_t i = 0; i < candidates.size(); ++i)
    for (const PackSource& other : others) {
      const std::string id = id_of(other);
      const bool is_there =
          std::any_of(candidates.begin(), candidates.end(),
                      [&](const Candidate& candidate) { return candidate.id == id; });
      if (id != core_id && !is_there && mentions(*candidates[i].source, id))
        candidates.push_back({&other, id, {}, false, false});
    }
}

// Loads what can be loaded with what is; true where something was added.
bool load_round(std::vector<Candidate>& candidates, std::vector<Pack>& loaded) {
  bool progress = false;
  for (Candidate& candidate : candidates) {
    if (candidate.loaded) continue;
    auto pack = load_pack(candidate.source->files, loaded);
    candidate.loaded = pack.ok();
    progress = progress || pack.ok();
    if (pack.ok())
      loaded.push_back(std::move(pack).value());
    else
      candidate.findings = pack.refusals();
  }
  return progress;
}

// A reference into a pack that has faults of its own may well be right.
bool waits_for(const Refusal& finding, const std::set<std::string>& failed) {
  return finding.code == RefusalCode::pack_reference &&
         failed.contains(finding.got.substr(0, finding.got.find('/')));
}

Refusals findings_of(const std::vector<Candidate>& candidates) {
  std::set<std::string> failed;
  for (const Candidate& candidate : candidates)
    if (!candidate.loaded) failed.insert(candidate.id);
  Refusals own, all;
  for (const Candidate& candidate : candidates) {
    if (candidate.loaded) continue;
    for (Refusal finding : candidate.findings) {
      finding.where = place_in(*candidate.source, finding.where);
      all.push_back(finding);
      if (!waits_for(finding, failed)) own.push_back(std::move(finding));
    }
  }
  return own.empty() ? all : own;  // packs that refer to each other in a circle
}

}  // namespace

PackSet load_together(const std::vector<PackSource>& sources,
                      const std::vector<PackSource>& others) {
  PackSet set;
  std::vector<Candidate> candidates;
  std::vector<std::string> ids;
  for (const PackSource& source : sources) {
    const std::string id = id_of(source);
    if (!id.empty() && std::find(ids.begin(), ids.end(), id) != ids.end()) {
      set.findings.push_back({RefusalCode::pack_duplicate_key,
                              place_in(source, std::string(main_file) + ":1:1"),
                              {},
                              id,
                              {}});
      continue;
    }
    ids.push_back(id);
    candidates.push_back({&source, id, {}, false, true});
  }
  add_named(others, candidates);
  const auto core = std::find_if(candidates.begin(), candidates.end(),
                                 [](const Candidate& one) { return one.id == core_id; });
  if (core == candidates.end())
    set.packs.push_back(core_pack());
  else
    std::rotate(candidates.begin(), core, core + 1);
  while (load_round(candidates, set.packs)) {
  }
  for (const Candidate& candidate : candidates) {
    if (!candidate.loaded || !candidate.given) continue;
    set.given.push_back(candidate.id);
    set.from.push_back(static_cast<std::size_t>(candidate.source - sources.data()));
  }
  const Refusals found = findings_of(candidates);
  set.findings.insert(set.findings.end(), found.begin(), found.end());
  sort_by_place(set.findings);
  return set;
}

std::string place_in(const PackSource& source, const std::string& where) {
  const std::string_view main = main_file;
  const bool is_file = source.path.ends_with(".yaml");
  if (is_file && where.starts_with(main)) return source.path + where.substr(main.size());
  return source.path + (source.path.ends_with('/') ? "" : "/") + where;
}

}  // namespace huilu::policy
