// For tests of packs written in a few lines: the head of a pack, labels that are made up where none
// are given, and findings as one text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/finding.h"
#include "policy/pack.h"

namespace huilu::policy::testing {

constexpr std::string_view trial_head =
    "schema: policypack/2\npack: trial\nversion: \"1.0.0\"\nstatus: draft\ntitle: 试\n"
    "in_force: {from: 2019-01-01, until: null}\ntimezone: Asia/Shanghai\n";

// One finding a line.
inline std::string lines(const Refusals& findings) {
  std::string text;
  for (const Refusal& finding : findings) text += (text.empty() ? "" : "\n") + line(finding);
  return text;
}

// The files of pack `trial` whose declarations are `written`. A label that a language lacks is made
// up: the path itself.
inline std::vector<PackFile> trial(std::string_view written, const std::vector<Pack>& known = {}) {
  std::vector<PackFile> files = {{"pack.yaml", std::string(trial_head) + std::string(written)},
                                 {"i18n/zh-CN.yaml", "{}"},
                                 {"i18n/zh-TW.yaml", "{}"},
                                 {"i18n/en.yaml", "{}"}};
  const auto loaded = load_pack(files, known);
  if (loaded) return files;
  for (const Refusal& finding : loaded.refusals()) {
    if (finding.code != RefusalCode::pack_no_label) continue;
    for (PackFile& file : files) {
      const bool is_there = file.bytes.find(finding.got + ":") != std::string::npos;
      if (file.path != finding.expected || is_there) continue;
      if (file.bytes == "{}") file.bytes.clear();
      file.bytes += finding.got + ": \"" + finding.got + "\"\n";
    }
  }
  return files;
}

inline Result<Pack> load_trial(std::string_view written,
                               const std::vector<Pack>& known = {core_pack()}) {
  return load_pack(trial(written, known), known);
}

// Every finding of pack `trial`, one a line; empty: it loads.
inline std::string findings_of(std::string_view written,
                               const std::vector<Pack>& known = {core_pack()}) {
  const auto loaded = load_trial(written, known);
  return loaded.ok() ? std::string() : lines(loaded.refusals());
}

}  // namespace huilu::policy::testing
